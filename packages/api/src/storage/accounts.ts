// Customers' AWS accounts and their standing.

import type { Account, ProofMethod, RenewalTrouble, Standing } from '../domain/account.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { ownsSql } from './owners.ts';
import {
  firstRow,
  insertRow,
  listRows,
  lockRow,
  takenRow,
  updateRow,
  type ListQuery,
} from './statements.ts';

const select = 'SELECT t.* FROM accounts t';
const owning = ownsSql('t');

export function insert(db: Queryable, account: Account): Promise<void> {
  return insertRow(db, 'accounts', account);
}

/** By id or account number; several customers may claim one number, so its owner comes first. */
export function find(db: Queryable, key: string, tenant: string | null): Promise<Account | null> {
  return firstRow(
    db,
    `${select} WHERE (t.id = $1 OR t.account_id = $1)
       AND ($2::text IS NULL OR t.customer_id = $2)
     ORDER BY ${owning} DESC, t.id LIMIT 1`,
    [key, tenant],
  );
}

/** Every customer's claim of this number. */
export async function idsOfNumber(db: Queryable, accountId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'SELECT id FROM accounts WHERE account_id = $1 ORDER BY id',
    [accountId],
  );
  return rows.map(({ id }) => id);
}

/** The account with standing for this number, whoever owns it. */
export function findOwner(
  db: Queryable,
  partition: string,
  accountId: string,
): Promise<Account | null> {
  return firstRow(db, `${select} WHERE t.partition = $1 AND t.account_id = $2 AND ${owning}`, [
    partition,
    accountId,
  ]);
}

/** Keeps others from changing it until the transaction ends. */
export function lock(db: Queryable, id: string): Promise<void> {
  return lockRow(db, 'accounts', id);
}

export interface AccountFilter {
  customerId?: string | null | undefined;
  standing?: string | undefined;
  accountId?: string | undefined;
  updatedSince?: Date | undefined;
}

export function list(db: Queryable, filter: AccountFilter, page: PageRequest): Promise<Account[]> {
  const by: ListQuery['by'] = [
    ['t.account_id', filter.accountId],
    ['t.customer_id', filter.customerId],
    ['t.standing', filter.standing],
  ];
  return listRows(db, { select, by, where: [['t.updated_at >= ?', filter.updatedSince]], page });
}

export interface StandingChange {
  standing: Standing;
  provenBy?: string | null;
  attestedReason?: string | null;
  /** Only a proof lapses by itself. */
  lapsesAt?: Date | null;
}

/** The one owner of an account number is kept by a unique index; the loser gets its violation. */
export async function setStanding(
  db: Queryable,
  id: string,
  change: StandingChange,
  at: Date,
): Promise<void> {
  await db.query(
    `UPDATE accounts SET standing = $2, standing_since = $3, updated_at = $3,
       proven_by = coalesce($4, proven_by), attested_reason = coalesce($5, attested_reason),
       lapses_at = $6
     WHERE id = $1`,
    [
      id,
      change.standing,
      at,
      change.provenBy ?? null,
      change.attestedReason ?? null,
      change.lapsesAt ?? null,
    ],
  );
}

/** How it was proven, and when that is to be renewed; whatever stood in the way is over. */
export async function noteProof(
  db: Queryable,
  id: string,
  { method, role, renewAt }: { method: ProofMethod; role: string | null; renewAt: Date | null },
): Promise<void> {
  await db.query(
    `UPDATE accounts SET proof_method = $2, proof_role = $3, renew_at = $4,
       renewal_problem = NULL, renewal_problem_since = NULL, renewal_actor = NULL
     WHERE id = $1`,
    [id, method, role, renewAt],
  );
}

export type Trouble = RenewalTrouble;

/** Why a proof could not be renewed; null leaves what is known. */
export async function noteTrouble(
  db: Queryable,
  id: string,
  trouble: Trouble | null,
): Promise<void> {
  if (trouble) await updateRow(db, 'accounts', id, trouble);
}

export interface Renewing {
  id: string;
  proofRole: string;
}

