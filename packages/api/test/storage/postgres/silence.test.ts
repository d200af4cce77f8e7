// A server that says nothing any more is told from a statement that takes its time.
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/storage/postgres/database.ts';
import { DatabaseUnavailableError } from '../../../src/storage/postgres/errors.ts';
import { startSilentProxy, type SilentProxy } from './silent-proxy.ts';
import { temporaryDatabase, type TemporaryDatabase } from './temporary-database.ts';

// The question then has half a second, in which a server that is there need not answer here.
const silenceMs = 300;
// It has a second and a half where it has to be answered, also on a busy machine.
const patientMs = 900;
let server: TemporaryDatabase;
let proxy: SilentProxy;
let db: Database;

beforeAll(async () => {
  server = await temporaryDatabase();
  proxy = await startSilentProxy(server.connectionString);
});
afterAll(async () => {
  await proxy.close();
  await server.close();
});

// A silence ends no connection of a pool that does not notice it.
beforeEach(() => {
  proxy.listenAgain();
  const { connectionString } = proxy;
  db = openDatabase({ connectionString, poolSize: 2, silenceMs, connectTimeoutMs: 2_500 });
});
afterEach(() => db.close());

/** One that waits for so long before it has the server asked. */
function patient(ms: number): Database {
  const { connectionString } = proxy;
  const made = openDatabase({ connectionString, poolSize: 2, silenceMs: ms });
  onTestFinished(() => made.close());
  return made;
}

test('when a statement takes its time, nobody disturbs it', async () => {
  const slow = `select 'there' as answer from pg_sleep(2)`;
  expect(await patient(patientMs).query(slow)).toEqual([{ answer: 'there' }]);
});

test('when every connection is busy, whoever comes next waits for a free one', async () => {
  const one = patient(patientMs);
  const slow = () => one.query(`select 1 as n from pg_sleep(1.2)`);
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

test('when a transaction goes on after the silence, nothing more is sent', async () => {
  await db.query('select 1');
  const failures: unknown[] = [];
  const going = db.transaction(async (tx) => {
    proxy.silence();
    for (const _ of [1, 2, 3])
      await tx.query('select 1').catch((failure: unknown) => failures.push(failure));
  });
  await expect(going).rejects.toThrow(DatabaseUnavailableError);
  expect(failures).toEqual([failures[0], failures[0], failures[0]]);
  expect(new Set(failures).size).toBe(1);
});

test('when it is back, the next statement is answered', async () => {
  proxy.silence();
  await expect(db.query('select 1')).rejects.toThrow(DatabaseUnavailableError);
  proxy.listenAgain();
  expect(await db.query('select 1 as n')).toEqual([{ n: 1 }]);
});

test('when it is back, nobody waits for connections that were tried meanwhile', async () => {
  const other = patient(silenceMs);
  proxy.silence();
  for (let tries = 0; tries < 2; tries++) {
    const trying = [1, 2, 3].map(() => other.query('select 1'));
    for (const one of trying) await expect(one).rejects.toThrow(DatabaseUnavailableError);
  }
  proxy.listenAgain();
  const backAt = performance.now();
  await Promise.all([1, 2, 3].map(() => other.query('select 1')));
  expect(performance.now() - backAt).toBeLessThan(2_000);
});

test('when it is back, nobody is given a connection that it has forgotten', async () => {
  const other = patient(silenceMs);
  await Promise.all([1, 2].map(() => other.query('select pg_sleep(0.1)')));
  proxy.silence();
  await expect(other.query('select 1')).rejects.toThrow(DatabaseUnavailableError);
  proxy.listenAgain();
  const backAt = performance.now();
  await Promise.all([1, 2].map(() => other.query('select 1')));
  expect(performance.now() - backAt).toBeLessThan(2_000);
});
