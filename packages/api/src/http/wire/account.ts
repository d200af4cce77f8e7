import type { AccountNumber } from './grant.ts';

/** A customer's AWS account, and whether we know that it is theirs. */
export interface Account {
  id: string;
  customer_id: string;
  /** The AWS account number: 12 digits. */
  account_id: string;
  partition: string;
  /** `claimed`, `proven`, `attested`, `imported`, `disputed` or `lapsed`. */
  standing: string;
  /** @format date-time */
  standing_since: string;
  /** The identity that signed the last accepted proof. */
  proven_by: string | null;
  /**
   * When its proof is too old: nothing new is let in then, and nothing is taken away. Proving the
   * account again moves it. Null for what does not lapse by itself.
   * @format date-time
   */
  lapses_at: string | null;
  attested_reason: string | null;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  updated_at: string;
}

export interface AccountCreate {
  /** Id or `external_id`; left out by a customer's own key. */
  customer_id?: string;
  account_id: AccountNumber;
  partition?: Partition;
}

/** An account that a customer is to have; its standing comes by a proof, or by attesting it. */
export interface AccountPut {
  /** `aws` unless said otherwise. It cannot be changed. */
  partition?: Partition;
}

export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

/** To be signed within its lifetime, and used once. */
export interface Challenge {
  id: string;
  /** Sign it as the header `x-sallyport-challenge`. */
  challenge: string;
  /**
   * Sign it as the header `x-sallyport-audience`, after checking that it is the service you mean.
   */
  audience: string;
  /** @format date-time */
  expires_at: string;
}

/** The parts of a presigned `sts:GetCallerIdentity`. No credential is in it. */
export interface ProofSubmit {
  challenge_id: string;
  /**
   * The region whose STS host was signed for.
   * @maxLength 30
   */
  region: string;
  /** @maxLength 128 */
  access_key_id: string;
  /**
   * `X-Amz-Date` as signed: `YYYYMMDDTHHMMSSZ`.
   * @maxLength 16
   */
  amz_date: string;
  /** @maxLength 4096 */
  session_token?: string;
  /** @maxLength 64 */
  signature: string;
}

export interface AccountAttest {
  /**
   * How you know that the account is the customer's. It goes into the audit log.
   * @minLength 1
   * @maxLength 1000
   */
  reason: string;
}
