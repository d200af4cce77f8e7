// GETs at an even pace, whether or not there are answers: an open loop. The time of each counts
// from the moment at which it was due, so that neither an answer that is late nor what holds this
// process up is left out. autocannon cannot: its rates are bursts, one at the start of each second.

import { Agent, get, type IncomingMessage } from 'node:http';
import { setImmediate as soon, setTimeout as pause } from 'node:timers/promises';

export interface Pace {
  url: string;
  /** Taken in turns, and so are the keys. */
  paths: string[];
  keys: string[];
  perSecond: number;
  ms: number;
  /** Open before the first request is due. When all are busy, a request waits for one. */
  connections: number;
  /** Nothing is due in every other window of so many milliseconds: see `isOn`. */
  everyOtherMs?: number;
}

export interface Paced {
  /** When the first one was due, in milliseconds since 1970. */
  startedAt: number;
  /** From when each was due to the end of its answer, in milliseconds, in the order of sending. */
  times: number[];
  /** How many of them were answered 429. */
  refused: number;
}

/** Whether a moment is in a window in which something is due, for all processes alike. */
export function isOn(at: number, windowMs: number): boolean {
  return Math.floor(at / windowMs) % 2 === 1;
}

/** @throws Error when an answer is neither a 2xx nor a 429, or does not come */
export async function sendAtPace(pace: Pace): Promise<Paced> {
  const { connections, perSecond, paths, keys, everyOtherMs } = pace;
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  try {
    // Opens them, and has this process compile what it will do.
    const first = Array.from({ length: connections * 20 }, () => ask(pace, agent, '/livez'));
    await Promise.all(first);
    const waiting: Promise<Answer>[] = [];
    const startedAt = performance.now();
    for (let number = 0; number < (pace.ms * perSecond) / 1_000; number++) {
      const due = startedAt + (number * 1_000) / perSecond;
      if (everyOtherMs && !isOn(performance.timeOrigin + due, everyOtherMs)) continue;
      await until(due);
      const [path, key] = [paths[number % paths.length]!, keys[number % keys.length]!];
      waiting.push(ask(pace, agent, path, key).then((status) => answered(due, status)));
    }
    const answers = await Promise.all(waiting);
    const refused = answers.filter(({ status }) => status === 429).length;
    const times = answers.map(({ took }) => took);
    return { startedAt: performance.timeOrigin + startedAt, times, refused };
  } finally {
    agent.destroy();
  }
}

interface Answer {
  took: number;
  status: number;
}

function answered(due: number, status: number): Answer {
  return { took: performance.now() - due, status };
}

/** Timers are of whole milliseconds, and may be early by a part of one. */
async function until(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) {
    await (left > 1 ? pause(left) : soon());
  }
}

/** @returns the status */
async function ask({ url }: Pace, agent: Agent, path: string, key?: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = { ...(key && { authorization: `Bearer ${key}` }) };
  const request = get(url + path, { agent, headers, timeout: patienceMs }, resolve);
  request.once('timeout', () => request.destroy(new Error(`${path}: no answer`)));
  request.once('error', reject);
  const response = await promise;
  await response.resume().toArray();
  const { statusCode: status = 0 } = response;
  if (status === 429 || Math.floor(status / 100) === 2) return status;
  throw new Error(`${path}: ${status}`);
}

const patienceMs = 10_000;
