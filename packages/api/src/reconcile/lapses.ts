// Proofs that have become too old: their accounts lapse. That stops new accepts and new entries of
// allowlists, and takes nothing away: only people do that.

import * as accounts from '../storage/accounts.ts';
import { nudgeServicesOf } from '../storage/fan-out.ts';
import { audit, record, type Run } from './run.ts';

/** Accounts of one run, each in a transaction of its own. */
const accountsMax = 500;

/** @returns how many accounts have lapsed, and whether more are due */
export async function lapseProofs(run: Run): Promise<{ lapsed: number; more: boolean }> {
  const due = await accounts.listLapsing(run.db, run.now(), accountsMax);
  let lapsed = 0;
  for (const account of due) {
    if (run.signal.aborted) break;
    if (await lapse(run, account)) lapsed += 1;
  }
  return { lapsed, more: due.length === accountsMax };
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
