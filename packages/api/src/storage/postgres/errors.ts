// What an error of `pg` means to the code that ran the query. It decides nothing about HTTP.
import { DatabaseError } from 'pg';

/**
 * The server could not be reached, went away or did not answer in time. What the statement did is
 * unknown unless it was a read. The `cause` is the error of `pg` or of the socket.
 */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    super(`The database is not available: ${reason}`, { cause });
  }
}

/** A value has no form in which it could be sent. Nothing was; the `cause` says why. */
export class UnsendableValueError extends Error {
  override readonly name = 'UnsendableValueError';

  constructor(cause: unknown) {
    super(`A value cannot be sent to the database: ${String(cause)}`, { cause });
  }
}

/** The name of the constraint (or unique index) an insert, update or delete ran into, if it did. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof DatabaseError)) return undefined;
  return error.code?.startsWith(integrityViolationClass) ? error.constraint : undefined;
}

/** Whether the server undid the transaction so that another one could end: it may be begun anew. */
export function wasUndone(error: unknown): boolean {
  return error instanceof DatabaseError && undoneCodes.has(error.code ?? '');
}

/**
 * Whether this is the server's own answer to one statement, after which the connection still works.
 * Everything else is a link that cannot be used any more: a reset, a timeout, a server shutting
 * down, or one that only reads, since another one has taken over from it.
 */
export function isStatementError(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && error.severity === 'ERROR' && error.code !== readOnly;
}

/**
 * Whether a prepared statement no longer fits its tables: they have got a column since, and it asks
 * for all of them. The text of the message depends on the server's language.
 */
export function planIsStale(error: unknown): boolean {
  return error instanceof DatabaseError && error.routine === 'RevalidateCachedQuery';
}

/** Whether it says no more than that an earlier statement of the transaction has failed. */
export function isAftermath(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === inFailedTransaction;
}

/** Whether a prepared statement is not there. */
export function isUnknownStatement(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === unknownStatement;
}

/** Class 23 of PostgreSQL's error codes (manual, appendix A). */
const integrityViolationClass = '23';
const inFailedTransaction = '25P02';
const readOnly = '25006';
const unknownStatement = '26000';

/** `deadlock_detected` and `serialization_failure`, of the same appendix. */
const undoneCodes: ReadonlySet<string> = new Set(['40P01', '40001']);
