// What survives when the server itself is killed in the middle of work.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/storage/postgres/database.ts';
import type { Database } from '../../../src/storage/postgres/database.ts';
import { startEmbeddedPostgres } from '../../../src/storage/postgres/embedded-postgres.ts';
import { findServerProcesses, stopServer } from '../../../src/storage/postgres/embedded/orphans.ts';
import { DatabaseUnavailableError } from '../../../src/storage/postgres/errors.ts';

let dataDirectory = '';
const directory = (): string => join(dataDirectory, 'postgres');

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'sallyport-crash-'));
});
afterAll(async () => {
  await stopServer(directory(), undefined, [{ signal: 'SIGKILL', waitMs: 5_000 }]);
  await rm(dataDirectory, { recursive: true, force: true });
});

test.each([1, 2, 3])(
  'when the server is killed amid inserts, every acknowledged row is there (%i)',
  async () => {
    const server = await startEmbeddedPostgres({ dataDirectory });
    const db = openDatabase({ connectionString: server.connectionString });
    await db.query('create table if not exists rows (id text primary key)');
    const acknowledged: string[] = [];
    const writers = Array.from({ length: 4 }, () => insertUntilItFails(db, acknowledged));
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(200);
    for (const pid of await findServerProcesses(directory())) process.kill(pid, 'SIGKILL');
    const failures = await Promise.all(writers);
    await db.close();
    await server.exited;

    const again = await startEmbeddedPostgres({ dataDirectory });
    const reopened = openDatabase({ connectionString: again.connectionString });
    const rows = await reopened.query<{ id: string }>('select id from rows');
    await reopened.close();
    await again.stop();

    for (const failure of failures) expect(failure).toBeInstanceOf(DatabaseUnavailableError);
    const present = new Set(rows.map((row) => row.id));
    expect(acknowledged.filter((id) => !present.has(id))).toEqual([]);
  },
);

test('when the server ignores the first signals, stopping goes on to the last', async () => {
  const server = await startEmbeddedPostgres({ dataDirectory });
  const [postmaster = 0] = await findServerProcesses(directory());
  process.kill(postmaster, 'SIGSTOP');
  await stopServer(directory(), postmaster, [
    { signal: 'SIGINT', waitMs: 100 },
    { signal: 'SIGQUIT', waitMs: 100 },
    { signal: 'SIGKILL', waitMs: 5_000 },
  ]);
  await server.exited;

  expect(await findServerProcesses(directory())).toEqual([]);
});

test('when the server has stopped, the same process can start it again', async () => {
  const first = await startEmbeddedPostgres({ dataDirectory });
  await Promise.all([first.stop(), first.stop()]);
  const second = await startEmbeddedPostgres({ dataDirectory });
  await second.stop();

  expect(await readdir(directory())).not.toContain('postmaster.pid');
});

async function insertUntilItFails(db: Database, acknowledged: string[]): Promise<unknown> {
  for (;;) {
    const id = crypto.randomUUID();
    try {
      await db.query('insert into rows (id) values ($1)', [id]);
    } catch (error) {
      return error;
    }
    acknowledged.push(id);
  }
}
