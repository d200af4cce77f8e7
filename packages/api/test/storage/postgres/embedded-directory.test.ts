// Data directories and machines that do not fit: each gets an answer that says what to do.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../src/storage/postgres/database.ts';
import { startEmbeddedPostgres } from '../../../src/storage/postgres/embedded-postgres.ts';
import { findServerBinaries } from '../../../src/storage/postgres/embedded/binaries.ts';

let dataDirectory: string;
const rootUser = { spawnAs: { uid: 65_534, gid: 65_534 }, serviceName: 'root' };

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'sallyport-directory-'));
});
afterEach(() => rm(dataDirectory, { recursive: true, force: true }));

test('when the platform has no package, the error names DATABASE_URL', async () => {
  const programs = findServerBinaries(rootUser, { platform: 'sunos-sparc' });
  await expect(programs).rejects.toThrow('DATABASE_URL');
});

test('when the directory holds other files, they are left alone', async () => {
  await mkdir(join(dataDirectory, 'postgres'));
  const file = join(dataDirectory, 'postgres/thesis.txt');
  await writeFile(file, 'years of work');

  await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toThrow('move it out of the way');
  expect((await stat(file)).size).toBe(13);
});

test('when another major version made the database, it is refused and named', async () => {
  await mkdir(join(dataDirectory, 'postgres'));
  await writeFile(join(dataDirectory, 'postgres/PG_VERSION'), '17\n');
  const refused = startEmbeddedPostgres({ dataDirectory });

  await expect(refused).rejects.toThrow('was made by PostgreSQL 17');
  await expect(refused).rejects.toThrow('restore the dump');
});

test('when four race to copy the programs, all four get one whole copy', async () => {
  const race = Array.from({ length: 4 }, () =>
    findServerBinaries(rootUser, { cacheDirectory: dataDirectory }),
  );
  const [first, ...others] = await Promise.all(race);

  for (const other of others) expect(other).toEqual(first);
  const [copy, ...drafts] = await readdir(dataDirectory);
  expect(drafts).toEqual([]);
  expect(first?.postgres).toBe(join(dataDirectory, copy ?? '', 'bin/postgres'));
  // Whoever runs the tests owns the copy, and nobody else can write to it.
  const { mode, uid } = await stat(first?.postgres ?? '');
  expect([mode & 0o777, uid]).toEqual([0o755, process.getuid?.()]);
  expect(execFileSync(first?.postgres ?? '', ['--version']).toString()).toContain('18.');
});

test('when the copy of the programs was damaged, it is replaced', async () => {
  const options = { cacheDirectory: dataDirectory };
  const { initdb } = await findServerBinaries(rootUser, options);
  await truncate(initdb, 10);
  await findServerBinaries(rootUser, options);

  expect(execFileSync(initdb, ['--version']).toString()).toContain('18.');
  expect(await readdir(dataDirectory)).toHaveLength(1);
});

test('when root puts a backup back, the server gets its files again', async ({ skip }) => {
  skip(process.getuid?.() !== 0, 'only root can own files that the server cannot read');
  const first = await startEmbeddedPostgres({ dataDirectory });
  await first.stop();
  const restored = join(dataDirectory, 'restored');
  await mkdir(restored, { mode: 0o700 });
  execFileSync('cp', ['-r', join(dataDirectory, 'postgres'), restored]);
  expect((await stat(join(restored, 'postgres/PG_VERSION'))).uid).toBe(0);

  const second = await startEmbeddedPostgres({ dataDirectory: restored });
  const db = openDatabase({ connectionString: second.connectionString });
  const rows = await db.query('select 1 as n');
  await db.close();
  await second.stop();
  expect(rows).toEqual([{ n: 1 }]);
});
