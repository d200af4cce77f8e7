/** A key, without its secret. */
export interface ApiKey {
  id: string;
  name: string;
  role: Role;
  /** The customer of a customer's key; null for staff. */
  customer_id: string | null;
  /** What it may do beyond its role; empty for everything that the role may. */
  scopes: Scope[];
  /** The only services whose grants, connections and principals it shows; empty for all. */
  endpoint_service_ids: string[];
  /** The key that it replaces, which may still live; null for none. */
  rotated_from: string | null;
  /** The first characters, to recognise it by. */
  hint: string;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  expires_at: string | null;
  /** @format date-time */
  revoked_at: string | null;
  /**
   * @format date-time
   * @extension {"x-observed": true}
   */
  last_used_at: string | null;
}

/**
 * `operator` changes everything, `support` reads and retries, `customer` sees its own customer
 * only.
 */
export type Role = 'operator' | 'support' | 'customer';

/** An area of the API. The contract lists them: see tools/spec/normalise.ts. */
export type Scope = string;

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
  /** Needed for the role `customer`, unless a customer asks. */
  customer_id?: string;
  /**
   * Limits the key further than its role; left out for everything that the role may.
   * @maxItems 50
   */
  scopes?: Scope[];
  /**
   * Limits a customer's key to some services, by id or by AWS's names: it shows their grants,
   * connections and principals only.
   * @maxItems 50
   */
  endpoint_service_ids?: string[];
  /** @format date-time */
  expires_at?: string;
}

export interface ApiKeyRotate {
  /**
   * For how long the old key goes on, in seconds; 0 ends it at once. A day by itself.
   * @isInt
   * @minimum 0
   * @maximum 2592000
   */
  overlap_seconds?: number;
  /**
   * When the new key ends. By itself it lives for as long as the old one was to.
   * @format date-time
   */
  expires_at?: string;
}

/** Who is calling. */
export interface Caller {
  id: string;
  /** The name of the key, or the subject of the token. */
  name: string | null;
  role: Role;
  /** The customer of a customer's key; null for staff. */
  customer_id: string | null;
  /** What it may do beyond its role; empty for everything that the role may. */
  scopes: Scope[];
  /** The only services whose grants, connections and principals it shows; empty for all. */
  endpoint_service_ids: string[];
  /** @format date-time */
  expires_at: string | null;
}
