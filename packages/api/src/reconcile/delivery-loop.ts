// Keeps deliveries going until the worker is told to stop.

import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryQueue } from '../storage/delivery-queue.ts';
import { deliver, fanOut, isQuiet, type Delivering } from './deliveries.ts';
import type { Loop } from './loop.ts';

export interface DeliveryLoopOptions extends Omit<Delivering, 'queue'> {
  openQueue: () => Promise<DeliveryQueue>;
  onError: (message: string, error: unknown) => void;
}

/**
 * Attempts at once: they wait for others most of the time. It takes sixteen customers whose
 * receivers all keep silent till the end of the 15 s before anybody else waits.
 */
const concurrency = 64;
const idleMs = 1_000;
const brokenMs = 2_000;
const graceMs = 3_000;

export function startDeliveryLoop(options: DeliveryLoopOptions): Loop {
  const stopping = new AbortController();
  const aborting = new AbortController();
  const ended = keepDelivering(options, stopping.signal, aborting.signal);
  return {
    stop: async () => {
      stopping.abort();
      const timer = setTimeout(() => aborting.abort(), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function keepDelivering(
  { openQueue, ...options }: DeliveryLoopOptions,
  stopping: AbortSignal,
  aborting: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let queue: DeliveryQueue | null = null;
  while (!stopping.aborted) {
    try {
      queue ??= await openQueue();
      if (await look({ ...options, queue }, running, aborting)) continue;
      // An attempt that ends gives its turn to the next message of its lane.
      await rest(idleMs, running, stopping);
    } catch (error) {
      options.onError('the worker could not deliver events', error);
      await rest(brokenMs, [], stopping);
    }
  }
  await Promise.all(running);
  await queue?.stop().catch((error: unknown) => options.onError('the queue did not stop', error));

  /** @returns whether there may be more to do at once */
  async function look(it: Delivering, all: Set<Promise<void>>, signal: AbortSignal) {
    if (await isQuiet(it.db)) return false;
    const hasMore = await fanOut(it);
    const turns = all.size < concurrency ? await it.queue.take(concurrency - all.size) : [];
    for (const turn of turns) {
      const attempt: Promise<void> = deliver(it, turn, signal)
        .catch((error: unknown) => options.onError(`${turn.deliveryId} failed`, error))
        .finally(() => all.delete(attempt));
      all.add(attempt);
    }
    return hasMore || turns.length > 0;
  }
}

/** Until the time is over or one of these has ended, or it is to stop. */
async function rest(ms: number, running: Iterable<Promise<void>>, stopping: AbortSignal) {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, stopping]);
  await Promise.race([pause(ms, undefined, { signal }).catch(() => {}), ...running]);
  over.abort();
}
