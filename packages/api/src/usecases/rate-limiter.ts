// Counts requests, by key, by customer and by address, and says when there are too many. It counts
// in memory, so that no request waits for it; once a second replicas tell each other through the
// database. One replica is exact; several let through, beyond the limit, no more than what comes to
// the others in one such second, and that is taken off afterwards.

import { hashSecret } from '../domain/api-key.ts';
import {
  paceMs,
  partyOf,
  spend,
  standingOf,
  type Bucket,
  type RateLimit,
  type RateLimits,
  type Standing,
} from '../domain/rate-limit.ts';
import * as storage from '../storage/rate-usage.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import type { Caller } from './context.ts';

export interface RateLimiter {
  /** Before anything is looked up: the bucket that is exhausted, if one is known to be. */
  exhausted(secret: string | null, address: string): Standing | null;
  /** Counts a request of a caller. */
  take(secret: string, caller: Caller): Taken;
  /** Counts a request without a valid key; a secret that came with it is known no more. */
  takeOpen(address: string, secret: string | null): Taken;
  /** Tells the other replicas, and learns from them. */
  exchange(): Promise<void>;
}

export interface Taken {
  /** False when a bucket was exhausted: the request is not counted, and not to be served. */
  passes: boolean;
  standings: Standing[];
}

export interface RateLimiterOptions {
  db: Queryable;
  now: () => Date;
  limits: RateLimits;
}

interface Count {
  limit: RateLimit;
  /** When it is whole again, in milliseconds, by all that this replica knows of. */
  wholeAt: number;
  /** What this replica has let through since it last told. */
  untold: number;
}

/** Enough for every key and attacker; the oldest are forgotten, and so are whole again. */
const countsMax = 100_000;
const knownMax = 20_000;

export function createRateLimiter({ db, now, limits }: RateLimiterOptions): RateLimiter {
  const counts = new Map<string, Count>();
  /** Whose a secret was, to refuse it before it is looked up. Nobody is let in by this. */
  const known = new Map<string, Bucket[]>();

  const standing = (bucket: Bucket): Standing =>
    standingOf(bucket, counts.get(bucket.name)?.wholeAt ?? 0, now().getTime());
  const spendOne = ({ name, limit }: Bucket): void => {
    const { wholeAt = 0, untold = 0 } = counts.get(name) ?? {};
    const after = { limit, wholeAt: spend(limit, wholeAt, now().getTime()), untold: untold + 1 };
    remember(counts, name, after, countsMax);
  };
  const take = (buckets: Bucket[]): Taken => {
    const passes = buckets.every((bucket) => standing(bucket).remaining > 0);
    if (passes) buckets.forEach(spendOne);
    return { passes, standings: buckets.map(standing) };
  };
  const firstExhausted = (buckets: Bucket[]) =>
    buckets.map(standing).find(({ remaining }) => remaining === 0) ?? null;
  return {
    exhausted: (secret, address) => {
      const theirs = secret === null ? undefined : known.get(hashSecret(secret));
      return firstExhausted(theirs ?? addressBuckets(limits, address));
    },
    take: (secret, caller) => {
      const buckets = callerBuckets(limits, caller);
      remember(known, hashSecret(secret), buckets, knownMax);
      return take(buckets);
    },
    takeOpen: (address, secret) => {
      if (secret !== null) known.delete(hashSecret(secret));
      return take(addressBuckets(limits, address));
    },
    exchange: () => exchange(db, counts, now()),
  };
}

async function exchange(db: Queryable, counts: Map<string, Count>, now: Date): Promise<void> {
  for (const [name, { wholeAt }] of counts) if (wholeAt <= now.getTime()) counts.delete(name);
  const told = [...counts].filter(([, { untold }]) => untold > 0);
  if (told.length === 0) return;
  const before = new Map(told.map(([name, { untold }]) => [name, untold]));
  const spendings = told.map(([bucket, { limit, untold }]) => {
    return { bucket, spentMs: untold * paceMs(limit) };
  });
  for (const { bucket, wholeAt } of await storage.add(db, spendings, now)) {
    const count = counts.get(bucket);
    if (!count) continue;
    // What was let through while the database was asked comes on top.
    const untold = count.untold - before.get(bucket)!;
    const later = untold * paceMs(count.limit);
    counts.set(bucket, { ...count, untold, wholeAt: wholeAt.getTime() + later });
  }
}

function callerBuckets(limits: RateLimits, { id, role, customerId }: Caller): Bucket[] {
  if (role !== 'customer') return bucket(`key:${id}`, limits.staff);
  return [...bucket(`key:${id}`, limits.key), ...bucket(`customer:${customerId}`, limits.customer)];
}

function addressBuckets(limits: RateLimits, address: string): Bucket[] {
  return bucket(`address:${partyOf(address)}`, limits.address);
}

function bucket(name: string, limit: RateLimit | null): Bucket[] {
  return limit === null ? [] : [{ name, limit }];
}

function remember<Value>(map: Map<string, Value>, name: string, value: Value, max: number): void {
  if (map.size >= max && !map.has(name)) map.delete(map.keys().next().value!);
  map.set(name, value);
}
