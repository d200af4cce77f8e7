// Removes entries of the audit log that are no longer kept, where a setting says how long they are.
// Whole seals go, the oldest first, and the seals themselves stay, so that the chain still holds.

import { removalAction } from '../domain/audit-chain.ts';
import { record, type Run } from './run.ts';
import * as auditSeals from '../storage/audit-seals.ts';
import * as auditEntries from '../storage/audit-entries.ts';

/** Rows of one transaction. */
const batchSize = 1_000;
const batchesMax = 10;

/**
 * First an entry says what will be removed; once that entry is sealed itself, it is done. So an
 * export in which entries lack without a word was tampered with.
 */
export async function removeAuditEntries(run: Run): Promise<{ removed: number; more: boolean }> {
  const { auditRetentionDays, now, db, signal } = run;
  if (auditRetentionDays === null) return { removed: 0, more: false };
  const cutoff = new Date(now().getTime() - auditRetentionDays * 86_400_000);
  const through = await auditSeals.findRemovable(db, cutoff);
  if (through) await announce(run, through);
  let removed = 0;
  let some = batchSize;
  for (let batch = 0; some === batchSize && batch < batchesMax && !signal.aborted; batch++) {
    some = await record(run, (tx) => auditSeals.deleteRemoved(tx, batchSize));
    removed += some;
  }
  return { removed, more: some === batchSize };
}

async function announce(run: Run, through: auditSeals.Seal): Promise<void> {
  const id = run.makeId('auditEntry');
  await record(run, async (db) => {
    await auditEntries.insert(db, {
      id,
      at: run.now(),
      actor: `worker:${run.lease.kind}`,
      action: removalAction,
      subjectId: 'audit_entries',
      customerId: null,
      reason: `Entries are kept for ${run.auditRetentionDays} days.`,
      changeRef: null,
      before: null,
      after: { throughSeal: through.seq, throughPlace: through.lastPlace, hash: through.hash },
      requestId: null,
    });
    await auditSeals.announceRemoval(db, through, id);
  });
}
