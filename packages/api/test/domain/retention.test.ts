import { expect, it } from 'vitest';
import { cutoffs, defaultRetentionDays } from '../../src/domain/retention.ts';

const now = new Date('2026-03-01T12:00:00Z');

it('when history is kept for a month, answers and proofs keep their own times', () => {
  expect(cutoffs(now, 28)).toEqual({
    idempotencyKeys: new Date('2026-02-22T12:00:00Z'),
    reports: new Date('2026-01-30T12:00:00Z'),
    proofs: new Date('2026-01-30T12:00:00Z'),
    history: new Date('2026-02-01T12:00:00Z'),
  });
});

it('when nothing is set, a year of history is there at any time', () => {
  const { history } = cutoffs(now, defaultRetentionDays);
  expect(history.getTime()).toBeLessThan(Date.parse('2025-03-01T12:00:00Z'));
});
