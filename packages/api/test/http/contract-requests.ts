// Requests for the real contract: good ones, and arbitrary ones that are bad in every way we know.

import * as fc from 'fast-check';
import type { JsonSchema } from '../../src/http/spec.ts';
import { contract, contractOperations, exampleOf } from './contract-server.ts';
import type { ContractOperation } from './contract-server.ts';
import { as, keys } from './fixture-server.ts';

export interface Sent {
  method: string;
  /** Percent-encoded. */
  target: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
}

/** A request that has nothing wrong but perhaps its headers. */
export function goodRequest(operation: ContractOperation, headers: Record<string, string>): Sent {
  const body = goodBody(operation);
  return {
    method: operation.method.toUpperCase(),
    target: operation.path.replaceAll(/\{\w+\}/g, 'x') + requiredQuery(operation),
    headers: {
      ...headers,
      ...(operation['x-if-match-for'] && { 'if-match': '*' }),
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  };
}

function requiredQuery({ parameters = [] }: ContractOperation): string {
  const pairs = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => [
      name,
      schema.format === 'date-time' ? '2026-01-01T00:00:00Z' : 'x',
    ]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** Anything that can be sent: good requests with one thing or more spoilt, and plain nonsense. */
export function anyRequest(): fc.Arbitrary<Sent> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...contractOperations).chain(spoiltRequest) },
    { weight: 2, arbitrary: nonsense() },
  );
}

function goodBody({ requestBody }: ContractOperation): object | null {
  const media = requestBody?.content['application/json'];
  return media ? (exampleOf(media) as object) : null;
}

function bodySchema({ requestBody }: ContractOperation): JsonSchema | null {
  const reference = requestBody?.content['application/json']?.schema.$ref;
  return typeof reference === 'string'
    ? contract.components.schemas[reference.split('/').at(-1)!]!
    : null;
}

function spoiltRequest(operation: ContractOperation): fc.Arbitrary<Sent> {
  const good = goodRequest(operation, as('operator'));
  const queries = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const fields = Object.keys(bodySchema(operation)?.properties ?? {});
  const spoilt = fields.length > 0 ? dictionary(fields) : fc.constant({});
  return fc
    .record({
      id: fc.oneof(fc.constant('x'), segment()),
      query: queryOf(queries.map(({ name }) => name)),
      body: fc.oneof(fc.constant({}), spoilt),
      headers: fc.oneof(fc.constant({}), anyHeaders()),
    })
    .map(({ id, query, body, headers }) => ({
      ...good,
      target: operation.path.replaceAll(/\{\w+\}/g, () => id) + query,
      headers: { ...headers, ...good.headers },
      body: good.body && JSON.stringify({ ...goodBody(operation), ...body }),
    }));
}

function dictionary(names: string[]): fc.Arbitrary<object> {
  return fc.dictionary(fc.constantFrom(...names), fc.oneof(anyText(), fc.jsonValue()), {
    maxKeys: 2,
  });
}

function nonsense(): fc.Arbitrary<Sent> {
  const names = contractOperations.flatMap(({ parameters = [] }) => parameters);
  const paths = fc
    .tuple(fc.constantFrom(...Object.keys(contract.paths)), segment())
    .map(([path, id]) => path.replaceAll(/\{\w+\}/g, () => id));
  const noPath = fc.array(segment()).map((parts) => `/${parts.join('/')}`);
  return fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PURGE'),
    target: fc
      .tuple(fc.oneof(paths, noPath), queryOf(names.map(({ name }) => name)))
      .map((parts) => parts.join('')),
    headers: fc
      .tuple(fc.boolean(), anyHeaders())
      .map(([known, headers]) => ({ ...headers, ...(known && as('operator')) })),
    body: anyBody(),
  });
}

/** Halves of pairs among them. The unit `binary` of fast-check takes a second to make. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

/** Text that is nothing in particular, or just what hurts. */
function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: anyUnit }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom('', '\0', '%00', '../..', '__proto__', "'; drop table x", '\ud800', '１２'),
  );
}

/** One segment of a path, or one side of a parameter, encoded well or badly. */
function segment(): fc.Arbitrary<string> {
  return fc.oneof(
    anyText().map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom('%', '%zz', '%ff', '%c0%af', '%ed%a0%80', '..', '.', '', ';', '*', ':id'),
  );
}

function queryOf(names: string[]): fc.Arbitrary<string> {
  const name = names.length > 0 ? fc.constantFrom(...names) : segment();
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.tuple(name, segment()), { minLength: 1, maxLength: 2 })
        .map((pairs) => `?${pairs.map((pair) => pair.join('=')).join('&')}`),
    },
    { weight: 1, arbitrary: segment().map((text) => `?${text}`) },
  );
}

function anyBody(): fc.Arbitrary<string | Uint8Array | null> {
  return fc.oneof(
    fc.json(),
    anyText(),
    fc.uint8Array(),
    fc.constantFrom(null, '', '{', '{"a":', '[[[[', '"\\ud800"', '1e999', '{"__proto__":1}'),
  );
}

function anyHeaders(): fc.Arbitrary<Record<string, string>> {
  // Node's own client lets no more than this into a header.
  const latin1 = fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f);
  const printable = fc.string({ unit: latin1.map((code) => String.fromCharCode(code)) });
  const bearers = Object.values(keys).map((key) => `Bearer ${key}`);
  const headers = {
    authorization: fc.oneof(fc.constantFrom(...bearers), printable),
    'content-type': fc.oneof(fc.constant('application/json'), printable),
    'content-encoding': fc.constantFrom('gzip', 'identity', 'x'),
    'idempotency-key': fc.oneof(fc.constantFrom('a', 'b'), printable),
    'x-request-id': printable,
    accept: printable,
    expect: fc.constant('cake'),
    'if-match': printable,
    'accept-version': printable,
  };
  return fc.record(headers, { requiredKeys: [] });
}
