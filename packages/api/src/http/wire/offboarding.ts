import type { Decision } from '../../domain/connection.ts';
import type { CustomerState } from '../../domain/customer.ts';
import type { PrincipalArn, ServiceId } from './aws-names.ts';
import type { OffboardingPolicy } from './customer.ts';
import type { Hindrance } from './hindrance.ts';
import type { ConnectionId, CustomerId, EndpointServiceId } from './ids.ts';
import type { Code, Prose, Timestamp } from './text.ts';

/** What is left of a customer by what AWS last showed, and what is done about it. */
export interface Offboarding {
  /** The customer that leaves, or would. */
  customer_id: CustomerId;
  /** State of the customer: a preview until it is `offboarding`. */
  state: CustomerState;
  policy: OffboardingPolicy;
  /** Until when the customer may delete its connections itself; null unless they drain. */
  drain_until: Timestamp | null;
  next: OffboardingStep;
  /** Services on which something is left. */
  services: ServiceOffboarding[];
}

/** What is done next for the customer to leave. */
export interface OffboardingStep {
  /** `wait`, `reject` or `done`. */
  step: Code;
  /** What it waits for, unless the step is another one: null then. */
  waiting_for: Prose | null;
  /** Connections that are rejected next. */
  connection_ids: ConnectionId[];
}

/** What is left of the customer on one service. */
export interface ServiceOffboarding {
  /** The service. */
  endpoint_service_id: EndpointServiceId;
  /** AWS's id of it; null until AWS has created it. */
  service_id: ServiceId | null;
  /** Allowlist entries of the customer. */
  principals: LeftPrincipal[];
  /** Its live connections. */
  connections: LeftConnection[];
  /**
   * What is done here, in order: `remove_principals`, then `reject_connections`,
   * `wait_for_customer` or `leave_connections`, then `read_again`.
   */
  steps: Code[];
  /** What somebody has to do before that can come to its end. */
  held_up_by: Hindrance[];
}

/** An allowlist entry of a customer that leaves. */
export interface LeftPrincipal {
  /** Whom it lets in. */
  arn: PrincipalArn;
  /** Sallyport added it, so it takes it away; others are left to those who did. */
  owned: boolean;
}

/** A live connection of a customer that leaves. */
export interface LeftConnection {
  /** The id of the connection. */
  id: ConnectionId;
  decision: Decision;
}
