import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const operator = () => api.request('operator');
const create = (body: object) => operator().post('/v1/api-keys').send(body);

describe('createApiKey', () => {
  it.each(['operator', 'support'] as const)('when it is of %s, it works at once', async (role) => {
    const { body, headers } = await create({ name: 'ops', role }).expect(201);
    expect(body.secret.startsWith(body.hint as string)).toBe(true);
    expect(body).toMatchObject({ role, customer_id: null, expires_at: null, last_used_at: null });
    expect(headers['location']).toBe(`/v1/api-keys/${body.id}`);
    await api.request({ secret: body.secret }).get('/v1/customers').expect(200);
  });

  it('when it is of a customer, it sees this customer', async () => {
    const named = { name: 'portal', role: 'customer', customer_id: api.acme.externalId };
    const { body } = await create(named).expect(201);
    const own = api.request({ secret: body.secret }).get(`/v1/customers/${api.acme.id}`);
    expect((await own.expect(200)).body.external_id).toBe('acme');
  });

  it.each([
    ['a customer is not named', { role: 'customer' }],
    ['an operator is of a customer', { role: 'operator', customer_id: 'acme' }],
  ])('when %s, it is refused', async (_, change) => {
    const { body } = await create({ name: 'x', ...change }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/customer_id' }]);
  });

  it.each([
    ['in a second', 1_000, 201],
    ['now', 0, 400],
    ['a day ago', -86_400_000, 400],
  ])('when it is to expire %s, the answer is right', async (_, ms, status) => {
    const expires_at = new Date(api.clock.now().getTime() + ms).toISOString();
    const { body } = await create({ name: 'x', role: 'support', expires_at }).expect(status);
    const errors = status === 400 ? [{ pointer: '/expires_at' }] : undefined;
    expect(body.errors).toEqual(errors && [expect.objectContaining(errors[0]!)]);
  });

  it('when the role is none, it is told which there are', async () => {
    const { body } = await create({ name: 'x', role: 'admin' }).expect(400);
    expect(body.detail).toContain('`operator`');
  });
});

describe('a key that expires', () => {
  it('when its time is up, it is of no use', async () => {
    const expires_at = new Date(api.clock.now().getTime() + 60_000).toISOString();
    const { body } = await create({ name: 'x', role: 'support', expires_at }).expect(201);
    const use = () => api.request({ secret: body.secret }).get('/v1/customers');
    await use().expect(200);
    api.clock.advance(60_000);
    const refused = await use().expect(401);
    expect(refused.headers['www-authenticate']).toBe('Bearer realm="sallyport"');
  });
});

describe('revokeApiKey', () => {
  it('when it is revoked, the next request is refused, and the key can still be read', async () => {
    const { body } = await create({ name: 'x', role: 'operator' }).expect(201);
    await operator().delete(`/v1/api-keys/${body.id}`).expect(204);
    await api.request({ secret: body.secret }).get('/v1/customers').expect(401);
    const read = await operator().get(`/v1/api-keys/${body.id}`).expect(200);
    expect(read.body.revoked_at).toBe(api.clock.now().toISOString());
  });

  it('when it does not exist, that is said', async () => {
    const { body } = await operator().delete('/v1/api-keys/key_none').expect(404);
    expect(body.detail).toContain('key_none');
  });
});

describe('listApiKeys', () => {
  it('when pages are followed, each key comes once', async () => {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: Record<string, string> = { limit: '2', ...(cursor && { cursor }) };
      const { body } = await operator().get('/v1/api-keys').query(query).expect(200);
      ids.push(...(body.items as { id: string }[]).map(({ id }) => id));
      cursor = body.next_cursor;
    }
    const rows = await api.db.query<{ id: string }>('SELECT id FROM api_keys ORDER BY id');
    expect(ids).toEqual(rows.map(({ id }) => id));
  });

  it('when a key was used, that is told to the minute', async () => {
    api.clock.advance(61_000);
    const { body: made } = await create({ name: 'busy', role: 'support' }).expect(201);
    await api.request({ secret: made.secret }).get('/v1/customers').expect(200);
    const { body } = await operator().get(`/v1/api-keys/${made.id}`).expect(200);
    expect(body.last_used_at).toBe(api.clock.now().toISOString());
  });
});
