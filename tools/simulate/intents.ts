// Sees every intent at the moment when it is stored, with what the database had then: within one
// event a grant may come and go, and a service be read, changed and frozen.

import type { Stage } from '../../packages/api/test/reconcile/stage.ts';
import type { Lease } from '../../packages/api/src/storage/targets.ts';
import { readFacts, type Facts } from './facts.ts';

export interface Moments {
  /** To be called after each transaction of a run, before anybody else does anything. */
  look: (lease: Lease) => Promise<void>;
  /** Of every intent since the last time, by its id. */
  take: () => Map<string, IntentMoment>;
}

export interface IntentMoment {
  /** What the database had right after it was stored. */
  facts: Facts;
  /** The same run has stored the intent of a mark at the service before. */
  hasMarked: boolean;
}

/** What was stored before it is none of its intents. */
export async function createMoments(stage: Pick<Stage, 'db' | 'clock'>): Promise<Moments> {
  const before = await stage.db.query<{ id: string }>('SELECT id FROM effects');
  const known = new Set(before.map(({ id }) => id));
  /** Runs that have stored the intent of a mark, with the service. */
  const marking = new Set<string>();
  let seen = new Map<string, IntentMoment>();
  return {
    look: async ({ kind, key, fence }) => {
      const text = 'SELECT id FROM effects WHERE id <> ALL ($1) ORDER BY id';
      const rows = await stage.db.query<{ id: string }>(text, [[...known]]);
      if (rows.length === 0) return;
      const facts = await readFacts(stage);
      for (const { id } of rows) {
        const { action, serviceId } = facts.effects.find((effect) => effect.id === id)!;
        const marks = [kind, key, fence, serviceId].join(' ');
        known.add(id);
        seen.set(id, { facts, hasMarked: marking.has(marks) });
        if (action === 'mark_service') marking.add(marks);
      }
    },
    take: () => {
      const taken = seen;
      seen = new Map();
      return taken;
    },
  };
}
