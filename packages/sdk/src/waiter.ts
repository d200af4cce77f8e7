// Waits for a resource to reach a state, by the rule that the API contract states for it.
import { openDeadline } from './deadline.ts';
import {
  ApiError,
  type CallContext,
  ConnectionError,
  NotFoundError,
  TimeoutError,
  WaiterFailedError,
  WaiterTimeoutError,
} from './errors.ts';
import type { CallOptions } from './options.ts';
import { fillPath } from './request.ts';
import { readRetryAfter } from './retry.ts';
import type { Transport } from './transport.ts';

/** `x-waiter` in the contract, and the operation that reads the resource. */
export interface WaiterRule {
  path: string;
  /** The member that holds the state; dots lead into objects. */
  field: string;
  success: readonly unknown[];
  /** States that cannot become a success any more. Any other state is waited out. */
  failure: readonly unknown[];
  /** All states, so that the service can be asked to answer on any change of it. */
  states?: readonly string[];
  /** Whether a resource that is not there yet is waited for. */
  onNotFound: 'wait' | 'fail';
  intervalMs: number;
  timeoutMs: number;
}

/** How to wait. `timeoutMs` is for the whole wait, not for one look. */
export interface WaitOptions<T> extends Pick<CallOptions, 'signal' | 'headers'> {
  timeoutMs?: number | undefined;
  /**
   * From one look to the next, at least; a longer `Retry-After` of the service wins. Looks wait for
   * a change themselves, so that it is heard of at once.
   */
  intervalMs?: number | undefined;
  /** Called after each look. What it throws ends the wait. */
  onProgress?: ((progress: WaitProgress<T>) => void) | undefined;
}

export interface WaitProgress<T> {
  /** Undefined while the resource is not there yet. */
  resource: T | undefined;
  state: unknown;
  elapsedMs: number;
}

/** The last look may take this long after the time is up, so that a late success is not missed. */
const LAST_LOOK_MS = 5_000;
/** How long a look waits for a change. What changes besides the state is seen after it. */
const LOOK_WAITS_MS = 10_000;

/**
 * Looks until the state is one of `success`, and returns the resource.
 * @throws WaiterFailedError at once on a state that cannot become a success
 * @throws WaiterTimeoutError when it may still succeed, but has not in time
 * @throws AbortedError when the signal aborts
 */
export async function waitUntil<T>(
  transport: Transport,
  rule: WaiterRule,
  params: readonly string[],
  options: WaitOptions<T> = {},
): Promise<T> {
  const { clock, random } = transport.settings;
  const { timeoutMs = rule.timeoutMs, intervalMs = rule.intervalMs, onProgress } = options;
  const subject = subjectOf(rule, params);
  const call: CallContext = { method: 'GET', path: rule.path, attempts: 0 };
  const deadline = openDeadline(clock, call, { signal: options.signal });
  const startedAt = clock.now();
  let last: Sighting<T> = {};
  try {
    for (;;) {
      const lookedAt = clock.now();
      const remainingMs = startedAt + timeoutMs - lookedAt;
      last = await look<T>(transport, rule, params, { ...options, remainingMs, before: last });
      const { resource, state, retryAfterMs = 0 } = last;
      if (resource !== undefined && rule.success.includes(state)) return resource;
      if (resource !== undefined && rule.failure.includes(state)) {
        throw failed(subject, state, resource);
      }
      const now = clock.now();
      const elapsedMs = now - startedAt;
      onProgress?.({ resource, state, elapsedMs });
      if (elapsedMs >= timeoutMs) throw timedOut(subject, timeoutMs, last);
      const wantedMs = Math.max(retryAfterMs, intervalMs * (0.9 + 0.2 * random()));
      const pauseMs = Math.min(wantedMs - (now - lookedAt), timeoutMs - elapsedMs);
      if (pauseMs > 0) await clock.sleep(pauseMs, deadline.signal);
    }
  } finally {
    deadline.close();
  }
}

