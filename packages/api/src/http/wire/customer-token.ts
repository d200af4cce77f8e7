import type { Scope } from './api-key.ts';

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
  endpoint_service_ids?: string[];
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
  id: string;
  customer_id: string;
  subject: string | null;
  scopes: Scope[];
  endpoint_service_ids: string[];
  /** The key or the person that made it. */
  made_by: string;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  expires_at: string;
  token: string;
}
