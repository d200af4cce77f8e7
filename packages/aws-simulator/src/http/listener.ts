// The HTTP server: bytes in, bytes out, on 127.0.0.1 only. It knows nothing of AWS but the header
// that carries the time, by which clients correct their clocks.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireRequest } from '../protocols/wire.ts';
import { deliver } from './delivery.ts';
import type { Answer } from './pipeline.ts';

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

export interface ListenerOptions {
  /** 0 for a free one. */
  readonly port: number;
  answer(request: WireRequest): Answer | Promise<Answer>;
  /** The time clients sign by, for the `Date` header. */
  now(): Date;
}

/** Larger than any request of the simulated services. */
const LARGEST_BODY = 4 * 1024 * 1024;

/** @throws Error when the port cannot be had. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const server = createServer((incoming, outgoing) => {
    void serve(options, incoming, outgoing).catch((error: unknown) => {
      breakOff(outgoing, error);
    });
  });
  // A client may keep a connection for the whole of a long test.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve());
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function serve(
  options: ListenerOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await bodyOf(incoming);
  const response: Answer = body
    ? await options.answer({ ...wireRequest(incoming, body), gone: goneWith(outgoing) })
    : { status: 413, headers: { connection: 'close' }, body: 'The request body is too large.' };
  outgoing.sendDate = false;
  // Nothing is sent before the body is: a client that waits in vain has not even seen a status.
  outgoing.writeHead(response.status, {
    ...response.headers,
    date: options.now().toUTCString(),
    'content-length': Buffer.byteLength(response.body),
  });
  const content = incoming.method === 'HEAD' ? '' : response.body;
  await deliver(outgoing, content, response.delivery ?? {});
}

/** An answer that cannot be written, such as one with a line break in a header. */
function breakOff(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(500, { 'content-type': 'text/plain' });
  outgoing.end(`The simulator could not answer: ${String(error)}\n`);
}

function goneWith(outgoing: ServerResponse): AbortSignal {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  return gone.signal;
}

/** The body, or undefined when it is too large or the client went away. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LARGEST_BODY) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function wireRequest(incoming: IncomingMessage, body: Buffer): WireRequest {
  const url = incoming.url ?? '/';
  const at = url.indexOf('?');
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.push([incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '']);
  }
  return {
    method: incoming.method ?? 'GET',
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? '' : url.slice(at + 1),
    headers,
    body,
  };
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
