// Long polls: what wakes them, what ends them, and that nothing is left of them.

import {
  DeleteQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { failure, type Lab, rootKeys, startLab, VENDOR } from '../../lab.ts';
import { counts, type MadeQueue, makeQueue, put, take } from './queue-scenes.ts';

/** Begins to wait, and resolves once the simulator knows. */
async function beginWaiting(
  lab: Lab,
  queue: MadeQueue,
  input: Partial<ReceiveMessageCommandInput> = {},
): Promise<{ received: Promise<(string | undefined)[]> }> {
  const before = lab.simulator.world.waits.size;
  const received = take(lab, queue, { WaitTimeSeconds: 20, ...input });
  received.catch(() => undefined);
  await waiting(lab, before + 1);
  return { received: received.then((messages) => messages.map(({ Body }) => Body)) };
}

async function waiting(lab: Lab, count: number): Promise<void> {
  await vi.waitFor(() => expect(lab.simulator.world.waits.size).toBe(count), {
    timeout: 20_000,
    interval: 5,
  });
}

test('when a message is there, a long poll has it at once', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  await put(lab, queue, 'hello');
  const [message] = await take(lab, queue, { WaitTimeSeconds: 20 });
  expect(message?.Body).toBe('hello');
});

test('when a message is sent while the clock stands still, a long poll has it', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const { received } = await beginWaiting(lab, queue);
  await put(lab, queue, 'hello');
  expect(await received).toEqual(['hello']);
  expect(await counts(lab, queue)).toEqual([0, 1, 0]);
  expect(lab.simulator.world.waits.size).toBe(0);
});

test('when the time is over, a long poll ends with nothing, without another call', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const { received } = await beginWaiting(lab, queue, { WaitTimeSeconds: 5 });
  lab.advance(4999);
  // Another call lets the world pass to where the poll still waits.
  await counts(lab, queue);
  expect(lab.simulator.world.waits.size).toBe(1);
  lab.advance(1);
  expect(await received).toEqual([]);
  expect(lab.simulator.world.waits.size).toBe(0);
});

test('when the clock runs, a long poll ends by itself', async () => {
  const lab = await startLab({ clock: () => new Date() });
  const queue = await makeQueue(lab, 'jobs', { ReceiveMessageWaitTimeSeconds: '1' });
  const started = Date.now();
  expect(await take(lab, queue)).toEqual([]);
  expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
});

test('when a message becomes visible by the clock alone, a long poll has it', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs', { DelaySeconds: '3' });
  await put(lab, queue, 'late');
  const { received } = await beginWaiting(lab, queue);
  lab.advance(3000);
  expect(await received).toEqual(['late']);
});

test('when the clock jumps over both, a poll that was over first gets nothing', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs', { DelaySeconds: '10' });
  await put(lab, queue, 'too late');
  const { received } = await beginWaiting(lab, queue, { WaitTimeSeconds: 9 });
  lab.advance(3_600_000);
  expect(await received).toEqual([]);
  expect(await counts(lab, queue)).toEqual([1, 0, 0]);
});

test('when several wait, each message is for the one that came first', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const first = await beginWaiting(lab, queue);
  const second = await beginWaiting(lab, queue);
  await put(lab, queue, 'a');
  expect(await first.received).toEqual(['a']);
  await put(lab, queue, 'b');
  expect(await second.received).toEqual(['b']);
});

test('when those who wait hide nothing, all of them have the message', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const polls = [];
  for (let i = 0; i < 3; i += 1) {
    polls.push(await beginWaiting(lab, queue, { VisibilityTimeout: 0 }));
  }
  await put(lab, queue, 'for all');
  expect(await Promise.all(polls.map(({ received }) => received))).toEqual(
    polls.map(() => ['for all']),
  );
  expect(await counts(lab, queue)).toEqual([1, 0, 0]);
});

