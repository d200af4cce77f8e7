// Loads an address with autocannon, in a process of its own that is on its own core.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Cores, pin } from './cores.ts';

export interface Load {
  url: string;
  path: string;
  key?: string;
  connections: number;
  ms: number;
  /** Sent at this pace, whether or not there are answers; as fast as can be without it. */
  perSecond?: number;
  /** What is sent; `#` in it becomes a number that no other request has. A GET without it. */
  body?: string;
}

export interface Loaded {
  requests: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

const script = fileURLToPath(new URL('load-process.ts', import.meta.url));

/** @throws Error when any answer is no 2xx */
export async function applyLoad(load: Load, cores: Cores | null): Promise<Loaded> {
  const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  pin(child.pid!, cores?.load);
  child.send(load);
  const [told] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  child.disconnect();
  if (typeof told === 'object' && told !== null) return told as Loaded;
  throw new Error(`The load on ${load.path} ended with ${String(told)}.`);
}
