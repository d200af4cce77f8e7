// Has a replica tell the others once a second what it has let through, until it stops.

import { setTimeout as pause } from 'node:timers/promises';
import * as storage from '../storage/rate-usage.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import type { RateLimiter } from './rate-limiter.ts';

export interface RateExchangeOptions {
  db: Queryable;
  now: () => Date;
  limiter: RateLimiter;
  onError: (message: string, error: unknown) => void;
}

const everyMs = 1_000;
/** How many exchanges there are between two cleanings. */
const cleanedEvery = 60;

/** @returns what stops it */
export function startRateExchange(options: RateExchangeOptions): () => Promise<void> {
  const { db, now, limiter, onError } = options;
  const stopping = new AbortController();
  const keepTelling = async () => {
    for (let turn = 1; !stopping.signal.aborted; turn++) {
      await pause(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        await limiter.exchange();
        if (turn % cleanedEvery === 0) await storage.removeWhole(db, now());
      } catch (error) {
        onError('replicas did not tell each other what they let through', error);
      }
    }
  };
  const ended = keepTelling();
  return async () => {
    stopping.abort();
    await ended;
  };
}
