// The worker's loop over deliveries: nobody waits for a receiver but who sends to it.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startDeliveryLoop } from '../../src/reconcile/delivery-loop.ts';
import { openDeliveryQueue } from '../../src/storage/delivery-queue.ts';
import * as events from '../../src/storage/events.ts';
import * as webhooks from '../../src/usecases/webhooks.ts';
import { createPost } from '../../src/webhooks/post.ts';
import { testSeals } from '../secret-seals.ts';
import { startReceiver, type Receiver } from '../webhooks/receiver.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let quick: Receiver;
let silent: Receiver;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());
beforeEach(async () => {
  [quick, silent] = [await startReceiver(), await startReceiver()];
  silent.answer = () => {};
});
afterEach(() => Promise.all([quick.close(), silent.close()]));

const subscribe = ({ url }: Receiver) =>
  world.change((context) =>
    webhooks.create(
      { ...context, webhooksAnywhere: true },
      { targetUrl: url, eventTypes: ['customer.*'] },
    ),
  );

async function happen(times: number): Promise<void> {
  const at = world.clock.now();
  const about = { subjectId: 'cus_1', customerId: null, alarm: null };
  const told = { type: 'customer.updated', at, ...about, state: nothing } as const;
  await events.tell(
    world.db,
    Array.from({ length: times }, () => told),
  );
  await events.publish(world.db, () => world.makeId('event'));
}
const nothing = { before: null, after: null };

it('when one receiver is silent and one is quick, the quick one has all at once', async () => {
  await subscribe(silent);
  await subscribe(quick);
  await happen(60);
  const { db, clock, makeId, errors } = world;
  const post = createPost({ anywhere: true });
  const told = (_: string, error: unknown) => void errors.push(error);
  const openQueue = () => openDeliveryQueue(db, (error) => errors.push(error));
  const sending = { db, post, now: clock.now, makeId, secretSeals: testSeals };
  const loop = startDeliveryLoop({ ...sending, openQueue, onError: told });
  // Four at once, and a look in a second, would take fifteen.
  await vi.waitFor(() => expect(quick.received).toHaveLength(60), { timeout: 6_000 });
  expect(silent.received).toHaveLength(4);
  silent.answer = (response) => void response.end();
  await silent.close();
  await loop.stop();
  expect(errors).toEqual([]);
});
