// Choices that follow from a seed, so that a step of a history is the same whenever it is played.

import * as fc from 'fast-check';

export interface Draw {
  /** True so often, of one. */
  chance: (share: number) => boolean;
  below: (limit: number) => number;
  pick: <Value>(values: readonly Value[]) => Value;
  of: <Value>(arbitrary: fc.Arbitrary<Value>) => Value;
}

export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  // Mulberry32: small, and good enough to choose with.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    chance: (share) => next() < share,
    below,
    pick: (values) => values[below(values.length)]!,
    of: (arbitrary) => fc.sample(arbitrary, { seed: below(2 ** 31), numRuns: 1 })[0]!,
  };
}
