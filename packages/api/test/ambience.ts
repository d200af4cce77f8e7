// Time, ids and randomness of a test: they follow from a seed, and time stands still until told.

import { createChoice } from '../../../tools/simulate/choice.ts';
import { makeId, type IdKind } from '../src/domain/ids.ts';

export interface Clock {
  now: () => Date;
  advance: (ms: number) => void;
}

/** Time that stands still until it is told to move, and ids and secrets that follow from a seed. */
export interface Ambience {
  clock: Clock;
  /** Ids sort in the order in which they are made, also within a millisecond. */
  makeId: (kind: IdKind) => string;
  random: (bytes: number) => Uint8Array;
}

export function createAmbience(seed = 1): Ambience {
  let time = Date.parse('2026-03-01T12:00:00Z');
  let made = 0;
  const choice = createChoice(seed);
  const random = (bytes: number): Uint8Array =>
    Uint8Array.from({ length: bytes }, () => choice.below(256));
  return {
    clock: { now: () => new Date(time), advance: (ms) => void (time += ms) },
    random,
    makeId: (kind) => {
      const bytes = Buffer.concat([Buffer.alloc(3), Buffer.alloc(4), random(3)]);
      bytes.writeUInt32BE(++made, 3);
      return makeId(kind, time, bytes);
    },
  };
}
