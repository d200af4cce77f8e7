// One proof of an account: AWS is asked whose it is, and the verdict is recorded.

import { backOffMs } from '../domain/back-off.ts';
import { lapsesAfter, renewsAt, type Account } from '../domain/account.ts';
import type { Customer } from '../domain/customer.ts';
import type { Hindrance } from '../domain/hindrance.ts';
import type { ProofForm } from '../domain/proof-form.ts';
import { verdictOn, type TokenRecord, type Verdict } from '../domain/proof-verdict.ts';
import * as accounts from '../storage/accounts.ts';
import * as customers from '../storage/customers.ts';
import { nudgeServicesOf } from '../storage/fan-out.ts';
import * as operations from '../storage/operations.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as proofs from '../storage/proofs.ts';
import * as tokens from '../storage/tokens.ts';
import { gather, type Asked } from './proof-evidence.ts';
import { audit, nothingLeft, record, type Outcome, type Run } from './run.ts';

/** After this what was handed in is of no use to anybody, and the customer had better try again. */
const triesForMs = 300_000;
/** Ever less often: who hands in many that nobody answers for is not to keep others waiting. */
const retryMs = { least: 2_000, most: 30_000 };
/** AWS takes some seconds to let anybody in by a role that was only just made. */
const roleSettlesMs = 30_000;
const nobodyAsked: Asked = {
  evidence: { kind: 'unavailable', message: 'It is too late to ask.' },
};

export async function reconcileProof(run: Run): Promise<Outcome> {
  const proof = await proofs.findProof(run.db, run.lease.key);
  if (!proof?.fields) return nothingLeft;
  const { fields: form, submittedAt } = proof;
  const account = await accounts.find(run.db, proof.accountId, null);
  const customer = account && (await customers.find(run.db, account.customerId, null));
  if (!account || !customer) return nothingLeft;
  const challenge = proof.challengeId && (await proofs.findChallenge(run.db, proof.challengeId));
  const age = run.now().getTime() - submittedAt.getTime();
  const tooLate = age > triesForMs;
  const about = { form, account, customer, challenge: challenge || null, submittedAt };
  const asked = tooLate ? nobodyAsked : await gather(run, about);
  const wait = tooLate ? null : reasonToWait(form, asked, age);
  if (wait !== null) {
    if (proof.operationId) {
      await operations.report(run.db, proof.operationId, { message: wait }, run.now());
    }
    const untilTooLate = triesForMs - age + 1;
    const dueInMs = Math.min(backOffMs(submittedAt, run.now(), retryMs), untilTooLate);
    return { report: { waiting: 'sts' }, dueInMs };
  }
  await record(run, (db) => judge(run, db, { ...proof, fields: form }, asked));
  return nothingLeft;
}

function reasonToWait(form: ProofForm, { evidence }: Asked, ageMs: number): string | null {
  if (evidence.kind === 'unavailable') return `AWS could not be asked: ${evidence.message}`;
  const isNew = form.method === 'role' && ageMs < roleSettlesMs;
  const isUnknown = evidence.kind === 'refused' && evidence.code === 'AccessDenied';
  return isNew && isUnknown ? `${evidence.message} It is tried for half a minute.` : null;
}

interface Judged {
  proof: proofs.Proof & { fields: ProofForm };
  account: Account;
  verdict: Verdict;
}

async function judge(
  run: Run,
  db: Queryable,
  proof: Judged['proof'],
  { evidence, claims }: Asked,
): Promise<void> {
  const customer = await holdCustomer(db, proof.accountId);
  const at = run.now();
  await proofs.markJudged(db, proof.id, at);
  const account = await accounts.find(db, proof.accountId, null);
  if (!account) return;
  const owner = await accounts.findOwner(db, account.partition, account.accountId);
  const token = claims && {
    spent: await tokens.spend(db, claims),
    ...(await tokens.pins(db, account, claims.issuer)),
  };
  const facts = { account, customer: customer!, form: proof.fields, evidence, owner };
  const verdict = verdictOn({ ...facts, ...(token && { token }) });
  const judged = { proof, account, verdict };
  if (verdict.standing) await change(run, db, judged, token);
  else await accounts.noteTrouble(db, account.id, troubleOf(judged, at));
  await audit(run, db, {
    action: 'judgeProof',
    subjectId: account.id,
    customerId: account.customerId,
    reason: verdict.message,
    before: { standing: account.standing },
    after: { standing: verdict.standing ?? account.standing, provenBy: verdict.provenBy },
  });
  if (!proof.operationId) return;
  await operations.finish(db, proof.operationId, outcomeOf(verdict, account), at);
}

function outcomeOf(verdict: Verdict, { id }: Account): operations.Outcome {
  const { message, errorCode, actor } = verdict;
  if (!errorCode) return { state: 'succeeded', message };
  const heldUpBy = actor === 'vendor' ? [roleDenied(id)] : [];
  return { state: 'failed', message, errorCode, heldUpBy };
}

/** What only the vendor can change. */
function roleDenied(accountId: string): Hindrance {
  return {
    by: 'role_denied',
    action: 'Allow the identity of the oldest provider account sts:AssumeRole on that role.',
    command: `sallyport accounts proof-role ${accountId}`,
  };
}

async function change(
  run: Run,
  db: Queryable,
  { proof, account, verdict }: Judged,
  token: TokenRecord | undefined,
): Promise<void> {
  const at = run.now();
  const { standing, provenBy } = verdict;
  const isProven = standing === 'proven';
  const lapsesAt = isProven ? lapsesAfter(at, run.proofLifetimeDays) : null;
  await accounts.setStanding(db, account.id, { standing: standing!, provenBy, lapsesAt }, at);
  const { method } = proof.fields;
  const role = method === 'role' ? proof.fields.roleName : null;
  if (isProven) {
    const renewAt = role === null ? null : renewsAt(at, lapsesAt);
    await accounts.noteProof(db, account.id, { method, role, renewAt });
  }
  if (isProven && token && token.issuerOfAccount === null) {
    await tokens.pin(db, account, token.issuer, at);
  }
  await nudgeServicesOf({ db, now: at, makeId: run.makeId }, account.customerId);
}

/** Of a renewal that failed; a proof that somebody tried besides says nothing about it. */
function troubleOf({ proof, account, verdict }: Judged, at: Date): accounts.Trouble | null {
  if (proof.operationId !== null) return null;
  return {
    renewalProblem: verdict.message,
    renewalProblemSince: account.renewalProblemSince ?? at,
    renewalActor: verdict.actor ?? 'customer',
  };
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
