// One history: random events from a seed, the invariants after each, and rest at the end.

import type { Database } from '../../packages/api/src/storage/postgres/database.ts';
import { emptyDatabase } from '../../packages/api/test/reconcile/shared-database.ts';
import type { Cells } from './cells.ts';
import { createChoice } from './choice.ts';
import { happen } from './events/events.ts';
import { breachesAtRest, breachesNow, type Breach } from './invariants/check.ts';
import { openScene, type Scene } from './scene.ts';

export interface History {
  seed: number;
  /** What happened, in order. */
  events: string[];
  /** Every call to AWS, in order, as `action outcome`. */
  calls: string[];
  /** Invariants that broke; the history ends with the first event that breaks one. */
  breaches: Breach[];
  cells: Cells;
}

export async function playHistory(db: Database, seed: number, length: number): Promise<History> {
  const putBack = keepEnvironment();
  await emptyDatabase(db);
  const scene = await openScene(db, createChoice(seed), seed);
  const events: string[] = [];
  try {
    const breaches = await play(scene, length, events);
    return { ...told(scene), seed, events, breaches };
  } catch (error) {
    const found = [error instanceof Error ? String(error.stack) : String(error)];
    const breach = { name: 'nothing-throws', sentence: 'Nothing throws.', found };
    return { ...told(scene), seed, events, breaches: [breach] };
  } finally {
    for (const replica of scene.crew.replicas()) await replica.die();
    await scene.stage.close();
    putBack();
  }
}

/** A stage tells the AWS SDK by the environment where AWS is. */
function keepEnvironment(): () => void {
  const before = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
  return () => {
    for (const name of Object.keys(process.env)) {
      if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, Object.fromEntries(before));
  };
}

async function play(scene: Scene, length: number, events: string[]): Promise<Breach[]> {
  const { calls } = scene.stage.simulator.simulation;
  for (let count = 0; count < length; count++) {
    const since = calls.last();
    events.push(await happen(scene));
    const breaches = await breachesNow(scene, since);
    if (breaches.length > 0) return breaches;
  }
  return breachesAtRest(scene);
}

function told({ stage, cells }: Scene): Pick<History, 'calls' | 'cells'> {
  const calls = stage.simulator.calls().map(({ action, outcome }) => `${action} ${outcome}`);
  return { calls, cells };
}

/** For a person who wants to see how it came to this. */
export function historyText({ seed, events, breaches }: History): string {
  const lines = events.map((event, index) => `  ${String(index + 1).padStart(3)}  ${event}`);
  const marks = breaches.flatMap(({ name, sentence, found }) => [
    `  BROKEN  ${name}: ${sentence}`,
    ...found.map((text) => `          ${text}`),
  ]);
  return [`seed ${seed}`, ...lines, ...marks].join('\n');
}
