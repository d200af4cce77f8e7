// One customer never learns of another: what is somebody else's answers exactly like what is not
// there.

import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { send, type Sending } from './requests.ts';
import ledger from './roles.ledger.json' with { type: 'json' };
import { addWebhook, createWorld, proofFor, type Holdings, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const visible = Object.entries(ledger)
  .filter(([, roles]) => roles.includes('customer'))
  .map(([operationId]) => operationId);

/** What names a thing: its id, and its natural key where it has one. */
type Named = Record<string, (of: Holdings) => string>;
const named = {
  customer: { id: (of) => of.customer.id, external_id: (of) => of.customer.externalId },
  account: { id: (of) => of.account.id, number: (of) => of.account.accountId },
  grant: { id: (of) => of.grantId },
  principal: { id: (of) => of.principalId },
  connection: { id: (of) => of.connection.id, endpoint: (of) => of.connection.vpcEndpointId },
  operation: { id: (of) => of.operationId },
  apiKey: { id: (of) => of.apiKeyId },
  event: { id: (of) => of.eventId },
  webhook: { id: (of) => of.webhookId },
  delivery: { id: (of) => of.deliveryId },
} satisfies Record<string, Named>;

type Ask = (key: string) => Promise<Sending> | Sending;
const get =
  (path: string): Ask =>
  (key) => ({ method: 'get', path: path.replace('{id}', key) });

const post =
  (path: string): Ask =>
  (key) => ({ method: 'post', path: path.replace('{id}', key) });

/** Every operation of customers that names one thing, by the kind of the thing. */
const asked: Record<string, [kind: keyof typeof named, ask: Ask]> = {
  getCustomer: ['customer', get('/v1/customers/{id}')],
  getAccount: ['account', get('/v1/accounts/{id}')],
  deleteAccount: ['account', (key) => ({ method: 'delete', path: `/v1/accounts/${key}` })],
  createAccount: [
    'customer',
    (key) => {
      const body = { account_id: world.scene.accountNumber(), customer_id: key };
      return { method: 'post', path: '/v1/accounts', body };
    },
  ],
  putAccount: [
    'customer',
    (key) => ({ method: 'put', path: `/v1/accounts/${key}:444444444444`, body: {} }),
  ],
  createChallenge: [
    'account',
    (key) => ({ method: 'post', path: `/v1/accounts/${key}/challenges` }),
  ],
  submitProof: [
    'account',
    async (key) => {
      const body = await proofFor(api, world.acme.account);
      return { method: 'post', path: `/v1/accounts/${key}/proofs`, body };
    },
  ],
  getGrant: ['grant', get('/v1/grants/{id}')],
  getPrincipal: ['principal', get('/v1/principals/{id}')],
  getConnection: ['connection', get('/v1/connections/{id}')],
  getConnectionHistory: ['connection', get('/v1/connections/{id}/history')],
  diagnoseConnection: ['connection', get('/v1/connections/{id}/diagnosis')],
  getOperation: ['operation', get('/v1/operations/{id}')],
  createApiKey: [
    'customer',
    (key) => {
      const body = { name: 'portal', role: 'customer', customer_id: key };
      return { method: 'post', path: '/v1/api-keys', body };
    },
  ],
  getApiKey: ['apiKey', get('/v1/api-keys/{id}')],
  rotateApiKey: ['apiKey', (key) => ({ method: 'post', path: `/v1/api-keys/${key}/rotate` })],
  revokeApiKey: ['apiKey', (key) => ({ method: 'delete', path: `/v1/api-keys/${key}` })],
  getEvent: ['event', get('/v1/events/{id}')],
  createWebhook: [
    'customer',
    (key) => {
      const body = { target_url: 'https://hooks.example.com/made', customer_id: key };
      return { method: 'post', path: '/v1/webhooks', body };
    },
  ],
  getWebhook: ['webhook', get('/v1/webhooks/{id}')],
  updateWebhook: [
    'webhook',
    (key) => ({ method: 'patch', path: `/v1/webhooks/${key}`, body: { description: 'mine' } }),
  ],
  rotateWebhookSecret: ['webhook', post('/v1/webhooks/{id}/rotate-secret')],
  testWebhook: ['webhook', post('/v1/webhooks/{id}/test')],
  listDeliveries: ['webhook', get('/v1/webhooks/{id}/deliveries')],
  getDelivery: [
    'delivery',
    (key) => get(`/v1/webhooks/${world.acme.webhookId}/deliveries/{id}`)(key),
  ],
  redeliverEvent: [
    'delivery',
    (key) => post(`/v1/webhooks/${world.acme.webhookId}/deliveries/{id}/redeliver`)(key),
  ],
  deleteWebhook: ['webhook', (key) => ({ method: 'delete', path: `/v1/webhooks/${key}` })],
};

/** Every list of customers, and what shows whose an item is. */
const lists: Record<string, [path: string, owner: (item: Record<string, string>) => unknown]> = {
  listAccounts: ['/v1/accounts', (item) => item.customer_id],
  listGrants: ['/v1/grants', (item) => item.customer_id],
  listConnections: ['/v1/connections', (item) => item.customer_id],
  listOperations: ['/v1/operations', (item) => item.customer_id],
  listApiKeys: ['/v1/api-keys', (item) => item.customer_id],
  listEvents: ['/v1/events', (item) => item.customer_id],
  listWebhooks: ['/v1/webhooks', (item) => item.customer_id],
  listPrincipals: [
    '/v1/principals',
    ({ arn }) => (arn === world.acme.arn ? world.acme.customer.id : arn),
  ],
};

/** What is about the caller alone, and names nothing. */
const aboutItself = ['getCaller'];

it('when the contract opens an operation to customers, its isolation is tested here', () => {
  const tested = [...Object.keys(asked), ...Object.keys(lists), ...aboutItself];
  expect(tested.sort()).toEqual(visible.sort());
});

/** All of the answer that could tell one case from another, with the key taken out. */
function seen({ status, headers, text }: Response, key: string) {
  const requestId = headers['x-request-id'] as string;
  const { date: _date, 'x-request-id': _id, ...others } = headers as Record<string, string>;
  return { status, headers: others, text: text.replaceAll(key, 'KEY').replaceAll(requestId, 'ID') };
}

/** A key of the same form that nothing has. */
function absent(key: string): string {
  return key.slice(0, -3) + (key.endsWith('000') ? '111' : '000');
}

const cases = Object.entries(asked).flatMap(([operationId, [kind, ask]]) =>
  Object.entries<(of: Holdings) => string>(named[kind]).map(
    ([name, keyOf]) => [operationId, name, keyOf, ask] as const,
  ),
);

describe('a thing of somebody else', () => {
  it.each(cases)('when %s names it by its %s, it is as if it were not there', async (...given) => {
    const [, , keyOf, ask] = given;
    const foreign = keyOf(world.globex);
    const before = await api.dump();
    const answer = await send(api, 'customer', await ask(foreign));
    const none = await send(api, 'customer', await ask(absent(foreign)));
    expect(answer.status).toBe(404);
    expect(seen(answer, foreign)).toEqual(seen(none, absent(foreign)));
    expect(withoutChallenges(await api.dump())).toBe(withoutChallenges(before));
  });

  it.each(cases)('when %s names its own by its %s, it is there', async (...given) => {
    const [operationId, , keyOf, ask] = given;
    const about = { ...world.acme };
    if (operationId === 'deleteAccount') {
      about.account = await world.scene.account(api.acme, 'claimed');
    }
    if (operationId === 'deleteWebhook') about.webhookId = await addWebhook(api, api.acme.id);
    const sending = await ask(keyOf(about));
    if (operationId === 'submitProof') sending.body = await proofFor(api, about.account);
    const { status, body } = await send(api, 'customer', sending);
    expect([status < 300, body.code]).toEqual([true, undefined]);
  });

  it.each(cases)(
    'when %s names it by the id of another kind, that is told alike',
    async (...given) => {
      const [, , , ask] = given;
      const foreign = world.globex.connection.id.replace('con_', 'inv_');
      const answer = await send(api, 'customer', await ask(foreign));
      const none = await send(api, 'customer', await ask(absent(foreign)));
      expect(answer.body.code).toBe('wrong_id_kind');
      expect(seen(answer, foreign)).toEqual(seen(none, absent(foreign)));
    },
  );

  /** Proofs are tried with fresh challenges, which the test itself puts there. */
  function withoutChallenges(dump: string): string {
    return dump.replace(/# challenges\n[^#]*/, '');
  }
});

describe('a list', () => {
  it.each(Object.entries(lists))(
    'when it is %s, all of it is of the own customer',
    async (...given) => {
      const [, [path, ownerOf]] = given;
      const { body } = await api.request('customer').get(path).expect(200);
      const owners = (body.items as Record<string, string>[]).map(ownerOf);
      expect(new Set(owners)).toEqual(new Set([api.acme.id]));
      const all = await api.request('operator').get(path).expect(200);
      expect(all.body.items.length).toBeGreaterThan(body.items.length as number);
    },
  );

  it.each(['/v1/accounts', '/v1/grants', '/v1/connections', '/v1/api-keys'])(
    'when %s is asked for those of another customer, it has as many as for nobody',
    async (path) => {
      for (const key of [api.globex.id, api.globex.externalId]) {
        const ask = (customer_id: string) =>
          send(api, 'customer', { method: 'get', path }, { query: { customer_id } });
        const foreign = await ask(key);
        expect(foreign.body.items).toEqual([]);
        expect(seen(foreign, key)).toEqual(seen(await ask(absent(key)), absent(key)));
      }
    },
  );

  it('when a cursor of an operator is used, it shows no more than the own customer', async () => {
    const all = await api.request('operator').get('/v1/connections?limit=1').expect(200);
    const path = `/v1/connections?limit=50&cursor=${all.body.next_cursor}`;
    const { body } = await api.request('customer').get(path).expect(200);
    const owners = (body.items as Record<string, string>[]).map((item) => item.customer_id);
    expect(owners.filter((owner) => owner !== api.acme.id)).toEqual([]);
  });
});

describe('an account that two customers claim', () => {
  it('when one has proven it, the other learns of it only by a proof of its own', async () => {
    const number = world.globex.account.accountId;
    const body = { account_id: number };
    const mine = await api.request('customer').post('/v1/accounts').send(body).expect(201);
    expect(mine.body).toMatchObject({ standing: 'claimed', customer_id: api.acme.id });
    const found = await api.request('customer').get(`/v1/accounts/${number}`).expect(200);
    expect(found.body.id).toBe(mine.body.id);
    const theirs = await api.request('customer').get(`/v1/connections?limit=200`).expect(200);
    const ids = (theirs.body.items as { id: string }[]).map(({ id }) => id);
    expect(ids).not.toContain(world.globex.connection.id);
  });
});
