import type { AwsRequestId } from './aws-names.ts';
import type { AuditEntryId, CustomerId } from './ids.ts';
import type { Timestamp } from './text.ts';

/** One change of state: who, what, why, before and after. */
export interface AuditEntry {
  /** The id of the entry: `aud_` and 26 characters. */
  id: AuditEntryId;
  /** When the change was made. */
  at: Timestamp;
  /**
   * The API key, token or person that acted, or the name of the reconciler.
   * @minLength 1
   */
  actor: string;
  /**
   * What was done: the id of an operation, such as `createGrant`, or the like for what workers do.
   * @pattern ^[a-z][A-Za-z]*$
   */
  action: string;
  /**
   * The id of the resource that was changed.
   * @minLength 1
   */
  subject_id: string;
  /** Whose resource it is; null for one of the vendor's. */
  customer_id: CustomerId | null;
  /**
   * The reason that was given; null when none was.
   * @minLength 1
   */
  reason: string | null;
  /**
   * The ticket or change number that the request named as `change_ref`; null when it named none.
   * @minLength 1
   * @maxLength 200
   */
  change_ref: string | null;
  /** The resource before; null when it was not there. */
  before: Snapshot | null;
  /** The resource after; null when it is no longer there. */
  after: Snapshot | null;
  /**
   * The `X-Request-Id` of the request; null for what a worker did by itself.
   * @minLength 1
   * @maxLength 128
   */
  request_id: string | null;
  /**
   * Of the trace that the request was part of, as its `traceparent` named it; null without one.
   * @pattern ^[0-9a-f]{32}$
   */
  trace_id: string | null;
  /**
   * By which AWS knows the changes that followed the request; of what a worker did or found by
   * itself, the calls by which it did or found it. Only the latter are sealed, with the entry: what
   * follows comes later.
   */
  aws_request_ids: AwsRequestId[];
  /**
   * Of what a worker did: the requests that its run followed, as far as there were any.
   */
  request_ids: string[];
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
   * @minimum 0
   */
  seals: number;
  /**
   * The hash of the last seal, over all that is before it: SHA-256 in hexadecimal.
   * @pattern ^[0-9a-f]{64}$
   */
  hash: string;
  /** When the last seal was set; null before the first. */
  sealed_at: Timestamp | null;
  /**
   * Of the hash, with the key of the deployment (Ed25519, base64); null without one.
   * @pattern ^[A-Za-z0-9+/]+={0,2}$
   */
  signature: string | null;
  /**
   * How many entries have been sealed, with those that are no longer kept.
   * @isInt
   * @minimum 0
   */
  entries: number;
  /**
   * How many entries wait for a seal, for seconds.
   * @isInt
   * @minimum 0
   */
  unsealed: number;
}

/** One line of an export: an entry, the seal over those before it, or the end. */
export interface AuditExportLine {
  /** What the line is, which decides about its other members. */
  kind: 'entry' | 'seal' | 'end';
  [member: string]: unknown;
}
