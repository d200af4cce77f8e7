// Tokens of customers: stored as hashes, found by hash.

import { tokenStates, type CustomerToken } from '../domain/customer-token.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow } from './statements.ts';

export function insert(db: Queryable, token: CustomerToken & { hash: string }): Promise<void> {
  return insertRow(db, 'customer_tokens', token);
}

/**
 * The token with this hash, if it may be used now: in its time, with its customer in a state that
 * allows it, and while the key that made it has not ended.
 */
export function findUsable(db: Queryable, hash: string, now: Date): Promise<CustomerToken | null> {
  return firstRow(
    db,
    `SELECT t.id, t.customer_id, t.subject, t.scopes, t.endpoint_service_ids, t.made_by,
       t.created_at, t.expires_at
     FROM customer_tokens t
     JOIN customers c ON c.id = t.customer_id AND c.state = ANY ($3)
     LEFT JOIN api_keys k ON k.id = t.made_by
     WHERE t.hash = $1 AND t.expires_at > $2 AND k.revoked_at IS NULL
       AND (k.expires_at IS NULL OR k.expires_at > $2)`,
    [hash, now, tokenStates],
  );
}
