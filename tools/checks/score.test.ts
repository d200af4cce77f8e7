import path from 'node:path';
import { expect, test } from 'vitest';
import { belowFloors, checkScore } from './score.ts';

const repository = path.resolve(import.meta.dirname, '../..');

test('when every part is at its floor or above, nothing is found', () => {
  expect(belowFloors({ total: 90, examples: 81 }, { total: 90, examples: 80 })).toEqual([]);
});

test('when a part is below its floor, it is named with both figures', () => {
  const findings = belowFloors({ total: 89.4, examples: 81 }, { total: 89.5, examples: 80 });
  expect(findings).toEqual([
    { path: 'openapi.json', message: expect.stringContaining('89.4 for total') },
  ]);
  expect(findings[0]?.message).toContain('the floor is 89.5');
});

test('when the ledger and the score have different parts, that is told', () => {
  expect(belowFloors({ total: 90, humour: 3 }, { total: 90, examples: 80 })).toHaveLength(2);
});

test('when the contract of this repository is scored, every part is read', async () => {
  expect(await checkScore(repository)).toEqual([]);
});
