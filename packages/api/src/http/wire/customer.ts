import type { Hindrance } from './hindrance.ts';

/** A tenant of the vendor. */
export interface Customer {
  id: string;
  /** The vendor's own id of this customer. */
  external_id: string;
  name: string;
  /** `active`, `suspended`, `offboarding` or `offboarded`. */
  state: string;
  metadata: Metadata;
  contacts: Contact[];
  /**
   * Since when it is suspended on these terms; null unless it is.
   * @format date-time
   */
  suspended_since: string | null;
  /** What the suspension takes away: `keep`, `block` or `reject`. */
  suspension_policy: string | null;
  suspension_reason: string | null;
  /** @format date-time */
  offboarding_since: string | null;
  /** What becomes of its live connections as it leaves: `reject`, `drain` or `keep`. */
  offboarding_policy: string | null;
  /**
   * Until when the customer may delete its connections itself, when they drain.
   * @format date-time
   */
  drain_until: string | null;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  updated_at: string;
}

/** Free text by the vendor's own keys. */
export interface Metadata {
  [key: string]: string;
}

export interface Contact {
  /**
   * @minLength 1
   * @maxLength 200
   */
  name: string;
  /**
   * @format email
   * @maxLength 254
   */
  email: string;
}

export interface CustomerCreate {
  /** @pattern ^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$ */
  external_id: string;
  /**
   * @minLength 1
   * @maxLength 200
   */
  name: string;
  metadata?: Metadata;
  /** @maxItems 20 */
  contacts?: Contact[];
}

/** All that a customer is to be; what is left out gets its default. */
export interface CustomerPut {
  /**
   * @minLength 1
   * @maxLength 200
   */
  name: string;
  metadata?: Metadata;
  /** @maxItems 20 */
  contacts?: Contact[];
}

export interface CustomerUpdate {
  /**
   * @minLength 1
   * @maxLength 200
   */
  name?: string;
  metadata?: Metadata;
  /** @maxItems 20 */
  contacts?: Contact[];
}

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
  rejected_connection_ids: string[];
}

/** On which terms a customer leaves. */
export interface CustomerOffboard {
  /** As it is when the leaving is under way already, else `reject`. */
  policy?: OffboardingPolicy;
  /**
   * Until when the customer may delete its connections itself; `drain` needs it.
   * @format date-time
   */
  drain_until?: string;
}

/**
 * What becomes of live connections once the principals have left the allowlists. `reject`: they are
 * rejected. `drain`: the customer deletes them, and what still lives after `drain_until` is
 * rejected. `keep`: they are left alone, and the accounts stay with the customer.
 */
export type OffboardingPolicy = 'reject' | 'drain' | 'keep';

/** What is left of a customer by what AWS last showed, and what is done about it. */
export interface Offboarding {
  customer_id: string;
  /** State of the customer: a preview until it is `offboarding`. */
  state: string;
  policy: OffboardingPolicy;
  /** @format date-time */
  drain_until: string | null;
  next: OffboardingStep;
  /** Services on which something is left. */
  services: ServiceOffboarding[];
}

export interface OffboardingStep {
  /** `wait`, `reject` or `done`. */
  step: string;
  waiting_for: string | null;
  /** Connections that are rejected next. */
  connection_ids: string[];
}

export interface ServiceOffboarding {
  endpoint_service_id: string;
  service_id: string | null;
  /** Allowlist entries of the customer. */
  principals: LeftPrincipal[];
  /** Its live connections. */
  connections: LeftConnection[];
  /**
   * What is done here, in order: `remove_principals`, then `reject_connections`,
   * `wait_for_customer` or `leave_connections`, then `read_again`.
   */
  steps: string[];
  /** What somebody has to do before that can come to its end. */
  held_up_by: Hindrance[];
}

export interface LeftPrincipal {
  arn: string;
  /** Sallyport added it, so it takes it away; others are left to those who did. */
  owned: boolean;
}

export interface LeftConnection {
  id: string;
  /** `undecided`, `accept` or `reject`. */
  decision: string;
}

export interface Invite {
  id: string;
  customer_id: string;
  /** `open`, `redeemed`, `revoked` or `expired`. */
  state: string;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  expires_at: string;
}

/** The token is shown this once. */
export interface InviteWithToken extends Invite {
  token: string;
}

export interface InviteRedeem {
  /**
   * @minLength 10
   * @maxLength 200
   */
  token: string;
  /**
   * A name for the new key, for example who will use it.
   * @minLength 1
   * @maxLength 100
   */
  key_name?: string;
}
