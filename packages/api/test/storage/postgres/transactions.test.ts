// Who is told what in a transaction whose statements are not waited for one by one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempt } from '../../../src/storage/savepoints.ts';
import { violatedConstraint } from '../../../src/storage/postgres/errors.ts';
import type { Session } from '../../../src/storage/postgres/sessions.ts';
import { runTransaction } from '../../../src/storage/postgres/transactions.ts';
import { temporaryDatabase } from './temporary-database.ts';
import type { TemporaryDatabase } from './temporary-database.ts';

let db: TemporaryDatabase;

beforeAll(async () => {
  db = await temporaryDatabase({ schema: 'empty' });
  await db.query(`create table things (id text primary key); insert into things values ('taken')`);
});
afterAll(() => db.close());

const take = `insert into things values ('taken')`;
const unheard = { unheard: true };

describe('a beginning that fails', () => {
  // As when an administrator cancels what the connection is at.
  const cancelled = new Error('canceling statement due to user request');
  const session: Session = {
    runAll: () => Promise.reject(new Error('not asked for')),
    run: ({ text }) =>
      text === 'begin'
        ? Promise.reject(cancelled)
        : Promise.resolve({ command: 'COMMIT', fields: [], rows: [['seen']] }),
    isBroken: () => false,
    decode: ({ rows }) => rows as never,
  };

  test('when something was asked after it, nobody reads the answer', async () => {
    const read: unknown[] = [];
    const look = (number: number) => `select ${number}`;
    const work = runTransaction(session, (tx) =>
      Promise.all([1, 2].map(async (number) => read.push(await tx.query(look(number))))),
    );
    await expect(work).rejects.toBe(cancelled);
    expect(read).toEqual([]);
  });

  test('when nothing was read after it, the transaction fails', () =>
    expect(runTransaction(session, async () => {})).rejects.toBe(cancelled));
});

describe('a statement that fails', () => {
  const failureOf = async (work: Promise<unknown>) =>
    violatedConstraint(await work.catch((error: unknown) => error));

  test('when others are under way behind it, its own error is told', async () => {
    const work = db.transaction((tx) =>
      Promise.all([tx.query(take), tx.query('select 1', undefined, unheard)]),
    );
    expect(await failureOf(work)).toBe('things_pkey');
  });

  test('when it was heard of and more was sent, its own error is told', async () => {
    const work = db.transaction(async (tx) => {
      await tx.query(take).catch(async (error: unknown) => {
        await tx.query('select 1', undefined, unheard);
        throw error;
      });
    });
    expect(await failureOf(work)).toBe('things_pkey');
  });

  test('when a savepoint takes back what was not heard of, the rest goes on', async () => {
    let told: unknown;
    await db.transaction(async (tx) => {
      const work = attempt(tx, async () => {
        await tx.query(take, undefined, unheard);
        throw new Error('refused');
      });
      told = await failureOf(work);
      await tx.query(`insert into things values ('beside')`);
    });
    expect(told).toBe('things_pkey');
    expect(await db.query(`select 1 from things where id = 'beside'`)).toHaveLength(1);
  });
});
