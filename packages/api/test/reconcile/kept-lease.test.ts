// A lease lives as long as its run does, and calls end before it.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepLease, leaseMs } from '../../src/reconcile/kept-lease.ts';
import { LeaseLost } from '../../src/reconcile/run.ts';
import type { Lease } from '../../src/storage/targets.ts';
import type { Database } from '../../src/storage/postgres/database.ts';

const second = 1000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Answer = 'held' | 'lost' | 'silent' | 'broken';

/** A run that has just claimed its target; `answers` is what the database says to a renewal. */
function keptLease(answers: { now: Answer }) {
  const now = () => new Date();
  let until = now().getTime() + leaseMs;
  const db = {
    query: async (_: string, values: unknown[]) => {
      if (answers.now === 'silent') return new Promise(() => {});
      if (answers.now === 'broken') throw new Error('The database is away.');
      if (answers.now === 'lost') return [];
      until = (values[3] as Date).getTime();
      return [{}];
    },
  } as unknown as Database;
  const lease = { kind: 'principals', key: 'svc_1', fence: 7, leaseUntil: new Date(until) };
  const stop = new AbortController();
  const kept = keepLease({ db, now, stop: stop.signal }, lease as Lease);
  return { ...kept, stop, msLeft: () => until - Date.now() };
}

describe('a lease that is kept', () => {
  it('when the run takes longer than the lease, the lease goes on with it', async () => {
    const run = keptLease({ now: 'held' });
    await vi.advanceTimersByTimeAsync(100 * second);
    expect(run.signal.aborted).toBe(false);
    expect(run.msLeft()).toBeGreaterThan(7 * second);
    run.drop();
  });

  it('when another worker has the target, calls end at the next renewal', async () => {
    const answers: { now: Answer } = { now: 'held' };
    const run = keptLease(answers);
    await vi.advanceTimersByTimeAsync(20 * second);
    answers.now = 'lost';
    await vi.advanceTimersByTimeAsync(4 * second);
    expect(run.signal.reason).toBeInstanceOf(LeaseLost);
  });

  it.each(['silent', 'broken'] as const)(
    'when the database is %s, calls end seconds before the lease does',
    async (answer) => {
      const answers: { now: Answer } = { now: 'held' };
      const run = keptLease(answers);
      await vi.advanceTimersByTimeAsync(20 * second);
      answers.now = answer;
      let msLeft = 0;
      run.signal.addEventListener('abort', () => {
        msLeft = run.msLeft();
      });
      await vi.advanceTimersByTimeAsync(20 * second);
      expect(run.signal.aborted).toBe(true);
      expect(msLeft).toBe(3 * second);
    },
  );

  it('when the run does not come to an end, it is ended', async () => {
    const run = keptLease({ now: 'held' });
    await vi.advanceTimersByTimeAsync(140 * second);
    expect(run.signal.aborted).toBe(true);
  });

  it('when the worker stops, the run stops', () => {
    const run = keptLease({ now: 'held' });
    run.stop.abort();
    expect(run.signal.aborted).toBe(true);
    run.drop();
  });

  it('when the run is over, nothing is left to fire', () => {
    const run = keptLease({ now: 'held' });
    run.drop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
