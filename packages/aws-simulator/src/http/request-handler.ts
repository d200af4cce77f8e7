// A request handler for the AWS SDK that hands requests to a simulation in the same process,
// without a socket. Everything else is as on the wire: the client signs and encodes, the simulation
// verifies and decodes, and faults of the connection end the way they do for a client.

import { buildQueryString, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { WireRequest } from '../protocols/wire.ts';
import type { Answer } from './pipeline.ts';

interface HandlerOptions {
  readonly abortSignal?: AbortSignal | { readonly aborted: boolean };
}

/** What the `requestHandler` option of an SDK client takes. */
export interface InProcessHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: HttpRequest, options?: HandlerOptions): Promise<{ response: HttpResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/** @param now the time of the `Date` header, by which clients correct their clocks. */
export function createRequestHandler(
  answer: (request: WireRequest) => Answer | Promise<Answer>,
  now: () => Date,
): InProcessHandler {
  return {
    metadata: { handlerProtocol: 'in-process' },
    handle: async (request, { abortSignal } = {}) => {
      if (abortSignal?.aborted) throw aborted();
      const gone = abortSignal instanceof AbortSignal ? { gone: abortSignal } : {};
      const answered = await answer({ ...wireRequest(request), ...gone });
      if (abortSignal?.aborted) throw aborted();
      const body = await received(answered, abortSignal);
      const headers = { ...answered.headers, date: now().toUTCString() };
      return { response: new HttpResponse({ statusCode: answered.status, headers, body }) };
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

function wireRequest(request: HttpRequest): WireRequest {
  const { method, path, query, headers } = request;
  const body = request.body as string | Uint8Array | undefined;
  return {
    method,
    path,
    query: buildQueryString(query),
    headers: Object.entries(headers),
    body: bytesOf(body),
  };
}

// By its memory: the SDK's JSON bodies are bytes that complain when they are asked for more.
function bytesOf(body: string | Uint8Array | undefined): Buffer {
  if (body === undefined || typeof body === 'string') return Buffer.from(body ?? '');
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** The bytes as the client gets them; delays of the wire are left out, as nothing travels. */
async function received(
  { body, delivery = {} }: Answer,
  signal: HandlerOptions['abortSignal'],
): Promise<Uint8Array> {
  if (delivery.ending === 'silence') return neverAnswered(signal);
  if (delivery.ending !== undefined) {
    throw Object.assign(new Error('The connection was reset.'), { code: 'ECONNRESET' });
  }
  return new Uint8Array(Buffer.from(body));
}

/** @throws Error AbortError when the client gives up; without a signal it waits for ever. */
async function neverAnswered(signal: HandlerOptions['abortSignal']): Promise<never> {
  return new Promise((_, reject) => {
    if (signal instanceof AbortSignal) {
      signal.addEventListener('abort', () => reject(aborted()), { once: true });
    }
  });
}

function aborted(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
