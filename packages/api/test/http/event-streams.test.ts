// Events as they happen: over a socket, as a browser or `curl -N` would read them.

import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bindings } from '../../src/http/generated/bindings.ts';
import { createServer } from '../../src/http/server.ts';
import * as events from '../../src/storage/events.ts';
import type { Queryable } from '../../src/storage/postgres/database.ts';
import { createPlaces } from '../../src/usecases/places.ts';
import { startEventFeed, type EventFeed } from '../../src/usecases/event-feed.ts';
import { addKey, spec, startApi, type Api } from '../harness.ts';

let api: Api;
let feed: EventFeed;
let app: FastifyInstance;
let asked = 0;
const streams: Stream[] = [];
const limits = { total: 7, each: 3 };

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  asked = 0;
  const counted: Queryable = {
    query: (text, values) => {
      asked += 1;
      return api.db.query(text, values);
    },
  };
  const makeId = () => api.makeId('event');
  feed = startEventFeed({ db: counted, makeId, onError: fail, everyMs: 20 });
  app = createServer({
    requests: api.requests,
    spec,
    bindings,
    logger: pino({ level: 'silent' }),
    makeRequestId: () => api.makeId('request'),
    docs: false,
    streaming: { feed, places: createPlaces('event streams', limits), heartbeatMs: 100 },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  // Those that the client keeps for later.
  app.server.closeAllConnections();
  await app.close();
  await feed.stop();
});

const fail = (message: string, error: unknown) => {
  throw new Error(message, { cause: error });
};

interface Message {
  id: string;
  event: string;
  data: { customer_id: string };
}

interface Stream {
  status: number;
  retryAfter: string | null;
  body: string;
  /** The next message; heartbeats are left out. */
  next: () => Promise<Message>;
  /** The text until a part of it is there. */
  until: (part: string) => Promise<void>;
  /** Resolves once the server has ended it. */
  ended: Promise<void>;
  close: () => void;
}

