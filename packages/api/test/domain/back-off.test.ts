import { describe, expect, it } from 'vitest';
import { backOffMs } from '../../src/domain/back-off.ts';

const since = new Date('2026-03-01T12:00:00Z');

describe('a pause that grows', () => {
  it.each([
    [null, 1_000],
    [0, 1_000],
    [8_000, 2_000],
    [60_000, 15_000],
    [86_400_000, 30_000],
  ])('when %s ms have passed, it is %i ms', (passed, pause) => {
    const begun = passed === null ? null : new Date(since.getTime() - passed);
    expect(backOffMs(begun, since, { least: 1_000, most: 30_000 })).toBe(pause);
  });
});
