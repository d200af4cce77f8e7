// Answers given under an idempotency key.

import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, takenRow } from './statements.ts';

export interface StoredAnswer {
  key: string;
  fingerprint: string;
  status: number;
  sealed: Buffer;
  createdAt: Date;
}

export function find(db: Queryable, key: string): Promise<StoredAnswer | null> {
  return firstRow(db, 'SELECT * FROM idempotency_keys WHERE key = $1', [key]);
}

export function insert(db: Queryable, answer: StoredAnswer): Promise<void> {
  return insertRow(db, 'idempotency_keys', answer);
}

/**
 * Takes the key for this transaction; false while another one has it. Freed with the connection.
 */
export async function lock(db: Queryable, key: string): Promise<boolean> {
  const row = await takenRow<{ taken: boolean }>(
    db,
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS taken',
    [key],
  );
  return row!.taken;
}
