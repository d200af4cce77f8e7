// Has a replica tell the others once a second what it has let through, until it stops.

import * as storage from '../storage/rate-usage.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { repeat } from './repeated-work.ts';

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
  let turn = 0;
  return repeat({
    work: async () => {
      turn += 1;
      await limiter.exchange();
      if (turn % cleanedEvery === 0) await storage.removeWhole(db, now());
    },
    onError: (error) => onError('replicas did not tell each other what they let through', error),
    restMs: everyMs,
    ref: false,
  });
}
