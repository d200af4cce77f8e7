// Plays histories on a PostgreSQL of their own, and prints what was seen.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as embedded from '../../packages/api/src/storage/postgres/embedded-postgres.ts';
import { migrate } from '../../packages/api/src/storage/postgres/migrations.ts';
import type { Database } from '../../packages/api/src/storage/postgres/database.ts';
import { volatileSettings } from '../../packages/api/test/storage/postgres/volatile-settings.ts';
import { startGuard } from '../guard.ts';
import { addCells, cellsText, emptyCells, noCells } from './cells.ts';
import { openSimulationDatabase } from './database.ts';
import { historyText, playHistory } from './history.ts';

export interface WantedHistories {
  histories: number;
  /** The first seed; the next ones follow it. */
  first: number;
  /** Of each history. */
  events: number;
  /** Whether a history that breaks nothing is told too. */
  verbose: boolean;
}

/** From here on, a cell that was never visited is a failure. */
const enoughHistories = 200;

/** @returns whether every invariant held, and enough was visited */
export async function simulate(wanted: WantedHistories): Promise<boolean> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sallyport-simulate-'));
  const guard = await startGuard();
  guard.removes(directory);
  const settings = volatileSettings;
  const server = await embedded.startEmbeddedPostgres({ dataDirectory: directory, settings });
  const database = openSimulationDatabase(server.connectionString);
  try {
    const migrations = path.resolve(import.meta.dirname, '../../packages/api/migrations');
    await migrate(database, { directory: migrations });
    return await playAll(database, wanted);
  } finally {
    await database.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
    await guard.release();
  }
}

/** Plays them one after the other and ends at the first that breaks an invariant. */
async function playAll(database: Database, wanted: WantedHistories): Promise<boolean> {
  const { histories, first, events, verbose } = wanted;
  const cells = noCells();
  const startedMs = performance.now();
  for (let seed = first; seed < first + histories; seed++) {
    const history = await playHistory(database, seed, events);
    addCells(cells, history.cells);
    if (verbose || history.breaches.length > 0) console.log(historyText(history));
    if (history.breaches.length > 0) return false;
  }
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  const what = `${histories} histories of ${events} events from seed ${first}`;
  console.log(`${what}, ${seconds} s: every invariant held.\n\n${cellsText(cells)}`);
  return tellEmpty(emptyCells(cells), histories);
}

/** A few histories cannot be everywhere; many that are not have left something out. */
function tellEmpty(empty: string[], histories: number): boolean {
  if (empty.length === 0) return true;
  console.log(`\nNever visited: ${empty.join(', ')}.`);
  return histories < enoughHistories;
}
