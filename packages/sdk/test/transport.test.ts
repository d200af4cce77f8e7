// Attempts, pauses, deadlines and what a call gives back.
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  AbortedError,
  ApiError,
  ConnectionError,
  type Middleware,
  RateLimitError,
  SallyportError,
  ServerError,
  TimeoutError,
} from '../src/index.ts';
import { API_KEY, clientOf, errorOf, fakeClock, problem, startService } from './harness.ts';

const customer = { external_id: 'acme', name: 'Acme' };

test('when the service answers, it gives the data, and the response behind it', async () => {
  const service = await startService();
  service.reply({ json: { id: 'cus_1' }, headers: { 'x-request-id': 'req_9' } });
  const call = clientOf(service).customers.get('acme');
  expect(await call).toEqual({ id: 'cus_1' });
  const { data, response, requestId, attempts, idempotencyKey } = await call.withResponse();
  expect(data).toEqual({ id: 'cus_1' });
  expect(response.status).toBe(200);
  expect({ requestId, attempts, idempotencyKey }).toEqual({
    requestId: 'req_9',
    attempts: 1,
    idempotencyKey: undefined,
  });
  expect(service.seen).toHaveLength(1);
});

test('when the answer has no body, it gives undefined', async () => {
  const service = await startService();
  service.reply({ status: 204 });
  const { data } = await clientOf(service).accounts.delete('acct_1').withResponse();
  expect(data).toBeUndefined();
});

test('when a call is made, it sends the key, JSON, the query and who is calling', async () => {
  const service = await startService();
  const appInfo = { name: 'portal', version: '7' };
  await clientOf(service, { appInfo }).customers.create(customer, { change_ref: 'CHG 1' });
  const [request] = service.seen;
  expect(request!.method).toBe('POST');
  expect(request!.path).toBe('/v1/customers');
  expect(request!.query.get('change_ref')).toBe('CHG 1');
  expect(JSON.parse(request!.body)).toEqual(customer);
  expect(request!.headers).toMatchObject({
    authorization: `Bearer ${API_KEY}`,
    'content-type': 'application/json',
    accept: 'application/json',
  });
  expect(request!.headers['user-agent']).toMatch(/^sallyport-sdk\/\d+\.\d+\.\d+ .*portal\/7$/);
});

test('when Node is too old to name itself, the User-Agent has its version', async () => {
  vi.stubGlobal('navigator', undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const service = await startService();
  await clientOf(service).connections.get('vpce-1');
  const [request] = service.seen;
  expect(request!.headers['user-agent']).toContain(` Node.js/${process.version}`);
});

test.each([
  [408, 'GET', 3],
  [429, 'GET', 3],
  [500, 'GET', 3],
  [502, 'GET', 3],
  [503, 'GET', 3],
  [504, 'GET', 3],
  [500, 'POST', 3],
  [503, 'POST', 3],
  [500, 'PATCH', 1],
  [503, 'PATCH', 3],
  [500, 'DELETE', 3],
  [400, 'GET', 1],
  [401, 'GET', 1],
  [403, 'GET', 1],
  [404, 'GET', 1],
  [409, 'POST', 1],
  [412, 'PUT', 1],
  [422, 'POST', 1],
  [501, 'GET', 1],
])(
  'when %i is answered to %s, it makes %i attempts',
  async (status, method, attempts) => {
    const service = await startService();
    service.reply(problem(status, 'some_code'));
    const error = await errorOf(clientOf(service).request({ method, path: '/v1/x' }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status, code: 'some_code', attempts });
    expect(service.seen).toHaveLength(attempts);
  },
  10_000,
);

test('when an attempt succeeds after failures, it gives the data and the count', async () => {
  const service = await startService();
  service.reply({ fault: 'reset' }, problem(503, 'unavailable'), { json: { id: 'cus_1' } });
  const answer = await clientOf(service).customers.create(customer).withResponse();
  expect(answer.data).toEqual({ id: 'cus_1' });
  expect(answer.attempts).toBe(3);
});

test.each(['reset', 'half'] as const)(
  'when the connection breaks (%s), it tries again, then throws',
  async (fault) => {
    const service = await startService();
    service.reply({ fault });
    const error = await errorOf(clientOf(service, { maxRetries: 1 }).customers.get('acme'));
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toContain(
      `GET /v1/customers/acme: no answer from ${service.origin}`,
    );
    expect(service.seen).toHaveLength(2);
  },
);

test('when nothing listens, it says so', async () => {
  const service = await startService();
  const client = clientOf(service, { baseUrl: 'http://127.0.0.1:1', maxRetries: 0 });
  const error = await errorOf(client.customers.get('acme'));
  expect(error).toBeInstanceOf(ConnectionError);
  expect((error as Error).cause).toBeInstanceOf(Error);
});

test('when it tries again, the pause is from a range that doubles up to a limit', async () => {
  const service = await startService();
  service.reply(problem(503, 'unavailable'));
  const clock = fakeClock();
  const client = clientOf(service, { clock, random: () => 1, maxRetries: 6 });
  await errorOf(client.customers.get('acme'));
  expect(clock.sleeps).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
  clock.sleeps.length = 0;
  await errorOf(clientOf(service, { clock, random: () => 0 }).customers.get('acme'));
  expect(clock.sleeps).toEqual([0, 0]);
});

test.each([
  ['seconds', '7', 7000],
  ['a date', 'Sun, 31 Jan 2027 12:00:20 GMT', 20_000],
  ['a date in the past', 'Sun, 31 Jan 2027 11:00:00 GMT', 0],
])('when Retry-After is %s, it waits no shorter than that', async (_, value, ms) => {
  const service = await startService();
  const date = 'Sun, 31 Jan 2027 12:00:00 GMT';
  const busy = problem(429, 'rate_limited');
  service.reply(
    { ...busy, headers: { ...busy.headers, 'retry-after': value, date } },
    { json: {} },
  );
  // This side's clock is years off; only the service's own two dates count.
  const clock = fakeClock(Date.parse('2020-01-01T00:00:00Z'));
  await clientOf(service, { clock, random: () => 0 }).customers.get('acme');
  expect(clock.sleeps).toEqual([ms]);
});

test('when Retry-After is beyond the deadline, it throws at once and tells the time', async () => {
  const service = await startService();
  const busy = problem(429, 'rate_limited');
  service.reply({ ...busy, headers: { 'retry-after': '3600' } });
  const clock = fakeClock();
  const error = await errorOf(clientOf(service, { clock }).customers.get('acme'));
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ retryAfterMs: 3_600_000, attempts: 1 });
  expect(clock.sleeps).toEqual([]);
});

