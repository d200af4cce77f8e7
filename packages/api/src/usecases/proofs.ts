// Proof of an account: a challenge to sign, and the signed answer for a worker to check with AWS.

import { refuse } from '../domain/errors.ts';
import type { Operation } from '../domain/operation.ts';
import {
  challengeLifetimeMs,
  checkProofFields,
  partitionOfRegion,
  type Challenge,
  type ProofFields,
} from '../domain/proof.ts';
import * as storage from '../storage/proofs.ts';
import * as targets from '../storage/targets.ts';
import * as accounts from './accounts.ts';
import { audit } from './audit.ts';
import { asService, type Context } from './context.ts';
import * as customers from './customers.ts';
import * as operations from './operations.ts';

export type OpenChallenge = Pick<Challenge, 'id' | 'challenge' | 'audience' | 'expiresAt'>;

export async function challenge(context: Context, accountKey: string): Promise<OpenChallenge> {
  const account = await accounts.getOnly(context, accountKey);
  await customers.getActive(context, account.customerId);
  const made: OpenChallenge = {
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
  return made;
}

export interface SubmittedProof extends Omit<ProofFields, 'sessionToken'> {
  challengeId: string;
  sessionToken?: string;
}

/** Spends the challenge at once; whatever comes of the proof, the next one needs a fresh one. */
export async function submit(
  context: Context,
  accountKey: string,
  input: SubmittedProof,
): Promise<Operation> {
  const account = await accounts.getOnly(context, accountKey);
  await customers.getActive(context, account.customerId);
  const { challengeId, ...signed } = input;
  const fields = { ...signed, sessionToken: input.sessionToken ?? null };
  checkProofFields(fields, context.now);
  checkPartition(fields.region, account.partition);
  if (!(await storage.spendChallenge(context.db, challengeId, account.id, context.now))) {
    throw refuse('challenge_not_usable', `Challenge ${challengeId} is spent, expired or unknown.`);
  }
  // Each proof has its own, so that one is never told the verdict on another.
  const operation = await operations.begin(context, {
    kind: 'prove_account',
    subjectId: account.id,
    customerId: account.customerId,
    message: 'Waiting for a worker to ask AWS who signed.',
  });
  const proofId = context.makeId('proof');
  await storage.insertProof(context.db, {
    id: proofId,
    accountId: account.id,
    challengeId,
    operationId: operation.id,
    fields,
    submittedAt: context.now,
    judgedAt: null,
  });
  const target = { kind: 'proof', key: proofId } as const;
  await asService(context, () => targets.nudge(context.db, [target], context.now));
  await audit(context, {
    action: 'submitProof',
    subjectId: account.id,
    customerId: account.customerId,
    after: { proofId, challengeId, region: fields.region },
  });
  return operation;
}

function checkPartition(region: string, partition: string): void {
  if (partitionOfRegion(region) === partition) return;
  throw refuse('proof_refused', `${region} is not in the partition ${partition} of the account.`);
}