async function open(
  secret: string,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<Stream> {
  const { port } = app.server.address() as AddressInfo;
  const aborting = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/v1/events${query}`, {
    headers: { authorization: `Bearer ${secret}`, accept: 'text/event-stream', ...headers },
    signal: aborting.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let rest = '';
  const read = async () => {
    const { done, value = '' } = await reader.read();
    text += value;
    rest += value;
    return !done;
  };
  const ended = Promise.withResolvers<void>();
  const stream: Stream = {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: '',
    next: async () => {
      for (;;) {
        const found = /id: (.*)\nevent: (.*)\ndata: (.*)\n\n/.exec(rest);
        if (found) {
          rest = rest.slice(found.index + found[0].length);
          return { id: found[1]!, event: found[2]!, data: JSON.parse(found[3]!) };
        }
        if (!(await read())) throw new Error('It has ended.');
      }
    },
    until: async (part) => {
      while (!text.includes(part)) if (!(await read())) throw new Error('It has ended.');
    },
    ended: ended.promise,
    close: () => aborting.abort(),
  };
  streams.push(stream);
  if (response.headers.get('content-type')?.includes('event-stream')) await stream.until('retry:');
  else while (await read());
  return Object.assign(stream, { body: text });
}

/** Reads to the end, which the server makes. */
async function untilEnd(stream: Stream): Promise<void> {
  await expect(
    (async () => {
      for (;;) await stream.next();
    })(),
  ).rejects.toThrow('It has ended.');
}

/** Tries again while the answer is that status, and then wants a stream. */
async function untilNot(refused: number, attempt: () => Promise<Stream>): Promise<void> {
  const deadline = performance.now() + 5_000;
  let status = refused;
  while (status === refused && performance.now() < deadline) status = (await attempt()).status;
  expect(status).toBe(200);
}

async function rename(id: string, name: string): Promise<void> {
  await api.request('operator').patch(`/v1/customers/${id}`).send({ name }).expect(200);
}

describe('what is asked for', () => {
  it.each([
    ['text/event-stream', true],
    ['Text/Event-Stream; charset=utf-8', true],
    ['text/event-stream, */*', true],
    ['application/json;q=0.9, text/*', true],
    ['application/json;q=0.5,text/event-stream;q=0.6', true],
    ['application/json, text/event-stream', false],
    ['application/json, text/event-stream;q=0.9', false],
    ['text/event-stream;q=0', false],
    ['text/event-stream;q=0, */*', false],
    ['text/event-streams', false],
    ['application/x;profile="text/event-stream"', false],
    ['*/*', false],
    ['', false],
  ])('when Accept is %s, whether it is a stream is %s', async (accept, isStream) => {
    const { status, body } = await open(api.keys.operator, { headers: { accept } });
    expect(status).toBe(200);
    expect(body.startsWith('retry: ')).toBe(isStream);
  });
});

describe('a stream of events', () => {
  it('when something happens, it comes at once, and nothing from before', async () => {
    await rename(api.acme.id, 'Before');
    await events.publish(api.db, () => api.makeId('event'));
    const stream = await open(api.keys.operator);
    await rename(api.acme.id, 'After');
    const message = await stream.next();
    expect(message).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      event: 'customer.updated',
      data: { id: message.id, customer_id: api.acme.id },
    });
  });

  it('when a client comes again, it goes on after the last event that it has', async () => {
    const first = await open(api.keys.operator);
    await rename(api.acme.id, 'One');
    const { id } = await first.next();
    first.close();
    await rename(api.acme.id, 'Two');
    await rename(api.globex.id, 'Three');
    const again = await open(api.keys.operator, { headers: { 'last-event-id': id } });
    const customers = [await again.next(), await again.next()].map(({ data }) => data.customer_id);
    expect(customers).toEqual([api.acme.id, api.globex.id]);
  });

  it('when it is of a customer, it has the own events only', async () => {
    const stream = await open(api.keys.customer);
    await rename(api.globex.id, 'Foreign');
    await rename(api.acme.id, 'Own');
    expect((await stream.next()).data.customer_id).toBe(api.acme.id);
  });

  it('when it is limited to a type, others do not come', async () => {
    const stream = await open(api.keys.operator, { query: '?type=api_key.*' });
    await rename(api.acme.id, 'Not this');
    const body = { name: 'this', role: 'support' };
    await api.request('operator').post('/v1/api-keys').send(body).expect(201);
    expect((await stream.next()).event).toBe('api_key.created');
  });

  it('when nothing happens, it shows that it is there', async () => {
    const stream = await open(api.keys.operator);
    await stream.until('\n: \n');
  });

  it('when much happens that it does not ask for, it shows that it is there', async () => {
    const stream = await open(api.keys.operator, { query: '?type=webhook.*' });
    const there = new AbortController();
    const shown = stream.until('\n: \n').then(() => there.abort());
    const about = { subjectId: api.acme.id, customerId: api.acme.id, alarm: null };
    const state = { before: null, after: null };
    const deadline = performance.now() + 2_000;
    while (!there.signal.aborted && performance.now() < deadline) {
      await events.tell(api.db, [
        { type: 'customer.updated', at: api.clock.now(), state, ...about },
      ]);
    }
    expect(there.signal.aborted).toBe(true);
    await shown;
  });

  it('when its key is revoked, it ends', async () => {
    const secret = await addKey(api.db, api, 'support', null);
    const stream = await open(secret);
    await api.db.query(
      'UPDATE api_keys SET revoked_at = $1 WHERE id = (SELECT max(id) FROM api_keys)',
      [api.clock.now()],
    );
    await untilEnd(stream);
  });

  it('when the server stops, it ends, and the server does not wait', async () => {
    const stream = await open(api.keys.operator);
    const ended = untilEnd(stream);
    const startedAt = performance.now();
    await app.close();
    await ended;
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('when a customer has as many as it may, one more is refused until one has gone', async () => {
    const second = await addKey(api.db, api, 'customer', api.acme.id);
    const [first] = await Promise.all([1, 2].map(() => open(api.keys.customer)));
    await open(second);
    for (const key of [api.keys.customer, second]) {
      const { status, retryAfter, body } = await open(key);
      expect([status, retryAfter, JSON.parse(body).code]).toEqual([429, '5', 'too_many_open']);
    }
    expect((await open(api.keys.stranger)).status).toBe(200);
    first!.close();
    await untilNot(429, () => open(second));
  });

  it('when the process has as many as it may, others are told to come again', async () => {
    for (const key of [api.keys.customer, api.keys.operator]) {
      await Promise.all([1, 2, 3].map(() => open(key)));
    }
    const last = await open(api.keys.stranger);
    const { status, retryAfter, body } = await open(api.keys.support);
    expect([status, retryAfter, JSON.parse(body).code]).toEqual([503, '2', 'unavailable']);
    last.close();
    await untilNot(503, () => open(api.keys.support));
  });

  it('when some were refused for what they ask, they hold no places', async () => {
    for (let n = 0; n < 4; n++) {
      const { status } = await open(api.keys.operator, { headers: { 'last-event-id': 'evt_no' } });
      expect(status).toBe(400);
    }
    await untilNot(429, () => open(api.keys.operator));
  });

  it.each([
    ['an event that is not there', { 'last-event-id': 'evt_none' }, 'invalid_cursor'],
    ['no key', { authorization: 'Bearer nobody' }, 'unauthenticated'],
  ])('when it is asked for with %s, it is refused like a page', async (_, headers, code) => {
    const { body } = await open(api.keys.operator, { headers });
    expect(JSON.parse(body)).toMatchObject({ code });
  });

  it('when many wait, they ask the database no more often than one', async () => {
    await Promise.all(
      [api.keys.operator, api.keys.support, api.keys.customer].flatMap((key) =>
        [1, 2].map(() => open(key)),
      ),
    );
    const before = asked;
    const startedAt = performance.now();
    await streams[0]!.until('\n: \n');
    // Two statements of the feed each time that it looks, whoever waits.
    const looks = (performance.now() - startedAt) / 20 + 2;
    expect(asked - before).toBeLessThanOrEqual(2 * looks);
  });
});
