import type { CustomerState } from '../../domain/customer.ts';
import type { ConnectionId, CustomerId } from './ids.ts';
import type { CreatedAt, Timestamp, UpdatedAt } from './text.ts';

/** A tenant of the vendor. */
export interface Customer {
  /** The id of the customer: `cus_` and 26 characters. */
  id: CustomerId;
  /** The vendor's own id of this customer. It never changes. */
  external_id: ExternalId;
  /** What people call it. */
  name: CustomerName;
  state: CustomerState;
  metadata: Metadata;
  /**
   * Whom to ask at the customer.
   * @maxItems 20
   */
  contacts: Contact[];
  /** The only role that may prove the customer's accounts; null where any identity of them may. */
  required_role: ProvingRole | null;
  /** Since when it is suspended on these terms; null unless it is. */
  suspended_since: Timestamp | null;
  /** What the suspension takes away; null unless it is suspended. */
  suspension_policy: SuspensionPolicy | null;
  /**
   * Why it is suspended, which the customer can read; null unless it is.
   * @minLength 1
   * @maxLength 500
   */
  suspension_reason: string | null;
  /** Since when it is leaving; null unless it is, or has left. */
  offboarding_since: Timestamp | null;
  /** What becomes of its live connections as it leaves; null unless it does. */
  offboarding_policy: OffboardingPolicy | null;
  /**
   * Until when the customer may delete its connections itself, when they drain; null unless they
   * do.
   */
  drain_until: Timestamp | null;
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}

/**
 * Your own id of the customer: letters, digits and `._:-`, at most 100. It goes wherever the id
 * does.
 * @pattern ^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$
 */
export type ExternalId = string;

/**
 * The name of an IAM role without its path, such as `NetworkAdmin`.
 * @pattern ^[A-Za-z0-9_+=,.@-]{1,64}$
 */
export type ProvingRole = string;

/**
 * What people call it.
 * @minLength 1
 * @maxLength 200
 */
export type CustomerName = string;

/** Free text by the vendor's own keys. */
export interface Metadata {
  [key: string]: string;
}

/** Whom to ask at the customer. */
export interface Contact {
  /** The name of a person or a team. */
  name: CustomerName;
  /**
   * An address for mail.
   * @format email
   * @maxLength 254
   */
  email: string;
}

/** A new customer. */
export interface CustomerCreate {
  external_id: ExternalId;
  name: CustomerName;
  /** Empty unless given. */
  metadata?: Metadata;
  /**
   * Whom to ask at the customer; nobody unless given.
   * @maxItems 20
   */
  contacts?: Contact[];
  /** The name of the only role that may prove its accounts; unless given, any identity may. */
  required_role?: ProvingRole | null;
}

/** All that a customer is to be; what is left out gets its default. */
export interface CustomerPut {
  name: CustomerName;
  /** Empty unless given. */
  metadata?: Metadata;
  /**
   * Whom to ask at the customer; nobody unless given.
   * @maxItems 20
   */
  contacts?: Contact[];
  /** The name of the only role that may prove its accounts; unless given, any identity may. */
  required_role?: ProvingRole | null;
}

/** What is left out stays as it is. */
export interface CustomerUpdate {
  name?: CustomerName;
  /** Takes the place of all that is there. */
  metadata?: Metadata;
  /**
   * Take the place of all that are there.
   * @maxItems 20
   */
  contacts?: Contact[];
  /** The name of the only role that may prove its accounts; null for any identity of them. */
  required_role?: ProvingRole | null;
}

/** On which terms a customer is suspended. */
export interface CustomerSuspend {
  /**
   * Why. The customer can read it.
   * @minLength 1
   * @maxLength 500
   */
  reason: string;
  /** What it takes away. As it is when the customer is suspended already, else `keep`. */
  policy?: SuspensionPolicy;
}

/**
 * `keep`: nothing is taken away, only new connections are not let in. `block`: the customer's
 * principals leave the allowlists too. `reject`: and then its live connections are rejected.
 */
export type SuspensionPolicy = 'keep' | 'block' | 'reject';

/** A customer that is back. */
export interface CustomerResumed extends Customer {
  /**
   * Connections that were rejected: they never come back, and the customer makes a new endpoint
   * for each.
   */
  rejected_connection_ids: ConnectionId[];
}

/** On which terms a customer leaves. */
export interface CustomerOffboard {
  /** As it is when the leaving is under way already, else `reject`. */
  policy?: OffboardingPolicy;
  /** Until when the customer may delete its connections itself; `drain` needs it. */
  drain_until?: Timestamp;
}

/**
 * What becomes of live connections once the principals have left the allowlists. `reject`: they are
 * rejected. `drain`: the customer deletes them, and what still lives after `drain_until` is
 * rejected. `keep`: they are left alone, and the accounts stay with the customer.
 */
export type OffboardingPolicy = 'reject' | 'drain' | 'keep';
