// Histories in a test, their seeds told so that a failing one can be played alone.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../packages/api/src/storage/postgres/database.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../../packages/api/test/storage/postgres/temporary-database.ts';
import { addCells, cellsText, noCells, type Cells } from './cells.ts';
import { openSimulationDatabase } from './database.ts';
import { historyText, playHistory } from './history.ts';

export const eventsPerHistory = 50;
/** Long enough on a machine that does much else. */
const timeoutMsPerHistory = 15_000;

/** A database for the histories of a test file, to be asked for in its tests. */
export function databaseOfFile(): () => Database {
  let own: TemporaryDatabase;
  let db: Database;
  beforeAll(async () => {
    own = await temporaryDatabase();
    db = openSimulationDatabase(own.connectionString);
  });
  afterAll(async () => {
    await db.close();
    await own.close();
  });
  return () => db;
}

/** Plays so many, one after the other, in a test of its own. */
export function playInTest(db: () => Database, first: number, histories: number): Cells {
  const cells = noCells();
  it(
    'when random histories are played, every invariant holds',
    async () => {
      const replay = `pnpm simulate --histories 1 --verbose --seed ${first}`;
      process.stderr.write(`${histories} histories; the first again: ${replay}\n`);
      for (let seed = first; seed < first + histories; seed++) {
        const history = await playHistory(db(), seed, eventsPerHistory);
        expect(history.breaches, historyText(history)).toEqual([]);
        addCells(cells, history.cells);
      }
      process.stderr.write(`${cellsText(cells)}\n`);
    },
    histories * timeoutMsPerHistory,
  );
  return cells;
}

/** Another one at each run, unless SALLYPORT_SEED says which. */
export function seedOfRun(part: number): number {
  return Number(process.env['SALLYPORT_SEED'] ?? Date.now() % 1_000_000) + part * 1_000_000;
}
