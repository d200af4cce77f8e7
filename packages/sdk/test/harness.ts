// A service on loopback that answers by script, and a clock that never waits.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Clock, type ClientOptions, Sallyport } from '../src/index.ts';

export const API_KEY = 'sp_canary_5f0c1d2e3a4b';

/** A request as it reached the service. */
export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  text?: string;
  /** `hang` never answers, `reset` cuts the connection, `half` cuts it within the body. */
  fault?: 'hang' | 'reset' | 'half';
}

export interface FakeService {
  origin: string;
  seen: Seen[];
  /** Replies in this order; the last one stays. A function is asked for each request. */
  reply(...replies: Reply[]): void;
  replyWith(reply: (request: Seen) => Reply): void;
}

export async function startService(): Promise<FakeService> {
  const seen: Seen[] = [];
  let next: (request: Seen) => Reply = () => ({ json: {} });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const entry = await record(request);
    seen.push(entry);
    answer(response, next(entry));
  };
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    reply: (...replies) => {
      next = () => (replies.length > 1 ? replies.shift()! : replies[0]!);
    },
    replyWith: (reply) => {
      next = reply;
    },
  };
}

/** A problem document as the service writes it. */
export function problem(status: number, code: string, more: object = {}): Reply {
  const json = {
    type: `https://docs.example/errors#${code}`,
    title: 'No',
    status,
    detail: 'It cannot be.',
    instance: '/v1/x',
    code,
    request_id: 'req_1',
    remediation: { actor: 'vendor', action: 'Do something.', command: 'sallyport do it' },
    ...more,
  };
  return { status, json, headers: { 'content-type': 'application/problem+json' } };
}

export interface FakeClock extends Clock {
  /** The pauses asked for, in milliseconds. */
  sleeps: number[];
  /** Lets time pass, and fires what is due. */
  advance(ms: number): void;
  /** With this on, a pause lasts until its signal aborts. */
  hold: boolean;
}

/** Time passes only by sleeping, which returns at once, and by `advance`. */
export function fakeClock(startMs = Date.parse('2027-01-31T12:00:00Z')): FakeClock {
  let now = startMs;
  const timers = new Set<{ due: number; callback: () => void }>();
  const clock: FakeClock = {
    sleeps: [],
    hold: false,
    now: () => now,
    advance: (ms) => {
      now += ms;
      for (const timer of timers) {
        if (timer.due > now) continue;
        timers.delete(timer);
        timer.callback();
      }
    },
    after: (ms, callback) => {
      const timer = { due: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        clock.sleeps.push(ms);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        if (clock.hold) return;
        clock.advance(ms);
        if (!signal.aborted) resolve();
      }),
  };
  return clock;
}

/** A client of the service with a key, a fake clock, and no jitter unless asked for. */
export function clientOf(service: FakeService, options: Partial<ClientOptions> = {}): Sallyport {
  return new Sallyport({
    baseUrl: service.origin,
    apiKey: API_KEY,
    clock: fakeClock(),
    random: () => 0.5,
    ...options,
  });
}

/** The error a promise rejects with; fails when it does not. */
export async function errorOf(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It was expected to fail, and did not.');
}

async function record(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url!, 'http://service.example');
  return {
    method: request.method!,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

function answer(response: ServerResponse, reply: Reply): void {
  const { status = 200, headers = {}, json, text, fault } = reply;
  if (fault === 'hang') return;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === 'half') {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"half":', () => response.socket?.destroy());
    return;
  }
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { 'x-request-id': 'req_1', ...type, ...headers });
  response.end(json === undefined ? text : JSON.stringify(json));
}
