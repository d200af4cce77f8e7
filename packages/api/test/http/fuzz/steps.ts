// One step of a history: a request of an operation, good for the most part, as what is known makes
// it possible, and now and then spoilt.

import * as fc from 'fast-check';
import type { SpecOperation } from '../../../src/http/spec.ts';
import { encodeCursor } from '../../../src/http/input/cursor.ts';
import { spec } from '../../harness.ts';
import { proofBody } from './proof-bodies.ts';
import type { Kind, Stock } from './stock.ts';
import { anyText, anyValue, named, objectOf, valueOf, type Values } from './values.ts';

export interface Operation extends SpecOperation {
  method: string;
  path: string;
}

export const operations: readonly Operation[] = Object.entries(spec.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
);

export interface Request {
  method: string;
  /** Percent-encoded. */
  target: string;
  headers: Record<string, string>;
  payload: string | null;
}

export function requestOf(values: Values, operation: Operation): Request {
  const body = bodyOf(values, operation);
  const request: Parts = {
    operation,
    ids: { ...idsOf(values, operation), ...wholeOf(values.stock, body) },
    query: queryOf(values, operation),
    headers: headersOf(values, operation),
    body,
  };
  while (values.draw.chance(0.25)) spoil(values, request);
  return sent(request);
}

interface Parts {
  operation: Operation;
  ids: Record<string, string>;
  query: [string, string][];
  headers: Record<string, string>;
  /** Text is sent as it is. */
  body: object | string | null;
}

const kindsOfPaths: Record<string, Kind> = {
  accounts: 'account',
  'api-keys': 'apiKey',
  connections: 'connection',
  diagnoses: 'endpoint',
  customers: 'customer',
  'endpoint-services': 'endpointService',
  events: 'event',
  grants: 'grant',
  operations: 'operation',
  principals: 'principal',
  'provider-accounts': 'providerAccount',
  webhooks: 'webhook',
};
const kindsOfParts: Record<string, Kind> = {
  delivery_id: 'delivery',
  invite_id: 'invite',
  note_id: 'note',
  principal: 'arn',
};

/** A part is named in the whole that it belongs to. */
function idsOf({ draw, stock, ...values }: Values, { path, method }: Operation) {
  const collection = path.split('/')[2]!;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const ids: Record<string, string> = {};
  for (const name of names) {
    if (name === 'id') ids.id = stock.any(draw, kindsOfPaths[collection]!);
    else ids[name] = stock.any(draw, kindsOfParts[name]!);
    const whole = stock.wholeOf(ids[name]!);
    if (name !== 'id' && whole !== undefined) ids.id = whole;
  }
  if (method !== 'put' || path.includes('/private-dns') || draw.chance(0.4)) return ids;
  const customer = stock.any(draw, 'customer');
  const newNames: Record<string, string> = {
    accounts: `${customer}:${values.accountNumber()}`,
    customers: `declared-${draw.below(1_000)}`,
    'endpoint-services': `vpce-svc-0${values.accountNumber()}`,
    grants: `${customer}:${stock.any(draw, 'endpointService')}`,
    'provider-accounts': values.accountNumber(),
  };
  return { ...ids, id: newNames[collection]! };
}

/** A challenge is of an account, an entry of a service. */
function wholeOf(stock: Stock, body: object | null): { id?: string } {
  const { challenge_id, principals = [] } = (body ?? {}) as {
    challenge_id?: string;
    principals?: string[];
  };
  const id = stock.wholeOf(challenge_id ?? principals[0] ?? '');
  return id === undefined ? {} : { id };
}

function queryOf(values: Values, operation: Operation): [string, string][] {
  const { draw, stock } = values;
  const { parameters = [], operationId } = operation;
  return parameters.flatMap((parameter): [string, string][] => {
    const { name, required, schema } = parameter;
    if (parameter.in !== 'query') return [];
    if (!required && !draw.chance(name === 'validate_only' ? 0.08 : 0.15)) return [];
    const cursors = name === 'cursor' ? stock.cursors.get(operationId) : undefined;
    if (cursors) return [[name, draw.pick(cursors)]];
    return [[name, String(valueOf(values, schema, name))]];
  });
}

function headersOf({ draw, stock }: Values, operation: Operation): Record<string, string> {
  const takes = (name: string) => operation.parameters?.some((one) => one.name === name);
  const headers: Record<string, string> = {};
  if (takes('Idempotency-Key') && draw.chance(0.3)) {
    headers['idempotency-key'] = `key-${draw.below(20)}`;
  }
  const tags = [...stock.tags.values()];
  if (takes('If-Match') && draw.chance(0.6)) {
    headers['if-match'] = draw.chance(0.7) ? '*' : (draw.pick(tags) ?? '"none"');
  }
  if (takes('If-None-Match') && draw.chance(0.2)) {
    headers['if-none-match'] = draw.chance(0.2) ? '*' : (draw.pick(tags) ?? '"none"');
  }
  const secret = draw.chance(0.75) ? stock.secrets[0] : draw.pick(stock.secrets);
  return { ...headers, authorization: `Bearer ${secret}` };
}

