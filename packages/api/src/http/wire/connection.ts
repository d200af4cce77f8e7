/** One VPC endpoint attached to an endpoint service. */
export interface Connection {
  id: string;
  endpoint_service_id: string;
  /** The name that the endpoint was made with; null until AWS has created the service. */
  service_name: string | null;
  vpc_endpoint_id: string;
  /** The AWS account that owns the endpoint. */
  owner_account_id: string;
  endpoint_region: string;
  /** Null while the owner is nobody we know. */
  customer_id: string | null;
  /**
   * `pendingAcceptance`, `pending`, `available`, `rejected`, `failed`, `expired`, `deleting`,
   * `deleted` …
   */
  state: string;
  /** The state in AWS's own spelling. */
  aws_state: string;
  /** `undecided`, `accept` or `reject`. */
  decision: string;
  /** `policy`, or the API key that decided. */
  decided_by: string | null;
  /** The reason given with the decision. */
  decision_reason: string | null;
  /**
   * Why policy holds the connection while it is undecided: `unknown_owner`, `customer_not_active`,
   * `account_without_standing`, `no_grant`, `grant_expired`, `region_not_allowed`,
   * `manual_acceptance` or `connection_limit`.
   */
  hold_reason: string | null;
  /** Whose turn it is while it is held: `vendor` or `customer`. */
  hold_turn: string | null;
  /** What to do while it is held. */
  hold_action: string | null;
  /**
   * When AWS created the endpoint.
   * @format date-time
   */
  created_at: string;
  /** @format date-time */
  first_seen_at: string;
  /** @format date-time */
  state_since: string;
  /**
   * Since when it has been longer than it should in a state that passes by itself: ten minutes in
   * `pending`, say.
   * @format date-time
   */
  stuck_since: string | null;
  /** @format date-time */
  observed_at: string;
}

export interface ConnectionDecision {
  /**
   * The customer can read it.
   * @minLength 1
   * @maxLength 1000
   */
  reason?: string;
}

export interface Transition {
  /** @format date-time */
  at: string;
  from: string | null;
  to: string;
}

export interface ConnectionHistory {
  connection_id: string;
  transitions: Transition[];
}

/** Whether the connection works, why not, and whose turn it is. */
export interface Diagnosis {
  connection_id: string;
  vpc_endpoint_id: string;
  /** `yes`, `no` or `unknown`. */
  works: string;
  summary: string;
  /** Whose turn it is: `customer`, `vendor`, `aws` or `nobody`. */
  turn: string;
  next: NextStep | null;
  /** In the order of the path from the customer to the service. */
  checks: Check[];
  /** @format date-time */
  observed_at: string;
}

export interface NextStep {
  actor: string;
  action: string;
  command: string | null;
}

export interface Check {
  name: string;
  /** `pass`, `warn`, `fail` or `unknown`. */
  result: string;
  /** What was looked at and what was seen. */
  evidence: string;
  next: NextStep | null;
}
