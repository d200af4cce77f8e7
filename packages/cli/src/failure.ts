// From anything thrown to what the person reads and the script gets: one line that says what is
// wrong, one that says what to do, and the exit code.

import {
  AbortedError,
  ApiError,
  ConnectionError,
  SallyportError,
  TimeoutError,
  WaiterFailedError,
  WaiterTimeoutError,
} from '@sallyport/sdk';
import { CommandError, type ExitCode, exitCodes } from './exit-codes.ts';

export interface Failure {
  exitCode: ExitCode;
  /** For stderr, in order. */
  lines: string[];
}

/** What was being done, as far as it helps to say what to do next. */
export interface Attempted {
  /** The command that lists what an id may be, as in `connections list`. */
  list?: string | undefined;
  /** Whether the members of the body are flags of the command. */
  hasFlags?: boolean;
  /** Whether it changes nothing: what was not answered took no effect then. */
  isRead?: boolean;
  /** What the arguments are, and what was typed for them. */
  kinds?: readonly string[];
  args?: readonly string[];
  url?: string;
  /** The whole line, for somebody else to paste. */
  line?: string;
  /** Where the API key came from, for people. */
  keySource?: string | undefined;
}

export function failureOf(error: unknown, attempted: Attempted): Failure {
  if (error instanceof CommandError) {
    const { exitCode, message, next, fields } = error;
    return failure(exitCode, message, { next, fields });
  }
  if (error instanceof ApiError) return refusal(error, attempted);
  if (error instanceof WaiterFailedError) return failure(exitCodes.dead, error.message);
  if (error instanceof WaiterTimeoutError) return failure(exitCodes.pending, error.message);
  if (error instanceof AbortedError) {
    return failure(exitCodes.interrupted, 'Interrupted.', { next: repeatHint(error, attempted) });
  }
  if (error instanceof ConnectionError || error instanceof TimeoutError) {
    const next = 'Check that the service runs, and that --url or SALLYPORT_URL is right.';
    return failure(exitCodes.unavailable, plain(error.message), {
      next: repeatHint(error, attempted) ?? next,
    });
  }
  // Refused before anything was sent: an argument that cannot be right.
  if (error instanceof SallyportError && error.attempts === undefined) {
    return failure(exitCodes.usage, error.message);
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  // What a file or stdin says when the person interrupts its reading.
  if (name === 'AbortError') return failure(exitCodes.interrupted, 'Interrupted.');
  return failure(exitCodes.failure, message);
}

function refusal(error: ApiError, attempted: Attempted): Failure {
  const { hasFlags = false } = attempted;
  const { status, code, problem, requestId, fields } = error;
  const cause = problem.detail ?? problem.title ?? 'The service gave no reason.';
  return failure(exitCodeOf(status, code), `${cause} (${code ?? status})`, {
    fields: fields
      .filter(({ detail }) => bare(detail) !== bare(cause))
      .map(({ pointer, parameter, detail }) => {
        return `${fieldName(pointer ?? parameter ?? '', hasFlags)}: ${detail}`;
      }),
    next: ownAdvice(error, attempted) ?? adviceOf(error, attempted),
    paste: code === 'forbidden' ? attempted.line : undefined,
    requestId,
    // Below 500 the service has said what became of the request.
    repeat: status >= 500 ? repeatHint(error, attempted) : undefined,
  });
}

/** Where the command line knows better than the API, which knows neither files nor flags. */
function ownAdvice(error: ApiError, attempted: Attempted): string | undefined {
  const { status, code } = error;
  const { list, url, keySource, line, hasFlags = false } = attempted;
  if (status === 401 && keySource !== undefined) {
    return `Put a key that is valid at ${url} where this one came from: ${keySource}`;
  }
  if (code === 'forbidden' && line !== undefined) {
    return 'Page somebody who has that role, and send this to be pasted:';
  }
  if (code === 'precondition_required') {
    return 'Add --if-match "*" to replace whatever is there, or the ETag of what you have read';
  }
  if (code === 'invalid_request') {
    const places = error.fields.map(({ pointer, parameter }) => pointer ?? parameter ?? '');
    const names = places.filter(Boolean).map((place) => fieldName(place, hasFlags));
    const what = names.length > 0 ? [...new Set(names)].join(', ') : 'it';
    return `Correct ${what}, and send the same again`;
  }
  if (code === undefined) {
    return `Check --url or SALLYPORT_URL: what answers at ${url} may not be Sallyport`;
  }
  if (code === 'route_not_found' && list !== undefined) {
    return 'Check --url or SALLYPORT_URL, and that the service is as new as this command line';
  }
  return undefined;
}

function adviceOf(error: ApiError, attempted: Attempted): string | undefined {
  const { remediation, status } = error;
  const turn = remediation && remediation.actor !== 'caller' ? `${remediation.actor}: ` : '';
  const { list } = attempted;
  const listing = status === 404 && list !== undefined ? `sallyport ${list}` : undefined;
  const action = remediation?.action.replace(/\.$/, '');
  const todo = [action, remediation?.command ?? listing].filter(Boolean).join(': ');
  return todo === '' ? undefined : `${turn}${todo}`;
}

function exitCodeOf(status: number, code: string | undefined): ExitCode {
  if (code === 'route_not_found') return exitCodes.failure;
  switch (status) {
    case 400:
      return exitCodes.usage;
    case 401:
    case 403:
      return exitCodes.auth;
    case 404:
      return exitCodes.notFound;
    case 409:
    case 412:
    case 428:
      return exitCodes.conflict;
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
      return exitCodes.unavailable;
    default:
      return exitCodes.failure;
  }
}

/** Where one field is all that is wrong, the service says the same about it and about the whole. */
function bare(sentence: string): string {
  return sentence.toLowerCase().replace(/\.$/, '');
}

/** `/account_ids/0` is what the person typed as `--account-ids`. */
function fieldName(place: string, hasFlags: boolean): string {
  const [first = ''] = place.replace(/^\//, '').split('/');
  return hasFlags && first !== ''
    ? `--${first.replaceAll('_', '-').toLowerCase()}`
    : place || 'request';
}

function repeatHint(
  { idempotencyKey, attempts = 0 }: SallyportError,
  { isRead = false }: Attempted,
): string | undefined {
  if (!idempotencyKey || attempts === 0 || isRead) return undefined;
  return `It may have taken effect. Repeat it safely with --idempotency-key ${idempotencyKey}`;
}

/** Without the note of the idempotency key, which gets a line of its own here. */
function plain(message: string): string {
  return message.replace(/ \[Idempotency-Key [^\]]*\]$/, '');
}

interface Details {
  fields?: readonly string[];
  next?: string | undefined;
  /** A command below the next step, on a line of its own. */
  paste?: string | undefined;
  requestId?: string | undefined;
  repeat?: string | undefined;
}

function failure(exitCode: ExitCode, what: string, details: Details = {}): Failure {
  const { fields = [], next, paste, requestId, repeat } = details;
  const lines = [
    `error: ${what}`,
    ...fields.map((field) => `  ${field}`),
    ...(next === undefined ? [] : [`next: ${next}`]),
    ...(paste === undefined ? [] : [`  ${paste}`]),
    ...(repeat === undefined ? [] : [`note: ${repeat}`]),
    ...(requestId === undefined ? [] : [`request: ${requestId}`]),
  ];
  return { exitCode, lines };
}
