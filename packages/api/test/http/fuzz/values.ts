// Values for the members and parameters of the contract: such as its schemas take, known names
// where a name is asked for, and such as nobody should send.

import * as fc from 'fast-check';
import type { JsonSchema } from '../../../src/http/spec.ts';
import { spec } from '../../harness.ts';
import type { Draw } from './draw.ts';
import type { Kind, Stock } from './stock.ts';

export interface Values {
  draw: Draw;
  stock: Stock;
  now: () => Date;
  accountNumber: () => string;
}

/** A value that the schema takes; of what `name` says there is, where it says something. */
export function valueOf(values: Values, schema: JsonSchema, name: string): unknown {
  const { draw } = values;
  const { $ref, enum: choices, properties, additionalProperties, items } = schema as Schema;
  if ($ref !== undefined) return valueOf(values, named($ref), name);
  if (choices) return draw.pick(choices);
  const types = [schema.type].flat() as string[];
  if (types.includes('null') && draw.chance(0.3)) return null;
  if (items) return listOf(values, schema, name);
  if (properties && typeof additionalProperties !== 'object') return objectOf(values, schema);
  if (types.includes('object')) return draw.of(anyDictionary);
  if (types.includes('boolean')) return draw.chance(0.5);
  if (types.includes('integer')) return draw.of(integerOf(schema));
  if (draw.chance(0.04)) return draw.of(anyText);
  return namedValue(values, name) ?? textOf(values, schema);
}

/** All of its members that must be there, and some of the others. */
export function objectOf(values: Values, schema: JsonSchema): Record<string, unknown> {
  const { properties = {}, required = [] } = schema as Schema;
  const members = Object.entries(properties).filter(
    ([name]) => required.includes(name) || values.draw.chance(0.35),
  );
  return Object.fromEntries(members.map(([name, member]) => [name, valueOf(values, member, name)]));
}

/** What no member takes, or hardly one. */
export function anyValue({ draw }: Values): unknown {
  return draw.of(
    fc.oneof(anyText, fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.maxSafeInteger()),
  );
}

/** Halves of pairs among them. The unit `binary` of fast-check takes a second to make. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

export const anyText = fc.oneof(
  fc.string({ unit: anyUnit }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom('', '\0', '%00', '../..', '__proto__', "'; drop table x", '\ud800', '１２'),
  fc.constantFrom('x'.repeat(5_000), '9'.repeat(30), '2026-02-30T00:00:00Z', '*', 'null'),
);

interface Schema {
  $ref?: string;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: unknown;
  items?: JsonSchema;
}

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const anyDictionary = fc.dictionary(fc.oneof(word, anyText), fc.oneof(word, anyText), {
  maxKeys: 3,
});

export function named($ref: string): JsonSchema {
  return spec.components.schemas[$ref.split('/').at(-1)!]!;
}

function listOf(values: Values, schema: JsonSchema, name: string): unknown[] {
  const { minItems = 0, items } = schema as { minItems?: number; items: JsonSchema };
  const length = minItems + values.draw.below(3);
  return Array.from({ length }, () => valueOf(values, items, name));
}

function integerOf({ minimum = 0, maximum = 1_000_000 }: JsonSchema): fc.Arbitrary<number> {
  return fc.integer({ min: minimum as number, max: maximum as number });
}

function textOf({ draw, now }: Values, schema: JsonSchema): string {
  const {
    pattern,
    format,
    minLength = 0,
    maxLength = 40,
  } = schema as {
    pattern?: string;
    format?: string;
    minLength?: number;
    maxLength?: number;
  };
  if (format === 'date-time') return momentNear(draw, now());
  if (format === 'email') return 'ada@customer.example';
  if (pattern !== undefined) return draw.of(matching.get(pattern)!);
  const text = draw.of(draw.chance(0.7) ? plainText : strangeText);
  if (draw.chance(0.03)) return 'ß'.repeat(Math.min(maxLength, 5_000));
  return text.slice(0, maxLength).padEnd(minLength, 'x');
}

const plainText = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });
const strangeText = fc.string({ unit: 'grapheme', maxLength: 40 });

/** Made once: fast-check takes its time to make them. */
const matching = new Map(
  patternsIn(spec).map((pattern) => [pattern, fc.stringMatching(new RegExp(pattern))]),
);

function patternsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { pattern } = value as { pattern?: unknown };
  const inner = Object.values(value).flatMap(patternsIn);
  return typeof pattern === 'string' ? [pattern, ...inner] : inner;
}

/** Some of them are no moments at all, or none that everybody can tell. */
const farMoments = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '1969-12-31T23:59:59.999999999Z',
  '2016-12-31T23:59:60Z',
  '2026-03-01t12:00:00.000z',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59-23:59',
];

function momentNear(draw: Draw, now: Date): string {
  if (draw.chance(0.1)) return draw.pick(farMoments);
  const away = (draw.below(2_000_000) - 500_000) * 1_000;
  return new Date(now.getTime() + away).toISOString();
}

const kinds: Record<string, Kind> = {
  account: 'account',
  accounts: 'account',
  account_ids: 'accountNumber',
  challenge_id: 'challenge',
  customer_id: 'customer',
  endpoint_service_id: 'endpointService',
  endpoint_service_ids: 'endpointService',
  principals: 'arn',
  provider_account_id: 'providerAccount',
  after: 'event',
  vpc_endpoint_id: 'endpoint',
};

/** Of the words that the contract gives as text, and knows only some of. */
const words: Record<string, readonly string[]> = {
  event_types: ['connection.*', 'customer.updated', 'grant.*', 'webhook.test'],
  type: ['connection.*', 'customer.updated', 'grant.created'],
  kind: ['connections', 'principals', 'configurations', 'customer', 'cleaning'],
  outcome: ['open', 'done', 'refused'],
  policy: ['reject', 'drain', 'keep'],
  region: ['us-east-1', 'us-east-1', 'eu-central-1'],
  regions: ['us-east-1', 'eu-central-1'],
  role_name: ['sallyport-proof', 'team/writer'],
  required_role: ['sallyport-proof'],
  role_names: ['reader', 'team/writer'],
  standing: ['claimed', 'proven', 'attested'],
  state: ['active', 'available', 'pendingAcceptance', 'running', 'allowed', 'pending'],
  target_url: ['https://hooks.example.com/a', 'https://hooks.example.com/b', 'http://a.example/'],
  access_key_id: ['ASIAIOSFODNN7EXAMPLE'],
  session_token: ['dG9rZW4tb2YtdGhlLXNlc3Npb24='],
  signature: ['5ec7e75e'.repeat(8)],
};

function namedValue(values: Values, name: string): string | null {
  const { draw, stock, now, accountNumber } = values;
  if (name === 'account_id') {
    return draw.chance(0.5) ? accountNumber() : stock.any(draw, 'accountNumber');
  }
  if (name === 'token') {
    const tokens = draw.pick([stock.inviteTokens, stock.observationTokens]);
    return draw.pick(tokens.slice(-3)) ?? null;
  }
  if (name === 'external_id') return `made-${draw.below(1_000)}`;
  if (name === 'service_id') return `vpce-svc-0${accountNumber()}`;
  if (name === 'amz_date')
    return now()
      .toISOString()
      .replaceAll(/[-:]|\.\d+/g, '');
  if (name === 'subject_id') return stock.any(draw, draw.pick(['customer', 'grant', 'webhook']));
  if (name === 'observed_at') {
    return draw.chance(0.2)
      ? momentNear(draw, now())
      : new Date(now().getTime() - draw.below(86_400_000)).toISOString();
  }
  if (name === 'at' || name === 'since' || name === 'updated_since') {
    return momentNear(draw, now());
  }
  if (name === 'expires_at' || name === 'drain_until') {
    if (draw.chance(0.1)) return draw.pick(farMoments);
    return new Date(now().getTime() + (1 + draw.below(90)) * 86_400_000).toISOString();
  }
  if (words[name] && draw.chance(0.9)) return draw.pick(words[name]);
  return kinds[name] ? stock.any(draw, kinds[name]) : null;
}
