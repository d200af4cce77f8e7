// What AWS says about one proof, asked the way that its form wants. Nothing is recorded here.

import type { Account } from '../domain/account.ts';
import type { Customer } from '../domain/customer.ts';
import { rebuildRequest, type Challenge } from '../domain/proof.ts';
import type { ProofForm, RoleForm, TokenForm } from '../domain/proof-form.ts';
import { externalIdOf, partitionOf, roleArnOf } from '../domain/proof-role.ts';
import type { Evidence } from '../domain/proof-verdict.ts';
import { readToken, tokenProblem, type TokenClaims } from '../domain/web-identity-token.ts';
import { Refusal } from '../domain/errors.ts';
import * as providerAccounts from '../storage/provider-accounts.ts';
import { accessOf } from './place.ts';
import type { Run } from './run.ts';

export interface AskedProof {
  form: ProofForm;
  account: Account;
  customer: Customer;
  /** Null for a renewal. */
  challenge: Challenge | null;
  /** When it was handed in: what was in time then is. */
  submittedAt: Date;
}

export interface Asked {
  evidence: Evidence;
  /** Of a token that is genuine. */
  claims?: TokenClaims;
}

export async function gather(run: Run, proof: AskedProof): Promise<Asked> {
  const { form, challenge } = proof;
  if (form.method === 'role') return { evidence: await ofRole(run, proof, form) };
  if (!challenge) return refused('NoChallenge', 'It answers no challenge.');
  if (form.method === 'web_identity_token') return ofToken(run, proof, { form, challenge });
  const request = rebuildRequest(form, challenge);
  return { evidence: await run.aws.callerIdentity.confirm(request, run.signal) };
}

async function ofToken(
  run: Run,
  { account, submittedAt }: AskedProof,
  { form, challenge }: { form: TokenForm; challenge: Challenge },
): Promise<Asked> {
  const read = readOf(form.token);
  if (read instanceof Refusal) return refused('MalformedToken', read.message);
  const { claims } = read;
  const expected = { account, ...challenge, now: submittedAt };
  const problem = tokenProblem(claims, expected);
  if (problem !== null) return refused('InvalidToken', problem);
  const answer = await run.aws.tokenIssuers.verify(form.token, read, run.signal);
  if (answer.kind !== 'genuine') return { evidence: answer };
  const identity = { accountId: account.accountId, arn: claims.subject };
  return { evidence: { kind: 'identity', identity }, claims };
}

function readOf(token: string): ReturnType<typeof readToken> | Refusal {
  try {
    return readToken(token);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function ofRole(
  run: Run,
  { account, customer }: AskedProof,
  { roleName }: RoleForm,
): Promise<Evidence> {
  const all = await providerAccounts.listAll(run.db);
  const provider = all.find((one) => partitionOf(one) === account.partition);
  if (!provider) {
    const message = `The vendor has no account in ${account.partition}.`;
    return { kind: 'refused', code: 'NoProviderAccount', message, actor: 'vendor' };
  }
  const role = {
    roleArn: roleArnOf(account, roleName),
    externalId: externalIdOf(customer.id),
    strangeExternalId: externalIdOf(run.makeId('customer')),
  };
  return run.aws.proofRoles.identify(accessOf(provider), role, run.signal);
}

function refused(code: string, message: string): Asked {
  return { evidence: { kind: 'refused', code, message } };
}
