// Data directories and machines that do not fit: each gets an answer that says what to do.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../src/storage/postgres/database.ts';
import { startEmbeddedPostgres } from '../../../src/storage/postgres/embedded-postgres.ts';
import { findServerBinaries } from '../../../src/storage/postgres/embedded/binaries.ts';
import { openScene, usersToTry } from './embedded-scene.ts';
import type { Scene } from './embedded-scene.ts';

let scene: Scene;
const normalUser = usersToTry.at(-1) ?? { name: 'a normal user' };

beforeEach(async () => {
  scene = await openScene(normalUser);
});
afterEach(() => scene.clear());

test('when the platform has no package, the error names DATABASE_URL', async () => {
  const user = { spawnAs: undefined, serviceName: 'somebody' };
  await expect(findServerBinaries(user, 'sunos-sparc')).rejects.toThrow('DATABASE_URL');
});

test('when the directory holds other files, they are left alone', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sallyport-foreign-'));
  await mkdir(join(dataDirectory, 'postgres'));
  const file = join(dataDirectory, 'postgres/thesis.txt');
  await writeFile(file, 'years of work');

  await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toThrow('move it out of the way');
  expect((await stat(file)).size).toBe(13);
  await rm(dataDirectory, { recursive: true });
});

test('when another major version made the database, it is refused and named', async () => {
  const service = await scene.start();
  await service.end('SIGTERM');
  await writeFile(join(scene.dataDirectory, 'postgres/PG_VERSION'), '17\n');
  const refused = await scene.start();

  expect(refused.error).toContain('was made by PostgreSQL 17');
  expect(refused.error).toContain('restore the dump');
});

test('when four services race to copy the programs, all four start', async () => {
  const directories = ['a', 'b', 'c', 'd'].map((name) => join(scene.root, name));
  const services = await Promise.all(directories.map((directory) => scene.start(directory)));

  expect(services.map((service) => service.error)).toEqual(Array(4).fill(undefined));
});

test('when the copy of the programs was damaged, the next start replaces it', async () => {
  const service = await scene.start();
  await service.end('SIGTERM');
  const cache = join(scene.root, '.cache/sallyport');
  const [copy = ''] = await copiesIn(cache);
  await truncate(join(copy, 'bin/postgres'), 10);
  const next = await scene.start();

  expect(next.error).toBeUndefined();
  expect(await next.query('select 1 as n')).toEqual([{ n: 1 }]);
  expect(await copiesIn(cache)).toEqual([copy]);
});

test('when root puts a backup back, the server gets its files again', async ({ skip }) => {
  skip(process.getuid?.() !== 0, 'only root can own files that the server cannot read');
  const service = await scene.start();
  await service.query('create table kept as select 1 as n');
  await service.end('SIGTERM');
  const dataDirectory = join(scene.root, 'restored');
  await mkdir(dataDirectory, { mode: 0o700 });
  execFileSync('cp', ['-r', join(scene.dataDirectory, 'postgres'), dataDirectory]);
  expect((await stat(join(dataDirectory, 'postgres/PG_VERSION'))).uid).toBe(0);

  const server = await startEmbeddedPostgres({ dataDirectory });
  const db = openDatabase({ connectionString: server.connectionString });
  const rows = await db.query('select n from kept');
  await db.close();
  await server.stop();
  expect(rows).toEqual([{ n: 1 }]);
});

async function copiesIn(cache: string): Promise<string[]> {
  return (await readdir(cache)).map((name) => join(cache, name));
}
