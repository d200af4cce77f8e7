// Challenges and the proofs that answer them. The signature is kept only until the verdict.

import type { Challenge, ProofFields } from '../domain/proof.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow } from './statements.ts';

/** A proof that was handed in. `fields` is null once it was judged. */
export interface Proof {
  id: string;
  accountId: string;
  challengeId: string;
  operationId: string;
  fields: ProofFields | null;
  submittedAt: Date;
  judgedAt: Date | null;
}

export function insertChallenge(db: Queryable, challenge: Challenge): Promise<void> {
  return insertRow(db, 'challenges', challenge);
}

export function findChallenge(db: Queryable, id: string): Promise<Challenge | null> {
  return firstRow(db, 'SELECT * FROM challenges WHERE id = $1', [id]);
}

/** Spends the challenge if it is the account's, unspent and in time; one of two racers gets it. */
export async function spendChallenge(
  db: Queryable,
  id: string,
  accountId: string,
  now: Date,
): Promise<boolean> {
  const rows = await db.query(
    `UPDATE challenges SET spent_at = $3
     WHERE id = $1 AND account_id = $2 AND spent_at IS NULL AND expires_at > $3 RETURNING id`,
    [id, accountId, now],
  );
  return rows.length === 1;
}

export function insertProof(db: Queryable, proof: Proof): Promise<void> {
  return insertRow(db, 'proofs', proof);
}

export function findProof(db: Queryable, id: string): Promise<Proof | null> {
  return firstRow(db, 'SELECT * FROM proofs WHERE id = $1', [id]);
}

/** The verdict is in: the signature is forgotten. */
export async function markJudged(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query('UPDATE proofs SET judged_at = $2, fields = NULL WHERE id = $1', [id, at]);
}
