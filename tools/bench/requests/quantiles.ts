// The slowest of many, and how far a figure of them may be trusted.

/** The time that one of a hundred takes longer than. */
export function p99(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * 0.99)] ?? Number.NaN;
}

/**
 * Where a figure of some turns lies in 95 % of as many turns that are drawn from them again and
 * again: what another run would find, if it met with no other trouble than this one.
 */
export function interval<Turn>(
  turns: readonly Turn[],
  figure: (drawn: readonly Turn[]) => number,
): [low: number, high: number] {
  const draw = () => turns.map(() => turns[Math.floor(Math.random() * turns.length)]!);
  const found = Array.from({ length: draws }, () => figure(draw())).toSorted((a, b) => a - b);
  return [found[Math.floor(draws * 0.025)]!, found[Math.floor(draws * 0.975)]!];
}

const draws = 1_000;
