// Keeps a worker going until it is told to stop.

import { setTimeout as pause } from 'node:timers/promises';
import { claimDueTargets, runTarget, type WorkerOptions } from './worker.ts';

export interface Loop {
  /** Claims nothing more, gives what runs a moment to end, and then aborts it. */
  stop(): Promise<void>;
}

/** Targets that run at once; one that waits for AWS does not hold up the others. */
const concurrency = 8;
/** How long after finding nothing to do the worker looks again: the price of having no bell. */
const idleMs = 250;
const brokenMs = 2_000;
const graceMs = 5_000;

export function startLoop(options: WorkerOptions): Loop {
  const stopping = new AbortController();
  const aborting = new AbortController();
  const ended = keepRunning(options, stopping.signal, aborting.signal);
  return {
    stop: async () => {
      stopping.abort();
      const timer = setTimeout(() => aborting.abort(), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function keepRunning(
  options: WorkerOptions,
  stopping: AbortSignal,
  aborting: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  while (!stopping.aborted) {
    try {
      const leases = await claimDueTargets(options, concurrency - running.size);
      for (const lease of leases) {
        const run: Promise<void> = runTarget(options, lease, aborting).finally(() =>
          running.delete(run),
        );
        running.add(run);
      }
      const full = running.size === concurrency;
      if (leases.length === 0 || full) await nextChance(running, full, stopping);
    } catch (error) {
      options.onError('the worker could not claim its targets', error);
      await pause(brokenMs, undefined, { signal: stopping }).catch(() => {});
    }
  }
  await Promise.all(running);
}

/** Waits for a free place, or for the time to look again. */
async function nextChance(running: Set<Promise<void>>, full: boolean, stopping: AbortSignal) {
  const waiting = new AbortController();
  const signal = AbortSignal.any([stopping, waiting.signal]);
  const timer = pause(idleMs, undefined, { signal }).catch(() => {});
  await (full ? Promise.race([...running, aborted(signal)]) : timer);
  waiting.abort();
}

/** Listens to a signal that is dropped after the wait, as one to `stopping` would stay for ever. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
