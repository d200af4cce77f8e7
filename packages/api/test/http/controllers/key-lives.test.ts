// How long a key lives, what it may do, and what takes its place.

import { pino } from 'pino';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatKey } from '../../../src/domain/api-key.ts';
import { bindings } from '../../../src/http/generated/bindings.ts';
import { createServer } from '../../../src/http/server.ts';
import * as customers from '../../../src/storage/customers.ts';
import { createRequests } from '../../../src/usecases/requests.ts';
import { addCustomer, addKey, spec, startApi, type Api } from '../../harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const create = (body: object, by: Parameters<Api['request']>[0] = 'operator') =>
  api.request(by).post('/v1/api-keys').send(body);
const ownKey = { name: 'portal', role: 'customer', customer_id: 'acme' };
const rotate = (id: string, body = {}) =>
  api.request('operator').post(`/v1/api-keys/${id}/rotate`).send(body);
const works = async (secret: string) =>
  (await api.request({ secret }).get('/v1/caller')).status === 200;

describe('a key that is of no use', () => {
  const detailOf = async (secret: string) =>
    (await api.request({ secret }).get('/v1/customers').expect(401)).body.detail as string;

  it('when it was revoked, that is told in the same words as no such key', async () => {
    const { body } = await create({ name: 'short-lived', role: 'operator' }).expect(201);
    expect(await works(body.secret)).toBe(true);
    await api.request('operator').delete(`/v1/api-keys/${body.id}`).expect(204);
    const unknown = formatKey('operator', new Uint8Array(32));
    expect(await detailOf(body.secret)).toBe(await detailOf(unknown));
  });

  it('when it is none at all, it is told as mistyped', async () => {
    expect(await detailOf('x')).toContain('mistyped');
  });
});

describe('a key with scopes', () => {
  it('when it does what they hold, it is served, and all else is refused', async () => {
    const scopes = ['grants:read', 'connections:write'];
    const { body } = await create({ ...ownKey, scopes }).expect(201);
    const as = api.request({ secret: body.secret });
    await as.get('/v1/grants').expect(200);
    await as.get('/v1/connections').expect(200);
    const refused = await as.get('/v1/accounts').expect(403);
    expect(refused.body).toMatchObject({ code: 'insufficient_scope' });
    expect(refused.body.detail).toContain('`accounts:read`');
    const { body: caller } = await as.get('/v1/caller').expect(200);
    expect(caller).toMatchObject({ id: body.id, name: 'portal', role: 'customer', scopes });
  });

  it('when it only reads, no change passes, not even one that only validates', async () => {
    const { body } = await create({ ...ownKey, scopes: ['read'] }).expect(201);
    const as = api.request({ secret: body.secret });
    await as.get('/v1/accounts').expect(200);
    const claim = { account_id: '444444444444' };
    await as.post('/v1/accounts?validate_only=true').send(claim).expect(403);
  });

  it('when a scope is none, those that there are are named', async () => {
    const { body } = await create({ ...ownKey, scopes: ['grant:read'] }).expect(400);
    expect(body.errors[0].detail).toContain('grants:read');
  });

  it('when it makes or rotates keys, none may do more than itself', async () => {
    const scopes = ['api-keys:write', 'read'];
    const made = await create({ name: 'limited', role: 'operator', scopes }).expect(201);
    const limited = { secret: made.body.secret as string };
    const more = { name: 'x', role: 'operator' };
    const { body } = await create(more, limited).expect(403);
    expect(body.code).toBe('insufficient_scope');
    await create({ ...more, scopes: ['grants:write'] }, limited).expect(403);
    await create({ ...more, scopes: ['grants:read'] }, limited).expect(201);
    const broad = await create(more).expect(201);
    await api.request(limited).post(`/v1/api-keys/${broad.body.id}/rotate`).expect(403);
    await api.request(limited).post(`/v1/api-keys/${made.body.id}/rotate`).expect(201);
  });
});

