// `pnpm simulate`: plays random histories of the service against the simulated AWS, on a PostgreSQL
// of its own, and checks the invariants after every event. A failing seed can be played alone:
//
//   pnpm simulate --histories 100 --seed 1
//   pnpm simulate --histories 1 --seed 4711 --events 50 --verbose

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../packages/api/src/storage/postgres/database.ts';
import { startEmbeddedPostgres } from '../packages/api/src/storage/postgres/embedded-postgres.ts';
import { migrate } from '../packages/api/src/storage/postgres/migrations.ts';
import { readFlags, wholeNumber } from './flags.ts';
import { startGuard } from './guard.ts';
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

const histories = wholeNumber('--histories', values.histories);
const first = wholeNumber('--seed', values.seed);
const events = wholeNumber('--events', values.events);
const directory = await mkdtemp(path.join(tmpdir(), 'sallyport-simulate-'));
const guard = await startGuard();
guard.removes(directory);
const server = await startEmbeddedPostgres({ dataDirectory: directory });
const database = openDatabase({ connectionString: server.connectionString });
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
  const met = { throttled: 0, unreachable: 0, lost: 0 };
  for (let seed = first; seed < first + histories; seed++) {
    const history = await playHistory(database, seed, events);
    for (const kind of Object.keys(met) as (keyof typeof met)[]) met[kind] += history.met[kind];
    if (values.verbose || history.broken.length > 0) console.log(historyText(history));
    if (history.broken.length > 0) return false;
  }
  const trouble = Object.entries(met).map(([kind, count]) => `${count} ${kind}`);
  console.log(
    `${histories} histories of ${events} events from seed ${first}: every invariant held.`,
  );
  console.log(`Trouble met: ${trouble.join(', ')}.`);
  return true;
}
