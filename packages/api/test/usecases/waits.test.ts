import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Queryable } from '../../src/storage/postgres/database.ts';
import { createWaits } from '../../src/usecases/waits.ts';
import { startApi, type Api } from '../harness.ts';
import { addOperation } from '../http/controllers/world.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Time goes by when `tick` is called; `looks` counts the queries. */
function setUp(limit?: number) {
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
    ...(limit !== undefined && { limit }),
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
  const all = Array.from({ length: 100 }, () => waits.watch({ watched: 'operations', key }, 9000)!);
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

it('when too many wait, the next one is told so', () => {
  const { waits } = setUp(1);
  const subject = { watched: 'operations', key: 'op_1' } as const;
  const first = waits.watch(subject, 9000);
  expect(waits.watch(subject, 9000)).toBeNull();
  first!.end();
  expect(waits.watch(subject, 9000)).not.toBeNull();
  waits.stop();
});

it('when the service stops, everybody has waited long enough', async () => {
  const { waits } = setUp();
  const watch = waits.watch({ watched: 'connections', key: 'con_1' }, 9000)!;
  const heard = watch.changed();
  waits.stop();
  await heard;
  expect(watch.isOver()).toBe(true);
  expect(waits.watch({ watched: 'connections', key: 'con_1' }, 9000)).toBeNull();
});
