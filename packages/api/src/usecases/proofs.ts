// Proof of an account: a challenge to answer, and the answer for a worker to check with AWS.

import type { Account } from '../domain/account.ts';
import { refuse } from '../domain/errors.ts';
import type { Operation } from '../domain/operation.ts';
import {
  challengeLifetimeMs,
  challengeProblem,
  proofsWaitingMax,
  type Challenge,
} from '../domain/proof.ts';
import { checkForm, formOf, type GivenProof } from '../domain/proof-form.ts';
import { usualRoleName } from '../domain/proof-role.ts';
import { challengeTag } from '../domain/web-identity-token.ts';
import { countRunning } from '../storage/operations.ts';
import * as storage from '../storage/proofs.ts';
import * as targets from '../storage/targets.ts';
import * as accounts from './accounts.ts';
import { audit } from './audit.ts';
import { asService, type Context } from './context.ts';
import * as customers from './customers.ts';
import * as operations from './operations.ts';
import { trustedProvider } from './proof-roles.ts';

export type OpenChallenge = Pick<Challenge, 'id' | 'challenge' | 'audience' | 'expiresAt'> & {
  /** The key of the request tag that carries the challenge in a web identity token. */
  requestTagKey: string;
};

export async function challenge(context: Context, accountKey: string): Promise<OpenChallenge> {
  const account = await accounts.getOnly(context, accountKey);
  await customers.getActive(context, account.customerId);
  const made = {
    id: context.makeId('challenge'),
    challenge: Buffer.from(context.random(32)).toString('base64url'),
    audience: context.audience,
    expiresAt: new Date(context.now.getTime() + challengeLifetimeMs),
  };
  await storage.insertChallenge(context.db, { ...made, accountId: account.id, spentAt: null });
  await audit(context, {
    action: 'createChallenge',
    subjectId: account.id,
    customerId: account.customerId,
    after: { challengeId: made.id, expiresAt: made.expiresAt },
  });
  const { id, challenge: text, audience, expiresAt } = made;
  return { id, challenge: text, audience, requestTagKey: challengeTag, expiresAt };
}

export interface SubmittedProof extends GivenProof {
  challengeId: string;
}

/**
 * Spends the challenge at once; whatever comes of the proof, the next one needs a fresh one.
 * @throws Refusal `too_many_open` while as many of the customer's wait as may
 */
export async function submit(
  context: Context,
  accountKey: string,
  input: SubmittedProof,
): Promise<Operation> {
  const account = await accounts.getOnly(context, accountKey);
  const customer = await customers.getActive(context, account.customerId);
  const { challengeId, ...given } = input;
  const form = formOf(given, customer.requiredRole ?? usualRoleName);
  const answered = await storage.holdChallenge(context.db, challengeId);
  checkForm(form, { account, challenge: answered, now: context.now });
  if (form.method === 'role') await checkProvider(context, account);
  const problem = challengeProblem(answered, account.id, context.now);
  if (problem !== null) {
    throw refuse('challenge_not_usable', `Challenge ${challengeId} is ${problem}.`);
  }
  await refuseTooMany(context, customer.id);
  await storage.spendChallenge(context.db, challengeId, context.now);
  // Each proof has its own, so that one is never told the verdict on another.
  const operation = await operations.begin(context, {
    kind: 'prove_account',
    subjectId: account.id,
    customerId: account.customerId,
    message: 'Waiting for a worker to ask AWS whose proof it is.',
  });
  const proofId = context.makeId('proof');
  await storage.insertProof(context.db, {
    id: proofId,
    accountId: account.id,
    challengeId,
    operationId: operation.id,
    fields: form,
    submittedAt: context.now,
    judgedAt: null,
  });
  const target = { kind: 'proof', key: proofId } as const;
  await asService(context, ({ db }) => targets.nudge(db, [target], context.now));
  const how = form.method === 'signature' ? { region: form.region } : { method: form.method };
  await audit(context, {
    action: 'submitProof',
    subjectId: account.id,
    customerId: account.customerId,
    after: { proofId, challengeId, ...how },
  });
  return operation;
}

async function refuseTooMany({ db }: Context, customerId: string): Promise<void> {
  const waiting = await countRunning(db, { kind: 'prove_account', customerId });
  if (waiting < proofsWaitingMax) return;
  const detail = `${waiting} proofs of ${customerId} wait for their verdict.`;
  const command = `sallyport operations list --state running --customer-id ${customerId}`;
  throw refuse('too_many_open', detail, { command });
}

/** @throws Refusal `proof_refused` when there is nobody who could assume a role */
async function checkProvider(context: Context, { partition }: Account): Promise<void> {
  if (await trustedProvider(context, partition)) return;
  const detail = `The vendor has no account in ${partition} that could assume a role.`;
  throw refuse('proof_refused', detail);
}
