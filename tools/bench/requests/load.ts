// Loads an address from a process of its own that is on its own core: with autocannon, as much as
// can be, or at an even pace.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pin } from './cores.ts';
import type { Pace, Paced } from './pace.ts';

export interface Load {
  url: string;
  path: string;
  key?: string;
  connections: number;
  ms: number;
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

export type Task = { load: Load } | { pace: Pace };

const script = fileURLToPath(new URL('load-process.ts', import.meta.url));

/** @throws Error when any answer is no 2xx */
export async function applyLoad(load: Load, core: number | undefined): Promise<Loaded> {
  return (await perform({ load }, core)) as Loaded;
}

/** @throws Error when any answer is neither a 2xx nor a 429 */
export async function applyPace(pace: Pace, core: number | undefined): Promise<Paced> {
  return (await perform({ pace }, core)) as Paced;
}

async function perform(task: Task, core: number | undefined): Promise<Loaded | Paced> {
  const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  pin(child.pid!, core);
  child.send(task);
  const [told] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  if (typeof told !== 'object' || told === null) {
    throw new Error(`The load ended with ${String(told)}.`);
  }
  child.disconnect();
  return told as Loaded | Paced;
}
