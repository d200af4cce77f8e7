// Everything the SDK throws. `instanceof` works across two copies of this package in one program,
// because it asks for a brand (a registered symbol) and not for a prototype.
import type { ErrorCode } from './generated/errors.ts';
import type { Problem, ProblemField, Remediation } from './generated/types.ts';

const BRAND = Symbol.for('@sallyport/sdk.error');

/** What was being asked when an error happened. `attempts` counts up while the call runs. */
export interface CallContext {
  method: string;
  path: string;
  attempts: number;
  idempotencyKey?: string | undefined;
}

/** The root of all errors of this package, and the class of those that have no better one. */
export class SallyportError extends Error {
  static readonly kind: string = 'SallyportError';
  /** Present when a request was made. */
  readonly attempts?: number;
  /** Repeat the call with this key and it takes effect at most once. */
  readonly idempotencyKey?: string;

  constructor(message: string, call?: CallContext, cause?: unknown) {
    super(message + keyNote(call), cause === undefined ? undefined : { cause });
    this.name = new.target.kind;
    if (!call) return;
    this.attempts = call.attempts;
    if (call.idempotencyKey) this.idempotencyKey = call.idempotencyKey;
  }

  get [BRAND](): string[] {
    return kindsOf(this.constructor);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A subclass made outside this package names no kind of its own: its prototype decides.
    if (!Object.hasOwn(this, 'kind')) {
      return Function.prototype[Symbol.hasInstance].call(this, value);
    }
    const kinds = (value as { [BRAND]?: unknown } | null | undefined)?.[BRAND];
    return Array.isArray(kinds) && kinds.includes(this.kind);
  }
}

/** The service answered, and the answer is no. */
export class ApiError extends SallyportError {
  static override readonly kind: string = 'ApiError';
  readonly status: number;
  /** Stable; the catalogue is `ErrorCode`. A newer service may send one this SDK has not seen. */
  readonly code: ErrorCode | (string & {}) | undefined;
  readonly requestId: string | undefined;
  readonly remediation: Remediation | undefined;
  /** The fields or parameters that were not accepted; empty when that is not the reason. */
  readonly fields: readonly ProblemField[];
  /** The whole document, as far as there is one: a gateway may have answered instead. */
  readonly problem: Partial<Problem>;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The entity tag that is current now, where a failed precondition says it. */
  readonly etag: string | undefined;

  constructor(call: CallContext, answer: RefusedAnswer) {
    super(messageOf(answer), call);
    const { problem } = answer;
    this.status = answer.status;
    this.problem = problem;
    this.code = problem.code;
    this.requestId = answer.requestId;
    this.remediation = problem.remediation;
    this.fields = fieldsOf(problem);
    this.retryAfterMs = answer.retryAfterMs;
    this.etag = answer.etag;
  }
}

/** A refusal, read from the wire. */
export interface RefusedAnswer {
  status: number;
  problem: Partial<Problem>;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
  etag?: string | undefined;
}

/** 304: it is still as in the answer whose entity tag went as `ifNoneMatch`. */
export class NotModifiedError extends ApiError {
  static override readonly kind = 'NotModifiedError';
}
/** 400: the request is malformed. */
export class BadRequestError extends ApiError {
  static override readonly kind = 'BadRequestError';
}
/** 401: the API key is missing, unknown, expired or revoked. */
export class AuthenticationError extends ApiError {
  static override readonly kind = 'AuthenticationError';
}
/** 403: this API key's role may not do this. */
export class PermissionDeniedError extends ApiError {
  static override readonly kind = 'PermissionDeniedError';
}
/** 404: there is no such thing, or it belongs to another customer; the two look the same. */
export class NotFoundError extends ApiError {
  static override readonly kind = 'NotFoundError';
}
/** 409: the state of the resource forbids this. */
export class ConflictError extends ApiError {
  static override readonly kind = 'ConflictError';
}
/** 412 and 428: somebody else changed it first, or the change must name the version it is for. */
export class PreconditionFailedError extends ApiError {
  static override readonly kind = 'PreconditionFailedError';
}
/** 422: well-formed, and still not possible. */
export class UnprocessableError extends ApiError {
  static override readonly kind = 'UnprocessableError';
}
/** 429: too many requests; `retryAfterMs` says how long to wait. */
export class RateLimitError extends ApiError {
  static override readonly kind = 'RateLimitError';
}
/** 5xx: the service failed. */
export class ServerError extends ApiError {
  static override readonly kind = 'ServerError';
}

