// Keeps the lease of a run alive while it works, and ends its calls before the lease does: when the
// database cannot be told, when another worker has the target, or when the run takes too long.

import * as targets from '../storage/targets.ts';
import type { Database } from '../storage/postgres/database.ts';

export interface KeptLease {
  /** Aborted before the lease ends, so that no call outlives it. */
  signal: AbortSignal;
  /** The run is over. */
  drop(): void;
}

export interface LeaseTerms {
  db: Database;
  now: () => Date;
  /** Aborts the run from outside. */
  stop: AbortSignal;
}

/** A worker that dies holds its targets up for no longer than this: others go on within 15 s. */
export const leaseMs = 11_000;
/** Calls end this long before the lease does, so that the outcome is still ours to record. */
const leaseMarginMs = 3_000;
const renewMs = 3_000;
/** A full read of a thousand pages at AWS's rate takes less than a minute. */
const runMaxMs = 120_000;

export function keepLease(terms: LeaseTerms, lease: targets.Lease): KeptLease {
  const over = new AbortController();
  const { db, now, stop } = terms;
  let deadline: NodeJS.Timeout | undefined;
  const holdUntil = (until: Date) => {
    clearTimeout(deadline);
    // A claim that took its time leaves less of the lease.
    const leftMs = until.getTime() - now().getTime() - leaseMarginMs;
    deadline = setTimeout(() => over.abort(), Math.max(0, leftMs));
  };
  const renew = async () => {
    const until = new Date(now().getTime() + leaseMs);
    // Without an answer of the database, the deadline ends the calls.
    const held = await targets.renew(db, lease, until).catch(() => null);
    if (held === true && !over.signal.aborted) holdUntil(until);
    if (held === false) over.abort();
  };
  holdUntil(lease.leaseUntil);
  const renewing = setInterval(() => void renew(), renewMs);
  const tooLong = setTimeout(() => clearInterval(renewing), runMaxMs);
  return {
    signal: AbortSignal.any([stop, over.signal]),
    drop: () => {
      for (const timer of [deadline, renewing, tooLong]) clearTimeout(timer);
      over.abort();
    },
  };
}
