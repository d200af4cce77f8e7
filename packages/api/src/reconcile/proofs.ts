// One proof of an account: STS is asked who signed, and the verdict is recorded.

import type { IdentityAnswer } from '../aws/ports.ts';
import { lapsesAfter, type Account } from '../domain/account.ts';
import type { Customer } from '../domain/customer.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { rebuildRequest } from '../domain/proof.ts';
import * as accounts from '../storage/accounts.ts';
import * as customers from '../storage/customers.ts';
import { nudgeServicesOf } from '../storage/fan-out.ts';
import * as operations from '../storage/operations.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as proofs from '../storage/proofs.ts';
import { audit, nothingLeft, record, type Outcome, type Run } from './run.ts';

/** After this the signature is of no use to anybody, and the customer had better sign again. */
const triesForMs = 300_000;
const retryMs = 2_000;
const nobodyAsked: IdentityAnswer = { kind: 'unavailable', message: 'It is too late to ask.' };

export async function reconcileProof(run: Run): Promise<Outcome> {
  const proof = await proofs.findProof(run.db, run.lease.key);
  if (!proof?.fields) return nothingLeft;
  const challenge = await proofs.findChallenge(run.db, proof.challengeId);
  const request = rebuildRequest(proof.fields, challenge!);
  const tooLate = run.now().getTime() - proof.submittedAt.getTime() > triesForMs;
  const answer = tooLate ? nobodyAsked : await run.aws.callerIdentity.confirm(request, run.signal);
  if (answer.kind === 'unavailable' && !tooLate) {
    const message = `AWS could not be asked: ${answer.message}`;
    await operations.report(run.db, proof.operationId, { message }, run.now());
    return { report: { waiting: 'sts' }, dueInMs: retryMs };
  }
  await record(run, (db) => judge(run, db, proof, answer));
  return nothingLeft;
}

interface Verdict {
  standing: 'proven' | 'disputed' | null;
  provenBy: string | null;
  message: string;
  errorCode?: ErrorCode;
}

async function judge(
  run: Run,
  db: Queryable,
  proof: proofs.Proof,
  answer: IdentityAnswer,
): Promise<void> {
  const customer = await holdCustomer(db, proof.accountId);
  const at = run.now();
  await proofs.markJudged(db, proof.id, at);
  const account = await accounts.find(db, proof.accountId, null);
  if (!account) return;
  const owner = await accounts.findOwner(db, account.partition, account.accountId);
  const verdict = verdictOn(account, answer, owner, customer!);
  if (verdict.standing) {
    const { standing, provenBy } = verdict;
    const lapsesAt = standing === 'proven' ? lapsesAfter(at, run.proofLifetimeDays) : null;
    await accounts.setStanding(db, account.id, { standing, provenBy, lapsesAt }, at);
    await nudgeServicesOf({ db, now: at, makeId: run.makeId }, account.customerId);
  }
  await audit(run, db, {
    action: 'judgeProof',
    subjectId: account.id,
    customerId: account.customerId,
    reason: verdict.message,
    before: { standing: account.standing },
    after: { standing: verdict.standing ?? account.standing, provenBy: verdict.provenBy },
  });
  const { message, errorCode } = verdict;
  const state = errorCode ? 'failed' : 'succeeded';
  const outcome = errorCode ? { state, message, errorCode } : { state, message };
  await operations.finish(db, proof.operationId, outcome as operations.Outcome, at);
}

/**
 * The customer as it will stay until the verdict is in, so that nothing is proven for one that has
 * left meanwhile. Before the proof, as one who gives an account up locks them.
 */
async function holdCustomer(db: Queryable, accountId: string): Promise<Customer | null> {
  const account = await accounts.find(db, accountId, null);
  if (!account) return null;
  await customers.lock(db, account.customerId);
  return customers.find(db, account.customerId, null);
}

function verdictOn(
  account: Account,
  answer: IdentityAnswer,
  owner: Account | null,
  customer: Customer,
): Verdict {
  const refused = (message: string, code: ErrorCode = 'proof_refused'): Verdict => {
    return { standing: null, provenBy: null, message, errorCode: code };
  };
  if (answer.kind === 'refused') return refused(`STS refused the proof: ${answer.code}.`);
  if (answer.kind === 'unavailable') return refused('AWS could not be asked in time; sign again.');
  if (customer.state !== 'active') {
    return refused(`The customer is ${customer.state}.`, 'customer_not_active');
  }
  const { arn, accountId } = answer.identity;
  if (accountId !== account.accountId || !arn.startsWith(`arn:${account.partition}:`)) {
    return refused(`The proof was signed by another account than ${account.accountId}.`);
  }
  if (owner && owner.id !== account.id) {
    const message = `Account ${account.accountId} has standing with another customer.`;
    return { ...refused(message, 'account_disputed'), standing: 'disputed', provenBy: arn };
  }
  return { standing: 'proven', provenBy: arn, message: `Proven by ${arn}.` };
}
