// Inputs of an operation as its SDK schema allows them: the right types, and values that are right,
// at a boundary, or wrong. Where a value should be one that the simulator knows, there is a
// reference instead, which is looked up when the call is made.

import fc, { type Arbitrary } from 'fast-check';
import { requiredMembers, type Schema } from '../../src/protocols/schema.ts';
import type { KnownValues } from './known-values.ts';

/** Stands for a known value of a member. */
class Reference {
  readonly member: string;
  readonly n: number;

  constructor(member: string, n: number) {
    this.member = member;
    this.n = n;
  }

  [fc.toStringMethod](): string {
    return `known(${this.member}, ${this.n})`;
  }
}

const DEEPEST = 6;

/** Filters are where most of the combinations are, so their names are worth knowing. */
const filterNames = [
  'service-id',
  'service-name',
  'vpc-endpoint-id',
  'vpc-endpoint-state',
  'vpc-endpoint-owner',
  'vpc-id',
  'subnet-id',
  'tag-key',
  'tag:Name',
  'resource-id',
  'principal',
  'owner',
  'group-id',
];

const texts = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '*',
    '?',
    '\\',
    '0',
    '-1',
    'true',
    '__proto__',
    'constructor',
    'toString',
    'vpce-0123456789abcdef0',
    'vpce-',
    'VPCE-0123456789ABCDEF0',
    'arn:aws:iam::222222222222:root',
    'arn:aws:iam::999999999999:role/a/b',
    'arn:::::',
    '10.0.0.0/33',
    '10.20.1.9',
    '::ffff:1.2.3.4',
    'vendor.example',
    '*.vendor.example.',
    '_x.vendor.example',
    '../../..',
    '%00%ff%',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    '{"Statement":[[[[',
    '<!DOCTYPE a><a>&b;</a>',
    '\u0000\u0001\u001f',
    '\ud800',
    '\u202e\u0301é😀',
    '\r\n\t',
    '"quoted" "twice"',
    '"\\',
    '*a'.repeat(60),
    '.'.repeat(300),
    'x'.repeat(64),
    'x'.repeat(65),
    'x'.repeat(255),
    'x'.repeat(256),
    'x'.repeat(5000),
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

const numbers = fc.oneof(
  fc.constantFrom(-1, 0, 1, 4, 5, 100, 300, 1000, 1001, 65_535, 65_536),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, -(2 ** 31), Number.MAX_SAFE_INTEGER),
  fc.nat(20),
);

/** @param schema the operation's input. */
export function inputs(schema: Schema): Arbitrary<Record<string, unknown>> {
  if (schema.isUnitSchema()) return fc.constant({});
  return structures(schema, 0);
}

/** An input in which `<Member>` stands for a known value, with some members of another one. */
export function variations(
  good: Readonly<Record<string, unknown>>,
  schema: Schema,
): Arbitrary<Record<string, unknown>> {
  const other = fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.tuple(inputs(schema), fc.nat()).map(oneMember) },
  );
  return fc
    .tuple(fc.nat(1000), other)
    .map(([n, strange]) => ({ ...(referring(good, n) as object), ...strange }));
}

/** A good input with a reference for each `<Member>`. */
export function referring(value: unknown, n: number): unknown {
  if (typeof value === 'string') {
    const [, member] = /^<(\w+)>$/.exec(value) ?? [];
    return member === undefined ? value : new Reference(member, n);
  }
  if (Array.isArray(value)) return value.map((item) => referring(item, n));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, referring(inner, n)]),
  );
}

/** The input with every reference looked up. */
export function resolved(value: unknown, known: KnownValues): unknown {
  if (value instanceof Reference) return known.pick(value.member, value.n);
  if (Array.isArray(value)) return value.map((item) => resolved(item, known));
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, resolved(inner, known)]),
  );
}

function oneMember([input, n]: readonly [Record<string, unknown>, number]) {
  const members = Object.entries(input);
  return Object.fromEntries(members.slice(n % Math.max(1, members.length)).slice(0, 1));
}

function structures(schema: Schema, depth: number): Arbitrary<Record<string, unknown>> {
  const required = new Set(requiredMembers(schema));
  const members: Record<string, Arbitrary<unknown>> = {};
  for (const [name, member] of schema.structIterator()) {
    // Few of the optional members, so that an operation is often about one thing.
    const [present, absent] = required.has(name) ? [20, 1] : [1, 4];
    members[name] = fc.oneof(
      { weight: absent, arbitrary: fc.constant(undefined) },
      { weight: present, arbitrary: values(member, name, depth + 1) },
    );
  }
  return fc.record(members).map(withoutUndefined);
}

function values(schema: Schema, member: string, depth: number): Arbitrary<unknown> {
  if (depth > DEEPEST) return fc.constant(undefined);
  if (schema.isStructSchema()) return structures(schema, depth);
  if (schema.isListSchema()) return lists(schema, member, depth);
  if (schema.isMapSchema()) {
    const value = values(schema.getValueSchema(), member, depth + 1);
    return fc.dictionary(
      fc.oneof(
        references(member),
        texts.filter((text) => text !== '__proto__'),
      ),
      value,
      { maxKeys: 3 },
    );
  }
  if (schema.isBooleanSchema()) return booleans(member);
  if (schema.isNumericSchema()) return member === 'WaitTimeSeconds' ? waits : numbers;
  if (schema.isTimestampSchema()) return fc.date({ noInvalidDate: true });
  if (schema.isBlobSchema()) return fc.uint8Array({ maxLength: 40 });
  return strings(member);
}

/** Nobody waits in a fuzz. */
const waits = fc.constantFrom(-1, 0, 21, 2 ** 31);

function lists(schema: Schema, member: string, depth: number): Arbitrary<unknown> {
  const item = values(schema.getValueSchema(), member, depth + 1);
  const given = fc.oneof(
    { weight: 12, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(item, fc.constantFrom(2, 51, 1001)).map(repeated) },
  );
  // Too deep down there are no values. Asking for others instead would ask for ever.
  return given.map((list) => list.filter((value) => value !== undefined));
}

function strings(member: string): Arbitrary<unknown> {
  const known = { weight: 16, arbitrary: references(member) };
  const strange = { weight: 1, arbitrary: texts };
  if (member !== 'Name') return fc.oneof(known, strange);
  return fc.oneof(known, strange, { weight: 8, arbitrary: fc.constantFrom(...filterNames) });
}

// A dry run does nothing, so few of them are enough.
function booleans(member: string): Arbitrary<unknown> {
  const yes = { weight: member === 'DryRun' ? 1 : 10, arbitrary: fc.constant(true) };
  return fc.oneof(yes, { weight: 10, arbitrary: fc.constant(false) });
}

function references(member: string): Arbitrary<never> {
  // The schema wants a text; `resolved` puts it there.
  return fc.nat(1000).map((n) => new Reference(member, n) as never);
}

function repeated([item, times]: readonly [unknown, number]): unknown[] {
  return Array.from({ length: times }, () => item);
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}
