// Keeps the lease of a run alive while it works, and ends its calls before the lease does: when the
// database cannot be told, when another worker has the target, or when the run takes too long.

import * as targets from '../storage/targets.ts';
import type { Database } from '../storage/postgres/database.ts';
import { LeaseLost, Outdated } from './run.ts';

export interface KeptLease {
  /**
   * Aborted before the lease ends, so that no call outlives it: with LeaseLost when another worker
   * has the target, with Outdated when the lease could not be kept.
   */
  signal: AbortSignal;
  /** The run is over. */
  drop(): void;
}

export interface LeaseTerms {
  db: Database;
  now: () => Date;
  /** Aborts the run from outside. */
  stop: AbortSignal;
  /** Those of the process, unless its clock is not that of this machine. */
  timers?: Timers;
}

/** Each gives what cancels it, also when it has ended. */
export interface Timers {
  after(ms: number, work: () => void): () => void;
  every(ms: number, work: () => Promise<void>): () => void;
}

/** A worker that dies holds its targets up for no longer than this: others go on within 15 s. */
export const leaseMs = 9_000;
/** Calls end this long before the lease does, so that the outcome is still ours to record. */
const leaseMarginMs = 3_000;
const renewMs = 3_000;
/** A full read of a thousand pages at AWS's rate takes less than a minute. */
const runMaxMs = 120_000;

const processTimers: Timers = {
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, work) => {
    const timer = setInterval(() => void work(), ms);
    return () => clearInterval(timer);
  },
};

export function keepLease(terms: LeaseTerms, lease: targets.Lease): KeptLease {
  const over = new AbortController();
  const { db, now, stop, timers = processTimers } = terms;
  let dropDeadline = () => {};
  let isTooLong = false;
  // A machine that halts, or a database that is away, says nothing against the target.
  const reason = () => (isTooLong ? undefined : new Outdated(`The lease of ${lease.key} ran out.`));
  const holdUntil = (until: Date) => {
    dropDeadline();
    // A claim that took its time leaves less of the lease.
    const leftMs = until.getTime() - now().getTime() - leaseMarginMs;
    dropDeadline = timers.after(Math.max(0, leftMs), () => over.abort(reason()));
  };
  const renew = async () => {
    const until = new Date(now().getTime() + leaseMs);
    // Without an answer of the database, the deadline ends the calls.
    const held = await targets.renew(db, lease, until).catch(() => null);
    if (held === true && !over.signal.aborted) holdUntil(until);
    if (held === false) over.abort(new LeaseLost(lease.key));
  };
  holdUntil(lease.leaseUntil);
  const stopRenewing = timers.every(renewMs, renew);
  const dropLimit = timers.after(runMaxMs, () => {
    isTooLong = true;
    stopRenewing();
  });
  return {
    signal: AbortSignal.any([stop, over.signal]),
    drop: () => {
      for (const drop of [dropDeadline, stopRenewing, dropLimit]) drop();
      // With a reason, as the platform's own has a stack, which costs as much as a statement.
      over.abort('The run is over.');
    },
  };
}
