// The token buckets of calls to AWS, which all workers share.

import type { CallLimit } from '../domain/call-limit.ts';
import type { Queryable } from './postgres/database.ts';
import { takenRow } from './statements.ts';

/** Where calls are counted: AWS counts by account and region. */
export interface BudgetPlace {
  accountId: string;
  region: string;
}

export interface Taken {
  /** Tokens that are left, below zero when the call has to wait for its turn. */
  tokens: number;
  /** When the next token begins to come, which may be a moment ahead. */
  at: Date;
}

/** How far apart the ways of two calls to AWS may be, in milliseconds. */
const arrivalMs = 500;

/**
 * Takes a token. A bucket that was full begins to fill again only a while after that, as AWS's does
 * so when the call arrives, and one that is sent later may arrive as soon.
 */
export async function take(
  db: Queryable,
  { accountId, region }: BudgetPlace,
  { bucket, burst, perSecond }: CallLimit,
  now: Date,
): Promise<Taken> {
  const fillsFrom = new Date(now.getTime() + arrivalMs);
  const filled = `b.tokens + greatest(0, extract(epoch FROM $6::timestamptz - b.at))
    * $5::double precision`;
  const row = await takenRow<Taken>(
    db,
    `INSERT INTO call_budgets AS b (account_id, region, bucket, tokens, at)
     VALUES ($1, $2, $3, $4::double precision - 1, $7::timestamptz)
     ON CONFLICT (account_id, region, bucket) DO UPDATE
     SET tokens = least($4, ${filled}) - 1,
       at = CASE WHEN ${filled} >= $4 THEN $7 ELSE greatest(b.at, $6) END
     RETURNING tokens, at`,
    [accountId, region, bucket, burst, perSecond, now, fillsFrom],
  );
  return row!;
}

/** Gives a token back that was taken and not used. */
export async function giveBack(
  db: Queryable,
  { accountId, region }: BudgetPlace,
  { bucket }: CallLimit,
): Promise<void> {
  await db.query(
    `UPDATE call_budgets SET tokens = tokens + 1
     WHERE account_id = $1 AND region = $2 AND bucket = $3`,
    [accountId, region, bucket],
  );
}

/** Empties the bucket: AWS has said that it is. */
export async function drain(
  db: Queryable,
  { accountId, region }: BudgetPlace,
  { bucket }: CallLimit,
  now: Date,
): Promise<void> {
  await db.query(
    `UPDATE call_budgets SET tokens = least(tokens, 0), at = greatest(at, $4)
     WHERE account_id = $1 AND region = $2 AND bucket = $3`,
    [accountId, region, bucket, now],
  );
}
