import type { DeliveryState } from '../../domain/webhook.ts';
import type { CustomerId, DeliveryId, WebhookId } from './ids.ts';
import type { CustomerKey } from './keys.ts';
import type { CreatedAt, Prose, Timestamp, UpdatedAt } from './text.ts';

/** An address that events are sent to, without its secret. */
export interface Webhook {
  /** The id of the webhook: `whk_` and 26 characters. */
  id: WebhookId;
  /** `vendor`, or `customer` for one that a customer has made. */
  owner: 'vendor' | 'customer';
  /** Whose events it gets; null for those of everybody. */
  customer_id: CustomerId | null;
  /** Where messages are sent. */
  target_url: TargetUrl;
  /** What it is for; empty when nobody has said. */
  description: WebhookDescription;
  /**
   * Types, or all of a resource as `connection.*`; none for every type.
   * @maxItems 100
   */
  event_types: EventTypeName[];
  /** Until when messages are signed with the secret of before, too; null when they are not. */
  secret_ends_at: Timestamp | null;
  /** Since when nothing is sent there; null while it is switched on. */
  disabled_since: Timestamp | null;
  /** Why nothing is sent there; null while it is switched on. */
  disabled_reason: Prose | null;
  /**
   * Since when nothing has arrived, though it was tried. After five days it is disabled. Null while
   * messages arrive.
   */
  failing_since: Timestamp | null;
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}

/**
 * Where messages are sent: https, and an address of the public internet.
 * @minLength 1
 * @maxLength 2000
 */
export type TargetUrl = string;

/**
 * What it is for, in your words.
 * @maxLength 500
 */
export type WebhookDescription = string;

/** The secret is shown this once. */
export interface WebhookWithSecret extends Webhook {
  /**
   * By which messages are verified, as the Standard Webhooks specification says.
   * @pattern ^whsec_[A-Za-z0-9+/]{43}=$
   */
  secret: string;
}

/** A new webhook. */
export interface WebhookCreate {
  target_url: TargetUrl;
  description?: WebhookDescription;
  /**
   * Types, or all of a resource as `connection.*`; none for every type.
   * @maxItems 100
   */
  event_types?: EventTypeName[];
  /** Only the events of this customer, by id or `external_id`. */
  customer_id?: CustomerKey;
}

/**
 * One type, or all of a resource as `connection.*`.
 * @maxLength 100
 */
export type EventTypeName = string;

/** What is left out stays as it is. */
export interface WebhookUpdate {
  target_url?: TargetUrl;
  description?: WebhookDescription;
  /**
   * Types, or all of a resource as `connection.*`, in place of those before; none for every type.
   * @maxItems 100
   */
  event_types?: EventTypeName[];
  /** False to send nothing for now. What comes meanwhile is not sent later. */
  enabled?: boolean;
}

/** How the secret of a webhook is replaced. */
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
  /** The id of the delivery: `dlv_` and 26 characters. */
  id: DeliveryId;
  /** The webhook that it goes to. */
  webhook_id: WebhookId;
  /**
   * The `webhook-id` of the message: the id of the event, the same each time that it is sent.
   * @minLength 1
   */
  message_id: string;
  /**
   * The type of the event, or `webhook.test`.
   * @pattern ^[a-z_]+\.[a-z_]+$
   */
  type: string;
  /** `cancelled`: the webhook was switched off before it arrived. */
  state: DeliveryState;
  /** The oldest first. */
  attempts: DeliveryAttempt[];
  /** When it is tried next; null when it is not. */
  next_attempt_at: Timestamp | null;
  created_at: CreatedAt;
  /** When it arrived, or was given up; null while it is pending. */
  finished_at: Timestamp | null;
}

/** One attempt to deliver a message. */
export interface DeliveryAttempt {
  /** When it began. */
  at: Timestamp;
  /**
   * The HTTP status of the answer; null when there was none.
   * @isInt
   * @minimum 100
   * @maximum 599
   */
  status: number | null;
  /**
   * How long it took, in milliseconds.
   * @isInt
   * @minimum 0
   */
  duration_ms: number;
  /** Why it did not arrive; null when it did. */
  error: Prose | null;
}
