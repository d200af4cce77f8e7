// What a sample of a change is: a request, and what becomes of it when it is sent once more.

import type { World } from './world.ts';

export interface Sending {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  body?: object;
  headers?: Record<string, string>;
  /** It asks with a body, and changes nothing. */
  asks?: true;
}

/** What comes of a change that is sent once more, without an idempotency key. */
export type Again =
  /** It succeeds and changes nothing. */
  | 'nothing'
  /** It is another change. */
  | 'another'
  /** It is refused with this code. */
  | `refused ${string}`;

export interface ChangeSample {
  again: Again;
  /** What the audit log calls it, where it is not the operation's id. */
  action?: string;
  make: (world: World) => Promise<Sending>;
}
