// Drives workers by hand: what is due runs now, and time passes only when nothing is due any more.

import type { Lease } from '../../src/storage/targets.ts';
import type { Database } from '../../src/storage/postgres/database.ts';
import { claimDueTargets, runTarget, type WorkerOptions } from '../../src/reconcile/worker.ts';
import type { Clock } from '../ambience.ts';

export interface Rounds {
  /** Claims what is due and runs it, one after the other; gives what ran. */
  round: (worker?: WorkerOptions) => Promise<Lease[]>;
  /** Lets so much time pass, running everything that comes due until then. */
  pass: (ms: number, worker?: WorkerOptions) => Promise<void>;
}

/** A target that wants to run again at the same moment so often does nothing useful. */
const roundsAtOnceMax = 50;

export function createRounds(db: Database, clock: Clock, ordinary: WorkerOptions): Rounds {
  const stop = new AbortController().signal;
  const round = async (worker = ordinary) => {
    const leases = await claimDueTargets(worker, 100);
    for (const lease of leases) await runTarget(worker, lease, stop);
    return leases;
  };
  const exhaust = async (worker: WorkerOptions) => {
    for (let count = 0; (await round(worker)).length > 0; count++) {
      if (count === roundsAtOnceMax) throw new Error('A target is due again and again.');
    }
  };
  const pass = async (ms: number, worker = ordinary) => {
    const end = clock.now().getTime() + ms;
    for (;;) {
      await exhaust(worker);
      const next = await nextDueMs(db);
      const now = clock.now().getTime();
      if (next === null || next > end || now >= end) break;
      clock.advance(Math.max(0, next - now));
    }
    clock.advance(Math.max(0, end - clock.now().getTime()));
    await exhaust(worker);
  };
  return { round, pass };
}

/** When the next target may be claimed: it is due, and nobody holds it. */
export async function nextDueMs(db: Database): Promise<number | null> {
  const [row] = await db.query<{ at: Date | null }>(
    'SELECT min(greatest(due_at, coalesce(lease_until, due_at))) AS at FROM targets',
    [],
  );
  return row?.at?.getTime() ?? null;
}
