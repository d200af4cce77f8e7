// The database is kept clean: what is kept for a time only goes when its time is over. AWS is not
// asked for anything.

import { cutoffs } from '../domain/retention.ts';
import * as retention from '../storage/retention.ts';
import { record, type Outcome, type Run } from './run.ts';

/** Rows of one transaction, so that none of them takes long or holds much. */
const batchSize = 1_000;
/** Transactions of one run for each table. */
const batchesMax = 10;
const everyMs = 3_600_000;
const soonMs = 1_000;

export async function reconcileCleaning(run: Run): Promise<Outcome> {
  const deleted: Partial<Record<retention.KeptForATime, number>> = {};
  const { retentionDays } = run;
  const limits = cutoffs(run.now(), retentionDays);
  let more = false;
  for (const what of retention.keptForATime) {
    let batches = 0;
    let some = batchSize;
    for (; some === batchSize && batches < batchesMax && !run.signal.aborted; batches++) {
      some = await record(run, (db) => retention.deleteSome(db, what, limits, batchSize));
      deleted[what] = (deleted[what] ?? 0) + some;
    }
    more ||= some === batchSize;
  }
  return { report: { retentionDays, deleted }, dueInMs: more ? soonMs : everyMs };
}
