import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { written } from './contents.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase({ schema: 'empty' });
  await db.query('CREATE TABLE other (id int)');
  await db.query('CREATE TABLE things (id int, value int)');
});
beforeEach(async () => {
  await db.query('DELETE FROM other');
  await db.query('DELETE FROM things');
  await db.query('INSERT INTO things VALUES (1, 1), (2, 1)');
  for (const id of [3, 4]) await db.query(`INSERT INTO things VALUES (${id}, 1)`);
});
afterAll(() => db.close());

test.each([
  'INSERT INTO other VALUES (1)',
  'INSERT INTO things VALUES (5, 1)',
  'UPDATE things SET value = 2 WHERE id = 1',
  'UPDATE things SET value = value WHERE id = 2',
  'DELETE FROM things WHERE id = 2',
  'DELETE FROM things WHERE id = 4',
  'WITH gone AS (DELETE FROM things WHERE id = 1) INSERT INTO things VALUES (1, 2)',
])('when %s is committed, something was written', async (change) => {
  const before = await written(db);
  await db.query(change);
  const after = await written(db);
  expect(after).not.toBe(before);
  expect(await written(db)).toBe(after);
});

test('when a change is rolled back, nothing was written', async () => {
  const before = await written(db);
  const lost = db.transaction(async (tx) => {
    await tx.query('DELETE FROM things WHERE id = 3');
    await tx.query('INSERT INTO things VALUES (5, 1)');
    await tx.query('SELECT 1 FROM things FOR UPDATE');
    throw new Error('Not so.');
  });
  await expect(lost).rejects.toThrow('Not so.');
  expect(await written(db)).toBe(before);
});