/** Of active customers, those whose proof by a role is due to be renewed, the oldest first. */
const renews = `a.proof_method = 'role' AND a.standing IN ('proven', 'lapsed')
  AND (a.renew_at <= $1 OR (a.renew_at IS NULL AND a.lapses_at IS NOT NULL))`;

export function listRenewing(db: Queryable, now: Date, limit: number): Promise<Renewing[]> {
  return db.query(
    `SELECT a.id, a.proof_role FROM accounts a
     JOIN customers c ON c.id = a.customer_id AND c.state = 'active'
     WHERE ${renews} ORDER BY a.renew_at, a.id LIMIT $2`,
    [now, limit],
  );
}

/** Takes a renewal that is due, unless another worker was quicker; the next is due `then`. */
export async function takeRenewal(
  db: Queryable,
  id: string,
  now: Date,
  then: Date,
): Promise<boolean> {
  const rows = await db.query(
    `UPDATE accounts a SET renew_at = $3 WHERE a.id = $2 AND ${renews} RETURNING a.id`,
    [now, id, then],
  );
  return rows.length === 1;
}

export type Lapsing = Pick<Account, 'id' | 'customerId'>;

/** Proven accounts of which nobody has said when their proof lapses. */
export function listUndated(
  db: Queryable,
  limit: number,
): Promise<Pick<Account, 'id' | 'customerId' | 'standingSince'>[]> {
  return db.query(
    `SELECT id, customer_id, standing_since FROM accounts
     WHERE standing = 'proven' AND lapses_at IS NULL ORDER BY id LIMIT $1 FOR UPDATE`,
    [limit],
  );
}

/** Says when the proof lapses, and leaves the rest as it is. */
export async function dateLapse(db: Queryable, id: string, lapsesAt: Date): Promise<void> {
  await db.query('UPDATE accounts SET lapses_at = $2 WHERE id = $1', [id, lapsesAt]);
}

/** Accounts whose proof is too old by now, the oldest first. */
export function listLapsing(db: Queryable, now: Date, limit: number): Promise<Lapsing[]> {
  return db.query(
    `SELECT id, customer_id FROM accounts WHERE standing = 'proven' AND lapses_at <= $1
     ORDER BY lapses_at, id LIMIT $2`,
    [now, limit],
  );
}

/**
 * The account lapses, unless it was proven or decided upon anew meanwhile.
 * @returns since when it was proven; null when it is not to lapse
 */
export async function lapse(
  db: Queryable,
  id: string,
  at: Date,
): Promise<Pick<Account, 'standingSince'> | null> {
  return takenRow(
    db,
    `WITH old AS (
       SELECT id, standing_since FROM accounts
       WHERE id = $1 AND standing = 'proven' AND lapses_at <= $2 FOR UPDATE)
     UPDATE accounts t SET standing = 'lapsed', standing_since = $2, updated_at = $2,
       lapses_at = NULL
     FROM old WHERE t.id = old.id RETURNING old.standing_since`,
    [id, at],
  );
}

/**
 * A customer that has left owns its accounts no longer, so that another may prove them. Which ones
 * it did own is remembered.
 * @returns the accounts that this has changed, with the standing that they had
 */
export function releaseAll(
  db: Queryable,
  customerId: string,
  at: Date,
): Promise<Pick<Account, 'id' | 'standing'>[]> {
  return db.query(
    `WITH old AS (
       SELECT id, standing FROM accounts
       WHERE customer_id = $1 AND standing <> 'claimed' ORDER BY id FOR UPDATE),
     released AS (
       INSERT INTO released_accounts (id, released_at)
       SELECT old.id, $2 FROM old WHERE ${ownsSql('old')}
       ON CONFLICT (id) DO UPDATE SET released_at = excluded.released_at)
     UPDATE accounts t SET standing = 'claimed', standing_since = $2, updated_at = $2,
       lapses_at = NULL
     FROM old WHERE t.id = old.id RETURNING old.id, old.standing`,
    [customerId, at],
  );
}

export async function remove(db: Queryable, id: string): Promise<void> {
  await db.query('DELETE FROM accounts WHERE id = $1', [id]);
}
