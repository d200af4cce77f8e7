// Accounts that were proven by a role: a worker proves them again before the proof lapses, and goes
// on trying once a day when it could not. Each renewal is a proof of its own.

import * as accounts from '../storage/accounts.ts';
import * as proofs from '../storage/proofs.ts';
import * as targets from '../storage/targets.ts';
import { record, type Run } from './run.ts';

/** Accounts of one run, each in a transaction of its own. */
const accountsMax = 200;
const againMs = 86_400_000;

/** @returns how many are being renewed, and whether more are due */
export async function renewProofs(run: Run): Promise<{ renewing: number; more: boolean }> {
  const due = await accounts.listRenewing(run.db, run.now(), accountsMax);
  for (const account of due) {
    if (run.signal.aborted) break;
    await renew(run, account);
  }
  return { renewing: due.length, more: due.length === accountsMax };
}

/** What comes of it is judged, and told, like any other proof. */
function renew(run: Run, { id, proofRole }: accounts.Renewing): Promise<void> {
  return record(run, async (db) => {
    const at = run.now();
    const proofId = run.makeId('proof');
    await targets.nudge(db, [{ kind: 'proof', key: proofId }], at);
    if (!(await accounts.takeRenewal(db, id, at, new Date(at.getTime() + againMs)))) return;
    await proofs.insertProof(db, {
      id: proofId,
      accountId: id,
      challengeId: null,
      operationId: null,
      fields: { method: 'role', roleName: proofRole },
      submittedAt: at,
      judgedAt: null,
    });
  });
}
