import type { RowError } from './import.ts';

/** Accounts that are vouched for. */
export interface AttestationsCreate {
  /**
   * How you know that the accounts are the customers'. It goes into the audit log.
   * @minLength 1
   * @maxLength 1000
   */
  reason: string;
  /**
   * Ids, or natural keys as `acme:222222222222`.
   * @minItems 1
   * @maxItems 1000
   */
  accounts: AccountKey[];
}

/**
 * @minLength 1
 * @maxLength 200
 */
export type AccountKey = string;

export interface Attestations {
  /** @isInt */
  attested: number;
  /**
   * Those that have a standing already.
   * @isInt
   */
  unchanged: number;
  /** @isInt */
  refused: number;
  /** One for each account, in the order in which they were given. */
  items: Attestation[];
}

export interface Attestation {
  /** As it was given. */
  account: string;
  /** `attested`, `unchanged` or `refused`. */
  outcome: string;
  /** Null when it was refused. */
  id: string | null;
  /** Why it was refused. */
  error: RowError | null;
}