test('when a conflict says when it ends, it waits and tries again with the same key', async () => {
  const service = await startService();
  const running = problem(409, 'idempotency_in_progress');
  service.reply({ ...running, headers: { 'retry-after': '1' } }, { json: { id: 'cus_1' } });
  await clientOf(service).customers.create(customer);
  expect(service.seen.map(({ headers }) => headers['idempotency-key'])).toHaveLength(2);
  expect(service.seen[0]!.headers['idempotency-key']).toBe(
    service.seen[1]!.headers['idempotency-key'],
  );
});

test('when a POST is tried again, it keeps its key, and the error shows it', async () => {
  const service = await startService();
  service.reply({ fault: 'reset' }, problem(503, 'unavailable'));
  const error = await errorOf(clientOf(service).customers.create(customer));
  const keys = service.seen.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(error).toMatchObject({ idempotencyKey: keys[0] });
  expect((error as Error).message).toContain(`[Idempotency-Key ${String(keys[0])}]`);
});

test('when two calls are made, each has a key of its own; a given key is taken', async () => {
  const service = await startService();
  const client = clientOf(service);
  await client.customers.create(customer);
  await client.customers.create(customer);
  await client.customers.create(customer, { idempotencyKey: 'mine' });
  await client.customers.get('acme');
  const keys = service.seen.map(({ headers }) => headers['idempotency-key']);
  expect(new Set(keys.slice(0, 2)).size).toBe(2);
  expect(keys.slice(2)).toEqual(['mine', undefined]);
});

test('when the service hangs, the deadline ends the call with what is known', async () => {
  const service = await startService();
  const clock = fakeClock();
  service.replyWith(() => {
    clock.advance(5000);
    return { fault: 'hang' };
  });
  const error = await errorOf(
    clientOf(service, { clock }).customers.create(customer, { timeoutMs: 5000 }),
  );
  expect(error).toBeInstanceOf(TimeoutError);
  expect((error as Error).message).toMatch(/no answer within 5000 ms.*Idempotency-Key/);
});

test('when retries would outlast the deadline, it throws the last failure instead', async () => {
  const service = await startService();
  service.reply(problem(503, 'unavailable'));
  const clock = fakeClock();
  const options = { clock, random: () => 1, maxRetries: 9, timeoutMs: 4000 };
  const error = await errorOf(clientOf(service, options).customers.get('acme'));
  expect(error).toBeInstanceOf(ServerError);
  expect(clock.sleeps).toEqual([500, 1000, 2000]);
});

