// The keys that can sign: every account's root under its own 12 digits, the users' keys and the
// temporary keys of role sessions. Any other key is unknown.

import { type Caller, rootCaller } from './principals.ts';

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  readonly caller: Caller;
  /** Set for temporary keys, which are only valid together with it. */
  readonly sessionToken?: string;
  /** Milliseconds since 1970; set for temporary keys. */
  readonly expiresAt?: number;
}

export interface AccessKeys {
  add(key: AccessKey): void;
  addRoot(account: string, secret: string): void;
  find(id: string): AccessKey | undefined;
}

export function createAccessKeys(): AccessKeys {
  const keys = new Map<string, AccessKey>();
  const add = (key: AccessKey) => {
    if (keys.has(key.id)) throw new Error(`The access key ${key.id} exists already`);
    keys.set(key.id, key);
  };
  return {
    add,
    addRoot: (account, secret) => add({ id: account, secret, caller: rootCaller(account) }),
    find: (id) => keys.get(id),
  };
}
