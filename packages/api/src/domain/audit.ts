// One entry for each change of state, written in the transaction that makes the change.

export interface AuditEntry {
  id: string;
  at: Date;
  /** `key_…` of the caller, or the name of the reconciler that acted. */
  actor: string;
  action: string;
  subjectId: string;
  customerId: string | null;
  reason: string | null;
  changeRef: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  requestId: string | null;
}
