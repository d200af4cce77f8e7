// Challenges and the proofs that answer them. What was handed in is kept only until the verdict.

import type { Challenge } from '../domain/proof.ts';
import type { ProofForm } from '../domain/proof-form.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, lockRow } from './statements.ts';

/** A proof that was handed in, or that a worker makes to renew one. */
export interface Proof {
  id: string;
  accountId: string;
  /** Null for a renewal, which answers none. */
  challengeId: string | null;
  /** Null for a renewal, which nobody follows. */
  operationId: string | null;
  /** Null once it was judged. */
  fields: ProofForm | null;
  submittedAt: Date;
  judgedAt: Date | null;
}

export function insertChallenge(db: Queryable, challenge: Challenge): Promise<void> {
  return insertRow(db, 'challenges', challenge);
}

export function findChallenge(db: Queryable, id: string): Promise<Challenge | null> {
  return firstRow(db, 'SELECT * FROM challenges WHERE id = $1', [id]);
}

/** As it stays until the transaction ends, so that of two who would spend it one comes first. */
export async function holdChallenge(db: Queryable, id: string): Promise<Challenge | null> {
  await lockRow(db, 'challenges', id);
  return findChallenge(db, id);
}

export async function spendChallenge(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query('UPDATE challenges SET spent_at = $2 WHERE id = $1', [id, at]);
}

export function insertProof(db: Queryable, proof: Proof): Promise<void> {
  return insertRow(db, 'proofs', proof);
}

export async function findProof(db: Queryable, id: string): Promise<Proof | null> {
  const proof = await firstRow<Proof>(db, 'SELECT * FROM proofs WHERE id = $1', [id]);
  if (!proof?.fields || proof.fields.method) return proof;
  // Handed in before there were other methods.
  return { ...proof, fields: { ...(proof.fields as object), method: 'signature' } as ProofForm };
}

/** The verdict is in: what was handed in is forgotten. */
export async function markJudged(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query('UPDATE proofs SET judged_at = $2, fields = NULL WHERE id = $1', [id, at]);
}
