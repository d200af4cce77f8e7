// Sends requests: attempts, pauses, the key, and what becomes of the answer. Knows no operation.
import { type Answer, ApiPromise } from './answer.ts';
import { untilAborted } from './abort.ts';
import { type Deadline, openDeadline } from './deadline.ts';
import { type CallContext, ConnectionError, SallyportError } from './errors.ts';
import {
  type AttemptRequest,
  type ClientOptions,
  type LogFields,
  type Settings,
  settingsFrom,
} from './options.ts';
import { errorFrom } from './problem.ts';
import { type PreparedRequest, prepareRequest, type RequestPlan } from './request.ts';
import { pauseBeforeRetry } from './retry.ts';

/**
 * What the resources are built on. With a resource class it makes a client of one resource only:
 * `new Connections(new Transport({ baseUrl, apiKey }))`, and a bundler leaves the rest out.
 */
export class Transport {
  readonly #settings: Settings;

  /** @throws SallyportError when an option is wrong */
  constructor(options: ClientOptions) {
    this.#settings = settingsFrom(options);
  }

  /** The only place the API key goes to, for example `https://connect.vendor.example`. */
  get origin(): string {
    return this.#settings.baseUrl.origin;
  }

  /** For waiters, which share the time and the chance of their client. */
  get settings(): Pick<Settings, 'clock' | 'random' | 'timeoutMs'> {
    const settings = this.#settings;
    const { clock, timeoutMs } = settings;
    return { clock, timeoutMs, random: () => settings.random() };
  }

  /** Makes a call. Everything that goes wrong rejects, also a wrong argument. */
  send<T>(plan: RequestPlan): ApiPromise<T> {
    const answer = this.#call<T>(plan);
    return new ApiPromise(() => answer);
  }

  async #call<T>(plan: RequestPlan): Promise<Answer<T>> {
    const { clock, ...settings } = this.#settings;
    const request = prepareRequest(settings, plan);
    const { method, idempotencyKey, limits } = request;
    const call = { method, path: request.url.pathname, idempotencyKey, attempts: 0 };
    const { timeoutMs = settings.timeoutMs, signal } = limits;
    const deadline = openDeadline(clock, call, { timeoutMs, signal });
    try {
      return await this.#attempts<T>(request, call, deadline);
    } finally {
      deadline.close();
    }
  }

  async #attempts<T>(
    request: PreparedRequest,
    call: CallContext,
    deadline: Deadline,
  ): Promise<Answer<T>> {
    const settings = this.#settings;
    const retries = request.limits.maxRetries ?? settings.maxRetries;
    for (;;) {
      try {
        return await untilAborted(deadline.signal, () => this.#attempt<T>(request, call, deadline));
      } catch (error) {
        if (deadline.signal.aborted) throw deadline.signal.reason;
        const pauseMs = pauseBeforeRetry({
          error,
          attempt: call.attempts,
          idempotent: request.method !== 'PATCH' || request.idempotencyKey !== undefined,
          random: settings.random(),
        });
        // A pause that outlasts the deadline could only turn this error into a vaguer one.
        const inVain = pauseMs === undefined || pauseMs >= deadline.remainingMs();
        if (inVain || call.attempts > retries) throw error;
        this.#log('warn', 'retry', request, call, { pauseMs, reason: (error as Error).message });
        await settings.clock.sleep(pauseMs, deadline.signal);
      }
    }
  }

  async #attempt<T>(
    request: PreparedRequest,
    call: CallContext,
    deadline: Deadline,
  ): Promise<Answer<T>> {
    const { clock, middleware } = this.#settings;
    call.attempts += 1;
    const startedAt = clock.now();
    this.#log('debug', 'request', request, call, {});
    const inner = (wrapped: AttemptRequest) => this.#dispatch(wrapped, call);
    const send = middleware.reduceRight<typeof inner>(
      (next, layer) => (wrapped) => layer(wrapped, next),
      inner,
    );
    const response = await send({
      method: request.method,
      url: request.url.href,
      headers: new Headers(request.headers),
      body: request.body,
      signal: deadline.signal,
      attempt: call.attempts,
    });
    const text = await connected(call, this.origin, () => response.text());
    const requestId = response.headers.get('x-request-id') ?? undefined;
    const ms = clock.now() - startedAt;
    this.#log('debug', 'response', request, call, { status: response.status, requestId, ms });
    if (!response.ok) throw errorFrom(call, response, text, clock.now());
    const { attempts, idempotencyKey } = call;
    const data = dataFrom(call, request, response, text) as T;
    return { data, response, requestId, attempts, idempotencyKey };
  }

  /** Behind all middleware, so that none of them sees the key or can carry it to another origin. */
  async #dispatch(request: AttemptRequest, call: CallContext): Promise<Response> {
    const { url, method, headers, body, signal } = request;
    const { origin } = new URL(url);
    const key = origin === this.origin ? await this.#settings.apiKey() : undefined;
    const sent = new Headers(headers);
    if (key !== undefined) sent.set('authorization', `Bearer ${key}`);
    const init = { method, headers: sent, body: body ?? null, signal, redirect: 'manual' } as const;
    return connected(call, origin, () => this.#settings.fetch(url, init));
  }

  /** A logger that throws does not break the call. Neither query nor bodies are logged. */
  #log(
    level: 'debug' | 'warn',
    what: string,
    { method, url, idempotencyKey }: PreparedRequest,
    { attempts }: CallContext,
    fields: LogFields,
  ): void {
    const { logger } = this.#settings;
    const where = { method, url: url.origin + url.pathname, attempt: attempts, idempotencyKey };
    try {
      logger[level]?.(`sallyport ${what}`, { ...where, ...fields });
    } catch {
      // Logging is not what the caller asked for.
    }
  }
}

/** Whatever `fetch` throws while the call is still wanted means: no answer. */
async function connected<T>(call: CallContext, origin: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
    const reason = cause?.code ?? cause?.message ?? message;
    throw new ConnectionError(
      `${call.method} ${call.path}: no answer from ${origin} (${reason}).`,
      call,
      error,
    );
  }
}

function dataFrom(
  call: CallContext,
  request: PreparedRequest,
  response: Response,
  text: string,
): unknown {
  const type = response.headers.get('content-type') ?? '';
  if (text === '') return undefined;
  if (!/[/+]json\b/.test(type) && !/[/+]json\b/.test(request.headers.get('accept') ?? '')) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new SallyportError(
      `${call.method} ${call.path} answered ${response.status} with ${type || 'a body'} that is ` +
        'not JSON. Does baseUrl lead to the API?',
      call,
    );
  }
}
