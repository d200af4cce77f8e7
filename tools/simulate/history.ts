// One history: random events from a seed, the invariants after each, and rest at the end.

import type { Database } from '../../packages/api/src/storage/postgres/database.ts';
import { emptyDatabase } from '../../packages/api/test/reconcile/shared-database.ts';
import { createChoice } from './choice.ts';
import { happen } from './events.ts';
import type { Faults } from './faults.ts';
import { brokenAtRest, brokenNow } from './invariants.ts';
import { openScene } from './scene.ts';

export interface History {
  seed: number;
  /** What happened, in order. */
  events: string[];
  /** Invariants that broke; the history ends with the first event that breaks one. */
  broken: string[];
  met: Faults['met'];
}

export async function playHistory(db: Database, seed: number, length: number): Promise<History> {
  await emptyDatabase(db);
  const scene = await openScene(db, createChoice(seed), seed);
  const events: string[] = [];
  const end = (broken: string[]): History => ({ seed, events, broken, met: scene.faults.met });
  try {
    for (let count = 0; count < length; count++) {
      events.push(await happen(scene));
      const broken = await brokenNow(scene);
      if (broken.length > 0) return end(broken);
    }
    return end(await brokenAtRest(scene));
  } catch (error) {
    return end([`something threw: ${error instanceof Error ? error.stack : String(error)}`]);
  } finally {
    await scene.stage.close();
  }
}

/** For a person who wants to see how it came to this. */
export function historyText({ seed, events, broken }: History): string {
  const lines = events.map((event, index) => `  ${String(index + 1).padStart(3)}  ${event}`);
  const marks = broken.map((text) => `  BROKEN  ${text}`);
  return [`seed ${seed}`, ...lines, ...marks].join('\n');
}
