// Durations as people type them: `90s`, `10m`, `1h30m`.

import { usageError } from '../exit-codes.ts';

const UNITS_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Milliseconds of a text such as `10m`. A bare number is refused: some tools mean seconds by it and
 * some milliseconds, and a wrong guess shows too late.
 * @throws CommandError
 */
export function durationMs(text: string): number {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) {
    throw usageError(`"${text}" is not a duration.`, 'Give a number with a unit: 90s, 10m, 1h30m.');
  }
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g);
  return Array.from(parts).reduce(
    (sum, [, number, unit]) => sum + Number(number) * UNITS_MS[unit!]!,
    0,
  );
}
