/** An address that events are sent to, without its secret. */
export interface Webhook {
  id: string;
  /** `vendor`, or `customer` for one that a customer has made. */
  owner: string;
  /** Whose events it gets; null for those of everybody. */
  customer_id: string | null;
  target_url: string;
  description: string;
  /** Types, or all of a resource as `connection.*`; none for every type. */
  event_types: string[];
  /**
   * Until when messages are signed with the secret of before, too.
   * @format date-time
   */
  secret_ends_at: string | null;
  /**
   * Since when nothing is sent there.
   * @format date-time
   */
  disabled_since: string | null;
  disabled_reason: string | null;
  /**
   * Since when nothing has arrived, though it was tried. After five days it is disabled.
   * @format date-time
   */
  failing_since: string | null;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  updated_at: string;
}

/** The secret is shown this once. */
export interface WebhookWithSecret extends Webhook {
  /** By which messages are verified, as the Standard Webhooks specification says. */
  secret: string;
}

export interface WebhookCreate {
  /**
   * Where messages are sent: https, and an address of the public internet.
   * @minLength 1
   * @maxLength 2000
   */
  target_url: string;
  /** @maxLength 500 */
  description?: string;
  /**
   * Types, or all of a resource as `connection.*`; none for every type.
   * @maxItems 100
   */
  event_types?: EventTypeName[];
  /** Only the events of this customer, by id or `external_id`. */
  customer_id?: string;
}

/**
 * One type, or all of a resource as `connection.*`.
 * @maxLength 100
 */
export type EventTypeName = string;

/** What is left out stays as it is. */
export interface WebhookUpdate {
  /**
   * @minLength 1
   * @maxLength 2000
   */
  target_url?: string;
  /** @maxLength 500 */
  description?: string;
  /** @maxItems 100 */
  event_types?: EventTypeName[];
  /** False to send nothing for now. What comes meanwhile is not sent later. */
  enabled?: boolean;
}

export interface WebhookSecretRotate {
  /**
   * For how many hours the old secret goes on to sign, too; 0 ends it at once.
   * @isInt
   * @minimum 0
   * @maximum 720
   * @default 24
   */
  overlap_hours?: number;
}

/** One message on its way to one webhook. */
export interface Delivery {
  id: string;
  webhook_id: string;
  /** The `webhook-id` of the message: the id of the event, the same each time that it is sent. */
  message_id: string;
  type: string;
  /** `pending`, `delivered`, `failed` or `cancelled` (the webhook is switched off). */
  state: string;
  /** The oldest first. */
  attempts: DeliveryAttempt[];
  /** @format date-time */
  next_attempt_at: string | null;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  finished_at: string | null;
}

export interface DeliveryAttempt {
  /** @format date-time */
  at: string;
  /**
   * Of the answer; null when there was none.
   * @isInt
   */
  status: number | null;
  /** @isInt */
  duration_ms: number;
  error: string | null;
}
