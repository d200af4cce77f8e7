// Web identity tokens that were handed in, and the issuer that each account was first seen with.

import type { Account } from '../domain/account.ts';
import type { TokenRecord } from '../domain/proof-verdict.ts';
import type { TokenClaims } from '../domain/web-identity-token.ts';
import type { Queryable } from './postgres/database.ts';

type Numbered = Pick<Account, 'partition' | 'accountId'>;

export interface Pin {
  issuer: string;
  pinnedAt: Date;
}

/** Remembers that the token was handed in. @returns whether it was before */
export async function spend(
  db: Queryable,
  { issuer, tokenId, expiresAt }: Pick<TokenClaims, 'issuer' | 'tokenId' | 'expiresAt'>,
): Promise<boolean> {
  const rows = await db.query(
    `INSERT INTO spent_tokens (issuer, token_id, expires_at) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING 1 AS one`,
    [issuer, tokenId, new Date(expiresAt * 1000)],
  );
  return rows.length === 0;
}

/** Who was first seen with whom. */
export async function pins(
  db: Queryable,
  account: Numbered,
  issuer: string,
): Promise<Omit<TokenRecord, 'spent'>> {
  const rows = await db.query<{ issuer: string; accountId: string; own: boolean }>(
    `SELECT issuer, account_id, (partition = $1 AND account_id = $2) AS own FROM token_issuers
     WHERE issuer = $3 OR (partition = $1 AND account_id = $2)`,
    [account.partition, account.accountId, issuer],
  );
  return {
    issuer,
    issuerOfAccount: rows.find(({ own }) => own)?.issuer ?? null,
    accountOfIssuer: rows.find((row) => row.issuer === issuer)?.accountId ?? null,
  };
}

/**
 * Keeps the first issuer of an account.
 * @throws Error of PostgreSQL when another proof was quicker with another pair
 */
export async function pin(
  db: Queryable,
  account: Numbered,
  issuer: string,
  at: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO token_issuers (issuer, partition, account_id, pinned_at) VALUES ($1, $2, $3, $4)`,
    [issuer, account.partition, account.accountId, at],
  );
}

/** Forgets the issuer of an account. @returns it, or null when there was none */
export async function unpin(db: Queryable, account: Numbered): Promise<Pin | null> {
  const [pin] = await db.query<Pin>(
    `DELETE FROM token_issuers WHERE partition = $1 AND account_id = $2
     RETURNING issuer, pinned_at`,
    [account.partition, account.accountId],
  );
  return pin ?? null;
}
