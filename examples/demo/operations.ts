// Vendor ops by plain REST: what anybody can do with an HTTP client and an operator key.

import { createHash } from 'node:crypto';
import type { Problem } from '@sallyport/sdk';

export interface Ops {
  get<Body>(path: string): Promise<Body>;
  /** Sent again until it is answered; the idempotency key makes that safe. */
  send<Body>(method: string, path: string, body?: object): Promise<Body>;
  /** Reads the path until the condition holds. @throws Error after a minute */
  until<Body>(path: string, holds: (body: Body) => boolean): Promise<Body>;
}

/** The part of a list's answer that the story reads. */
export interface Items<Item> {
  items: Item[];
}

const patienceMs = 60_000;
const pauseMs = 200;

/** @param run names this playing of the story: the same change in it is made only once */
export function createOps(baseUrl: string, key: () => Promise<string>, run: string): Ops {
  const request = <Body>(method: string, path: string, body?: object) =>
    untilAnswered<Body>(`${method} ${path}`, async () => {
      const headers: Record<string, string> = { authorization: `Bearer ${await key()}` };
      if (method === 'POST') headers['idempotency-key'] = idempotencyKey(run, path, body);
      if (body) headers['content-type'] = 'application/json';
      const payload = body ? { body: JSON.stringify(body) } : {};
      return fetch(`${baseUrl}${path}`, { method, headers, ...payload });
    });
  return {
    get: (path) => request('GET', path),
    send: request,
    until: async <Body>(path: string, holds: (body: Body) => boolean) => {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const body = await request<Body>('GET', path);
        if (holds(body)) return body;
        if (Date.now() > deadline) throw new Error(`${path} is still ${JSON.stringify(body)}`);
        await pause();
      }
    },
  };
}

async function untilAnswered<Body>(what: string, attempt: () => Promise<Response>): Promise<Body> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const response = await attempt().catch(() => null);
    if (response && response.status !== 503) return read<Body>(response, what);
    if (Date.now() > deadline) throw new Error(`${what}: no answer in a minute`);
    await pause();
  }
}

async function read<Body>(response: Response, what: string): Promise<Body> {
  const text = await response.text();
  const body: unknown = text ? JSON.parse(text) : null;
  if (response.ok) return body as Body;
  const { code, detail } = body as Problem;
  throw new Error(`${what}: ${response.status} ${code}: ${detail}`);
}

function idempotencyKey(run: string, path: string, body: object | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([run, path, body]))
    .digest('hex');
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}
