// What a run that did not come to its end says of its target: whether it has failed, and when it
// runs next.

import { AwsError } from '../aws/errors.ts';
import { DatabaseUnavailableError } from '../storage/postgres/errors.ts';
import type * as targets from '../storage/targets.ts';
import { NotYet, Outdated, type Outcome } from './run.ts';

export interface Verdict {
  outcome: Outcome;
  /** Runs in a row that have failed, this one included if it has. */
  failures: number;
  hasFailed: boolean;
}

/** @param stopped whether the worker was told to stop, which is nothing wrong with the target */
export function verdictOf(lease: targets.Lease, error: unknown, stopped: boolean): Verdict {
  const { failures } = lease;
  if (stopped) {
    // Whoever goes on need not wait.
    const outcome = { ...failed(lease, error), dueInMs: 0 };
    return { outcome, failures, hasFailed: false };
  }
  if (isAway(error)) {
    return { outcome: { report: { ...lease.report }, dueInMs: 0 }, failures, hasFailed: false };
  }
  const later = comesAgain(lease, error);
  if (later) return { outcome: later, failures: 0, hasFailed: false };
  return { outcome: failed(lease, error), failures: failures + 1, hasFailed: true };
}

/** Whether it was our database that did not answer, also in the middle of a call to AWS. */
export function isAway(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError) return true;
  return error instanceof AwsError && error.cause instanceof DatabaseUnavailableError;
}

/**
 * For a run that nothing is wrong with: one that found itself outdated decides anew at once, one
 * that kept to AWS's request rate goes on when it is its turn. Null for a run that failed.
 */
function comesAgain(lease: targets.Lease, error: unknown): Outcome | null {
  const report = { ...lease.report };
  if (error instanceof Outdated) return { report, dueInMs: 0 };
  if (error instanceof NotYet) return { report, dueInMs: error.dueInMs };
  const dueInMs = error instanceof AwsError ? error.retryAfterMs : null;
  return dueInMs === null ? null : { report, dueInMs };
}

/**
 * What a run that failed reports, and how long to wait: longer each time, longest when throttled.
 */
function failed(lease: targets.Lease, error: unknown): Outcome {
  const throttled = error instanceof AwsError && error.kind === 'throttled';
  const pause = Math.min(60_000, (throttled ? 5_000 : 1_000) * 2 ** Math.min(lease.failures, 6));
  return { report: { ...lease.report, ...told(error) }, dueInMs: pause };
}

function told(error: unknown): { error: string; detail: string | null } {
  if (!(error instanceof AwsError)) return { error: 'internal_error', detail: null };
  return { error: error.code, detail: `${error.action}: ${error.message}` };
}
