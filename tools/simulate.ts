// `pnpm simulate`: plays random histories of the service against the simulated AWS, on a PostgreSQL
// of its own, and checks the invariants after every event. A failing seed can be played alone:
//
//   pnpm simulate --histories 100 --seed 1
//   pnpm simulate --histories 1 --seed 4711 --events 50 --verbose

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../packages/api/src/storage/postgres/embedded-postgres.ts';
import { migrate } from '../packages/api/src/storage/postgres/migrations.ts';
import { readFlags, wholeNumber } from './flags.ts';
import { startGuard } from './guard.ts';
import { addCells, cellsText, emptyCells, noCells } from './simulate/cells.ts';
import { openSimulationDatabase, simulationSettings } from './simulate/database.ts';
import { historyText, playHistory } from './simulate/history.ts';

const values = readFlags({
  usage: [
    'Usage: pnpm simulate [--histories 20] [--seed N] [--events 50] [--verbose]',
    '',
    '  --histories  how many to play, of the seeds N, N+1, …',
    '  --seed       the first seed; without it, one by the clock',
    '  --events     how long each is',
    '  --verbose    tell each history, not only one that breaks an invariant',
  ].join('\n'),
  options: {
    histories: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    events: { type: 'string', default: '50' },
    verbose: { type: 'boolean', default: false },
  },
});

/** From here on, a cell that was never visited is a failure. */
const enoughHistories = 200;
const histories = wholeNumber('--histories', values.histories);
const first = wholeNumber('--seed', values.seed);
const events = wholeNumber('--events', values.events);
const directory = await mkdtemp(path.join(tmpdir(), 'sallyport-simulate-'));
const guard = await startGuard();
guard.removes(directory);
const settings = simulationSettings;
const server = await startEmbeddedPostgres({ dataDirectory: directory, settings });
const database = openSimulationDatabase(server.connectionString);
try {
  const migrations = path.resolve(import.meta.dirname, '../packages/api/migrations');
  await migrate(database, { directory: migrations });
  process.exitCode = (await playAll()) ? 0 : 1;
} finally {
  await database.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
  await guard.release();
}

/** Plays them one after the other and ends at the first that breaks an invariant. */
async function playAll(): Promise<boolean> {
  const cells = noCells();
  const startedMs = performance.now();
  for (let seed = first; seed < first + histories; seed++) {
    const history = await playHistory(database, seed, events);
    addCells(cells, history.cells);
    if (values.verbose || history.breaches.length > 0) console.log(historyText(history));
    if (history.breaches.length > 0) return false;
  }
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  const what = `${histories} histories of ${events} events from seed ${first}`;
  console.log(`${what}, ${seconds} s: every invariant held.\n\n${cellsText(cells)}`);
  return tellEmpty(emptyCells(cells));
}

/** A few histories cannot be everywhere; many that are not have left something out. */
function tellEmpty(empty: string[]): boolean {
  if (empty.length === 0) return true;
  console.log(`\nNever visited: ${empty.join(', ')}.`);
  return histories < enoughHistories;
}
