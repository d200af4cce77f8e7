// Requests that wait for something to change. However many wait, one poller of the process looks
// for all of them, with one query for each kind of thing; it rests while nobody waits.

import { standings } from '../domain/account.ts';
import { connectionStates } from '../domain/connection.ts';
import { operationStates } from '../domain/operation.ts';
import { privateDnsStates } from '../domain/private-dns-status.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { versionsOf, type Watched } from '../storage/row-versions.ts';
import type { Caller } from './context.ts';
import { createPlaces, waitPlaces, type PlaceLimits } from './places.ts';

export interface Waits {
  /**
   * Null when the service is stopping: who asks then gets its answer at once.
   * @throws Refusal `too_many_open`, `unavailable` when too many wait already
   */
  watch(caller: Caller, subject: WatchedSubject, forMs: number): Watch | null;
  /** Ends every wait, now and from now on. */
  stop(): void;
}

export interface WatchedSubject {
  watched: Watched;
  /** An id, or the natural key. */
  key: string;
}

export interface Watch {
  /** Resolves when it may have changed since the last call, or when the wait is over. */
  changed(): Promise<void>;
  isOver(): boolean;
  end(): void;
}

export interface WaitsOptions {
  db: Queryable;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  pause: (ms: number, signal: AbortSignal) => Promise<unknown>;
  limits?: PlaceLimits;
}

/** The states that each may come into, and so may be waited for. */
export const watchedStates: Record<Watched, readonly string[]> = {
  accounts: standings,
  connections: connectionStates,
  operations: operationStates,
  'private-dns': privateDnsStates,
};

/** How soon a change is seen. */
const pollMs = 250;

export function createWaits({ db, pause, limits = waitPlaces }: WaitsOptions): Waits {
  const places = createPlaces('reads that wait', limits);
  const waiting = new Set<Waiting>();
  const stopping = new AbortController();
  let isPolling = false;

  async function poll(): Promise<void> {
    isPolling = true;
    while (waiting.size > 0) {
      await pause(pollMs, stopping.signal).catch(() => {});
      // A database that does not answer is for the requests to find out, which can say so.
      await look(db, waiting).catch(() => waiting.forEach((one) => one.wake()));
    }
    isPolling = false;
  }

  return {
    watch(caller, subject, forMs) {
      if (stopping.signal.aborted) return null;
      const giveBack = places.take(caller);
      const one = new Waiting(subject, () => {
        waiting.delete(one);
        giveBack();
      });
      waiting.add(one);
      void pause(forMs, one.ended).then(
        () => one.end(),
        () => {},
      );
      if (!isPolling) void poll();
      return one;
    },
    stop() {
      stopping.abort();
      for (const one of waiting) one.end();
    },
  };
}

/** One that waits. Its first look always wakes it: what it read before may be older than that. */
class Waiting implements Watch {
  readonly watched: Watched;
  readonly key: string;
  version: string | undefined;
  readonly #ending = new AbortController();
  readonly #leave: () => void;
  #isAwake = false;
  #wakeUp: () => void = () => {};

  constructor({ watched, key }: WatchedSubject, leave: () => void) {
    this.watched = watched;
    this.key = key;
    this.#leave = leave;
  }

  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  async changed(): Promise<void> {
    if (!this.#isAwake && !this.isOver()) {
      await new Promise<void>((resolve) => {
        this.#wakeUp = resolve;
      });
    }
    this.#isAwake = false;
  }

  wake(): void {
    this.#isAwake = true;
    this.#wakeUp();
  }

  isOver(): boolean {
    return this.#ending.signal.aborted;
  }

  end(): void {
    this.#leave();
    this.#ending.abort();
    this.wake();
  }
}

async function look(db: Queryable, waiting: ReadonlySet<Waiting>): Promise<void> {
  const groups = Map.groupBy(waiting, ({ watched }) => watched);
  for (const [watched, group] of groups) {
    const keys = [...new Set(group.map(({ key }) => key))];
    const versions = await versionsOf(db, watched, keys);
    for (const one of group) {
      const version = versions.get(one.key) ?? '';
      if (version === one.version) continue;
      one.version = version;
      one.wake();
    }
  }
}
