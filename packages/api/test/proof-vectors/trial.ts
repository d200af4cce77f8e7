// Tries one proof against the product: what it is refused for, or that it is taken. The parts of
// the product come in, as they may be without one of their rules.

import { sign as signBytes } from 'node:crypto';
import type { STS } from '@aws-sdk/client-sts';
import type * as proofModule from '../../src/domain/proof.ts';
import type * as formModule from '../../src/domain/proof-form.ts';
import type * as verdictModule from '../../src/domain/proof-verdict.ts';
import type * as evidenceModule from '../../src/reconcile/proof-evidence.ts';
import type * as identityModule from '../../src/aws/caller-identity.ts';
import type * as issuersModule from '../../src/aws/token-issuers.ts';
import type * as rolesModule from '../../src/aws/proof-roles.ts';
import type * as awsErrorsModule from '../../src/aws/errors.ts';
import type { Run } from '../../src/reconcile/run.ts';
import type { GivenProof } from '../../src/domain/proof-form.ts';
import type { AwsError } from '../../src/aws/errors.ts';
import type { Internet } from './internet.ts';
import { keys } from './generous-sts.ts';
import { now, passing, type Plan, type Vector } from './plan.ts';
import { signPlan } from './signing.ts';

export interface Product {
  proof: typeof proofModule;
  form: typeof formModule;
  verdict: typeof verdictModule;
  evidence: typeof evidenceModule;
  identity: typeof identityModule;
  issuers: typeof issuersModule;
  roles: typeof rolesModule;
  awsErrors: typeof awsErrorsModule;
}

export interface Trial {
  taken: boolean;
  /** The words of the refusal, and of what it comes from. */
  said: string;
}

const provider = {
  id: 'pacc_1',
  accountId: '111111111111',
  roleArn: 'arn:aws:iam::111111111111:role/sallyport',
  externalId: null,
  regions: ['us-east-1'],
};

export async function tryProof(
  product: Product,
  internet: Internet,
  { kind, change }: Pick<Vector, 'kind' | 'change'>,
): Promise<Trial> {
  const plan = passing();
  change(plan);
  internet.plan = plan;
  try {
    return await judge(product, internet, plan, plan.given(givenOf(plan, kind)));
  } catch (error) {
    return { taken: false, said: error instanceof Error ? error.message : String(error) };
  }
}

async function judge(
  product: Product,
  { url }: Internet,
  plan: Plan,
  given: GivenProof,
): Promise<Trial> {
  const { account, challenge, customer, owner } = plan;
  const form = product.form.formOf(given, 'sallyport-proof');
  product.form.checkForm(form, { account, challenge, now });
  const problem = product.proof.challengeProblem(challenge, account.id, now);
  if (problem !== null) return { taken: false, said: `The challenge is ${problem}.` };
  const ask = { endpoint: url, timeoutMs: 5_000, now: () => now };
  const run = {
    db: { query: async () => [provider] },
    aws: {
      callerIdentity: product.identity.createCallerIdentity({ ...ask, onCall: () => {} }),
      tokenIssuers: product.issuers.createTokenIssuers(ask),
      proofRoles: product.roles.createProofRoles(clientsOf(plan, product)),
    },
    makeId: () => 'cus_nobody',
    signal: new AbortController().signal,
  } as unknown as Run;
  const asked = { form, account, customer: customer as never, challenge, submittedAt: now };
  const { evidence, claims } = await product.evidence.gather(run, asked);
  const token = claims && { token: { issuer: claims.issuer, ...plan.pins } };
  const verdict = product.verdict.verdictOn({ account, customer, form, evidence, owner, ...token });
  const why = evidence.kind === 'identity' ? '' : evidence.message;
  return { taken: verdict.standing === 'proven', said: `${verdict.message} ${why}` };
}

function givenOf(plan: Plan, kind: Vector['kind']): GivenProof {
  if (kind === 'role') return { method: kind, roleName: plan.role.roleName };
  if (kind === 'web_identity_token') return { method: kind, webIdentityToken: tokenOf(plan) };
  const { region, accessKeyId, amzDate, sessionToken } = plan.signature;
  const known = /^[A-Z0-9]+/.exec(accessKeyId.toUpperCase())?.[0] ?? '';
  const signature = signPlan(plan, keys[known]!.secret);
  const fields = { region, accessKeyId, amzDate, signature };
  return { ...fields, ...(sessionToken !== null && { sessionToken }) };
}

function tokenOf({ token: { header, claims, key, sign, written } }: Plan): string {
  const parts = [header, claims].map((part) => JSON.stringify(part));
  const text = parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
  const hash = `sha${String(header['alg']).slice(2)}`;
  const by = { key, dsaEncoding: 'ieee-p1363' } as const;
  const own = () => signBytes(hash, Buffer.from(text), by).toString('base64url');
  return written(`${text}.${sign ? sign(text) : own()}`);
}

/** IAM, as generous with names as it could be. */
function clientsOf({ role }: Plan, { awsErrors }: Product) {
  const denied = (): AwsError =>
    new awsErrors.AwsError('User is not authorized to perform: sts:AssumeRole', {
      kind: 'denied',
      code: 'AccessDenied',
      action: 'AssumeRole',
      awsRequestId: null,
    });
  const Credentials = {
    AccessKeyId: 'ASIA',
    SecretAccessKey: 'secret',
    SessionToken: 'token',
    Expiration: now,
  };
  const sts = {
    assumeRole: async ({ ExternalId }: { ExternalId?: string }) => {
      if (!role.trusts?.(ExternalId)) throw denied();
      return { Credentials };
    },
    getCallerIdentity: async () => ({ Account: role.answers.account, Arn: role.answers.arn }),
    destroy: () => {},
  } as unknown as STS;
  return { sts: async () => sts, stsOf: async () => sts };
}
