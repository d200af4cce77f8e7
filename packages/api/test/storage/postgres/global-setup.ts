// One embedded PostgreSQL for a whole vitest run: vitest calls this once, before and after the
// tests.
//
// With SALLYPORT_TEST_DATABASE_URL it uses that server instead: a role that may create databases,
// in an empty database of its own, which becomes the template.
//
// It starts in the background, so a run that needs no database does not wait for one. Workers learn
// the outcome from a file, because vitest takes the values for them before the server is there.
import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../../src/storage/postgres/database.ts';
import {
  startEmbeddedPostgres,
  stopOrphanedPostgres,
} from '../../../src/storage/postgres/embedded-postgres.ts';
import type { EmbeddedPostgres } from '../../../src/storage/postgres/embedded-postgres.ts';
import { migrate } from '../../../src/storage/postgres/migrations.ts';
import { volatileSettings } from './volatile-settings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A file that appears when the server is ready, or has failed to start. */
    postgresOutcomeFile: string;
  }
}

/** What the file holds. */
export type PostgresOutcome = { connectionString: string } | { error: string };

type TestServer = Pick<EmbeddedPostgres, 'connectionString' | 'stop'>;

const prefix = 'sallyport-test-';
const youngMs = 5 * 60_000;
const migrations = join(import.meta.dirname, '../../../migrations');

/** Called by vitest; what it answers is called after the last test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const directory = await mkdtemp(join(tmpdir(), prefix));
  const outcomeFile = join(directory, 'outcome.json');
  project.provide('postgresOutcomeFile', outcomeFile);
  const started = start(directory, outcomeFile);
  return async () => {
    await (await started)?.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

async function start(directory: string, outcomeFile: string): Promise<TestServer | undefined> {
  let server: TestServer | undefined;
  let outcome: PostgresOutcome;
  try {
    server = await findServer(directory);
    await migrateTemplate(server.connectionString);
    outcome = { connectionString: server.connectionString };
  } catch (error) {
    outcome = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  await writeFile(`${outcomeFile}.new`, JSON.stringify(outcome));
  await rename(`${outcomeFile}.new`, outcomeFile);
  return server;
}

async function findServer(directory: string): Promise<TestServer> {
  const connectionString = process.env['SALLYPORT_TEST_DATABASE_URL'];
  if (connectionString !== undefined) return { connectionString, stop: async () => {} };
  return startEmbeddedPostgres({
    dataDirectory: directory,
    mayCreateDatabases: true,
    settings: {
      // Each worker and each service under test brings a pool.
      max_connections: '300',
      ...volatileSettings,
    },
  });
}

/** The service's own database becomes the template: nobody may be connected to it afterwards. */
async function migrateTemplate(connectionString: string): Promise<void> {
  const db = openDatabase({ connectionString });
  try {
    await migrate(db, { directory: migrations });
  } finally {
    await db.close();
  }
}

/**
 * Servers of runs that were killed. A directory whose run is alive is locked, and stays; a young
 * one may belong to a run that is just about to lock it.
 */
async function removeLeftovers(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names.filter((candidate) => candidate.startsWith(prefix))) {
    const directory = join(tmpdir(), name);
    try {
      if (Date.now() - (await stat(directory)).mtimeMs < youngMs) continue;
      await stopOrphanedPostgres(directory);
      await rm(directory, { recursive: true, force: true });
    } catch {
      // In use, or of another user: not this run's to remove.
    }
  }
}
