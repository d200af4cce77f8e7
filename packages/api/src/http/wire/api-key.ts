import type { ApiKeyId, CustomerId, EndpointServiceId } from './ids.ts';
import type { CustomerKey, EndpointServiceKey } from './keys.ts';
import type { CreatedAt, Timestamp } from './text.ts';

/** A key, without its secret. */
export interface ApiKey {
  /** The id of the key: `key_` and 26 characters. It is no secret. */
  id: ApiKeyId;
  /**
   * What people call it.
   * @minLength 1
   * @maxLength 100
   */
  name: string;
  role: Role;
  /** The customer of a customer's key; null for staff. */
  customer_id: CustomerId | null;
  /**
   * What it may do beyond its role; empty for everything that the role may.
   * @maxItems 50
   */
  scopes: Scope[];
  /**
   * The only services whose grants, connections and principals it shows; empty for all.
   * @maxItems 50
   */
  endpoint_service_ids: EndpointServiceId[];
  /** The key that it replaces, which may still live; null for none. */
  rotated_from: ApiKeyId | null;
  /**
   * The first characters, to recognise it by.
   * @minLength 1
   */
  hint: string;
  created_at: CreatedAt;
  /** When it stops to work; null for never. */
  expires_at: Timestamp | null;
  /** When it was revoked; null for a key that was not. */
  revoked_at: Timestamp | null;
  /**
   * When it was last used, to the minute; null before the first time.
   * @extension {"x-observed": true}
   */
  last_used_at: Timestamp | null;
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
  /**
   * Send it as `Authorization: Bearer …`. Only a hash of it is stored, so nobody can show it again.
   * @pattern ^sallyport_(operator|support|customer)_[0-9A-Za-z]{49}$
   */
  secret: string;
}

/** A new key. */
export interface ApiKeyCreate {
  /**
   * What people call it.
   * @minLength 1
   * @maxLength 100
   */
  name: string;
  role: Role;
  /** Id or `external_id`. Needed for the role `customer`, unless a customer asks. */
  customer_id?: CustomerKey;
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
  endpoint_service_ids?: EndpointServiceKey[];
  /** When it stops to work; left out for never. */
  expires_at?: Timestamp;
}

/** How a key is replaced by a new one. */
export interface ApiKeyRotate {
  /**
   * For how long the old key goes on, in seconds; 0 ends it at once. A day by itself.
   * @isInt
   * @minimum 0
   * @maximum 2592000
   */
  overlap_seconds?: number;
  /** When the new key ends. By itself it lives for as long as the old one was to. */
  expires_at?: Timestamp;
}

/** Who is calling. */
export interface Caller {
  /**
   * The id of the key or token; of a person, `oidc:` and the subject of the token.
   * @minLength 1
   */
  id: string;
  /**
   * The name of the key, or the subject of the token; null when it has none.
   * @minLength 1
   */
  name: string | null;
  role: Role;
  /** The customer of a customer's key; null for staff. */
  customer_id: CustomerId | null;
  /**
   * What it may do beyond its role; empty for everything that the role may.
   * @maxItems 50
   */
  scopes: Scope[];
  /**
   * The only services whose grants, connections and principals it shows; empty for all.
   * @maxItems 50
   */
  endpoint_service_ids: EndpointServiceId[];
  /** When the key or token stops to work; null for never. */
  expires_at: Timestamp | null;
}
