// The simulation, in short: a few histories, and that a history can be played again.

import { expect, it } from 'vitest';
import { playHistory } from './history.ts';
import { databaseOfFile, playInTest, seedOfRun } from './play-test.ts';

const db = databaseOfFile();

playInTest(db, seedOfRun(0), 10);

it('when a history is played again, the same happens', async () => {
  const [once, again] = [await playHistory(db(), 7, 20), await playHistory(db(), 7, 20)];
  expect(again.events).toEqual(once.events);
  expect(again.calls).toEqual(once.calls);
}, 60_000);
