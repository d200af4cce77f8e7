// What the service is compared with: bare Fastify and bare `pg`, in a process of their own that has
// the core of the service while it is measured.

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

export type Task = { serve: string } | { query: RawQuery };
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
  serve(body: string): Promise<string>;
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
    serve: async (serve) => ((await ask({ serve })) as { url: string }).url,
    query: async (query) => (await ask({ query })) as Queried,
    close: () => child.disconnect(),
  };
}
