// Asks, with a role of a customer's account, who that is. The session may do nothing else there,
// whatever the role may: its policy denies everything, and GetCallerIdentity needs no permission.

import type { STS } from '@aws-sdk/client-sts';
import { parseCaller } from '../domain/proof.ts';
import type { Clients } from './clients.ts';
import { AwsError, unexpectedAnswer } from './errors.ts';
import type { IdentityAnswer, ProofRolePort, RoleToProve } from './ports.ts';
import type { RoleSession } from './role-sessions.ts';

const sessionName = 'sallyport-proof';
/** Seconds; AWS's least. */
const duration = 900;
const denyAll = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

export function createProofRoles(clients: Pick<Clients, 'sts' | 'stsOf'>): ProofRolePort {
  return {
    identify: async (access, role, signal) => {
      const ours = await answered(() => clients.sts(access, signal), true);
      if ('kind' in ours) return ours;
      return answered(() => identify(clients, ours, role, signal), false);
    },
  };
}

/** What AWS refuses is an answer too. @param own whether it is about our identity alone */
async function answered<Result>(
  work: () => Promise<Result>,
  own: boolean,
): Promise<Result | IdentityAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AwsError) || error.kind === 'aborted') throw error;
    return answerOf(error, own);
  }
}

async function identify(
  clients: Pick<Clients, 'stsOf'>,
  ours: STS,
  role: RoleToProve,
  signal: AbortSignal,
): Promise<IdentityAnswer> {
  const session = await assume(ours, role.roleArn, role.externalId, signal);
  for (const other of [role.strangeExternalId, null]) {
    if (await letsIn(ours, role.roleArn, other, signal)) return careless;
  }
  const theirs = await clients.stsOf(session, role.roleArn.split(':')[4]!);
  try {
    const { Account, Arn } = await theirs.getCallerIdentity({}, { abortSignal: signal });
    const identity = parseCaller({ Account, Arn });
    if (identity) return { kind: 'identity', identity };
    throw unexpectedAnswer('GetCallerIdentity', 'names nobody');
  } finally {
    theirs.destroy();
  }
}

/** Its owner would let in whoever persuades us to ask, for any of our customers. */
const careless: IdentityAnswer = {
  kind: 'refused',
  code: 'ExternalIdNotRequired',
  message: 'The role lets us in without its external id: let its trust policy ask for that.',
  actor: 'customer',
};

async function letsIn(
  sts: STS,
  roleArn: string,
  externalId: string | null,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await assume(sts, roleArn, externalId, signal);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.kind === 'denied') return false;
    throw error;
  }
}

async function assume(
  sts: STS,
  roleArn: string,
  externalId: string | null,
  signal: AbortSignal,
): Promise<RoleSession> {
  const request = {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    DurationSeconds: duration,
    Policy: denyAll,
    ...(externalId !== null && { ExternalId: externalId }),
  };
  const { Credentials: given } = await sts.assumeRole(request, { abortSignal: signal });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw unexpectedAnswer('AssumeRole', 'has no credentials');
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

/**
 * AWS does not tell a role that is not there from one that does not trust us. It does tell when it
 * is the caller's own policy that lacks the permission (IAM User Guide, "Troubleshoot access
 * denied error messages").
 */
function answerOf({ kind, code, message }: AwsError, own: boolean): IdentityAnswer {
  const refused = kind === 'denied' || kind === 'invalid';
  if (!refused) return { kind: 'unavailable', message: `AWS answered ${code}` };
  if (own) return { kind: 'refused', code, message: withoutIdentity, actor: 'vendor' };
  const lacksPermission = message.includes('identity-based policy');
  return lacksPermission
    ? { kind: 'refused', code, message: withoutPermission, actor: 'vendor' }
    : { kind: 'refused', code, message: notTrusted, actor: 'customer' };
}

/** Customers read these: they name nothing of the vendor's. */
const withoutIdentity = 'The vendor has no identity at AWS to ask with at present.';
const withoutPermission = 'The vendor’s own policy does not let it assume the role.';
const notTrusted =
  'The role is not there, or does not let the vendor in with the external id of this customer.';
