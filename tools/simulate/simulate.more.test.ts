// More histories, other ones at each run; and with SALLYPORT_TEST_LONG as many as it
// takes to strike every state with every fault.

import { expect, it } from 'vitest';
import { emptyCells } from './cells.ts';
import { databaseOfFile, playInTest, seedOfRun } from './play-test.ts';

const isLong = Boolean(process.env['SALLYPORT_TEST_LONG']);
const db = databaseOfFile();

const cells = playInTest(db, seedOfRun(1), isLong ? 200 : 4);

it.skipIf(!isLong)('when many histories are played, every fault strikes in every state', () => {
  expect(emptyCells(cells)).toEqual([]);
});

if (!isLong) process.stderr.write('Cells are counted with SALLYPORT_TEST_LONG=1 only.\n');
