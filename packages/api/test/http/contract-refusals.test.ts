// The refusals that the contract names for an operation are what its form leads to: both ways.

import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goodRequest } from './contract-requests.ts';
import type { Sent } from './contract-requests.ts';
import { contractOperations, createContractServer } from './contract-server.ts';
import type { ContractOperation } from './contract-server.ts';
import { as, keys } from './fixture-server.ts';

const app = createContractServer([]);
beforeAll(() => app.ready());
afterAll(() => app.close());

/** A request that is good but for what leads to the code. */
const provocations: Record<string, (operation: ContractOperation, good: Sent) => Sent> = {
  invalid_request: (_, good) => withQuery(good, 'nothing=of+the+kind'),
  invalid_cursor: (_, good) => withQuery(good, 'cursor=nonsense'),
  invalid_json: (_, good) => ({ ...good, body: good.body && '{' }),
  invalid_idempotency_key: (_, good) => withHeaders(good, { 'idempotency-key': 'a b' }),
  unauthenticated: (_, good) => withHeaders(good, { authorization: '' }),
  forbidden: (operation, good) => withHeaders(good, as(strangerTo(operation))),
  precondition_required: (_, good) => withHeaders(good, { 'if-match': '' }),
};

it.each(contractOperations.map((operation) => [operation.operationId, operation] as const))(
  'when %s is sent with something wrong, the refusal is one that it names',
  async (_, operation) => {
    const good = goodRequest(operation, as(familiarTo(operation)));
    const met: string[] = [];
    for (const [code, provoke] of Object.entries(provocations)) {
      if ((await codeOf(provoke(operation, good))) === code) met.push(code);
    }
    const named = namedBy(operation).filter((code) => code in provocations);
    expect(met).toEqual(named);
  },
);

function namedBy({ responses }: ContractOperation): string[] {
  const media = responses['4XX']!.content!['application/problem+json'] as { examples?: object };
  return Object.keys(media.examples!);
}

async function codeOf({ method, target, headers, body }: Sent): Promise<string | undefined> {
  const present = Object.entries(headers).filter(([, value]) => value !== '');
  const [verb] = [method.toLowerCase() as 'get'];
  const asked = request(app.server)[verb](target).set(Object.fromEntries(present));
  const { body: answer } = await (body === null ? asked : asked.send(body as string));
  return (answer as { code?: string }).code;
}

function withQuery(good: Sent, query: string): Sent {
  return { ...good, target: `${good.target}${good.target.includes('?') ? '&' : '?'}${query}` };
}

function withHeaders(good: Sent, headers: Record<string, string>): Sent {
  return { ...good, headers: { ...good.headers, ...headers } };
}

type RoleOfKey = keyof typeof keys;

function familiarTo({ 'x-roles': roles = [] }: ContractOperation): RoleOfKey {
  return (Object.keys(keys) as RoleOfKey[]).find((role) => roles.includes(role)) ?? 'operator';
}

/** A role that may not, if there is one. */
function strangerTo({ 'x-roles': roles = [] }: ContractOperation): RoleOfKey {
  const others = (Object.keys(keys) as RoleOfKey[]).filter((role) => !roles.includes(role));
  return roles.includes('anyone') ? 'operator' : (others[0] ?? 'operator');
}
