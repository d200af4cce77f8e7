import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { as, keys, startFixture } from './fixture-server.ts';

describe('a request without a valid key', () => {
  const headers: [string, Record<string, string>, RegExp][] = [
    ['no header', {}, /no Authorization header/],
    ['another scheme', { authorization: 'Basic c2tfb3BlcmF0b3I6' }, /not `Bearer <key>`/],
    ['an empty key', { authorization: 'Bearer ' }, /not `Bearer <key>`/],
    ['a key with a space', { authorization: 'Bearer sk_operator x' }, /not `Bearer <key>`/],
    ['a very long key', { authorization: `Bearer ${'a'.repeat(201)}` }, /not `Bearer <key>`/],
    [
      'an unknown key',
      { authorization: 'Bearer sk_nobody' },
      /unknown, has expired or was revoked/,
    ],
  ];
  it.each(headers)('when it has %s, it is refused', async (_, header, detail) => {
    const { app, world } = await startFixture();
    const answer = await request(app.server).get('/v1/things').set(header);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="sallyport"');
    expect(answer.body).toMatchObject({ code: 'unauthenticated', type: '/errors/unauthenticated' });
    expect(answer.body.detail).toMatch(detail);
    expect(world.calls).toEqual([]);
  });

  it('when its key is wrong, the key is nowhere in the answer or the log', async () => {
    const { app, logs } = await startFixture();
    const answer = await request(app.server)
      .get('/v1/things')
      .set({ authorization: 'Bearer sk_canary_1234567890' });
    expect(answer.status).toBe(401);
    expect(answer.text + JSON.stringify(logs)).not.toContain('sk_canary');
  });

  it('when its body is broken too, the body is not looked at', async () => {
    const { app } = await startFixture();
    const answer = await request(app.server)
      .post('/v1/things')
      .set('content-type', 'application/json')
      .send('{');
    expect(answer.status).toBe(401);
  });
});

describe('a request with a valid key', () => {
  it.each(['Bearer', 'bearer', 'BEARER'])('when it says %s, it is served', async (scheme) => {
    const { app, requests } = await startFixture();
    const answer = await request(app.server)
      .get('/v1/things')
      .set({ authorization: `${scheme} ${keys.customer}` });
    expect(answer.status).toBe(200);
    expect(requests.reads[0]?.caller).toEqual({
      id: 'key_customer',
      role: 'customer',
      customerId: 'cus_1',
    });
  });

  it('when the role may not, the roles that may are named', async () => {
    const { app, world } = await startFixture();
    const answer = await request(app.server).post('/v1/things/x/start').set(as('customer'));
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      code: 'forbidden',
      detail: 'The role `customer` may not do this; it takes `operator` or `support`.',
    });
    expect(world.calls).toEqual([]);
  });

  it('when the role may not and it only validates, it is refused all the same', async () => {
    const { app } = await startFixture();
    const answer = await request(app.server)
      .post('/v1/things?validate_only=true')
      .set(as('support'))
      .send({ name: 'x' });
    expect(answer.status).toBe(403);
  });
});

describe('an operation that needs no key', () => {
  it.each([{}, { authorization: 'Bearer sk_nobody' }])(
    'when called with %o, it is served to anyone',
    async (headers) => {
      const { app, requests } = await startFixture();
      const answer = await request(app.server)
        .post('/v1/tickets/redeem')
        .set(headers)
        .send({ token: '0123456789' });
      expect(answer.status).toBe(201);
      expect(requests.changes[0]?.caller).toEqual({
        id: 'anyone',
        role: 'anyone',
        customerId: null,
      });
    },
  );

  it('when its body is larger than 16 KiB, it is refused before it is read', async () => {
    const { app, world } = await startFixture();
    const answer = await request(app.server)
      .post('/v1/tickets/redeem')
      .send({ token: 'x'.repeat(17 * 1024) });
    expect(answer.body).toMatchObject({ status: 413, code: 'payload_too_large' });
    expect(world.calls).toEqual([]);
  });
});
