// How many histories the decisions are played through, and from which seed. The same 300 of each
// model every time; with SALLYPORT_TEST_LONG=1 20 000 others, 100 000 for the five of them.

import { randomInt } from 'node:crypto';

export const models = ['principals', 'connections', 'private DNS', 'leaving', 'retiring'] as const;

const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';
const historiesMax = 100_000;

/** To be called once in a file: it tells the seed, with which the same histories come again. */
export function decisionRuns(): { seed: number; numRuns: number } {
  const given = process.env['SALLYPORT_TEST_SEED'];
  const seed = Number(given ?? (isLong ? randomInt(2 ** 31) : 1));
  const numRuns = isLong ? historiesMax / models.length : 300;
  const short = isLong ? '' : `; ${historiesMax} in all are for SALLYPORT_TEST_LONG=1 only`;
  process.stderr.write(`Decisions: SALLYPORT_TEST_SEED=${seed}, ${numRuns} each${short}\n`);
  return { seed, numRuns };
}