test('when the client goes away, its poll takes no message', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const { sqs } = lab.as(VENDOR);
  const leaving = new AbortController();
  const gone = sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, WaitTimeSeconds: 20 }), {
    abortSignal: leaving.signal,
  });
  gone.catch(() => undefined);
  await waiting(lab, 1);
  leaving.abort();
  await expect(gone).rejects.toThrow(/abort/i);
  await waiting(lab, 0);
  await put(lab, queue, 'still here');
  expect(await counts(lab, queue)).toEqual([1, 0, 0]);
});

test('when the client is in the same process and goes away, it does as well', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const { sqs } = lab.as(VENDOR);
  sqs.config.requestHandler = lab.simulator.requestHandler as never;
  const leaving = new AbortController();
  const gone = sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, WaitTimeSeconds: 20 }), {
    abortSignal: leaving.signal,
  });
  gone.catch(() => undefined);
  await waiting(lab, 1);
  leaving.abort();
  await expect(gone).rejects.toThrow(/abort/i);
  expect(lab.simulator.world.waits.size).toBe(0);
});

test('when the queue is deleted, those who wait are told', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const { received } = await beginWaiting(lab, queue);
  const told = failure(received);
  await lab.as(VENDOR).sqs.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
  expect((await told).code).toBe('QueueDoesNotExist');
  expect(lab.simulator.world.waits.size).toBe(0);
});

test('when the simulator closes or begins again, nobody waits any more', async () => {
  const lab = await startLab();
  const { simulator } = lab;
  const before = simulator.world;
  const reset = await beginWaiting(lab, await makeQueue(lab, 'jobs'));
  simulator.reset();
  expect(await reset.received).toEqual([]);
  expect(before.waits.size).toBe(0);
  const closed = await beginWaiting(lab, await makeQueue(lab, 'jobs'));
  const answer = closed.received.catch(() => 'cut off');
  await simulator.close();
  expect(simulator.world.waits.size).toBe(0);
  await answer;
});

test('when hundreds wait, each gets its message, and the world is looked at rarely', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const { world } = lab.simulator;
  const sqs = clientWithSockets(lab, 300);
  const poll = { QueueUrl: queue.url, WaitTimeSeconds: 20 };
  const polls = Array.from({ length: 200 }, async () => sqs.send(new ReceiveMessageCommand(poll)));
  await waiting(lab, 200);
  const settle = vi.spyOn(world.schedule, 'settle');
  await vi.waitFor(() => expect(settle.mock.calls.length).toBeGreaterThan(4), { timeout: 10_000 });
  // A look every 25 ms, however many wait; a second has room for a slow machine to catch up.
  const begun = settle.mock.calls.length;
  const since = performance.now();
  await vi.waitFor(() => expect(settle.mock.calls.length).toBeGreaterThan(begun + 8), {
    timeout: 10_000,
  });
  expect(performance.now() - since).toBeGreaterThan(100);
  const sent = Array.from({ length: 200 }, async (_, i) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: String(i) })),
  );
  await Promise.all(sent);
  const bodies = (await Promise.all(polls)).map(({ Messages }) => Messages?.[0]?.Body);
  expect(new Set(bodies).size).toBe(200);
  expect(world.waits.size).toBe(0);
}, 30_000);

function clientWithSockets(lab: Lab, maxSockets: number): SQSClient {
  const client = new SQSClient({
    endpoint: lab.endpoint,
    region: 'us-east-1',
    credentials: rootKeys(VENDOR),
    maxAttempts: 1,
    requestHandler: { httpAgent: { maxSockets }, socketAcquisitionWarningTimeout: 60_000 },
    systemClockOffset: lab.now().getTime() - Date.now(),
  });
  onTestFinished(() => client.destroy());
  return client;
}

test('when too many are in flight, a short poll is refused and a long one waits', async () => {
  const lab = await startLab({ quotas: { messagesInFlight: 1 } });
  const queue = await makeQueue(lab, 'jobs', { VisibilityTimeout: '5' });
  for (const body of ['a', 'b']) await put(lab, queue, body);
  expect(await take(lab, queue, { MaxNumberOfMessages: 2 })).toHaveLength(1);
  expect((await failure(take(lab, queue))).code).toBe('OverLimit');
  const { received } = await beginWaiting(lab, queue);
  lab.advance(5000);
  expect(await received).toHaveLength(1);
});
