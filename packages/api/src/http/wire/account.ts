import type { Partition, ProofMethod, Standing } from '../../domain/account.ts';
import type { AccountNumber } from './aws-names.ts';
import type { Condition } from './condition.ts';
import type { AccountId, ChallengeId, CustomerId } from './ids.ts';
import type { ChallengeKey, CustomerKey } from './keys.ts';
import type { Code, CreatedAt, Reason, Timestamp, UpdatedAt } from './text.ts';

/** A customer's AWS account, and whether we know that it is theirs. */
export interface Account {
  /** The id of the account: `acct_` and 26 characters. */
  id: AccountId;
  /** The customer that claims it. Several may claim one number. */
  customer_id: CustomerId;
  /** The AWS account number: 12 digits. */
  account_id: AccountNumber;
  partition: Partition;
  standing: Standing;
  /** Since when it has this standing. */
  standing_since: Timestamp;
  /** That of the condition `ready`. */
  reason: Code;
  /**
   * `ready`: whether something new may be let in from it. `renewing`, of one that was proven by a
   * role: whether its proof renews by itself.
   */
  conditions: Condition[];
  /**
   * The ARN of the identity that signed the last accepted proof; null when it was never proven.
   * @minLength 1
   */
  proven_by: string | null;
  /** How it was proven last; null when it never was. */
  proof_method: ProofMethod | null;
  /**
   * When it is proven anew by itself, with the role that has proven it. Null for other proofs, and
   * for one that does not lapse.
   */
  renews_at: Timestamp | null;
  /**
   * When its proof is too old: nothing new is let in then, and nothing is taken away. Proving the
   * account again moves it. Null for what does not lapse by itself.
   */
  lapses_at: Timestamp | null;
  /** How the vendor knew that it is the customer's; null when nobody vouched for it. */
  attested_reason: Reason | null;
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}

/** An account that a customer claims. Its standing comes by a proof, or by attesting it. */
export interface AccountCreate {
  /** Id or `external_id` of the customer; left out by a customer's own key. */
  customer_id?: CustomerKey;
  /** The AWS account number: 12 digits. */
  account_id: AccountNumber;
  /** `aws` unless said otherwise. */
  partition?: Partition;
}

/** An account that a customer is to have; its standing comes by a proof, or by attesting it. */
export interface AccountPut {
  /** `aws` unless said otherwise. It cannot be changed. */
  partition?: Partition;
}

/** To be signed, or put into a token, within its lifetime, and used once. */
export interface Challenge {
  /** The id to send back with the proof. */
  id: ChallengeId;
  /**
   * Sign it as the header `x-sallyport-challenge`.
   * @minLength 1
   */
  challenge: string;
  /**
   * Sign it as the header `x-sallyport-audience`, after checking that it is the service you mean.
   * @minLength 1
   */
  audience: string;
  /**
   * The key of the tag by which a token of `sts:GetWebIdentityToken` carries the challenge, when
   * the proof is one: for this audience alone, living for 300 seconds at most.
   * @minLength 1
   */
  request_tag_key: string;
  /** Until when a proof with it is taken. */
  expires_at: Timestamp;
}

/**
 * A proof in one of three forms, by `method`. `signature`, which is meant unless said otherwise,
 * has the parts of a presigned `sts:GetCallerIdentity`, and no credential; `web_identity_token`
 * has that member; `role` may have `role_name`.
 */
export interface ProofSubmit {
  /** The challenge that is answered. */
  challenge_id: ChallengeKey;
  /** Which members are there. */
  method?: ProofMethod;
  /**
   * The region whose STS host was signed for.
   * @maxLength 30
   */
  region?: string;
  /**
   * The access key id that signed: `AKIA…` or, of a session, `ASIA…`. It is no secret.
   * @maxLength 128
   */
  access_key_id?: string;
  /**
   * `X-Amz-Date` as signed: `YYYYMMDDTHHMMSSZ`.
   * @maxLength 16
   */
  amz_date?: string;
  /**
   * The session token of temporary credentials, as signed. Alone it lets nobody in.
   * @maxLength 4096
   */
  session_token?: string;
  /**
   * `X-Amz-Signature`: 64 hexadecimal digits.
   * @maxLength 64
   */
  signature?: string;
  /**
   * A token of `sts:GetWebIdentityToken`, for the challenge's audience and with the challenge as a
   * request tag.
   * @maxLength 8192
   */
  web_identity_token?: string;
  /**
   * The role in the account that trusts the vendor, after its path if it has one; that of
   * `proof-role` unless given.
   * @maxLength 577
   */
  role_name?: string;
}

/** Vouches for an account that the customer does not prove itself. */
export interface AccountAttest {
  /** How you know that the account is the customer's. It goes into the audit log. */
  reason: Reason;
}

/** Lets an account have another issuer of web identity tokens. */
export interface TokenIssuerForget {
  /** How you know that the account has another issuer now. It goes into the audit log. */
  reason: Reason;
}
