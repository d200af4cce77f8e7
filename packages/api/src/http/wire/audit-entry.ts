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
  /** By which AWS knows the changes that followed the request. Not part of what is sealed. */
  aws_request_ids: string[];
}

/** The resource as it was. */
export interface Snapshot {
  [member: string]: unknown;
}

/** The end of the chain of seals. Note it elsewhere: a log that was rewritten has another one. */
export interface AuditHead {
  /**
   * How many seals there are; 0 before the first.
   * @isInt
   */
  seals: number;
  /** The hash of the last seal, over all that is before it. */
  hash: string;
  /** @format date-time */
  sealed_at: string | null;
  /** Of the hash, with the key of the deployment (Ed25519, base64); null without one. */
  signature: string | null;
  /**
   * How many entries have been sealed, with those that are no longer kept.
   * @isInt
   */
  entries: number;
  /**
   * How many entries wait for a seal, for seconds.
   * @isInt
   */
  unsealed: number;
}

/** One line of an export: an entry, the seal over those before it, or the end. */
export interface AuditExportLine {
  kind: 'entry' | 'seal' | 'end';
  [member: string]: unknown;
}
