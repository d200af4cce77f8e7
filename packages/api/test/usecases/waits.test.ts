import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Queryable } from '../../src/storage/postgres/database.ts';
import type { PlaceLimits } from '../../src/usecases/places.ts';
import { createWaits } from '../../src/usecases/waits.ts';
import { startApi, type Api } from '../harness.ts';
import { addOperation } from '../http/controllers/world.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const staff = { id: 'key_1', role: 'operator', customerId: null } as const;

/** Time goes by when `tick` is called; `looks` counts the queries. */
function setUp(limits?: PlaceLimits) {
  const sleepers: { ms: number; resolve: () => void; reject: (error: Error) => void }[] = [];
  const seen = { looks: 0 };
  const db: Queryable = {
    query: (text, values) => {
      seen.looks++;
      return api.db.query(text, values);
    },
  };
  const waits = createWaits({
    db,
    pause: (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        sleepers.push({ ms, resolve, reject });
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
    ...(limits && { limits }),
  });
  const tick = async () => {
    const poll = sleepers.findIndex(({ ms }) => ms === 250);
    const before = seen.looks;
    sleepers.splice(poll, 1)[0]!.resolve();
    while (seen.looks === before) await pause(1);
  };
  return { waits, seen, tick };
}

it('when a hundred wait for one thing, one look is enough for all of them', async () => {
  const { waits, seen, tick } = setUp();
  const key = await addOperation(api, null);
  const all = Array.from(
    { length: 100 },
    () => waits.watch(staff, { watched: 'operations', key }, 9000)!,
  );
  await tick();
  await Promise.all(all.map((watch) => watch.changed()));
  expect(seen.looks).toBe(1);
  const heard = Promise.all(all.map((watch) => watch.changed()));
  await api.db.query('UPDATE operations SET message = message WHERE id = $1', [key]);
  await tick();
  await heard;
  expect(seen.looks).toBe(2);
  waits.stop();
});

it('when a customer has as many reads waiting as it may, others still wait', () => {
  const { waits } = setUp({ total: 3, each: 2 });
  const watch = (key: string, customerId: string) =>
    waits.watch({ id: key, role: 'customer', customerId }, { watched: 'operations', key }, 9000);
  const first = watch('key_1', 'cus_1');
  watch('key_2', 'cus_1');
  expect(() => watch('key_3', 'cus_1')).toThrow(expect.objectContaining({ code: 'too_many_open' }));
  watch('key_4', 'cus_2');
  expect(() => watch('key_4', 'cus_2')).toThrow(expect.objectContaining({ code: 'unavailable' }));
  first!.end();
  first!.end();
  expect(watch('key_3', 'cus_1')).not.toBeNull();
  expect(() => watch('key_5', 'cus_3')).toThrow(expect.objectContaining({ code: 'unavailable' }));
  waits.stop();
});

it('when the service stops, everybody has waited long enough', async () => {
  const { waits } = setUp();
  const watch = waits.watch(staff, { watched: 'connections', key: 'con_1' }, 9000)!;
  const heard = watch.changed();
  waits.stop();
  await heard;
  expect(watch.isOver()).toBe(true);
  expect(waits.watch(staff, { watched: 'connections', key: 'con_1' }, 9000)).toBeNull();
});
