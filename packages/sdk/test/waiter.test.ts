// Waiting: success, failure, time, absence, outages, abort.
import { expect, test } from 'vitest';
import {
  AbortedError,
  ConnectionError,
  NotFoundError,
  WaiterFailedError,
  WaiterTimeoutError,
  type WaitProgress,
} from '../src/index.ts';
import { clientOf, errorOf, fakeClock, problem, startService } from './harness.ts';

const inState = (state: string, more: object = {}) => ({ json: { id: 'con_1', state, ...more } });

test('when the state is reached, it gives the resource, having told of each look', async () => {
  const service = await startService();
  service.reply(inState('pendingAcceptance'), inState('pending'), inState('available'));
  const clock = fakeClock();
  const progress: WaitProgress<unknown>[] = [];
  const connection = await clientOf(service, { clock }).connections.waitUntilAvailable('vpce-1', {
    onProgress: (step) => progress.push(step),
  });
  expect(connection).toEqual({ id: 'con_1', state: 'available' });
  expect(service.seen.map(({ path }) => path)).toEqual(Array(3).fill('/v1/connections/vpce-1'));
  expect(clock.sleeps).toEqual([1000, 1000]);
  expect(progress.map(({ state, elapsedMs }) => [state, elapsedMs])).toEqual([
    ['pendingAcceptance', 0],
    ['pending', 1000],
  ]);
});

test.each(['rejected', 'failed', 'deleted', 'expired'])(
  'when the state is %s, it fails at once with the state, the reason and the resource',
  async (state) => {
    const service = await startService();
    service.reply(inState('pending'), inState(state, { decision_reason: 'Unknown account.' }));
    const error = await errorOf(clientOf(service).connections.waitUntilAvailable('vpce-1'));
    expect(error).toBeInstanceOf(WaiterFailedError);
    expect(error).not.toBeInstanceOf(WaiterTimeoutError);
    expect(error).toMatchObject({ state, lastResource: { id: 'con_1', state } });
    expect((error as Error).message).toBe(
      `/v1/connections/vpce-1 is ${state} (waited for available): Unknown account.`,
    );
    expect(service.seen).toHaveLength(2);
  },
);

test('when the state is one nobody knows yet, it waits on', async () => {
  const service = await startService();
  service.reply(inState('quarantined'), inState('available'));
  expect(await clientOf(service).connections.waitUntilAvailable('vpce-1')).toMatchObject({
    state: 'available',
  });
});

test('when time is up, it says what it saw last, after one last look', async () => {
  const service = await startService();
  service.reply(inState('pending'));
  const clock = fakeClock();
  const wait = clientOf(service, { clock }).connections.waitUntilAvailable('vpce-1', {
    timeoutMs: 2500,
  });
  const error = await errorOf(wait);
  expect(error).toBeInstanceOf(WaiterTimeoutError);
  expect(error).toMatchObject({ state: 'pending', lastResource: { id: 'con_1' } });
  expect((error as Error).message).toMatch(
    /^\/v1\/connections\/vpce-1 is pending after 2500 ms \(waited for available\)/,
  );
  expect(clock.sleeps).toEqual([1000, 1000, 500]);
  expect(service.seen).toHaveLength(4);
});

test('when the resource is not there yet, it waits for it where the contract says so', async () => {
  const service = await startService();
  service.reply(problem(404, 'not_found'), problem(404, 'not_found'), inState('available'));
  expect(await clientOf(service).connections.waitUntilAvailable('vpce-1')).toMatchObject({
    state: 'available',
  });
  service.reply(problem(404, 'not_found'));
  const never = clientOf(service).connections.waitUntilAvailable('vpce-1', { timeoutMs: 3000 });
  const error = await errorOf(never);
  expect(error).toBeInstanceOf(WaiterTimeoutError);
  expect(error).toMatchObject({ state: undefined, lastResource: undefined });
  expect((error as Error).message).toContain('was not seen after 3000 ms');
  expect((error as Error).cause).toBeInstanceOf(NotFoundError);
});

test('when the resource is not there and need be, it fails at once', async () => {
  const service = await startService();
  service.reply(problem(404, 'not_found'));
  expect(await errorOf(clientOf(service).operations.wait('op_1'))).toBeInstanceOf(NotFoundError);
  expect(service.seen).toHaveLength(1);
});

test('when the service asks for a longer pause, it keeps to it', async () => {
  const service = await startService();
  const slow = { ...inState('pending'), headers: { 'retry-after': '30' } };
  service.reply(slow, inState('available'));
  const clock = fakeClock();
  await clientOf(service, { clock }).connections.waitUntilAvailable('vpce-1');
  expect(clock.sleeps).toEqual([30_000]);
});