/** No answer came: name lookup, connect, TLS, a reset, or an answer that is not the service's. */
export class ConnectionError extends SallyportError {
  static override readonly kind = 'ConnectionError';
}
/** The call, with all its attempts, took longer than `timeoutMs`. */
export class TimeoutError extends SallyportError {
  static override readonly kind = 'TimeoutError';
}
/** The caller's `signal` aborted; `cause` is its reason. */
export class AbortedError extends SallyportError {
  static override readonly kind = 'AbortedError';
}

/** What both ways have in that a wait ends without success. */
abstract class WaiterError<State> extends SallyportError {
  /** As it was seen last. */
  readonly state: unknown;
  readonly lastResource: State;

  constructor(message: string, state: unknown, lastResource: State, cause?: unknown) {
    super(message, undefined, cause);
    this.state = state;
    this.lastResource = lastResource;
  }
}

/** The resource reached a state from which the awaited one cannot be reached. */
export class WaiterFailedError<T = unknown> extends WaiterError<T> {
  static override readonly kind = 'WaiterFailedError';
}

/**
 * The resource may still get there, but not within the time given. `state` and `lastResource` are
 * undefined when it was never seen.
 */
export class WaiterTimeoutError<T = unknown> extends WaiterError<T | undefined> {
  static override readonly kind = 'WaiterTimeoutError';
}

/**
 * `missing_header`: one of the three that every message has is not there · `stale`: it was sent at
 * another time · `wrong_signature`: it is not of the service, or not as it was sent ·
 * `malformed_secret`: no message can be checked with this secret · `malformed_body`: it is no JSON.
 */
export type WebhookVerificationCode =
  | 'missing_header'
  | 'stale'
  | 'wrong_signature'
  | 'malformed_secret'
  | 'malformed_body';

/** A message of a webhook is not what it says. */
export class WebhookVerificationError extends SallyportError {
  static override readonly kind = 'WebhookVerificationError';
  readonly code: WebhookVerificationCode;

  constructor(code: WebhookVerificationCode, message: string) {
    super(message);
    this.code = code;
  }
}

function kindsOf(constructor: unknown): string[] {
  const kinds: string[] = [];
  let type = constructor as typeof SallyportError | null;
  while (type?.kind) {
    if (Object.hasOwn(type, 'kind')) kinds.push(type.kind);
    type = Object.getPrototypeOf(type) as typeof SallyportError | null;
  }
  return kinds;
}

function keyNote(call: CallContext | undefined): string {
  if (!call?.idempotencyKey || call.attempts === 0) return '';
  return ` [Idempotency-Key ${call.idempotencyKey}]`;
}

function messageOf({ status, problem, requestId }: RefusedAnswer): string {
  const cause = problem.detail ?? problem.title ?? 'The service gave no reason.';
  const next = problem.remediation;
  const command = next?.command ? ` \`${next.command}\`` : '';
  return [
    `${status}${problem.code ? ` ${problem.code}` : ''}: ${cause}`,
    ...fieldsOf(problem)
      .filter(({ detail }) => bare(detail) !== bare(cause))
      .map(fieldNote),
    ...(next ? [`Next (${next.actor}): ${next.action}${command}`] : []),
    ...(requestId ? [`[request ${requestId}]`] : []),
  ].join(' ');
}

/** A gateway may have its own idea of `errors`. */
function fieldsOf({ errors }: Partial<Problem>): ProblemField[] {
  return Array.isArray(errors) ? errors.filter((field) => typeof field?.detail === 'string') : [];
}

/** Where one field is all that is wrong, the service says the same about it and about the whole. */
function bare(sentence: string): string {
  return sentence.toLowerCase().replace(/\.$/, '');
}

function fieldNote({ pointer, parameter, detail }: ProblemField): string {
  return `${pointer ?? parameter ?? 'request'}: ${detail.replace(/\.$/, '')}.`;
}
