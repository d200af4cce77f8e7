/** One change of state: who, what, why, before and after. */
export interface AuditEntry {
  id: string;
  /** @format date-time */
  at: string;
  /** The API key that acted, or the name of the reconciler. */
  actor: string;
  action: string;
  subject_id: string;
  customer_id: string | null;
  reason: string | null;
  change_ref: string | null;
  before: Snapshot | null;
  after: Snapshot | null;
  request_id: string | null;
}

/** The resource as it was. */
export interface Snapshot {
  [member: string]: unknown;
}
