// One-time invites: stored as hashes, redeemed once.

import type { Invite } from '../domain/invite.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, listRows, takenRow } from './statements.ts';

const select = `
  SELECT t.id, t.customer_id, t.created_at, t.expires_at, t.redeemed_at, t.revoked_at
  FROM invites t`;

export function insert(db: Queryable, invite: Invite & { tokenHash: string }): Promise<void> {
  return insertRow(db, 'invites', invite);
}

export function find(db: Queryable, id: string, customerId: string): Promise<Invite | null> {
  return firstRow(db, `${select} WHERE t.id = $1 AND t.customer_id = $2`, [id, customerId]);
}

export function list(db: Queryable, customerId: string, page: PageRequest): Promise<Invite[]> {
  return listRows(db, { select, by: [['t.customer_id', customerId]], page });
}

/** Redeems the invite if it and its customer are open to it; one of two racers gets it. */
export function redeem(db: Queryable, tokenHash: string, now: Date): Promise<Invite | null> {
  return takenRow(
    db,
    `UPDATE invites t SET redeemed_at = $2
     WHERE t.token_hash = $1 AND t.redeemed_at IS NULL AND t.revoked_at IS NULL
       AND t.expires_at > $2
       AND EXISTS (SELECT 1 FROM customers c WHERE c.id = t.customer_id AND c.state = 'active')
     RETURNING t.id, t.customer_id, t.created_at, t.expires_at, t.redeemed_at, t.revoked_at`,
    [tokenHash, now],
  );
}

/** Revokes the invite unless it was redeemed or revoked; tells whether it did. */
export async function revoke(db: Queryable, id: string, at: Date): Promise<boolean> {
  const rows = await db.query(
    `UPDATE invites SET revoked_at = $2
     WHERE id = $1 AND redeemed_at IS NULL AND revoked_at IS NULL RETURNING id`,
    [id, at],
  );
  return rows.length === 1;
}
