// Keeps the feed of events going: what was told gets its place, and readers that wait are woken.
// One of these serves a whole process, so that a thousand readers ask the database no more than one
// would.

import * as events from '../storage/events.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { repeat } from './repeated-work.ts';

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
  const waiting = new Set<() => void>();
  let last = 0;
  let isStopping = false;

  const wakeAll = () => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  const look = async (stopping: AbortSignal) => {
    // Readers are woken batch by batch: where much is told all the time, there is always some more.
    for (let placed = events.batchSize; placed === events.batchSize && !stopping.aborted; ) {
      placed = await events.publish(db, makeId);
      const position = await events.lastPosition(db);
      if (position > last) wakeAll();
      last = position;
    }
  };
  const onFailure = (error: unknown) => onError('events did not get their places', error);
  const stopLooking = repeat({ work: look, onError: onFailure, restMs: everyMs, brokenMs });

  return {
    position: () => last,
    wait: async (position, signal) => {
      if (position < last || signal.aborted || isStopping) return;
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
      isStopping = true;
      await stopLooking();
      wakeAll();
    },
  };
}