test('when the caller aborts, be it before, in a request or in a pause, it ends', async () => {
  const service = await startService();
  const early = AbortSignal.abort(new Error('changed my mind'));
  const before = await errorOf(clientOf(service).customers.get('acme', { signal: early }));
  expect(before).toBeInstanceOf(AbortedError);
  expect((before as Error).cause).toEqual(new Error('changed my mind'));
  expect(service.seen).toHaveLength(0);

  const during = new AbortController();
  service.replyWith(() => {
    during.abort();
    return { fault: 'hang' };
  });
  const { signal } = during;
  expect(await errorOf(clientOf(service).customers.get('acme', { signal }))).toBeInstanceOf(
    AbortedError,
  );

  const pausing = new AbortController();
  const clock = fakeClock();
  clock.hold = true;
  service.reply(problem(503, 'unavailable'));
  const call = clientOf(service, { clock }).customers.get('acme', { signal: pausing.signal });
  setTimeout(() => pausing.abort(), 20);
  expect(await errorOf(call)).toBeInstanceOf(AbortedError);
  expect(clock.sleeps).toHaveLength(1);
});

test('when a fetch ignores its signal, the deadline holds all the same', async () => {
  const service = await startService();
  const clock = fakeClock();
  const deaf = () => new Promise<Response>(() => setTimeout(() => clock.advance(99), 0));
  const client = clientOf(service, { clock, fetch: deaf, timeoutMs: 99 });
  expect(await errorOf(client.customers.get('acme'))).toBeInstanceOf(TimeoutError);
});

test('when a call ends, it lets go of the signal it was given', async () => {
  const service = await startService();
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof add>) => {
    listeners -= 1;
    remove(...args);
  };
  await clientOf(service).customers.get('acme', { signal });
  expect(listeners).toBe(0);
  expect(service.seen).toHaveLength(1);
});

test('when a website answers in place of the API, it says that baseUrl may be wrong', async () => {
  const service = await startService();
  service.reply({ text: '<html>', headers: { 'content-type': 'text/html' } });
  const error = await errorOf(clientOf(service).customers.get('acme'));
  expect(error).toBeInstanceOf(SallyportError);
  expect((error as Error).message).toMatch(/200 with text\/html that is not JSON.*baseUrl/);
});

test('when request() is used, it makes any call with the same care', async () => {
  const service = await startService();
  service.reply({ text: 'a,b', headers: { 'content-type': 'text/csv' } });
  const text = await clientOf(service).request<string>({
    method: 'POST',
    path: '/v1/things/{id}',
    params: ['a/b'],
    body: 'x,y',
    query: { tag: ['p', 'q'], none: undefined, since: new Date(0) },
    options: { headers: { 'content-type': 'text/csv', accept: 'text/csv' } },
  });
  expect(text).toBe('a,b');
  const [request] = service.seen;
  expect(request!.path).toBe('/v1/things/a%2Fb');
  expect(`${request!.query}`).toBe('tag=p&tag=q&since=1970-01-01T00%3A00%3A00.000Z');
  expect(request!.body).toBe('x,y');
  expect(request!.headers['content-type']).toBe('text/csv');
  expect(request!.headers['idempotency-key']).toBeDefined();
});

test('when middleware is given, it wraps each attempt from the outside in', async () => {
  const service = await startService();
  service.reply({ fault: 'reset' }, { json: {} });
  const log: string[] = [];
  const layer =
    (name: string): Middleware =>
    async (request, next) => {
      log.push(`${name}${request.attempt}`);
      request.headers.set(`x-${name}`, 'yes');
      return next(request);
    };
  await clientOf(service, { middleware: [layer('a'), layer('b')] }).customers.get('acme');
  expect(log).toEqual(['a1', 'b1', 'a2', 'b2']);
  expect(service.seen[1]!.headers).toMatchObject({ 'x-a': 'yes', 'x-b': 'yes' });
});

test('when middleware throws, the call fails with exactly that, once', async () => {
  const service = await startService();
  const mine = new Error('not today');
  let calls = 0;
  const refuse = () => {
    calls += 1;
    return Promise.reject(mine);
  };
  expect(await errorOf(clientOf(service, { middleware: [refuse] }).customers.get('acme'))).toBe(
    mine,
  );
  expect(calls).toBe(1);
  expect(service.seen).toHaveLength(0);
});

test('when a logger throws, the call goes on', async () => {
  const service = await startService();
  const broken = () => {
    throw new Error('disk full');
  };
  const logger = { debug: broken, warn: broken };
  service.reply(problem(503, 'unavailable'), { json: { id: 'cus_1' } });
  expect(await clientOf(service, { logger }).customers.get('acme')).toEqual({ id: 'cus_1' });
});
