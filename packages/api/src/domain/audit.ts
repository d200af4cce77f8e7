// One entry for each change of state, written in the transaction that makes the change.

import type { AuditAction } from './events-told.ts';

export interface AuditEntry {
  id: string;
  at: Date;
  /** `key_…` of the caller, or the name of the reconciler that acted. */
  actor: string;
  action: AuditAction;
  subjectId: string;
  customerId: string | null;
  reason: string | null;
  changeRef: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  requestId: string | null;
  /** The trace that the request was part of. */
  traceId?: string | null;
  /** By which AWS knows what a worker has done, or where it found it. */
  awsRequestIds?: string[];
  /** The requests that a worker's run followed. */
  causedBy?: string[];
}

/** An entry with what became of it in AWS. */
export interface FollowedEntry extends AuditEntry {
  traceId: string | null;
  /** By which AWS knows the changes that followed the request too, in their order. */
  awsRequestIds: string[];
  /** Of an entry that a worker made: the requests that its run followed. */
  requestIds: string[];
}
