// A listener for customers alone. Which operations it has, for whom, is in matrix/.

import { pino } from 'pino';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bindings } from '../../src/http/generated/bindings.ts';
import { forCustomers } from '../../src/http/public-contract.ts';
import { createServer } from '../../src/http/server.ts';
import { spec, startApi, type Api } from '../harness.ts';

let api: Api;
let server: ReturnType<typeof createServer>;
const contract = forCustomers({ spec, bindings });
beforeAll(async () => {
  api = await startApi();
  server = createServer({
    requests: api.requests,
    ...contract,
    logger: pino({ level: 'silent' }),
    makeRequestId: () => api.makeId('request'),
    strictAnswers: true,
  });
  await server.ready();
});
afterAll(async () => {
  await server.close();
  await api.close();
});

const get = (path: string, secret?: string) => {
  const asked = supertest(server.server).get(path);
  return secret === undefined ? asked : asked.auth(secret, { type: 'bearer' });
};

it('when a customer asks, it is served as everywhere', async () => {
  const { body } = await get('/v1/caller', api.keys.customer).expect(200);
  expect(body.customer_id).toBe(api.acme.id);
});

it('when staff ask, their keys are of no use, for what customers have neither', async () => {
  for (const key of [api.keys.operator, api.keys.support]) {
    await get('/v1/caller', key).expect(403);
    await get('/v1/connections', key).expect(403);
  }
});

it.each(['/v1/api-keys/x/none', '/v1/provider-accounts', '/v1/audit-entries', '/v1/sign-in'])(
  'when %s is asked for, it is as if it were nowhere',
  async (path) => {
    const { body } = await get(path, api.keys.operator).expect(404);
    expect(body.code).toBe('route_not_found');
  },
);

it('when the contract is read there, it tells of nothing else', async () => {
  const { body } = await get('/openapi.json').expect(200);
  expect(Object.keys(body.paths)).toEqual(Object.keys(contract.spec.paths));
  expect(body.paths['/v1/provider-accounts']).toBeUndefined();
  const { schemas } = body.components;
  const named = [...JSON.stringify(body).matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
  expect(Object.keys(schemas).sort()).toEqual([...new Set(named.map(([, name]) => name))].sort());
  expect([schemas.Connection, schemas.AuditEntry]).toEqual([expect.anything(), undefined]);
});
