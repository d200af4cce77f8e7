// Builds a request from an operation's path and the caller's arguments. Pure: nothing is sent here.
import { SallyportError } from './errors.ts';
import { type CallOptions, checkedLimits } from './options.ts';
import { VERSION } from './version.ts';

/** An operation with its arguments, before it becomes a URL, headers and bytes. */
export interface RequestPlan {
  method: string;
  /** With `{placeholders}`, and starting with `/`. */
  path: string;
  /** The placeholders' values, in order. */
  params?: readonly string[] | undefined;
  /** Lists give a parameter several times; absent values are left out. */
  query?: Record<string, unknown> | undefined;
  /** Members that are no call options go into the query, too. */
  options?: (CallOptions & object) | undefined;
  /** Becomes JSON, unless it is text or bytes with a content type of its own. */
  body?: unknown;
}

export interface PreparedRequest {
  method: string;
  url: URL;
  headers: Headers;
  body: string | Uint8Array<ArrayBuffer> | undefined;
  limits: Pick<CallOptions, 'signal' | 'timeoutMs' | 'maxRetries'>;
  idempotencyKey: string | undefined;
}

/** What a request needs of the client's settings. */
export interface RequestContext {
  baseUrl: URL;
  appInfo: { name: string; version?: string | undefined } | undefined;
  newIdempotencyKey(): string;
}

/** @throws SallyportError when an argument cannot be sent */
export function prepareRequest(context: RequestContext, plan: RequestPlan): PreparedRequest {
  const {
    signal,
    timeoutMs,
    maxRetries,
    idempotencyKey,
    ifMatch,
    ifNoneMatch,
    headers,
    ...others
  } = plan.options ?? {};
  checkedLimits({ timeoutMs, maxRetries });
  const url = urlOf(context.baseUrl, fillPath(plan.path, plan.params ?? []));
  const query = { ...plan.query, ...others };
  for (const [name, value] of Object.entries(query)) appendQuery(url, name, value);
  const key = idempotencyKey ?? (plan.method === 'POST' ? context.newIdempotencyKey() : undefined);
  const all = new Headers({ accept: 'application/json' });
  setHeader(all, 'user-agent', userAgent(context.appInfo));
  setHeader(all, 'idempotency-key', key);
  setHeader(all, 'if-match', ifMatch);
  setHeader(all, 'if-none-match', ifNoneMatch);
  for (const [name, value] of Object.entries(headers ?? {})) setHeader(all, name, value);
  return {
    method: plan.method,
    url,
    headers: all,
    body: bodyOf(plan, all),
    limits: { signal, timeoutMs, maxRetries },
    idempotencyKey: key,
  };
}

/** @throws SallyportError for a value that would lead to another path */
export function fillPath(path: string, params: readonly string[]): string {
  let next = 0;
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => pathSegment(name, params[next++]));
}

/** An empty id would name the collection, and dots another path: `delete('')`, `get('..')`. */
function pathSegment(name: string, value: unknown): string {
  if (typeof value === 'string' && !/^\.{0,2}$/.test(value)) return encodeURIComponent(value);
  throw new SallyportError(`${name} must be a text that is not empty, "." or "..".`);
}

function urlOf(baseUrl: URL, path: string): URL {
  const url = path.startsWith('/') && new URL(baseUrl.href.slice(0, -1) + path);
  if (url && url.origin === baseUrl.origin && url.pathname.startsWith(baseUrl.pathname)) return url;
  throw new SallyportError('path must start with "/" and stay below baseUrl.');
}

function appendQuery(url: URL, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  for (const item of Array.isArray(value) ? value : [value]) {
    url.searchParams.append(name, item instanceof Date ? item.toISOString() : String(item));
  }
}

function setHeader(headers: Headers, name: string, value: string | undefined): void {
  if (value === undefined) return;
  try {
    headers.set(name, value);
  } catch {
    // The platform's message quotes the value, which may be a secret.
    throw new SallyportError(`The header ${name} has a name or value that cannot be sent.`);
  }
}

function bodyOf({ method, body }: RequestPlan, headers: Headers): PreparedRequest['body'] {
  if (body === undefined) return undefined;
  // `fetch` would refuse it in a way that looks like a broken connection.
  if (method === 'GET') throw new SallyportError('A GET takes no body; use the query.');
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  if (raw && headers.has('content-type')) return body as PreparedRequest['body'];
  headers.set('content-type', 'application/json');
  return JSON.stringify(body);
}

/** What this package is not sure to find: it runs in more than one. */
interface Runtime {
  navigator?: { userAgent?: string };
  process?: { version: string };
}

/** Browsers have their own, and some ask the service for permission before sending another. */
function userAgent(appInfo: RequestContext['appInfo']): string | undefined {
  const { navigator, process } = globalThis as Runtime;
  // Node 20 has no navigator.
  const runtime = navigator?.userAgent ?? (process && `Node.js/${process.version}`);
  if (runtime?.includes('Mozilla')) return undefined;
  const app = appInfo && [appInfo.name, appInfo.version].filter(Boolean).join('/');
  return [`sallyport-sdk/${VERSION}`, runtime, app]
    .filter((part) => part !== undefined)
    .join(' ')
    .replace(/[^ -~]/g, '_');
}
