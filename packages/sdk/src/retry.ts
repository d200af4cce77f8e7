// Whether a failed attempt is made again, and after which pause. Pure: no clock, no randomness.
import { ApiError, ConnectionError } from './errors.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
/** The request was not processed, or a gateway could not say; trying again is right for all. */
const RETRIED = new Set([408, 429, 502, 503, 504]);

export interface FailedAttempt {
  error: unknown;
  /** 1 for the first attempt. */
  attempt: number;
  /** Whether the request may take effect twice without harm. */
  idempotent: boolean;
  /** Between 0 and 1. */
  random: number;
}

/**
 * The pause before the next attempt in milliseconds, or undefined when there should be none.
 * The pause is drawn from the whole range up to a limit that doubles ("full jitter"); where the
 * service says when to come back, it is never shorter than that.
 */
export function pauseBeforeRetry(failed: FailedAttempt): number | undefined {
  if (!isWorthRetrying(failed)) return undefined;
  const jitter =
    failed.random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failed.attempt - 1));
  const asked = failed.error instanceof ApiError ? failed.error.retryAfterMs : undefined;
  return asked === undefined ? jitter : asked + failed.random * FIRST_PAUSE_MS;
}

/**
 * Reads `Retry-After`: seconds, or a date. A date is compared with the answer's own `Date`, so that
 * a wrong clock on this side does not matter. Milliseconds; undefined when absent or unreadable.
 */
export function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const then = Date.parse(text);
  if (Number.isNaN(then)) return undefined;
  const sentAt = Date.parse(headers.get('date') ?? '');
  return Math.max(0, then - (Number.isNaN(sentAt) ? nowMs : sentAt));
}

function isWorthRetrying({ error, idempotent }: FailedAttempt): boolean {
  if (error instanceof ConnectionError) return true;
  if (!(error instanceof ApiError)) return false;
  if (RETRIED.has(error.status)) return true;
  if (error.status === 500) return idempotent;
  // A conflict is final, unless the service says when it ends: our own first attempt still runs.
  return error.status === 409 && error.retryAfterMs !== undefined;
}
