// A server that says nothing any more is told from a statement that takes its time.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/storage/postgres/database.ts';
import { DatabaseUnavailableError } from '../../../src/storage/postgres/errors.ts';
import { startSilentProxy, type SilentProxy } from './silent-proxy.ts';
import { temporaryDatabase, type TemporaryDatabase } from './temporary-database.ts';

const silenceMs = 150;
let server: TemporaryDatabase;
let proxy: SilentProxy;
let db: Database;

beforeAll(async () => {
  server = await temporaryDatabase();
  proxy = await startSilentProxy(server.connectionString);
  const { connectionString } = proxy;
  db = openDatabase({ connectionString, poolSize: 2, silenceMs, connectTimeoutMs: 1_000 });
});
afterAll(async () => {
  await db.close();
  await proxy.close();
  await server.close();
});

test('when a statement takes its time, nobody disturbs it', async () => {
  const slow = `select 'there' as answer from pg_sleep(0.8)`;
  expect(await db.query(slow)).toEqual([{ answer: 'there' }]);
});

test('when every connection is busy, whoever comes next waits for a free one', async () => {
  const slow = () => db.query(`select 1 as n from pg_sleep(0.6)`);
  expect(await Promise.all([slow(), slow(), slow()])).toHaveLength(3);
});

test('when the server falls silent, those who wait are told, and those after them', async () => {
  const waiting = [0, 1].map(() => db.query('select pg_sleep(60)'));
  const behind = db.query('select 1');
  proxy.silence();
  const startedAt = performance.now();
  for (const one of [...waiting, behind]) {
    await expect(one).rejects.toThrow(DatabaseUnavailableError);
  }
  await expect(db.transaction(async () => {})).rejects.toThrow(DatabaseUnavailableError);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test('when it is back, the next statement is answered', async () => {
  proxy.listenAgain();
  expect(await db.query('select 1 as n')).toEqual([{ n: 1 }]);
});
