// Limits as callers meet them: told with every answer, refused with the time to wait, and cheaply.

import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { DatabaseUnavailableError } from '../../src/storage/postgres/errors.ts';
import { createRateLimiter, type RateLimiter } from '../../src/usecases/rate-limiter.ts';
import { as, startFixture, type Fixture } from './fixture-server.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
let time = start;
let limiter: RateLimiter;
beforeEach(() => {
  time = start;
  limiter = createRateLimiter({
    db: { query: () => Promise.reject(new Error('A request waits for no database here.')) },
    now: () => new Date(time),
    limits: {
      staff: { requests: 3, seconds: 10 },
      key: { requests: 3, seconds: 10 },
      customer: { requests: 5, seconds: 20 },
      address: { requests: 2, seconds: 60 },
    },
  });
});

const fixture = (trustProxy?: string[]) =>
  startFixture({ limiter, ...(trustProxy && { trustProxy }) });
const get = ({ app }: Fixture, headers: object = as('customer')) =>
  request(app.server)
    .get('/v1/things')
    .set(headers as Record<string, string>);

describe('a caller with a key', () => {
  it('when it is served, it is told how it stands', async () => {
    const { headers } = await get(await fixture()).expect(200);
    expect(headers['ratelimit-policy']).toBe('"key";q=3;w=10, "customer";q=5;w=20');
    expect(headers['ratelimit']).toBe('"key";r=2;t=4, "customer";r=4;t=4');
  });

  it('when it asks too often, it is told when to go on, and then may', async () => {
    const server = await fixture();
    for (let n = 0; n < 3; n++) await get(server).expect(200);
    const { headers, body } = await get(server).expect(429);
    expect(headers).toMatchObject({
      'retry-after': '4',
      ratelimit: expect.stringMatching(/^"key";r=0;t=10/),
      'content-type': expect.stringContaining('application/problem+json'),
    });
    expect(body).toMatchObject({ code: 'rate_limited', status: 429, type: '/errors/rate_limited' });
    time += 4_000;
    await get(server).expect(200);
    await get(server).expect(429);
  });

  it('when the database is away, what it sends counts for nothing', async () => {
    const server = await fixture();
    const { authenticate } = server.requests;
    server.requests.authenticate = () =>
      Promise.reject(new DatabaseUnavailableError(new Error('Away.')));
    for (let n = 0; n < 5; n++) await get(server).expect(503);
    server.requests.authenticate = authenticate;
    await get(server).expect(200);
  });

  it('when it has had enough, nobody looks its key up any more', async () => {
    const server = await fixture();
    let lookups = 0;
    const { authenticate } = server.requests;
    server.requests.authenticate = (secret) => {
      lookups += 1;
      return authenticate(secret);
    };
    for (let n = 0; n < 10; n++) await get(server);
    expect(lookups).toBe(3);
    expect(server.world.calls).toHaveLength(3);
  });

  it('when another one has had enough, it is served', async () => {
    const server = await fixture();
    for (let n = 0; n < 5; n++) await get(server, as('customer'));
    await get(server, as('operator')).expect(200);
  });

  it('when it may not do what it asks for, that counts as well', async () => {
    const server = await fixture();
    const post = () => request(server.app.server).post('/v1/things').set(as('customer'));
    for (let n = 0; n < 3; n++) await post().expect(403);
    await post().expect(429);
  });
});

describe('an address without a valid key', () => {
  const bad = (n: number, from?: string) => ({
    authorization: `Bearer sk_guess_${n}`,
    ...(from && { 'x-forwarded-for': from }),
  });

  it('when it guesses too often, it is refused, and who has a key is not', async () => {
    const server = await fixture();
    await get(server).expect(200);
    for (let n = 0; n < 2; n++) await get(server, bad(n)).expect(401);
    const { headers } = await get(server, bad(9)).expect(429);
    expect(headers['ratelimit']).toBe('"address";r=0;t=60');
    await get(server).expect(200);
  });

  it('when it calls what needs no key, that counts too', async () => {
    const server = await fixture();
    const redeem = () =>
      request(server.app.server).post('/v1/tickets/redeem').send({ token: '0123456789' });
    for (let n = 0; n < 2; n++) await redeem().expect(201);
    await redeem().expect(429);
  });

  it('when a trusted proxy names the address, each one has its own limit', async () => {
    const server = await fixture(['127.0.0.1', '::1']);
    for (let n = 0; n < 2; n++) await get(server, bad(n, '192.0.2.1')).expect(401);
    await get(server, bad(3, '192.0.2.1')).expect(429);
    await get(server, bad(4, '192.0.2.2')).expect(401);
  });

  it('when nobody is trusted, it cannot pass for another one', async () => {
    const server = await fixture();
    for (let n = 0; n < 2; n++) await get(server, bad(n, `192.0.2.${n}`)).expect(401);
    await get(server, bad(3, '192.0.2.3')).expect(429);
  });

  it('when a key was good and is no more, guesses with it are limited as others are', async () => {
    const server = await fixture();
    await get(server).expect(200);
    server.requests.authenticate = async () => null;
    for (let n = 0; n < 2; n++) await get(server).expect(401);
    await get(server).expect(429);
  });
});
