import type { ConnectionState, Decision, DnsMode } from '../../domain/connection.ts';
import type { AccountNumber, Region, ServiceName, VpcEndpointId } from './aws-names.ts';
import type { Condition } from './condition.ts';
import type { ConnectionId, CustomerId, EndpointServiceId } from './ids.ts';
import type { Code, Prose, Reason, Timestamp } from './text.ts';

/** One VPC endpoint attached to an endpoint service. */
export interface Connection {
  /** The id of the connection: `con_` and 26 characters. */
  id: ConnectionId;
  /** The endpoint service that the endpoint is attached to. */
  endpoint_service_id: EndpointServiceId;
  /** The name that the endpoint was made with; null until AWS has created the service. */
  service_name: ServiceName | null;
  /** AWS's id of the endpoint, which the customer sees in its own account too. */
  vpc_endpoint_id: VpcEndpointId;
  /** The AWS account that owns the endpoint. */
  owner_account_id: AccountNumber;
  /** The region of the endpoint. It differs from the service's for a cross-Region customer. */
  endpoint_region: Region;
  /** The customer whose account owns it; null while the owner is nobody we know. */
  customer_id: CustomerId | null;
  state: ConnectionState;
  /** Why it is not of use yet, or no more; or its state. That of the condition `ready`. */
  reason: Code;
  /** Whether it is up, who let it in, whether it takes its time. */
  conditions: Condition[];
  /**
   * The state in AWS's own spelling.
   * @pattern ^[A-Za-z-]+$
   */
  aws_state: string;
  /**
   * How the customer's clients find the endpoint, as it was declared; null while nobody has, which
   * counts as `endpoint`.
   */
  dns: DnsMode | null;
  decision: Decision;
  /**
   * `policy`, or the API key or person that decided, which customers read as `vendor`; null while
   * it is undecided.
   * @minLength 1
   */
  decided_by: string | null;
  /** The reason given with the decision, which the customer can read; null when none was given. */
  decision_reason: Reason | null;
  /**
   * Why policy holds the connection while it is undecided: `unknown_owner`, `customer_not_active`,
   * `account_without_standing`, `no_grant`, `grant_expired`, `region_not_allowed`,
   * `manual_acceptance` or `connection_limit`. Null while nothing holds it.
   */
  hold_reason: Code | null;
  /** Whose turn it is while it is held: `vendor` or `customer`; null while nothing holds it. */
  hold_turn: Code | null;
  /** What to do while it is held; null while nothing holds it. */
  hold_action: Prose | null;
  /** When AWS created the endpoint. */
  created_at: Timestamp;
  /** When a worker first saw it. */
  first_seen_at: Timestamp;
  /** Since when it has been seen in this state. */
  state_since: Timestamp;
  /**
   * Since when it has been longer than it should in a state that passes by itself: ten minutes in
   * `pending`, say. Null while it is not late.
   */
  stuck_since: Timestamp | null;
  /** When AWS last showed it as it stands here. */
  observed_at: Timestamp;
}

/** Why a connection is let in or cut off. */
export interface ConnectionDecision {
  /** Why. The customer can read it. */
  reason?: Reason;
}

/** What the customer says of its connection. */
export interface ConnectionUpdate {
  /**
   * How clients find the endpoint: by its private DNS (`endpoint`), by a private hosted zone or a
   * rule of the customer (`hosted-zone`), by a Route 53 Profile (`profile`), or by the endpoint's
   * own names (`none`). Diagnoses go by it. Null takes it back.
   */
  dns?: DnsMode | null;
}

/** A change from one state to the next, as workers saw it. */
export interface Transition {
  /** When a worker saw the new state. */
  at: Timestamp;
  /** The state before; null for the first one that was seen. */
  from: ConnectionState | null;
  to: ConnectionState;
}

/** Each state that a connection was seen in. */
export interface ConnectionHistory {
  /** The connection that it is about. */
  connection_id: ConnectionId;
  /**
   * The oldest first; of more than 500 the newest. The events of the connection tell the others.
   * Those that are older than the history is kept are missing.
   * @maxItems 500
   */
  transitions: Transition[];
}
