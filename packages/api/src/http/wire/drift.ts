/** What differs from what is wanted, by what was last observed. */
export interface DriftReport {
  endpoint_service_id: string;
  /**
   * When AWS was last asked about the service.
   * @format date-time
   */
  observed_at: string | null;
  /**
   * How many of the items are alarms.
   * @isInt
   */
  alarms: number;
  /** @isInt */
  notices: number;
  /** Alarms first, and what is oldest first. */
  items: Drift[];
  plan: PlanCounts;
}

export interface Drift {
  /**
   * `open_to_everyone`, `open_to_organization`, `open_to_service`, `unmanaged_principal`,
   * `contested_principal`, `refused_principal`, `stuck_principal`, `ended_service` (AWS shows it
   * as failed or deleted), `failing_notifications` (of the queue of its Region),
   * `acceptance_not_required`,
   * `foreign_private_dns_name`, `lost_private_dns`, `stuck_private_dns`, `unknown_owner` (of a
   * connection that asks to be let in), `stuck_connection` (longer than it should in a state that
   * passes by itself), `refused_connection` (AWS did not accept or reject it),
   * `connection_accepted_elsewhere` or `connection_rejected_elsewhere`.
   */
  kind: string;
  /**
   * `alarm`: somebody may get in, or is kept out, or is not noticed as soon as you have set up.
   * `notice`: to be decided in your own time.
   */
  severity: string;
  /** The ARN, endpoint or name that it is about. */
  subject: string;
  detail: string;
  /** @format date-time */
  since: string | null;
}

/** What the plan would change if every aspect were in `manage`. */
export interface PlanCounts {
  /** @isInt */
  add_principals: number;
  /** @isInt */
  remove_principals: number;
  /** @isInt */
  accept_connections: number;
  /** @isInt */
  reject_connections: number;
  /** @isInt */
  held_connections: number;
  private_dns_step: string;
}