test('when the interval is given, it is taken, with a little jitter', async () => {
  const service = await startService();
  service.reply(inState('pending'), inState('pending'), inState('available'));
  const clock = fakeClock();
  const draws = [0, 1];
  const client = clientOf(service, { clock, random: () => draws.shift() ?? 0 });
  await client.connections.waitUntilAvailable('vpce-1', { intervalMs: 100 });
  expect(clock.sleeps.map(Math.round)).toEqual([90, 110]);
});

test('when the service goes away for a while, it waits on; if never seen, it throws', async () => {
  const service = await startService();
  const options = { maxRetries: 0 };
  service.reply(
    inState('pending'),
    { fault: 'reset' },
    problem(503, 'unavailable'),
    inState('available'),
  );
  expect(await clientOf(service, options).connections.waitUntilAvailable('vpce-1')).toMatchObject({
    state: 'available',
  });
  service.reply({ fault: 'reset' });
  const never = clientOf(service, options).connections.waitUntilAvailable('vpce-1');
  expect(await errorOf(never)).toBeInstanceOf(ConnectionError);
});

test('when the service stays away, the timeout tells why', async () => {
  const service = await startService();
  service.reply(inState('pending'), { fault: 'reset' });
  const client = clientOf(service, { maxRetries: 0 });
  const error = await errorOf(client.connections.waitUntilAvailable('vpce-1', { timeoutMs: 3000 }));
  expect(error).toBeInstanceOf(WaiterTimeoutError);
  expect(error).toMatchObject({ state: 'pending' });
  expect((error as Error).cause).toBeInstanceOf(ConnectionError);
});

test('when a look is refused, it throws that', async () => {
  const service = await startService();
  service.reply(inState('pending'), problem(403, 'forbidden'));
  const error = await errorOf(clientOf(service).connections.waitUntilAvailable('vpce-1'));
  expect(error).toMatchObject({ code: 'forbidden' });
});

test('when the signal aborts in a pause, it ends at once', async () => {
  const service = await startService();
  service.reply(inState('pending'));
  const clock = fakeClock();
  clock.hold = true;
  const controller = new AbortController();
  const wait = clientOf(service, { clock }).connections.waitUntilAvailable('vpce-1', {
    signal: controller.signal,
    onProgress: () => setTimeout(() => controller.abort('enough'), 10),
  });
  const error = await errorOf(wait);
  expect(error).toBeInstanceOf(AbortedError);
  expect((error as Error).cause).toBe('enough');
});

test('when onProgress throws, the wait ends with that', async () => {
  const service = await startService();
  service.reply(inState('pending'));
  const mine = new Error('stop');
  const onProgress = () => {
    throw mine;
  };
  expect(await errorOf(clientOf(service).connections.waitUntilAvailable('v', { onProgress }))).toBe(
    mine,
  );
});

/** What each look asked the service for; null for a plain one. */
const waits = ({ seen }: { seen: { query: URLSearchParams }[] }) =>
  seen.map(({ query }) => (query.has('wait') ? [query.get('wait'), query.get('wait_for')] : null));

test('when it has looked once, it asks the service to wait for any other state', async () => {
  const service = await startService();
  service.reply(problem(404, 'not_found'), inState('pending'), inState('available'));
  await clientOf(service).connections.waitUntilAvailable('vpce-1');
  const [first, second, third] = waits(service);
  expect(first).toBeNull();
  expect(second).toEqual(['10s', expect.stringMatching(/\bpending\b.*\bavailable\b/)]);
  expect(third).toEqual(['10s', expect.not.stringMatching(/(^|,)pending(,|$)/)]);
});

test('when a look has waited, the pause after it is the shorter', async () => {
  const service = await startService();
  service.reply(inState('pending'));
  const clock = fakeClock();
  const wait = clientOf(service, {
    clock,
    middleware: [
      async (request, next) => {
        if (request.url.includes('wait=')) clock.advance(700);
        return next(request);
      },
    ],
  }).connections.waitUntilAvailable('vpce-1', { timeoutMs: 3000 });
  await errorOf(wait);
  expect(clock.sleeps.map(Math.round).slice(0, 3)).toEqual([1000, 300, 300]);
});

test.each([
  ['does not know how', problem(400, 'invalid_request')],
  ['has no place', problem(429, 'too_many_open')],
])('when the service %s to wait, it looks by itself from then on', async (_, refusal) => {
  const service = await startService();
  service.reply(inState('pending'), refusal, inState('pending'), inState('available'));
  const client = clientOf(service, { maxRetries: 0 });
  expect(await client.connections.waitUntilAvailable('vpce-1')).toMatchObject({
    state: 'available',
  });
  const asked = waits(service);
  expect(asked.map((query) => query !== null)).toEqual([false, true, false, false]);
});

test('when little time is left, the service is asked for no more than that', async () => {
  const service = await startService();
  service.reply(inState('pending'));
  const wait = clientOf(service).connections.waitUntilAvailable('vpce-1', { timeoutMs: 3500 });
  await errorOf(wait);
  expect(waits(service).map((query) => query?.[0] ?? null)).toEqual([null, '2s', '1s', null, null]);
});