describe('a key of a customer', () => {
  it('when it makes a key, that is of the same customer', async () => {
    const { body } = await create({ name: 'ci', role: 'customer' }, 'customer').expect(201);
    expect(body.customer_id).toBe(api.acme.id);
    const staff = await create({ name: 'ci', role: 'support' }, 'customer').expect(400);
    expect(staff.body.errors).toMatchObject([{ pointer: '/role' }]);
  });

  it('when its customer has left, it is of no use from then on', async () => {
    const leaver = await addCustomer(api.db, api, 'leaver');
    const secret = await addKey(api.db, api, 'customer', leaver.id);
    await customers.setState(api.db, leaver.id, 'offboarding', api.clock.now());
    expect(await works(secret)).toBe(true);
    await customers.setState(api.db, leaver.id, 'offboarded', api.clock.now());
    expect(await works(secret)).toBe(false);
  });
});

describe('rotateApiKey', () => {
  it('when the overlap is on, both work, and after it the new one alone', async () => {
    const scopes = ['read'];
    const { body: old } = await create({ ...ownKey, scopes }).expect(201);
    const { body: next } = await rotate(old.id, { overlap_seconds: 60 }).expect(201);
    expect(next).toMatchObject({ ...ownKey, customer_id: api.acme.id, scopes });
    expect([next.rotated_from, next.expires_at]).toEqual([old.id, null]);
    expect([await works(old.secret), await works(next.secret)]).toEqual([true, true]);
    api.clock.advance(60_000);
    expect([await works(old.secret), await works(next.secret)]).toEqual([false, true]);
  });

  it('when there is no overlap, the old one ends at once', async () => {
    const { body: old } = await create(ownKey).expect(201);
    const { body: next } = await rotate(old.id, { overlap_seconds: 0 }).expect(201);
    expect([await works(old.secret), await works(next.secret)]).toEqual([false, true]);
  });

  it('when two are live, neither is rotated before one has ended', async () => {
    const { body: old } = await create(ownKey).expect(201);
    const { body: next } = await rotate(old.id).expect(201);
    for (const [id, other] of [
      [old.id, next.id],
      [next.id, old.id],
    ]) {
      const { body } = await rotate(id).expect(409);
      expect(body.remediation.command).toBe(`sallyport api-keys revoke ${other}`);
    }
    await api.request('operator').delete(`/v1/api-keys/${old.id}`).expect(204);
    await rotate(next.id).expect(201);
    const { body } = await rotate(old.id).expect(409);
    expect(body.detail).toContain('has ended');
  });

  it('when many rotate it at once, one does', async () => {
    const { body: old } = await create(ownKey).expect(201);
    const answers = await Promise.all([1, 2, 3, 4].map(() => rotate(old.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('when the old one was to live for a day, so is the new one', async () => {
    const day = 86_400_000;
    const expires_at = new Date(api.clock.now().getTime() + day).toISOString();
    const { body: old } = await create({ ...ownKey, expires_at }).expect(201);
    api.clock.advance(day / 2);
    const { body: next } = await rotate(old.id, { overlap_seconds: 86_400 }).expect(201);
    const read = await api.request('operator').get(`/v1/api-keys/${old.id}`).expect(200);
    expect(read.body.expires_at).toBe(expires_at);
    expect(next.expires_at).toBe(new Date(api.clock.now().getTime() + day).toISOString());
  });

  it('when it is rotated, that is audited once, without a secret', async () => {
    const { body: old } = await create(ownKey).expect(201);
    let secret = '';
    const entries = await api.audited(async () => {
      secret = (await rotate(old.id).expect(201)).body.secret as string;
    });
    expect(entries).toMatchObject([{ action: 'rotateApiKey', after: { rotatedFrom: old.id } }]);
    expect(await api.dump()).not.toContain(secret);
  });
});

describe('two replicas', () => {
  it('when one revokes a key, the other refuses the next request', async () => {
    const { clock, makeId, random, db: database } = api;
    const audience = () => '';
    const other = createServer({
      requests: createRequests({ database, now: clock.now, makeId, random, audience }),
      spec,
      bindings,
      logger: pino({ level: 'silent' }),
      makeRequestId: () => makeId('request'),
      docs: false,
    });
    await other.ready();
    try {
      const { body } = await create({ name: 'x', role: 'support' }).expect(201);
      const there = () =>
        supertest(other.server).get('/v1/customers').auth(body.secret, { type: 'bearer' });
      await there().expect(200);
      await api.request('operator').delete(`/v1/api-keys/${body.id}`).expect(204);
      await there().expect(401);
    } finally {
      await other.close();
    }
  });
});
