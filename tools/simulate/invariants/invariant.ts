// What an invariant is: a sentence, and what to look at after each event to tell whether it holds.

import type { CallRecord } from '@sallyport/aws-simulator';
import type { EffectFacts, Facts } from '../facts.ts';
import type { IntentMoment } from '../intents.ts';
import type { Scene } from '../scene.ts';

/** To be judged by what was so when it was stored: before and after the event it may not be so. */
export interface Intent extends EffectFacts, IntentMoment {}

export interface Moment {
  scene: Scene;
  /** Before the event. */
  before: Facts;
  now: Facts;
  /** Calls of ours that AWS has had since. */
  calls: CallRecord[];
  /** Intents that are new since. */
  intents: Intent[];
  /** What the witness has seen since. */
  unintended: string[];
  open: string[];
  /** Where a signature is that should be nowhere. */
  leaked: string[];
  /** What requests have shown since that they should not. */
  twice: string[];
  foreign: string[];
}

export interface Invariant {
  name: string;
  sentence: string;
  /** What breaks it, in words; empty when it holds. */
  broken: (moment: Moment) => string[];
}

/** Rows of the second that the first does not have, by id. */
export function newOnes<Row extends { id: string }>(before: Row[], now: Row[]): Row[] {
  const known = new Set(before.map(({ id }) => id));
  return now.filter(({ id }) => !known.has(id));
}

/** Pairs of what is the same row before and after. */
export function pairs<Row extends { id: string }>(before: Row[], now: Row[]): [Row, Row][] {
  const known = new Map(before.map((row) => [row.id, row]));
  return now.flatMap((row): [Row, Row][] => {
    const old = known.get(row.id);
    return old ? [[old, row]] : [];
  });
}
