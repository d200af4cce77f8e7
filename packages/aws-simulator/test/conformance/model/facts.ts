// What AWS's models and the SDK's schemas say about an operation, in one form. The files beside
// this one have AWS's facts, one line each:
//
//   DescribeVpcs                          an operation
//     < VpcIds [string] required min=1    an input member: path, type, limits
//     ~ vpc-id                            a filter that is documented for it
//     > Vpcs.State string:VpcState        an output member; the type names its enumeration
//
// `[t]` is a list of t, `{t}` a map to t. Members of a list's structures are named as if there were
// no list. trim.ts writes these files.

import { readFileSync } from 'node:fs';
import type { Operation, Schema } from '../../../src/protocols/schema.ts';
import { requiredMembers } from '../../../src/protocols/schema.ts';

export interface Member {
  /** For example `TagSpecifications.Tags.Key`. */
  readonly path: string;
  /** `string`, `number`, `boolean`, `timestamp`, `blob` or `struct`, in `[]` or `{}`. */
  readonly type: string;
  readonly required: boolean;
}

export interface Facts {
  readonly input: readonly Member[];
  readonly filters: readonly string[];
  readonly output: readonly Member[];
}

export type ServiceFacts = ReadonlyMap<string, Facts>;

/** The facts of one service's model; none when there is no file for it. */
export function modelFacts(service: string): ServiceFacts {
  const found = new Map<string, { input: Member[]; filters: string[]; output: Member[] }>();
  let current = { input: [] as Member[], filters: [] as string[], output: [] as Member[] };
  for (const line of readModel(service).split('\n')) {
    const [, name] = /^([A-Z]\w*)$/.exec(line) ?? [];
    if (name) {
      current = { input: [], filters: [], output: [] };
      found.set(name, current);
    }
    const [, mark, path = '', type = '', limits = ''] =
      /^ {2}([<>~]) (\S+) ?(\S*)(.*)$/.exec(line) ?? [];
    if (mark === '~') current.filters.push(path);
    if (mark !== '<' && mark !== '>') continue;
    const member = { path, type: plainType(type), required: limits.startsWith(' required') };
    (mark === '<' ? current.input : current.output).push(member);
  }
  return found;
}

/** The same from an operation of the SDK. Schemas know no filters. */
export function schemaFacts(operation: Operation): Facts {
  return { input: membersOf(operation.input), filters: [], output: membersOf(operation.output) };
}

/**
 * The members that carry a value: those of structures stand for the structures. Where filters are
 * documented, each is one: `Filters[vpc-id]`.
 */
export function leaves(members: readonly Member[], filters: readonly string[] = []): string[] {
  const plain = members.filter(({ path, type }) => {
    if (/^Filters\b/.test(path) && filters.length > 0) return false;
    return !type.includes('struct') || !members.some((other) => other.path.startsWith(`${path}.`));
  });
  return [...plain.map(({ path }) => path), ...filters.map((name) => `Filters[${name}]`)];
}

/** What only one of the two says, one line each; empty when they agree. */
export function differences(model: Facts, schema: Facts): string[] {
  return [
    ...oneSided('input', model.input, schema.input),
    ...oneSided('output', model.output, schema.output),
  ];
}

function oneSided(where: string, model: readonly Member[], schema: readonly Member[]): string[] {
  const lineOf = ({ path, type, required }: Member) =>
    // Schemas of outputs do not say what is required.
    `${where} ${path} (${type}${required && where === 'input' ? ', required' : ''})`;
  const [inModel, inSchema] = [model.map(lineOf), schema.map(lineOf)];
  return [
    ...inModel.filter((line) => !inSchema.includes(line)).map((line) => `model only: ${line}`),
    ...inSchema.filter((line) => !inModel.includes(line)).map((line) => `SDK only: ${line}`),
  ];
}

function readModel(service: string): string {
  try {
    return readFileSync(new URL(`${service}.txt`, import.meta.url), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

// `[integer]` and `[string:State]` of a model are `[number]` and `[string]` to an SDK.
function plainType(type: string): string {
  return type.replace(/:\w+/, '').replace(/integer|long|float|double/, 'number');
}

function membersOf(root: Schema): Member[] {
  const found: Member[] = [];
  const walk = (schema: Schema, path: string, open: readonly unknown[]) => {
    const required = requiredMembers(schema);
    for (const [name, member] of schema.structIterator()) {
      const here = path === '' ? name : `${path}.${name}`;
      const { text, inner } = described(member);
      found.push({ path: here, type: text, required: required.includes(name) });
      const shape = inner?.getSchema();
      if (inner && !open.includes(shape)) walk(inner, here, [...open, shape]);
    }
  };
  if (!root.isUnitSchema()) walk(root, '', [root.getSchema()]);
  return found;
}

function described(schema: Schema): { text: string; inner?: Schema } {
  if (schema.isStructSchema()) return { text: 'struct', inner: schema };
  if (schema.isListSchema() || schema.isMapSchema()) {
    const { text, ...inner } = described(schema.getValueSchema());
    return { text: schema.isMapSchema() ? `{${text}}` : `[${text}]`, ...inner };
  }
  return { text: scalarType(schema) };
}

function scalarType(schema: Schema): string {
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isNumericSchema()) return 'number';
  if (schema.isTimestampSchema()) return 'timestamp';
  return schema.isBlobSchema() ? 'blob' : 'string';
}
