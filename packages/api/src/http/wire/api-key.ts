/** A key, without its secret. */
export interface ApiKey {
  id: string;
  name: string;
  role: Role;
  /** The customer of a customer's key; null for staff. */
  customer_id: string | null;
  /** The first characters, to recognise it by. */
  hint: string;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  expires_at: string | null;
  /** @format date-time */
  revoked_at: string | null;
  /** @format date-time */
  last_used_at: string | null;
}

/**
 * `operator` changes everything, `support` reads and retries, `customer` sees its own customer
 * only.
 */
export type Role = 'operator' | 'support' | 'customer';

/** The secret is shown this once. */
export interface ApiKeyWithSecret extends ApiKey {
  secret: string;
}

export interface ApiKeyCreate {
  /**
   * @minLength 1
   * @maxLength 100
   */
  name: string;
  role: Role;
  /** Needed for the role `customer`. */
  customer_id?: string;
  /** @format date-time */
  expires_at?: string;
}
