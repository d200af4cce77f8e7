// What has its time in the database: proofs are renewed or lapse, and what is kept for a time only
// goes when that is over. AWS is not asked for anything.

import { cutoffs } from '../domain/retention.ts';
import * as retention from '../storage/retention.ts';
import { removeAuditEntries } from './audit-removal.ts';
import { lapseProofs } from './lapses.ts';
import { renewProofs } from './renewals.ts';
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
  const { lapsed, more: moreLapse } = await lapseProofs(run);
  const { renewing, more: moreRenew } = await renewProofs(run);
  let more = moreLapse || moreRenew;
  for (const what of retention.keptForATime) {
    let batches = 0;
    let some = batchSize;
    for (; some === batchSize && batches < batchesMax && !run.signal.aborted; batches++) {
      some = await record(run, (db) => retention.deleteSome(db, what, limits, batchSize));
      deleted[what] = (deleted[what] ?? 0) + some;
    }
    more ||= some === batchSize;
  }
  const audit = await removeAuditEntries(run);
  more ||= audit.more;
  const { removed: auditEntries } = audit;
  const report = { retentionDays, deleted, lapsed, ...counted({ auditEntries, renewing }) };
  return { report, dueInMs: more ? soonMs : everyMs };
}

/** What is not nought. */
function counted(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
