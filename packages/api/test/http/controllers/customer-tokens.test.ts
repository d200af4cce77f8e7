// Tokens of minutes: who has one is the customer, and nothing that outlasts it comes of it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as customers from '../../../src/storage/customers.ts';
import { addCustomer, startApi, type Api } from '../../harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const create = (customer: string, body = {}, by: Parameters<Api['request']>[0] = 'operator') =>
  api.request(by).post(`/v1/customers/${customer}/tokens`).send(body);
const works = async (secret: string) =>
  (await api.request({ secret }).get('/v1/caller')).status === 200;

describe('createCustomerToken', () => {
  it('when it is made, it is the customer, under the name that it was given', async () => {
    const { body } = await create('acme', { subject: 'alice' }).expect(201);
    expect(body.token).toMatch(/^sallyport_token_[0-9A-Za-z]{49}$/);
    const as = api.request({ secret: body.token });
    const { body: caller } = await as.get('/v1/caller').expect(200);
    const expected = { id: body.id, name: 'alice', role: 'customer', customer_id: api.acme.id };
    expect(caller).toMatchObject({ ...expected, expires_at: body.expires_at });
    await as.get(`/v1/customers/${api.globex.id}`).expect(404);
    await as.get('/v1/customers').expect(403);
  });

  it('when it does something, the audit log has it, and who made it', async () => {
    const entries = await api.audited(async () => {
      const { body } = await create('acme', { subject: 'bob' }).expect(201);
      const claim = { account_id: '555555555555' };
      await api.request({ secret: body.token }).post('/v1/accounts').send(claim).expect(201);
    });
    const [made, done] = entries;
    expect(made).toMatchObject({ action: 'createCustomerToken', after: { subject: 'bob' } });
    expect(done).toMatchObject({ action: 'createAccount', actor: made!.subjectId });
  });

  it.each([
    [undefined, 900],
    [60, 60],
    [3600, 3600],
  ])('when it is to live for %s s, it ends after %d s', async (lifetime_seconds, seconds) => {
    const { body } = await create('acme', lifetime_seconds ? { lifetime_seconds } : {}).expect(201);
    api.clock.advance(seconds * 1000 - 1);
    expect(await works(body.token)).toBe(true);
    api.clock.advance(1);
    expect(await works(body.token)).toBe(false);
  });

  it.each([59, 3601])('when it is to live for %d s, it is refused', async (lifetime_seconds) => {
    const { body } = await create('acme', { lifetime_seconds }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/lifetime_seconds' }]);
  });

  it('when it has scopes, it does no more', async () => {
    const { body } = await create('acme', { scopes: ['grants:read'] }).expect(201);
    await api.request({ secret: body.token }).get('/v1/grants').expect(200);
    const refused = await api.request({ secret: body.token }).get('/v1/accounts').expect(403);
    expect(refused.body.code).toBe('insufficient_scope');
  });

  it('when the key that asks may do nothing else, that is enough', async () => {
    const scoped = { name: 'portal', role: 'operator', scopes: ['tokens:write'] };
    const { body: key } = await api.request('operator').post('/v1/api-keys').send(scoped);
    const { body } = await create('acme', {}, { secret: key.secret }).expect(201);
    await api.request({ secret: body.token }).get('/v1/accounts').expect(200);
  });
});

describe('a token', () => {
  it('when it asks for a key, it gets none, neither new nor in rotation', async () => {
    const { body } = await create('acme').expect(201);
    const as = api.request({ secret: body.token });
    await as.post('/v1/api-keys').send({ name: 'x', role: 'customer' }).expect(403);
    const { body: keys } = await as.get('/v1/api-keys').expect(200);
    await as.post(`/v1/api-keys/${keys.items[0].id}/rotate`).expect(403);
  });

  it.each([
    ['suspended', false],
    ['offboarding', true],
    ['offboarded', false],
  ] as const)('when its customer is %s, whether it works is %s', async (state, expected) => {
    const customer = await addCustomer(api.db, api, `of-${state}`);
    const { body } = await create(customer.id).expect(201);
    await customers.setState(api.db, customer.id, state, api.clock.now());
    expect(await works(body.token)).toBe(expected);
    const { status } = await create(customer.id);
    expect(status).toBe(expected ? 201 : 409);
  });

  it.each([
    ['revoked', (id: string) => api.request('operator').delete(`/v1/api-keys/${id}`)],
    [
      'replaced at once',
      (id: string) =>
        api.request('operator').post(`/v1/api-keys/${id}/rotate`).send({ overlap_seconds: 0 }),
    ],
  ])('when the key that made it is %s, it ends at once', async (_, end) => {
    const maker = { name: 'portal', role: 'operator' };
    const { body: key } = await api.request('operator').post('/v1/api-keys').send(maker);
    const { body } = await create('acme', {}, { secret: key.secret }).expect(201);
    expect(await works(body.token)).toBe(true);
    expect((await end(key.id)).status).toBeLessThan(300);
    expect(await works(body.token)).toBe(false);
  });

  it('when the key that makes it ends before it would, it is told to end with that', async () => {
    const expires_at = new Date(api.clock.now().getTime() + 300_000).toISOString();
    const maker = { name: 'portal', role: 'operator', expires_at };
    const { body: key } = await api.request('operator').post('/v1/api-keys').send(maker);
    const { body } = await create('acme', { lifetime_seconds: 900 }, { secret: key.secret });
    expect(body.expires_at).toBe(expires_at);
    const brief = await create('acme', { lifetime_seconds: 60 }, { secret: key.secret });
    expect(Date.parse(brief.body.expires_at)).toBe(api.clock.now().getTime() + 60_000);
  });

  it('when one character is mistyped, that is said', async () => {
    const { body } = await create('acme').expect(201);
    const secret = `${body.token.slice(0, -1)}${body.token.endsWith('x') ? 'y' : 'x'}`;
    const refused = await api.request({ secret }).get('/v1/caller').expect(401);
    expect(refused.body.detail).toContain('mistyped');
  });
});
