// Keeps the feed of events going: what was told gets its place, and readers that wait are woken.
// One of these serves a whole process, so that a thousand readers ask the database no more than one
// would.

import { setTimeout as pause } from 'node:timers/promises';
import * as events from '../storage/events.ts';
import type { Queryable } from '../storage/postgres/database.ts';

export interface EventFeed {
  /** The place of the newest event that it has seen. */
  position(): number;
  /**
   * Resolves once there may be an event after this place, or when the feed stops or the signal is
   * aborted.
   */
  wait(position: number, signal: AbortSignal): Promise<void>;
  /** Wakes everybody who waits, for the last time. */
  stop(): Promise<void>;
}

export interface EventFeedOptions {
  db: Queryable;
  makeId: () => string;
  onError: (message: string, error: unknown) => void;
  /** How often it looks: what a reader waits for at most. */
  everyMs?: number;
}

const usualEveryMs = 500;
const brokenMs = 2_000;

export function startEventFeed(options: EventFeedOptions): EventFeed {
  const { db, makeId, onError, everyMs = usualEveryMs } = options;
  const stopping = new AbortController();
  const waiting = new Set<() => void>();
  let last = 0;

  const wakeAll = () => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  const look = async (): Promise<number> => {
    while ((await events.publish(db, makeId)) > 0) if (stopping.signal.aborted) break;
    const position = await events.lastPosition(db);
    if (position > last) wakeAll();
    last = position;
    return everyMs;
  };
  const keepLooking = async () => {
    while (!stopping.signal.aborted) {
      const restMs = await look().catch((error: unknown) => {
        onError('events did not get their places', error);
        return brokenMs;
      });
      await pause(restMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
    wakeAll();
  };
  const ended = keepLooking();

  return {
    position: () => last,
    wait: async (position, signal) => {
      if (position < last || signal.aborted || stopping.signal.aborted) return;
      await new Promise<void>((resolve) => {
        const wake = () => {
          signal.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
