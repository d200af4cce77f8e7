// What replicas count together, and what none of them remembers too long.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RateLimits } from '../../src/domain/rate-limit.ts';
import * as rateUsage from '../../src/storage/rate-usage.ts';
import type { Caller } from '../../src/usecases/context.ts';
import { createRateLimiter } from '../../src/usecases/rate-limiter.ts';
import { createAmbience } from '../ambience.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());

const { clock } = createAmbience();
const ten = { requests: 10, seconds: 10 };
const limits: RateLimits = {
  staff: null,
  key: ten,
  customer: { requests: 15, seconds: 10 },
  address: ten,
};
const replica = () => createRateLimiter({ db, now: clock.now, limits });
let made = 0;
const keyOf = (customerId: string): Caller => {
  return { id: `key_${++made}`, role: 'customer', customerId };
};
const passing = (times: number, take: () => { passes: boolean }) =>
  Array.from({ length: times }, take).filter(({ passes }) => passes).length;

it('when one replica counts, the limit is exact, and after its time it is whole', () => {
  const limiter = replica();
  const caller = keyOf('cus_a');
  const take = () => limiter.take('a secret', caller);
  expect(passing(25, take)).toBe(10);
  expect(limiter.exhausted('a secret', '192.0.2.1')).toMatchObject({ policy: 'key', remaining: 0 });
  clock.advance(10_000);
  expect(limiter.exhausted('a secret', '192.0.2.1')).toBeNull();
  expect(passing(25, take)).toBe(10);
  clock.advance(10_000);
});

it('when a customer has several keys, they share what it may', () => {
  const limiter = replica();
  const [one, two] = [keyOf('cus_b'), keyOf('cus_b')];
  expect(passing(10, () => limiter.take('one', one))).toBe(10);
  expect(passing(10, () => limiter.take('two', two))).toBe(5);
  const { standings } = limiter.take('two', two);
  expect(standings.map(({ policy, remaining }) => [policy, remaining])).toEqual([
    ['key', 5],
    ['customer', 0],
  ]);
  clock.advance(10_000);
});

it('when replicas have told each other, they let through no more than one would', async () => {
  const [a, b] = [replica(), replica()];
  const caller = keyOf('cus_c');
  expect(passing(6, () => a.take('s', caller))).toBe(6);
  expect(passing(2, () => b.take('s', caller))).toBe(2);
  await a.exchange();
  await b.exchange();
  expect(passing(9, () => b.take('s', caller))).toBe(2);
  await b.exchange();
  expect(passing(4, () => a.take('s', caller))).toBe(4);
  await a.exchange();
  expect(passing(4, () => a.take('s', caller))).toBe(0);
  clock.advance(10_000);
  // Four too many have passed, and they are taken off.
  expect(passing(20, () => a.take('s', caller))).toBe(6);
});

it('when all of a limit is back, its row goes', async () => {
  const limiter = replica();
  limiter.takeOpen('192.0.2.9', null);
  await limiter.exchange();
  clock.advance(20_000);
  await rateUsage.removeWhole(db, clock.now());
  expect(await db.query('SELECT * FROM rate_usage')).toEqual([]);
});

it('when somebody goes on asking, an even share passes, and no bursts', () => {
  const limiter = replica();
  const caller = keyOf('cus_d');
  const take = () => limiter.take('d', caller);
  passing(10, take);
  const perSecond = Array.from({ length: 20 }, () => {
    clock.advance(1_000);
    return passing(10, take);
  });
  expect(new Set(perSecond)).toEqual(new Set([1]));
});

it('when a limit is off, nothing is counted', () => {
  const limiter = replica();
  const operator: Caller = { id: 'key_operator', role: 'operator', customerId: null };
  expect(limiter.take('staff', operator)).toEqual({ passes: true, standings: [] });
});
