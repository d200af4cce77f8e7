// Choices that follow from a seed, so that a history can be played again.

export interface Choice {
  /** True with this probability, in [0, 1]. */
  chance: (probability: number) => boolean;
  /** A whole number in [0, below). */
  below: (below: number) => number;
  /** One of them. @throws Error when there is none */
  of: <Item>(items: readonly Item[]) => Item;
}

/** Marsaglia's xorshift on 32 bits: small, and good enough to choose events by. */
export function createChoice(seed: number): Choice {
  let state = (seed * 2_654_435_769) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    chance: (probability) => next() < probability,
    below,
    of: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('There is nothing to choose from.');
      return item;
    },
  };
}
