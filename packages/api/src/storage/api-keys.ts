// API keys: stored as hashes, found by hash.

import type { ApiKey } from '../domain/api-key.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, listRows, lockRow, updateRow } from './statements.ts';

const select = `
  SELECT t.id, t.name, t.role, t.customer_id, t.scopes, t.endpoint_service_ids, t.rotated_from,
    t.hint, t.created_at, t.expires_at, t.revoked_at, t.last_used_at
  FROM api_keys t`;

export function insert(db: Queryable, key: ApiKey & { hash: string }): Promise<void> {
  return insertRow(db, 'api_keys', key);
}

export function find(db: Queryable, id: string): Promise<ApiKey | null> {
  return firstRow(db, `${select} WHERE t.id = $1`, [id]);
}

/** What is to be known of a key that is used. */
export type UsedKey = Pick<
  ApiKey,
  'id' | 'name' | 'role' | 'customerId' | 'scopes' | 'endpointServiceIds' | 'expiresAt'
> & { hash: string; lastUsedAt: Date | null };

/** Those of these hashes that may be used now, by hash; none of a customer that has left. */
export async function findUsable(
  db: Queryable,
  hashes: readonly string[],
  now: Date,
): Promise<Map<string, UsedKey>> {
  const rows = await db.query<UsedKey>(
    `SELECT t.hash, t.id, t.name, t.role, t.customer_id, t.scopes, t.endpoint_service_ids,
       t.expires_at, t.last_used_at
     FROM api_keys t LEFT JOIN customers c ON c.id = t.customer_id
     WHERE t.hash = ANY ($1) AND t.revoked_at IS NULL AND c.state IS DISTINCT FROM 'offboarded'
       AND (t.expires_at IS NULL OR t.expires_at > $2)`,
    [hashes, now],
    // No look-up: the few of a moment that there are must not all wait for one answer that is lost.
    { prepare: true },
  );
  return new Map(rows.map((row) => [row.hash, row]));
}

export function list(
  db: Queryable,
  filter: { customerId: string | null },
  page: PageRequest,
): Promise<ApiKey[]> {
  return listRows(db, { select, by: [['t.customer_id', filter.customerId]], page });
}

/** Keeps others from changing it until the transaction ends. */
export function lock(db: Queryable, id: string): Promise<void> {
  return lockRow(db, 'api_keys', id);
}

/** The key that has replaced this one and has not ended, if there is one. */
export function findSuccessor(db: Queryable, id: string, now: Date): Promise<ApiKey | null> {
  return firstRow(
    db,
    `${select} WHERE t.rotated_from = $1 AND t.revoked_at IS NULL
       AND (t.expires_at IS NULL OR t.expires_at > $2)`,
    [id, now],
  );
}

export function update(db: Queryable, id: string, changes: Partial<ApiKey>): Promise<void> {
  return updateRow(db, 'api_keys', id, changes);
}

/** Revokes the key unless it is revoked; tells whether it did. */
export async function revoke(db: Queryable, id: string, at: Date): Promise<boolean> {
  const rows = await db.query(
    'UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id',
    [id, at],
  );
  return rows.length === 1;
}

/** To the minute, so that a busy key does not write a row for each request. */
export async function markUsed(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query(
    `UPDATE api_keys SET last_used_at = $2
     WHERE id = $1
       AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`,
    [id, at],
  );
}

/** True once there is any key, so that the first one is made only once. */
export async function exist(db: Queryable): Promise<boolean> {
  const rows = await db.query('SELECT 1 AS one FROM api_keys LIMIT 1');
  return rows.length > 0;
}
