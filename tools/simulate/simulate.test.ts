// The simulation, in short: a few histories from a new seed at each run.

import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../../packages/api/test/storage/postgres/temporary-database.ts';
import { historyText, playHistory } from './history.ts';

const seed = Number(process.env.SALLYPORT_SEED ?? Date.now() % 1_000_000);
const histories = 3;

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
  process.stderr.write(`Histories from seed ${seed}; replay with SALLYPORT_SEED=${seed}.\n`);
});
afterAll(() => db.close());

it(`when random histories are played, every invariant holds`, async () => {
  for (let number = 0; number < histories; number++) {
    const history = await playHistory(db, seed + number, 30);
    expect(history.broken, historyText(history)).toEqual([]);
  }
}, 60_000);

it('when a history is played again, the same happens', async () => {
  const [once, again] = [await playHistory(db, 7, 12), await playHistory(db, 7, 12)];
  expect(again.events).toEqual(once.events);
}, 60_000);
