import type { RowError } from './import.ts';
import type { AccountId } from './ids.ts';
import type { AccountKey } from './keys.ts';
import type { Reason } from './text.ts';

/** Accounts that are vouched for. */
export interface AttestationsCreate {
  /** How you know that the accounts are the customers'. It goes into the audit log. */
  reason: Reason;
  /**
   * Ids, or natural keys as `acme:222222222222`.
   * @minItems 1
   * @maxItems 1000
   */
  accounts: AccountKey[];
}

/** What became of each account, and how many of each. */
export interface Attestations {
  /**
   * How many are vouched for now and were not before.
   * @isInt
   * @minimum 0
   */
  attested: number;
  /**
   * Those that have a standing already.
   * @isInt
   * @minimum 0
   */
  unchanged: number;
  /**
   * How many were refused. The others stand all the same.
   * @isInt
   * @minimum 0
   */
  refused: number;
  /** One for each account, in the order in which they were given. */
  items: Attestation[];
}

/** What became of one account. */
export interface Attestation {
  /** As it was given. */
  account: AccountKey;
  /** What was done; `unchanged` has a standing already. */
  outcome: 'attested' | 'unchanged' | 'refused';
  /** The account; null when it was refused. */
  id: AccountId | null;
  /** Why it was refused; null when it was not. */
  error: RowError | null;
}
