// With SALLYPORT_TEST_LONG: other histories at each run, as many as it takes to strike every state
// with every fault. They may find what is wrong with anything, so no change waits for them.

import { expect, it } from 'vitest';
import { emptyCells, noCells } from './cells.ts';
import { databaseOfFile, playInTest, seedOfRun } from './play-test.ts';

const isLong = Boolean(process.env['SALLYPORT_TEST_LONG']);
const db = databaseOfFile();

const cells = isLong ? playInTest(db, seedOfRun(1), 200) : noCells();

it.skipIf(!isLong)('when many histories are played, every fault strikes in every state', () => {
  expect(emptyCells(cells)).toEqual([]);
});

if (!isLong)
  process.stderr.write('skipped: histories from new seeds, which are part of test:long only\n');
