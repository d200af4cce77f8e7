// For tests of races: tells when a statement of this database waits for a lock.

import type { Queryable } from '../../src/storage/postgres/database.ts';

const deadlineMs = 10_000;

export async function untilSomebodyWaits(db: Queryable): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline) {
    const waiting = await db.query(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (waiting.length > 0) return;
  }
  throw new Error(`Nobody waited for a lock within ${deadlineMs} ms.`);
}
