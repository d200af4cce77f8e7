import type { Prose } from './text.ts';

/** A role without permissions by which a customer's account can be proven, and proven again. */
export interface ProofRole {
  /**
   * The name to give it: ours, or the only one that the vendor takes from this customer.
   * @minLength 1
   * @maxLength 64
   */
  role_name: string;
  /**
   * Its ARN when it is made by that name.
   * @minLength 20
   */
  role_arn: string;
  /**
   * The external id that its trust policy has to ask for. It is this customer's alone, never
   * changes, and is no secret.
   * @minLength 2
   */
  external_id: string;
  /**
   * Whom it has to trust: the ARN of the vendor's role or account. Null until the vendor has an
   * account in this partition.
   * @minLength 20
   */
  trusted_principal: string | null;
  /** The trust policy of the role, as JSON; null as long as there is nobody to be trusted. */
  trust_policy: Prose | null;
}
