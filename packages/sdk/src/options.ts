// What can be set, for a client and for one call, and the checks before anything is sent.
import { type Clock, systemClock } from './clock.ts';
import { SallyportError } from './errors.ts';

export interface ClientOptions {
  /** Where the service is, for example `https://connect.vendor.example`. A path prefix is kept. */
  baseUrl: string;
  /**
   * The API key, or a function that is asked before each attempt (for short-lived keys). It is sent
   * to the origin of `baseUrl` only. Without it only invites can be redeemed.
   */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /** The time a call may take with all its attempts and pauses; 60 000 ms. */
  timeoutMs?: number | undefined;
  /** How often a failed attempt is made again; 2. */
  maxRetries?: number | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  /** Wraps each attempt, the first one outermost. The API key is added after the last one. */
  middleware?: readonly Middleware[] | undefined;
  /** Told about attempts, retries and answers. Never gets a body, a key or an authorization. */
  logger?: Logger | undefined;
  /** Your application, for the `User-Agent`. */
  appInfo?: { name: string; version?: string | undefined } | undefined;
  /** For tests: the passage of time. */
  clock?: Clock | undefined;
  /** For tests: numbers from 0 to 1, for jitter. */
  random?: (() => number) | undefined;
  /** For tests: makes the `Idempotency-Key` of a POST that brings none. */
  newIdempotencyKey?: (() => string) | undefined;
}

/** How to make one call. Names in camelCase are the SDK's; the API's query is in snake_case. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
  /** For a POST: the same key has the same effect once. Made for you when left out. */
  idempotencyKey?: string | undefined;
  /** Change only if the resource still has this entity tag. */
  ifMatch?: string | undefined;
  /** Read only if the entity tag is another one by now; else it is a NotModifiedError. */
  ifNoneMatch?: string | undefined;
  headers?: Record<string, string> | undefined;
}

/** One attempt, as middleware sees it: without the API key. */
export interface AttemptRequest {
  method: string;
  url: string;
  headers: Headers;
  body: string | Uint8Array<ArrayBuffer> | undefined;
  signal: AbortSignal;
  /** 1 for the first attempt. */
  attempt: number;
}

/** May change the request, answer it, or throw. Only a ConnectionError thrown here is retried. */
export type Middleware = (
  request: AttemptRequest,
  next: (request: AttemptRequest) => Promise<Response>,
) => Promise<Response>;

/** `console` fits, and so does pino behind a line of code. */
export interface Logger {
  debug?(message: string, fields: LogFields): void;
  warn?(message: string, fields: LogFields): void;
}

export type LogFields = Record<string, string | number | undefined>;

/** Options after the checks, with every default filled in. */
export interface Settings {
  baseUrl: URL;
  apiKey(): Promise<string | undefined>;
  timeoutMs: number;
  maxRetries: number;
  fetch: typeof globalThis.fetch;
  middleware: readonly Middleware[];
  logger: Logger;
  appInfo: ClientOptions['appInfo'];
  clock: Clock;
  random(): number;
  newIdempotencyKey(): string;
}

/**
 * Checks the options of a client and fills in the defaults.
 * @throws SallyportError that says which option is wrong
 */
export function settingsFrom(options: ClientOptions): Settings {
  const { apiKey, timeoutMs = 60_000, maxRetries = 2 } = options;
  if (typeof apiKey === 'string') checkedKey(apiKey);
  checkedLimits({ timeoutMs, maxRetries });
  return {
    baseUrl: checkedBaseUrl(options.baseUrl),
    apiKey: async () => {
      const key = typeof apiKey === 'function' ? await apiKey() : apiKey;
      return key === undefined ? undefined : checkedKey(key);
    },
    timeoutMs,
    maxRetries,
    // Never called as a method: browsers refuse their `fetch` when `this` is another object.
    fetch: (...args) => (options.fetch ?? globalThis.fetch)(...args),
    middleware: options.middleware ?? [],
    logger: options.logger ?? {},
    appInfo: options.appInfo,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    newIdempotencyKey: options.newIdempotencyKey ?? randomKey,
  };
}

/** @throws SallyportError */
export function checkedLimits(limits: Pick<CallOptions, 'timeoutMs' | 'maxRetries'>): void {
  const { timeoutMs = 1, maxRetries = 0 } = limits;
  if (!(timeoutMs > 0)) throw new SallyportError('timeoutMs must be more than 0 milliseconds.');
  if (!(maxRetries >= 0)) throw new SallyportError('maxRetries must be 0 or more.');
}

/**
 * A header with a line break or a blank is refused by `fetch` in words that quote the key; this
 * refusal does not.
 */
function checkedKey(key: string): string {
  if (typeof key === 'string' && /^[!-~]+$/.test(key)) return key;
  throw new SallyportError(
    'apiKey is empty or has characters that no key has (a blank, a line break?).',
  );
}

function checkedBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !(url.username || url.search || url.hash)) {
    url.pathname = url.pathname.replace(/\/*$/, '/');
    return url;
  }
  throw new SallyportError(
    'baseUrl must be an http(s) address without user, query or fragment, ' +
      'for example https://connect.vendor.example.',
  );
}

/** Not `randomUUID`, which browsers have only on https pages. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
