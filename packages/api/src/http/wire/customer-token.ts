import type { Scope } from './api-key.ts';
import type { CustomerId, CustomerTokenId, EndpointServiceId } from './ids.ts';
import type { EndpointServiceKey } from './keys.ts';
import type { CreatedAt, Timestamp } from './text.ts';

/** A token of minutes, for a session of the vendor's portal. */
export interface CustomerTokenCreate {
  /**
   * Who uses it, in your words: a user of your portal. `GET /v1/caller` shows it.
   * @minLength 1
   * @maxLength 200
   */
  subject?: string;
  /**
   * Limits the token further than the role of customers; left out for all that a customer may.
   * @maxItems 50
   */
  scopes?: Scope[];
  /**
   * Limits the token to some services, by id or by AWS's names.
   * @maxItems 50
   */
  endpoint_service_ids?: EndpointServiceKey[];
  /**
   * How long it works, in seconds. A quarter of an hour by itself.
   * @isInt
   * @minimum 60
   * @maximum 3600
   */
  lifetime_seconds?: number;
}

/** The token is shown this once. */
export interface CustomerToken {
  /** What the audit log has as the actor. */
  id: CustomerTokenId;
  /** The customer that it works for. */
  customer_id: CustomerId;
  /**
   * Who uses it, in the words it was made with; null when there were none.
   * @minLength 1
   * @maxLength 200
   */
  subject: string | null;
  /**
   * What it may do beyond the role of customers; empty for everything that a customer may.
   * @maxItems 50
   */
  scopes: Scope[];
  /**
   * The only services whose grants, connections and principals it shows; empty for all.
   * @maxItems 50
   */
  endpoint_service_ids: EndpointServiceId[];
  /**
   * The key or the person that made it.
   * @minLength 1
   */
  made_by: string;
  created_at: CreatedAt;
  /** When it stops to work: with the key that made it, at the latest. */
  expires_at: Timestamp;
  /**
   * Send it as `Authorization: Bearer …`. Only a hash of it is stored.
   * @pattern ^sallyport_token_[0-9A-Za-z]{49}$
   */
  token: string;
}
