// Deletes what is kept for a time only, a part at a time: by age, the rows of one table.

import type { Cutoffs } from '../domain/retention.ts';
import * as accessHistory from './access-history.ts';
import type { Queryable } from './postgres/database.ts';

/** What is deleted; never audit entries. */
export const keptForATime = [
  'idempotencyKeys',
  'customerTokens',
  'observationTokens',
  'observations',
  'proofs',
  'challenges',
  'spentTokens',
  'runs',
  'effects',
  'connectionTransitions',
  'operations',
  'events',
  'deliveries',
  'principalPeriods',
  'accountPeriods',
] as const;
export type KeptForATime = (typeof keptForATime)[number];

interface Deletion {
  table: string;
  cutoff: keyof Cutoffs;
  /** Which rows `t` have been over since before the cutoff, `$1`. */
  where: string;
  /** When one was over, of what reports of the past are made of: they begin there then. */
  end?: string;
}

const endedPeriods = { where: 't.until_at < $1', end: 'until_at' };

const deletions: Record<KeptForATime, Deletion> = {
  idempotencyKeys: {
    table: 'idempotency_keys',
    cutoff: 'idempotencyKeys',
    where: 't.created_at < $1',
  },
  customerTokens: {
    table: 'customer_tokens',
    cutoff: 'idempotencyKeys',
    where: 't.expires_at < $1',
  },
  observationTokens: {
    table: 'observation_tokens',
    cutoff: 'idempotencyKeys',
    where: 't.expires_at < $1',
  },
  observations: { table: 'observations', cutoff: 'proofs', where: 't.received_at < $1' },
  proofs: { table: 'proofs', cutoff: 'proofs', where: 't.judged_at < $1' },
  // One that was spent is over no later than when it expires. A proof stands on its challenge.
  challenges: {
    table: 'challenges',
    cutoff: 'proofs',
    where: `t.expires_at < $1
      AND NOT EXISTS (SELECT 1 FROM proofs p WHERE p.challenge_id = t.id)`,
  },
  // A token is good for minutes: nobody can hand it in again by then.
  spentTokens: { table: 'spent_tokens', cutoff: 'proofs', where: 't.expires_at < $1' },
  runs: { table: 'runs', cutoff: 'reports', where: 't.ended_at < $1' },
  effects: { table: 'effects', cutoff: 'history', where: 't.finished_at < $1' },
  // A state is over when the next one begins: the last one of each connection never is.
  connectionTransitions: {
    table: 'connection_transitions',
    cutoff: 'history',
    where: `t.at < $1 AND EXISTS (SELECT 1 FROM connection_transitions later
      WHERE later.connection_id = t.connection_id AND later.seq > t.seq AND later.at < $1)`,
  },
  operations: { table: 'operations', cutoff: 'history', where: 't.finished_at < $1' },
  principalPeriods: { table: 'principal_periods', cutoff: 'history', ...endedPeriods },
  accountPeriods: { table: 'account_periods', cutoff: 'history', ...endedPeriods },
  events: { table: 'events', cutoff: 'history', where: 't.at < $1' },
  deliveries: { table: 'deliveries', cutoff: 'reports', where: 't.finished_at < $1' },
};

/**
 * Deletes up to `limit` rows that have been over since before their cutoff. Rows that somebody else
 * works on are left for the next time.
 * @returns how many
 */
export async function deleteSome(
  db: Queryable,
  what: KeptForATime,
  cutoffs: Cutoffs,
  limit: number,
): Promise<number> {
  const { table, cutoff, where, end = 'NULL' } = deletions[what];
  const rows = await db.query<{ ended: Date | null }>(
    `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
       SELECT t.ctid FROM ${table} t WHERE ${where} LIMIT $2 FOR UPDATE SKIP LOCKED))
     RETURNING ${end} AS ended`,
    [cutoffs[cutoff], limit],
  );
  // Rounded up to a millisecond, which is as exactly as reports are asked for.
  const last = Math.max(...rows.map(({ ended }) => ended?.getTime() ?? 0));
  if (last > 0) await accessHistory.beginAt(db, new Date(last + 1));
  return rows.length;
}
