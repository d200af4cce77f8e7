// How often, and with which seeds. `pnpm test` plays a fixed seed and a random one, quickly. To
// play more, or one again:
//
//   SIMULATOR_FUZZ_RUNS=500 SIMULATOR_FUZZ_SEED=42 npx vitest run packages/aws-simulator/test/fuzz

const { SIMULATOR_FUZZ_RUNS: runs, SIMULATOR_FUZZ_SEED: seed } = process.env;

/** The seeds to play; printed, so that a failure can be played again. */
export const seeds: readonly number[] = seed
  ? [Number(seed)]
  : [1, Math.floor(Math.random() * 2 ** 31)];

/** @param usual how many runs of a property `pnpm test` has time for. */
export function numberOfRuns(usual: number): number {
  return runs ? Number(runs) : usual;
}

/** Time enough for so many runs on a busy machine. */
export const timeout = runs ? 3_600_000 : 60_000;
