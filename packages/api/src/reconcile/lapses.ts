// Proofs that have become too old: their accounts lapse. That stops new accepts and new entries of
// allowlists, and takes nothing away: only people do that.

import { lapsesWithNotice } from '../domain/account.ts';
import * as accounts from '../storage/accounts.ts';
import { nudgeServicesOf } from '../storage/fan-out.ts';
import { audit, record, type Run } from './run.ts';

/** Accounts of one run, each in a transaction of its own. */
const accountsMax = 500;

/** @returns how many accounts have lapsed, and whether more are due */
export async function lapseProofs(run: Run): Promise<{ lapsed: number; more: boolean }> {
  const dated = await dateOldProofs(run);
  const due = await accounts.listLapsing(run.db, run.now(), accountsMax);
  let lapsed = 0;
  for (const account of due) {
    if (run.signal.aborted) break;
    if (await lapse(run, account)) lapsed += 1;
  }
  return { lapsed, more: due.length === accountsMax || dated === accountsMax };
}

/** Proofs that were given before there was a lifetime. @returns how many of them have it now */
async function dateOldProofs(run: Run): Promise<number> {
  const { proofLifetimeDays: days } = run;
  if (days === null) return 0;
  return record(run, async (db) => {
    const old = await accounts.listUndated(db, accountsMax);
    for (const { id, customerId, standingSince } of old) {
      const lapsesAt = lapsesWithNotice(standingSince, days, run.now());
      await accounts.dateLapse(db, id, lapsesAt);
      await audit(run, db, {
        action: 'dateLapse',
        subjectId: id,
        customerId,
        reason: `Proofs now lapse after ${days} days; it was given before that was so.`,
        before: { lapsesAt: null },
        after: { lapsesAt },
      });
    }
    return old.length;
  });
}

function lapse(run: Run, { id, customerId }: accounts.Lapsing): Promise<boolean> {
  return record(run, async (db) => {
    const at = run.now();
    // Targets before rows, as other workers lock them.
    await nudgeServicesOf({ db, now: at, makeId: run.makeId }, customerId);
    const lapsedProof = await accounts.lapse(db, id, at);
    if (!lapsedProof) return false;
    await audit(run, db, {
      action: 'lapseAccount',
      subjectId: id,
      customerId,
      reason: 'Its proof is too old. Nothing new is let in until the account is proven again.',
      before: { standing: 'proven', standingSince: lapsedProof.standingSince },
      after: { standing: 'lapsed', standingSince: at },
    });
    return true;
  });
}