interface Sighting<T> {
  resource?: T;
  state?: unknown;
  retryAfterMs?: number | undefined;
  /** Why the last look saw nothing. */
  error?: unknown;
  /** The service is not to be asked to wait: it does not know how, or too many do. */
  looksOnly?: boolean | undefined;
}

interface LookOptions<T> extends WaitOptions<T> {
  remainingMs: number;
  before: Sighting<T>;
}

async function look<T>(
  transport: Transport,
  rule: WaiterRule,
  params: readonly string[],
  { signal, headers, remainingMs, before }: LookOptions<T>,
): Promise<Sighting<T>> {
  const { path, field, onNotFound } = rule;
  const { looksOnly } = before;
  const lastsMs = Math.max(remainingMs, 0) + LAST_LOOK_MS;
  const timeoutMs = Math.min(transport.settings.timeoutMs, lastsMs);
  const query = waitFor(rule, before, Math.min(LOOK_WAITS_MS, timeoutMs - LAST_LOOK_MS));
  const options = { signal, headers, timeoutMs };
  try {
    const plan = { method: 'GET', path, params, query, options };
    const { data, response } = await transport.send<T>(plan).withResponse();
    const retryAfterMs = readRetryAfter(response.headers, transport.settings.clock.now());
    return { resource: data, state: memberOf(data, field), retryAfterMs, looksOnly };
  } catch (error) {
    if (error instanceof NotFoundError && onNotFound === 'wait') return { error, looksOnly };
    if (query && isAboutWaiting(error)) return { ...before, looksOnly: true };
    // Before the first sight a wrong address is likelier than a short outage.
    if (!isPassing(error) || (before.resource === undefined && !before.error)) throw error;
    const retryAfterMs = error instanceof ApiError ? error.retryAfterMs : undefined;
    return { ...before, retryAfterMs, error };
  }
}

/** The first look never waits: it tells whether there is a service, and what there is to tell. */
function waitFor<T>(
  { states }: WaiterRule,
  { state, resource, error, looksOnly }: Sighting<T>,
  waitMs: number,
): Record<string, string> | undefined {
  const seconds = Math.floor(waitMs / 1_000);
  const isFirst = resource === undefined && error === undefined;
  if (!states || isFirst || looksOnly || seconds < 1) return undefined;
  return { wait: `${seconds}s`, wait_for: states.filter((other) => other !== state).join(',') };
}

/** A service that does not know how, or not these states, or that has no place for it now. */
function isAboutWaiting(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 400 || error.code === 'too_many_open';
}

function isPassing(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof TimeoutError) return true;
  return error instanceof ApiError && (error.status === 429 || error.status >= 500);
}

function memberOf(resource: unknown, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], resource);
}

/** What is waited for, as the messages name it. */
interface Subject {
  path: string;
  wanted: string;
}

function subjectOf({ path, success }: WaiterRule, params: readonly string[]): Subject {
  return { path: fillPath(path, params), wanted: `waited for ${success.join(' or ')}` };
}

/** The reason is wherever the resource keeps one. */
function failed<T>({ path, wanted }: Subject, state: unknown, resource: T): WaiterFailedError<T> {
  const reason = ['message', 'decision_reason', 'problem', 'reason']
    .map((field) => memberOf(resource, field))
    .find((text): text is string => typeof text === 'string' && text !== '');
  const because = reason === undefined ? '' : `: ${reason}`;
  return new WaiterFailedError(
    `${path} is ${String(state)} (${wanted})${because}`,
    state,
    resource,
  );
}

function timedOut<T>(
  { path, wanted }: Subject,
  timeoutMs: number,
  { state, resource, error }: Sighting<T>,
): WaiterTimeoutError<T> {
  const seen = resource === undefined ? 'was not seen' : `is ${String(state)}`;
  const message = `${path} ${seen} after ${timeoutMs} ms (${wanted}). Waiting again is safe.`;
  return new WaiterTimeoutError(message, state, resource, error);
}
