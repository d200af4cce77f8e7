// What surrounds every request below HTTP: the key, the transaction, and the answer given only once.

import type { Caller, Context } from './context.ts';

/** The facts of a request that a use case may need. */
export interface RequestFacts {
  caller: Caller;
  requestId: string;
  changeRef: string | null;
}

/** The facts that make a change safe to send again. */
export interface ChangeFacts extends RequestFacts {
  /** Do everything, then roll back: the answer tells what the change would give. */
  validateOnly: boolean;
  idempotencyKey: string | null;
  /** Method, path and body in one string: the same key with another one is refused. */
  fingerprint: string;
}

export interface Answer {
  status: number;
  /** Undefined for an answer without content. */
  body: unknown;
}

export interface Requests {
  /** The caller of a key, or null when it is malformed, unknown, expired or revoked. */
  authenticate(secret: string): Promise<Caller | null>;
  read<Result>(facts: RequestFacts, work: (context: Context) => Promise<Result>): Promise<Result>;
  /**
   * Runs a change in one transaction with its audit entries and, under an idempotency key, with its
   * answer; the same key gives the stored answer (`replayed`).
   * @throws Refusal `idempotency_mismatch`, `idempotency_in_progress`
   */
  change(
    facts: ChangeFacts,
    work: (context: Context) => Promise<Answer>,
  ): Promise<Answer & { replayed: boolean }>;
  /** Throws when the database does not answer, or its schema is not the one of this program. */
  ready(): Promise<void>;
}
