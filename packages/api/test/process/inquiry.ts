// Somebody who keeps asking one front, reads and writes by turns, whether or not there are answers,
// and remembers when each came.

import { setTimeout as pause } from 'node:timers/promises';

export interface Inquiry {
  answers: Answer[];
  /** Resolves when a read and a write that begin from now on have both succeeded. */
  untilAnswered(): Promise<void>;
  /** Asks nothing more, and waits for what is under way. */
  end(): Promise<void>;
}

export interface Answer {
  write: boolean;
  requestId: string;
  startedAt: number;
  answeredAt: number;
  /** 0 when the connection broke or there was no answer. */
  status: number;
  retryAfter: string | null;
  body: Record<string, unknown>;
}

export interface Asked {
  address: string;
  key: string;
  name: string;
}

const everyMs = 100;
const underWayMax = 20;
const answerMaxMs = 40_000;

export function inquire(asked: Asked): Inquiry {
  const answers: Answer[] = [];
  const underWay = new Set<Promise<void>>();
  const over = new AbortController();
  let known = '';
  let count = 0;

  async function ask(): Promise<void> {
    const write = count % 2 === 0 || known === '';
    const answer = await send(asked, write ? null : known, count++);
    answers.push(answer);
    if (write && answer.status === 201) known = answer.body['id'] as string;
  }

  async function keepAsking(): Promise<void> {
    while (!over.signal.aborted) {
      if (underWay.size < underWayMax) {
        const asking: Promise<void> = ask().finally(() => underWay.delete(asking));
        underWay.add(asking);
      }
      await pause(everyMs);
    }
    await Promise.all(underWay);
  }

  const asking = keepAsking();
  return {
    answers,
    untilAnswered: async () => {
      const from = performance.now();
      const has = (write: boolean) =>
        answers.some((one) => one.write === write && one.startedAt >= from && one.status < 300);
      const deadline = from + answerMaxMs;
      while (!has(true) || !has(false)) {
        if (performance.now() > deadline) throw new Error(`${asked.name} does not answer.`);
        await pause(10);
      }
    },
    end: async () => {
      over.abort();
      await asking;
    },
  };
}

/** @param read the customer to read; null makes another one */
async function send(
  { address, key, name }: Asked,
  read: string | null,
  count: number,
): Promise<Answer> {
  const requestId = `${name}-${count}`;
  const startedAt = performance.now();
  const headers = { authorization: `Bearer ${key}`, 'x-request-id': requestId };
  const customer = { external_id: requestId, name: requestId };
  const request =
    read === null
      ? {
          method: 'POST',
          headers: {
            ...headers,
            'idempotency-key': requestId,
            'content-type': 'application/json',
          },
          body: JSON.stringify(customer),
        }
      : { headers };
  const path = read === null ? '/v1/customers' : `/v1/customers/${read}`;
  const signal = AbortSignal.timeout(answerMaxMs);
  const answer = { write: read === null, requestId, startedAt };
  try {
    const response = await fetch(`${address}${path}`, { ...request, signal });
    const body = (await response.json()) as Record<string, unknown>;
    const retryAfter = response.headers.get('retry-after');
    const { status } = response;
    return { ...answer, answeredAt: performance.now(), status, retryAfter, body };
  } catch (error) {
    const body = { error: String(error) };
    return { ...answer, answeredAt: performance.now(), status: 0, retryAfter: null, body };
  }
}
