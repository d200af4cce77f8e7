// What is known of a request before it is served, and what comes of it.

import type { PlannedChange } from '../domain/planned-change.ts';
import type { Caller } from './context.ts';

/** The facts of a request that a use case may need. */
export interface RequestFacts {
  caller: Caller;
  requestId: string;
  /** Of the trace that the request is part of, if it is. */
  traceId?: string | null;
  changeRef: string | null;
}

/** The facts that make a change safe to send again. */
export interface ChangeFacts extends RequestFacts {
  /** Do everything, then roll back: the answer tells what the change would give. */
  validateOnly: boolean;
  idempotencyKey: string | null;
  /**
   * Whether what another request made at the same moment is as good as made by this one. It is then
   * begun anew, and finds it.
   */
  isUpsert?: boolean;
  /** Method, path and body in one string: the same key with another one is refused. */
  fingerprint: string;
}

export interface Answer {
  status: number;
  /** Undefined for an answer without content. */
  body: unknown;
}

/** What came of a change, or of its trial. */
export interface Outcome extends Answer {
  /** The idempotency key had this answer before. */
  replayed: boolean;
  /** Of a change that staff only try: what would be changed in AWS. */
  planned?: PlannedChange[];
}
