// The feed of events as it comes (Server-Sent Events, HTML Living Standard 9.2), across breaks: a
// stream that ends, or falls silent, is opened again behind the last event that came.

import {
  ApiError,
  ConnectionError,
  type Event,
  type Middleware,
  TimeoutError,
} from '@sallyport/sdk';
import type { Context } from '../runtime.ts';

/** The service shows every 15 seconds that it is there; three times without it, it is not. */
const SILENCE_MS = 45_000;
const PAUSE_MIN_MS = 1_000;
const PAUSE_MAX_MS = 30_000;

export interface Following {
  /** As the query of `GET /v1/events`; without `after` it begins with what comes next. */
  query: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  /** Told when a stream is open, the first time and each time again. */
  onOpen?: () => void;
}

/** Ends when `signal` aborts. @throws ApiError for what coming again does not mend */
export async function* followEvents(
  context: Context,
  { query, signal, onOpen }: Following,
): AsyncGenerator<Event> {
  let last: string | undefined;
  let openedAt: string | undefined;
  for (let failures = 0; !signal.aborted; ) {
    try {
      if (last === undefined && openedAt !== undefined) {
        for await (const event of missed(context, { ...query, since: openedAt }, signal)) {
          last = event.id;
          yield event;
        }
      }
      const { body, at } = await openStream(context, { query, last, signal });
      openedAt ??= at;
      onOpen?.();
      for await (const event of eventsIn(body, signal)) {
        failures = 0;
        last = event.id;
        yield event;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!isPassing(error)) throw error;
      context.say(`* ${(error as Error).message} Trying again.`);
    }
    failures += 1;
    await pause(Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** (failures - 1)), signal);
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 429 || error.status >= 500;
  return error instanceof ConnectionError || error instanceof TimeoutError || isBroken(error);
}

/** What a body says that breaks off. */
function isBroken(error: unknown): boolean {
  return error instanceof TypeError;
}

/** What came about before the first event came: a stream that names none begins with the next. */
async function* missed(
  context: Context,
  query: Following['query'],
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const client = await context.client();
  if (query.after !== undefined) return;
  yield* client.events.list({ ...(query as object), signal });
}

interface Opening extends Pick<Following, 'query' | 'signal'> {
  /** The last event that came. */
  last: string | undefined;
}

/** The SDK reads answers whole; it is given an empty one, and this one is read here. */
async function openStream(
  context: Context,
  { query, last, signal }: Opening,
): Promise<{ body: ReadableStream<Uint8Array>; at: string }> {
  let body: ReadableStream<Uint8Array> | null = null;
  let at = context.now();
  const middleware: Middleware = async (request, next) => {
    const response = await next(request);
    if (!response.ok) return response;
    body = response.body;
    // The clock that counts is the service's.
    at = Date.parse(response.headers.get('date') ?? '') || at;
    return new Response(null, { status: 204, headers: response.headers });
  };
  const client = await context.client({ middleware });
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (last !== undefined) headers['last-event-id'] = last;
  const options = { ...query, headers, signal };
  await client.request({ method: 'GET', path: '/v1/events', options });
  const none = new ReadableStream<Uint8Array>({ start: (stream) => stream.close() });
  return { body: body ?? none, at: new Date(at).toISOString() };
}

async function* eventsIn(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const silence = setTimeout(stop, SILENCE_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const messages = text.split(/\r?\n\r?\n/);
      text = messages.pop()!;
      for (const message of messages) {
        const event = eventOf(message);
        if (event) yield event;
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** Undefined for a heartbeat, and for the line that says when to come again. */
function eventOf(message: string): Event | undefined {
  const data = message
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart());
  return data.length > 0 ? (JSON.parse(data.join('\n')) as Event) : undefined;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, ms);
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
