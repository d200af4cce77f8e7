// The queue of deliveries: pg-boss, in tables of its own that our migrations make, on our own
// connections. What there is to know of a delivery is in `deliveries`; the queue has its turn.

import type { Db } from 'pg-boss';
import { retries } from '../domain/webhook.ts';
import type { Database, Queryable } from './postgres/database.ts';

export interface DeliveryQueue {
  /** In the transaction that makes the deliveries. */
  add(db: Queryable, deliveries: { id: string; lane: string }[]): Promise<void>;
  /** Takes some whose turn it is; one that is not settled in time comes again. */
  take(limit: number): Promise<Turn[]>;
  /** It is over, whichever way. */
  finish(db: Queryable, turn: Turn): Promise<void>;
  /** @returns when it comes again; null when it does not, since it has had its turns */
  retry(db: Queryable, turn: Turn): Promise<Date | null>;
  stop(): Promise<void>;
}

export interface Turn {
  /** Of the queue. */
  jobId: string;
  deliveryId: string;
}

const queue = 'deliveries';
/** Longer than an attempt may take, and the time that a killed worker's attempts are held up. */
const expireInSeconds = 60;
/** By itself the queue forgets what has waited for 14 days, be it for a database in quarantine. */
const retentionSeconds = 10 * 365 * 86_400;
const settings = {
  retryLimit: retries.limit,
  retryDelay: retries.delaySeconds,
  retryDelayMax: retries.delayMaxSeconds,
  retryBackoff: true,
  expireInSeconds,
  deleteAfterSeconds: 86_400,
};
/** Attempts of one lane at once, of all workers: a slow one leaves the others their turns. */
const groupConcurrency = 4;

/** @throws Error when the tables are not there, or are of another version */
export async function openDeliveryQueue(
  database: Database,
  onError: (error: unknown) => void,
): Promise<DeliveryQueue> {
  // Only workers need it, and only once they have started.
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => ({ rows: await run(database, text, values) }) },
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    schedule: false,
  });
  boss.on('error', onError);
  const stop = () => boss.stop({ graceful: false, close: false });
  try {
    await boss.start();
    await boss.createQueue(queue, settings);
  } catch (error) {
    // What has started of it would go on, and keep the process alive when all else has ended.
    await stop().catch(onError);
    throw error;
  }
  return {
    add: async (db, deliveries) => {
      const jobs = deliveries.map(({ id, lane }) => {
        return { data: { deliveryId: id }, group: { id: lane }, retentionSeconds };
      });
      if (jobs.length > 0) await boss.insert(queue, jobs, { db: within(db) });
    },
    take: async (limit) => {
      const fetching = { batchSize: limit, groupConcurrency };
      const jobs = await boss.fetch<{ deliveryId: string }>(queue, fetching);
      return jobs.map(({ id, data }) => ({ jobId: id, deliveryId: data.deliveryId }));
    },
    finish: async (db, { jobId }) => {
      await boss.complete(queue, jobId, null, { db: within(db) });
    },
    retry: async (db, { jobId }) => {
      await boss.fail(queue, jobId, null, { db: within(db) });
      const [row] = await db.query<{ startAfter: Date }>(
        `SELECT start_after FROM pgboss.job WHERE name = $1 AND id = $2 AND state = 'retry'`,
        [queue, jobId],
      );
      return row?.startAfter ?? null;
    },
    stop,
  };
}

async function run(database: Database, text: string, values: unknown[] | undefined) {
  return database.foreign(text, values && values.length > 0 ? values : undefined);
}

/** pg-boss reads nothing but one-word columns from the statements that are given here. */
function within(db: Queryable): Db {
  return { executeSql: async (text, values) => ({ rows: await db.query(text, values) }) };
}
