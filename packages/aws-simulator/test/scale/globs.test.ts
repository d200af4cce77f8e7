// The wildcards of filters, against the regular expression each one stands for.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globOf } from '../../src/services/ec2/lists/globs.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\', '😀'), maxLength: 8 });

test('when a pattern has wildcards and escapes, it matches what its expression matches', () => {
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const expected = new RegExp(`^${expressionOf(pattern)}$`, 'su').test(text);
      const glob = globOf(pattern);
      expect(glob.matches(text)).toBe(expected);
      if (glob.plain !== undefined) expect(glob.plain === text).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test('when a pattern is made to be slow, it is not', () => {
  const glob = globOf(`${'*a'.repeat(200)}!`);
  // As a regular expression, this one would outlive the machine.
  expect(glob.matches('a'.repeat(2000))).toBe(false);
});

// A backslash at the end escapes nothing and stands for itself.
function expressionOf(pattern: string): string {
  return pattern.replace(/\\(.)|(.)/gsu, (_, escaped: string | undefined, char: string) => {
    if (escaped !== undefined) return literal(escaped);
    if (char === '*') return '.*';
    return char === '?' ? '.' : literal(char);
  });
}

function literal(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\/]/u, '\\$&');
}
