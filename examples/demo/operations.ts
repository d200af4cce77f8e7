// Vendor ops by plain REST: what anybody can do with an HTTP client and an operator key.

import { createHash } from 'node:crypto';

// biome-ignore lint/suspicious/noExplicitAny: the story reads members of answers by their names
export type Resource = any;

export interface Ops {
  get(path: string): Promise<Resource>;
  /** Sent again until it is answered; the idempotency key makes that safe. */
  send(method: string, path: string, body?: object): Promise<Resource>;
  /** Reads the path until the condition holds. @throws Error after a minute */
  until(path: string, holds: (body: Resource) => boolean): Promise<Resource>;
}

const patienceMs = 60_000;
const pauseMs = 200;

/** @param run names this playing of the story: the same change in it is made only once */
export function createOps(baseUrl: string, key: () => Promise<string>, run: string): Ops {
  const request = (method: string, path: string, body?: object) =>
    untilAnswered(`${method} ${path}`, async () => {
      const headers: Record<string, string> = { authorization: `Bearer ${await key()}` };
      if (method === 'POST') headers['idempotency-key'] = idempotencyKey(run, path, body);
      if (body) headers['content-type'] = 'application/json';
      const payload = body ? { body: JSON.stringify(body) } : {};
      return fetch(`${baseUrl}${path}`, { method, headers, ...payload });
    });
  return {
    get: (path) => request('GET', path),
    send: request,
    until: async (path, holds) => {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const body = await request('GET', path);
        if (holds(body)) return body;
        if (Date.now() > deadline) throw new Error(`${path} is still ${JSON.stringify(body)}`);
        await pause();
      }
    },
  };
}

async function untilAnswered(what: string, attempt: () => Promise<Response>): Promise<Resource> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const response = await attempt().catch(() => null);
    if (response && response.status !== 503) return read(response, what);
    if (Date.now() > deadline) throw new Error(`${what}: no answer in a minute`);
    await pause();
  }
}

async function read(response: Response, what: string): Promise<Resource> {
  const text = await response.text();
  const body = text ? JSON.parse(text) : null;
  if (response.ok) return body;
  throw new Error(`${what}: ${response.status} ${body?.code}: ${body?.detail}`);
}

function idempotencyKey(run: string, path: string, body: object | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([run, path, body]))
    .digest('hex');
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}
