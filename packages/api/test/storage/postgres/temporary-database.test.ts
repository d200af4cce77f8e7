// The harness itself: every other test of storage stands on it.
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/storage/postgres/database.ts';
import { temporaryDatabase } from './temporary-database.ts';

const tablesOf = `select tablename as name from pg_tables where schemaname = 'public'`;

test('when a database is asked for, it comes migrated and empty', async () => {
  const db = await temporaryDatabase();
  const tables = await db.query<{ name: string }>(tablesOf);
  const customers = await db.query('select id from customers');
  await db.close();

  expect(tables.map((table) => table.name)).toContain('schema_migrations');
  expect(customers).toEqual([]);
});

test('when two databases are asked for at once, neither sees the other', async () => {
  const [one, two] = await Promise.all([temporaryDatabase(), temporaryDatabase()]);
  await one.query('create table only_here (id int)');
  const tables = await two.query<{ name: string }>(tablesOf);
  await Promise.all([one.close(), two.close()]);

  expect(one.connectionString).not.toBe(two.connectionString);
  expect(tables.map((table) => table.name)).not.toContain('only_here');
});

test('when it is closed, the database is gone even with another session in it', async () => {
  const db = await temporaryDatabase({ schema: 'empty' });
  const other = openDatabase({ connectionString: db.connectionString });
  await other.ping();
  await db.close();

  await expect(other.ping()).rejects.toThrow('not available');
  await other.close();
});
