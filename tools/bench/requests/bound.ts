// What the service is compared with: bare Fastify and bare `pg`, together and each alone, in a
// process of their own that has the core of the service while it is measured.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Cores, pin } from './cores.ts';

/** One statement, again and again, prepared, on as many connections as the service has. */
export interface RawQuery {
  connectionString: string;
  text: string;
  /** `#` in a value becomes a number that no other execution has. */
  values: string[];
  connections: number;
  ms: number;
}

/** One GET of a customer, as anybody would write it who needs nothing but that. */
export interface RawGet {
  connectionString: string;
  /** Takes the hash of a key and the name of the customer; columns of the key begin with `key_`. */
  text: string;
  /** The most connections to the database. */
  connections: number;
}

export type Task = { answer: string } | { get: RawGet } | { query: RawQuery };
export type Told = { url: string } | Queried;

export interface Queried {
  requests: number;
  perSecond: number;
  /** Milliseconds. */
  p99: number;
}

export interface Bound {
  pid: number;
  /** Answers every GET with this text, as JSON. @returns where */
  answer(body: string): Promise<string>;
  /** Answers with what is read for each request, to who has a key. @returns where */
  get(get: RawGet): Promise<string>;
  query(query: RawQuery): Promise<Queried>;
  close(): void;
}

const script = fileURLToPath(new URL('bound-process.ts', import.meta.url));

export function startBound(cores: Cores | null): Bound {
  const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  pin(child.pid!, cores?.measured);
  const ended = once(child, 'exit');
  const ask = async (task: Task): Promise<Told> => {
    child.send(task);
    const answer = await Promise.race([once(child, 'message'), ended]);
    const [told] = answer as [unknown];
    if (typeof told === 'object' && told !== null) return told as Told;
    throw new Error(`The process of the bounds ended with ${String(told)}.`);
  };
  return {
    pid: child.pid!,
    answer: async (answer) => ((await ask({ answer })) as { url: string }).url,
    get: async (get) => ((await ask({ get })) as { url: string }).url,
    query: async (query) => (await ask({ query })) as Queried,
    close: () => child.disconnect(),
  };
}
