// Secrets that come where they do not belong, with every operation: none of them is logged,
// answered or kept.

import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bindings } from '../../../src/http/generated/bindings.ts';
import { logOptions } from '../../../src/http/log-options.ts';
import { createServer } from '../../../src/http/server.ts';
import { spec, startApi, type Api } from '../../harness.ts';
import { sample, type Sending } from './requests.ts';
import { createWorld, type World } from './world.ts';

const canary = 'canary-5f2b8c1d-7e90-4a63';
const logged: string[] = [];
let api: Api;
let world: World;
let app: FastifyInstance;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
  app = createServer({
    requests: api.requests,
    spec,
    bindings,
    logger: pino({ ...logOptions, level: 'trace' }, { write: (line) => void logged.push(line) }),
    makeRequestId: () => api.makeId('request'),
    docs: false,
  });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await api.close();
});

const key = () => `Bearer ${api.keys.operator}`;

/** Where people put secrets by mistake, and where they belong but are not ours. */
const places: Record<string, (sending: Sending) => object> = {
  'in headers that nobody reads': () => ({
    headers: {
      authorization: key(),
      cookie: `session=${canary}`,
      'x-api-key': canary,
      traceparent: canary,
      tracestate: `vendor=${canary}`,
      'user-agent': canary,
      referer: `https://vendor.example/?token=${canary}`,
    },
  }),
  'as a key that is none': () => ({ headers: { authorization: `Bearer ${canary}` } }),
  'as another kind of authorization': () => ({ headers: { authorization: `Basic ${canary}` } }),
  'in a parameter that is unknown': ({ path }) => ({
    url: `${path}${path.includes('?') ? '&' : '?'}access_token=${canary}`,
    headers: { authorization: key() },
  }),
  'in a field that is unknown': ({ body }) => ({
    payload: { ...body, password: canary },
    headers: { authorization: key() },
  }),
  'in a body that is no JSON': () => ({
    payload: `{"password":"${canary}"`,
    headers: { authorization: key(), 'content-type': 'application/json' },
  }),
};

const operations = Object.values(spec.paths).flatMap((item) => Object.values(item));

it.each(Object.keys(places))('when a secret comes %s, no operation tells it', async (place) => {
  for (const { operationId } of operations) {
    const sending = await sample(world, operationId);
    const { method, path, body } = sending;
    const takesBody = method !== 'get' && method !== 'delete';
    const made = places[place]!(sending) as { payload?: unknown };
    if (made.payload !== undefined && !takesBody) continue;
    const payload = takesBody && body ? { payload: body } : {};
    const answer = await app.inject({ method, url: path, ...payload, ...made } as never);
    const told = JSON.stringify([answer.body, answer.headers]);
    expect([operationId, told.includes('canary-5f2b')]).toEqual([operationId, false]);
  }
  expect(logged.length).toBeGreaterThan(20);
  expect(logged.filter((line) => line.includes('canary-5f2b'))).toEqual([]);
  expect(await api.dump()).not.toContain('canary-5f2b');
});
