// The simulation: histories that are the same at each run, and one that is played again.

import { expect, it } from 'vitest';
import { playHistory } from './history.ts';
import { databaseOfFile, playInTest } from './play-test.ts';

const db = databaseOfFile();

playInTest(db, Number(process.env['SALLYPORT_SEED'] ?? 1), 100);

it('when a history is played again, the same happens', async () => {
  const [once, again] = [await playHistory(db(), 7, 20), await playHistory(db(), 7, 20)];
  expect(again.events).toEqual(once.events);
  expect(again.calls).toEqual(once.calls);
}, 60_000);