function bodyOf(values: Values, operation: Operation): object | null {
  const { operationId, requestBody } = operation;
  const { draw, stock } = values;
  const schema = requestBody?.content['application/json']?.schema;
  if (!schema || (!requestBody.required && draw.chance(0.4))) return null;
  const body = objectOf(values, named(String(schema.$ref)));
  // What is asked about is there already; what is made is not.
  if (operation['x-question'] && draw.chance(0.8)) {
    body.account_id = stock.any(draw, 'accountNumber');
  }
  return operationId === 'submitProof' ? proofBody(values, body) : body;
}

const everyKind = ['customer', 'grant', 'event', 'accountNumber', 'endpoint', 'arn'] as const;

/** One thing of the request, as it should not be. */
function spoil(values: Values, parts: Parts): void {
  const { draw, stock } = values;
  const ways: (() => void)[] = [
    () => spoilId(parts, draw.of(anyText)),
    () => spoilId(parts, stock.any(draw, draw.pick(everyKind))),
    () => spoilId(parts, draw.pick([':', 'acme:', ':acme', 'acme:x:', `acme:${parts.ids['id']}`])),
    () => void parts.query.push([draw.of(anyText), draw.of(anyText)]),
    () => spoilQuery(values, parts),
    () => forgeCursor(values, parts),
    () => void (parts.headers = { ...parts.headers, ...draw.of(anyHeaders) }),
    () => void delete parts.headers['authorization'],
    () => spoilBody(values, parts),
    () => spoilBody(values, parts),
    () => void (parts.body = draw.of(anyBody)),
  ];
  draw.pick(ways)();
}

function spoilId(parts: Parts, id: string): void {
  for (const name of Object.keys(parts.ids)) parts.ids[name] = id;
}

function spoilQuery({ draw }: Values, parts: Parts): void {
  const { parameters = [] } = parts.operation;
  const known = parameters.filter((parameter) => parameter.in === 'query');
  if (known.length > 0) parts.query.push([draw.pick(known).name, draw.of(anyText)]);
}

/** The place of something else, or of nothing, in the form of a place in this list. */
function forgeCursor({ draw, stock }: Values, parts: Parts): void {
  const { operation, ids: params } = parts;
  if (!operation['x-pagination']) return;
  const place = draw.chance(0.5) ? draw.of(anyText) : stock.any(draw, draw.pick(everyKind));
  const scope = { operationId: operation.operationId, params, filters: {} };
  parts.query = [['cursor', encodeCursor(place, scope)]];
}

/** Members of any depth may be hit. */
function spoilBody(values: Values, parts: Parts): void {
  const { draw } = values;
  if (parts.body === null || typeof parts.body === 'string') return;
  let place = parts.body as Record<string, unknown>;
  for (;;) {
    const inner = Object.values(place).filter(
      (value): value is Record<string, unknown> => typeof value === 'object' && value !== null,
    );
    if (inner.length === 0 || draw.chance(0.5)) break;
    place = draw.pick(inner);
  }
  const schema = parts.operation.requestBody!.content['application/json']!.schema;
  const members = Object.keys(named(String(schema.$ref)).properties ?? {});
  const name = draw.pick([...Object.keys(place), ...members]) ?? 'unknown';
  if (draw.chance(0.3)) delete place[name];
  else place[draw.chance(0.9) ? name : draw.of(anyText)] = anyValue(values);
}

/** What Node's own client lets into a header. */
const latin1 = fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f);
const printable = fc.string({ unit: latin1.map((code) => String.fromCharCode(code)) });
const anyHeaders = fc.record(
  {
    authorization: printable,
    'content-type': fc.oneof(fc.constantFrom('text/plain', 'application/json; x=y'), printable),
    'idempotency-key': printable,
    'if-match': fc.oneof(fc.constantFrom('""', 'W/"x"', '"a", "b"', '*, "a"'), printable),
    'if-none-match': fc.oneof(fc.constantFrom('""', 'W/"x"', '*'), printable),
    'x-request-id': printable,
    traceparent: printable,
    accept: fc.oneof(fc.constantFrom('text/html', 'application/json;q=0'), printable),
  },
  { requiredKeys: [] },
);

const anyBody = fc.oneof(
  fc.json(),
  fc.constantFrom('', '{', '[]', 'null', '{"a":', '"\\ud800"', '1e999', '{"__proto__":{}}'),
);

function sent({ operation, ids, query, headers, body }: Parts): Request {
  const { method, path } = operation;
  const text = (value: string) => encodeURIComponent(value.toWellFormed());
  const pairs = query.map((pair) => pair.map(text).join('='));
  const payload = body === null || typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method: method.toUpperCase(),
    target:
      path.replaceAll(/\{(\w+)\}/g, (_, name: string) => text(ids[name]!)) +
      (pairs.length > 0 ? `?${pairs.join('&')}` : ''),
    headers: { ...(payload && { 'content-type': 'application/json' }), ...headers },
    payload,
  };
}
