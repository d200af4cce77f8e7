// What a failure says on a terminal, and with which code the program ends.
import { ConnectError } from '../aws/connect-error.ts';
import { MissingPeerError } from '../aws/missing-peer.ts';
import { AwsCallError } from '../aws/refusal.ts';
import {
  AbortedError,
  ApiError,
  ConnectionError,
  TimeoutError,
  WaiterFailedError,
  WaiterTimeoutError,
} from '../errors.ts';
import { type ExitCode, exitCodes, UsageError } from './surroundings.ts';

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof MissingPeerError) return exitCodes.usage;
  if (error instanceof AbortedError) return exitCodes.interrupted;
  if (error instanceof ConnectError) {
    const isOpen = error.code === 'timed_out' || error.code === 'endpoint_not_shown';
    return isOpen ? exitCodes.pending : exitCodes.dead;
  }
  if (error instanceof WaiterFailedError) return exitCodes.dead;
  if (error instanceof WaiterTimeoutError || error instanceof TimeoutError) {
    return exitCodes.pending;
  }
  if (error instanceof ConnectionError) return exitCodes.unavailable;
  if (error instanceof ApiError) return byStatus(error.status);
  if (error instanceof AwsCallError) return byRefusal(error);
  return exitCodes.failure;
}

/** A defect shows where it is; anything else says what it is. */
export function sayFailure(error: unknown): string {
  if (error instanceof AbortedError) return 'Stopped. Calling again goes on from here.';
  if (!(error instanceof Error)) return String(error);
  const isDefect = error instanceof TypeError || error instanceof ReferenceError;
  return isDefect ? (error.stack ?? error.message) : error.message;
}

function byStatus(status: number): ExitCode {
  if (status === 401 || status === 403) return exitCodes.auth;
  if (status === 404) return exitCodes.notFound;
  if (status === 409) return exitCodes.conflict;
  return status >= 500 || status === 429 ? exitCodes.unavailable : exitCodes.failure;
}

function byRefusal({ refusal }: AwsCallError): ExitCode {
  if (refusal === 'denied' || refusal === 'credentials') return exitCodes.auth;
  return refusal === 'unreachable' || refusal === 'throttled'
    ? exitCodes.unavailable
    : exitCodes.failure;
}
