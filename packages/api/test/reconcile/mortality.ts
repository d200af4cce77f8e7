// A worker that dies: from one moment on it reads nothing, writes nothing and sends nothing more,
// as a process does that is killed. What it had committed or sent before stays.

import type { WorkerOptions } from '../../src/reconcile/worker.ts';
import type { Database } from '../../src/storage/postgres/database.ts';
import { hookedAws } from './hooked-aws.ts';

export interface Life {
  /** What it has done so far: `query`, `transaction`, or the name of a call to AWS. */
  deeds: string[];
  dead: boolean;
}

export class Died extends Error {}

/**
 * The worker, made mortal. It can die before every deed, which is also after every other one: to
 * die inside of a transaction is to die before it, as PostgreSQL then rolls it back.
 * @param diesBefore the number of the deed that it does not live to do, counted from 0
 */
export function mortal(
  worker: WorkerOptions,
  diesBefore = Number.POSITIVE_INFINITY,
): { worker: WorkerOptions; life: Life } {
  const life: Life = { deeds: [], dead: false };
  const live = (deed: string) => {
    if (life.deeds.length >= diesBefore) life.dead = true;
    if (life.dead) throw new Died(`Died before deed ${diesBefore}, ${deed}`);
    life.deeds.push(deed);
  };
  const unlessDead = async () => {
    if (life.dead) throw new Died('The answer reaches nobody.');
  };
  return {
    life,
    worker: {
      ...worker,
      db: mortalDatabase(worker.db, live),
      aws: hookedAws(worker.aws, { before: ({ name }) => live(name), after: unlessDead }),
      onError: (message, error) => {
        if (!life.dead) worker.onError(message, error);
      },
    },
  };
}

function mortalDatabase(db: Database, live: (deed: string) => void): Database {
  return {
    ...db,
    query: async (...request) => {
      live('query');
      return db.query(...request);
    },
    transaction: async (work) => {
      live('transaction');
      return db.transaction(work);
    },
  };
}
