// Migrations against a real database: what is refused, and what happens when many start at once.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../src/storage/postgres/database.ts';
import { migrate, pendingMigrations } from '../../../src/storage/postgres/migrations.ts';
import { temporaryDatabase } from './temporary-database.ts';
import type { TemporaryDatabase } from './temporary-database.ts';

let db: TemporaryDatabase;
let directory: string;

beforeEach(async () => {
  db = await temporaryDatabase({ schema: 'empty' });
  directory = await mkdtemp(join(tmpdir(), 'sallyport-migrations-'));
  await write('0001_first.sql', 'create table log (n int);\ninsert into log values (1);');
  await write('0002_second.sql', 'insert into log values (2);');
});
afterEach(async () => {
  await db.close();
  await rm(directory, { recursive: true });
});

test('when a database is empty, every migration is applied once and in order', async () => {
  expect(await pendingMigrations(db, { directory })).toEqual(['0001_first.sql', '0002_second.sql']);
  const first = await migrate(db, { directory });
  const second = await migrate(db, { directory });

  expect(first.applied).toEqual(['0001_first.sql', '0002_second.sql']);
  expect(second.applied).toEqual([]);
  expect(await pendingMigrations(db, { directory })).toEqual([]);
  expect(await logged()).toEqual([1, 2]);
});

test('when asked what is pending, it changes nothing', async () => {
  await pendingMigrations(db, { directory });
  expect(await db.query(`select 1 from pg_class where relname = 'schema_migrations'`)).toEqual([]);
});

test('when eight replicas start at once, each migration runs in exactly one', async () => {
  const replicas = Array.from({ length: 8 }, () =>
    openDatabase({ connectionString: db.connectionString, poolSize: 1 }),
  );
  const outcomes = await Promise.all(replicas.map((replica) => migrate(replica, { directory })));
  await Promise.all(replicas.map((replica) => replica.close()));

  const applied = outcomes.flatMap((outcome) => outcome.applied);
  expect(applied.toSorted()).toEqual(['0001_first.sql', '0002_second.sql']);
  expect(await logged()).toEqual([1, 2]);
});

test('when an applied migration was edited, it is refused', async () => {
  await migrate(db, { directory });
  await write('0001_first.sql', 'create table log (n bigint);');

  await expect(migrate(db, { directory })).rejects.toThrow('0001_first.sql was edited');
  await expect(pendingMigrations(db, { directory })).rejects.toThrow('in a new migration');
});

test('when only its line ends changed, it is still the same migration', async () => {
  await migrate(db, { directory });
  await write('0001_first.sql', 'create table log (n int);\r\ninsert into log values (1);');

  expect(await pendingMigrations(db, { directory })).toEqual([]);
});

test('when the database is newer than the code, it is refused', async () => {
  await migrate(db, { directory });
  await rm(join(directory, '0002_second.sql'));

  await expect(migrate(db, { directory })).rejects.toThrow('newer than this version');
  await expect(pendingMigrations(db, { directory })).rejects.toThrow('0002_second.sql');
});

test('when a migration fails, it leaves no trace and the error names its line', async () => {
  await write('0003_third.sql', 'insert into log values (3);\nselect oops;');

  await expect(migrate(db, { directory })).rejects.toThrow('0003_third.sql:2: column "oops"');
  expect(await logged()).toEqual([1, 2]);
  expect(await pendingMigrations(db, { directory })).toEqual(['0003_third.sql']);
});

test('when a migration was added behind an applied one, it is refused', async () => {
  await rm(join(directory, '0001_first.sql'));
  await write('0002_second.sql', 'create table log (n int)');
  await migrate(db, { directory });
  await write('0001_late.sql', 'select 1;');

  await expect(migrate(db, { directory })).rejects.toThrow('a higher number');
});

test.each([
  ['1_short.sql', 'select 1', 'NNNN_what_it_does.sql'],
  ['0002_again.sql', 'select 1', '0002_again.sql and 0002_second.sql have one number'],
  ['0003_own.sql', 'begin;\nselect 1;\ncommit;', 'take out its own'],
])('when a file does not fit (%s), the error says how it should be', async (name, sql, message) => {
  await write(name, sql);
  await expect(migrate(db, { directory })).rejects.toThrow(message);
  expect(await db.query(`select 1 from pg_class where relname = 'log'`)).toEqual([]);
});

test('when a function body has begin and end, that is no transaction control', async () => {
  await write(
    '0003_function.sql',
    'create function f() returns int language plpgsql as $$\nbegin\n  return 1;\nend\n$$;',
  );
  expect((await migrate(db, { directory })).applied).toHaveLength(3);
});

test('when there is no directory of migrations, the error names it', async () => {
  await mkdir(join(directory, 'sub'));
  await expect(migrate(db, { directory: join(directory, 'nowhere') })).rejects.toThrow('nowhere');
});

async function write(name: string, sql: string): Promise<void> {
  await writeFile(join(directory, name), sql);
}

async function logged(): Promise<number[]> {
  const rows = await db.query<{ n: number }>('select n from log order by n');
  return rows.map((row) => row.n);
}
