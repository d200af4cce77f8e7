// A client of the API that sends each change until it is answered, as one does with an idempotency
// key, and keeps account of what it was told.

import { setTimeout as pause } from 'node:timers/promises';

export interface PersistentClient {
  /**
   * Sends a change until it is answered. Each has a request id and, if it is a POST, an idempotency
   * key of its own, the same in every attempt.
   * @throws Error when the answer is a refusal, or none came in time
   */
  change(method: 'POST' | 'PATCH', path: string, body?: object): Promise<Answer>;
  /** Sends a change that was acknowledged once more. */
  repeat(change: Change): Promise<Answer>;
  /** Reads until it is answered. */
  read<Body>(path: string): Promise<Body>;
  /** All pages of a list, as far as items are wanted. */
  list<Item>(path: string, isWanted?: (item: Item) => boolean): Promise<Item[]>;
  /** Every change so far, oldest first. */
  changes: Change[];
}

export interface Change {
  requestId: string;
  method: string;
  path: string;
  body: object | undefined;
  /** Null until it is acknowledged. */
  answer: Answer | null;
  /** How often it was sent. */
  attempts: number;
}

export interface Answer {
  status: number;
  body: { id: string } & Record<string, unknown>;
  replayed: boolean;
}

export interface Endpoint {
  /** Where the service is, at this moment. */
  address: () => string;
  key: () => string;
}

/** As long as a start may take on a machine that has no time for it. */
const patienceMs = 90_000;
const againMs = 40;
/** A process that was killed may leave connections that never say anything. */
const silenceMs = 10_000;

/** @param name begins the ids of its requests */
export function createPersistentClient(endpoint: Endpoint, name: string): PersistentClient {
  const changes: Change[] = [];
  const read = async <Body>(path: string) => {
    const { body } = await untilAnswered(endpoint, { method: 'GET', path });
    return body as Body;
  };
  return {
    changes,
    change: async (method, path, body) => {
      const requestId = `${name}-${changes.length}`;
      const change: Change = { requestId, method, path, body, answer: null, attempts: 0 };
      changes.push(change);
      change.answer = await untilAnswered(endpoint, change);
      return change.answer;
    },
    repeat: (change) => untilAnswered(endpoint, change),
    read,
    list: async <Item>(path: string, isWanted: (item: Item) => boolean = () => true) => {
      const items: Item[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const query: string = `limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
        const page: Page<Item> = await read(`${path}${path.includes('?') ? '&' : '?'}${query}`);
        const wanted = page.items.filter(isWanted);
        items.push(...wanted);
        cursor = wanted.length < page.items.length ? null : page.next_cursor;
      }
      return items;
    },
  };
}

interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

type Request = Pick<Change, 'method' | 'path'> & Partial<Change>;

async function untilAnswered(endpoint: Endpoint, request: Request): Promise<Answer> {
  const deadline = performance.now() + patienceMs;
  let last: unknown;
  while (performance.now() < deadline) {
    if (request.attempts !== undefined) request.attempts += 1;
    try {
      const response = await send(endpoint, request);
      const body = (await response.json()) as Answer['body'];
      const replayed = response.headers.get('idempotent-replayed') === 'true';
      if (response.ok) return { status: response.status, body, replayed };
      last = body;
      if (!passes(response.status, body)) break;
    } catch (error) {
      last = error;
    }
    await pause(againMs);
  }
  const { method, path } = request;
  throw new Error(`${method} ${path}: ${JSON.stringify(last)}`, { cause: last });
}

/** Whether the same request may well succeed in a moment. */
function passes(status: number, body: Record<string, unknown>): boolean {
  return status === 503 || body['code'] === 'idempotency_in_progress';
}

function send({ address, key }: Endpoint, request: Request): Promise<Response> {
  const { method, path, body, requestId } = request;
  return fetch(`${address()}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key()}`,
      ...(requestId && { 'x-request-id': requestId }),
      ...(requestId && method === 'POST' && { 'idempotency-key': requestId }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(silenceMs),
  });
}
