// Keeps a worker going until it is told to stop.

import { setTimeout as pause } from 'node:timers/promises';
import { targetKinds, type TargetKind } from '../domain/target.ts';
import { claimDueTargets, runTarget, type WorkerOptions } from './worker.ts';

export interface Loop {
  /** Claims nothing more, gives what runs a moment to end, and then aborts it. */
  stop(): Promise<void>;
}

/** Runs that do not take the place of others. */
interface Lane {
  kinds: readonly TargetKind[];
  /** Targets that run at once; one that waits for AWS does not hold up the others. */
  concurrency: number;
  /**
   * Those of them whose last run, or whose region's, has failed, at most: an account that cannot be
   * reached, and whose runs end by a time-out, leaves the other places to those that can.
   */
  failingMax: number;
  /** How long after finding nothing to do it looks again: the price of having no bell. */
  idleMs: number;
  /** Given a moment to end, or aborted at once when the worker stops. */
  patient: boolean;
}

const work: Lane = {
  kinds: targetKinds.filter((kind) => kind !== 'hints'),
  concurrency: 8,
  failingMax: 4,
  idleMs: 250,
  patient: true,
};

/** They do nothing but wait, each on a connection of its own. */
const listening: Lane = {
  kinds: ['hints'],
  concurrency: 64,
  failingMax: 64,
  idleMs: 500,
  patient: false,
};

const brokenMs = 1_000;
const graceMs = 5_000;

export function startLoop(options: WorkerOptions): Loop {
  const stopping = new AbortController();
  const aborting = new AbortController();
  const ended = Promise.all(
    [work, listening].map((lane) =>
      keepRunning(options, lane, stopping.signal, lane.patient ? aborting.signal : stopping.signal),
    ),
  );
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
  { kinds, concurrency, failingMax, idleMs }: Lane,
  stopping: AbortSignal,
  aborting: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let failing = 0;
  while (!stopping.aborted) {
    try {
      const terms = { kinds, failingMax: failingMax - failing };
      const leases = await claimDueTargets(options, concurrency - running.size, terms);
      for (const lease of leases) {
        const isFailing = lease.isFailing ? 1 : 0;
        failing += isFailing;
        const run: Promise<void> = runTarget(options, lease, aborting).finally(() => {
          failing -= isFailing;
          running.delete(run);
        });
        running.add(run);
      }
      const full = running.size === concurrency;
      const free = full ? running : null;
      if (leases.length === 0 || full) await nextChance(free, idleMs, stopping);
    } catch (error) {
      options.onError('the worker could not claim its targets', error);
      await pause(brokenMs, undefined, { signal: stopping }).catch(() => {});
    }
  }
  await Promise.all(running);
}

/** Waits for the time to look again, or for one of those that have taken all places to end. */
async function nextChance(all: Set<Promise<void>> | null, idleMs: number, stopping: AbortSignal) {
  const waiting = new AbortController();
  const signal = AbortSignal.any([stopping, waiting.signal]);
  const timer = pause(idleMs, undefined, { signal }).catch(() => {});
  await (all ? Promise.race([...all, aborted(signal)]) : timer);
  waiting.abort();
}

/** Listens to a signal that is dropped after the wait, as one to `stopping` would stay for ever. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
