// AssumeRole: makes temporary credentials for a role. Whether the caller may, its own policies and
// the role's trust policy have said before (permissions.ts).

import type { AssumeRoleResponse } from '@aws-sdk/client-sts';
import { AwsError } from '../../aws-error.ts';
import { type Caller, type RoleSession, sessionCaller } from '../../identity/principals.ts';
import type { Role } from '../../world/accounts/account.ts';
import { ALNUM, BASE32 } from '../../world/ids.ts';
import { hasRegion, needsOptIn } from '../../world/regions.ts';
import type { Call } from '../call.ts';
import { validationError } from './errors.ts';
import {
  checkRoleRequest,
  grantedDuration,
  LONGEST_TOKEN,
  requestedRole,
  type RoleRequest,
} from './role-request.ts';
import { packedLength, packedSize, sessionPolicies } from './session-policies.ts';
import { sessionTags } from './session-tags.ts';

const SECOND = 1000;
/** Bytes of the token of a session without policies and tags; an assumption. */
const BARE_TOKEN = 320;

/**
 * @throws AwsError AccessDenied when the role does not exist or does not trust the caller, which
 * AWS does not tell apart; ValidationError, InvalidParameterValue, MalformedPolicyDocument and
 * PackedPolicyTooLarge for input that cannot be.
 */
export function assumeRole(call: Call<RoleRequest>): AssumeRoleResponse {
  const { world, caller, input } = call;
  checkRoleRequest(input);
  const { account, role } = requestedRole(world, input.RoleArn);
  if (!role) throw denied(caller, input.RoleArn);
  refuseRoot(call);
  refuseRegion(call, account);
  const session = newSession(call, account, role);
  const packed = packedSize(world, input);
  const assumed = sessionCaller(account, role, input.RoleSessionName, session);
  const key = {
    id: `ASIA${world.ids.text(BASE32, 16)}`,
    secret: world.ids.text(`${ALNUM}+/`, 40),
    sessionToken: world.ids.text(`${ALNUM}+/`, tokenSize(input)),
    caller: assumed,
    expiresAt: session.expiresAt,
  };
  world.accessKeys.add(key);
  const size = Buffer.byteLength(key.sessionToken);
  return {
    Credentials: {
      AccessKeyId: key.id,
      SecretAccessKey: key.secret,
      SessionToken: key.sessionToken,
      Expiration: new Date(session.expiresAt),
    },
    AssumedRoleUser: { AssumedRoleId: assumed.userId, Arn: assumed.arn },
    // oxlint-disable-next-line typescript/no-deprecated -- AWS still answers it.
    PackedPolicySize: packed,
    SourceIdentity: session.sourceIdentity,
    SessionTokenSize: size,
    SessionTokenUtilization: Math.min(100, Math.ceil((100 * size) / LONGEST_TOKEN)),
  };
}

// Policies and tags of a session are in its token, so it grows with them.
function tokenSize(input: RoleRequest): number {
  return Math.max(BARE_TOKEN + packedLength(input), input.MinimumSessionTokenSize ?? 0);
}

function newSession(call: Call<RoleRequest>, account: string, role: Role): RoleSession {
  const { world, caller, input } = call;
  const issuedAt = world.schedule.now();
  return {
    policies: sessionPolicies(world, account, input),
    ...sessionTags(caller.session, input.Tags, input.TransitiveTagKeys),
    sourceIdentity: sourceIdentityOf(call),
    issuedAt,
    expiresAt: issuedAt + grantedDuration(caller, role, input) * SECOND,
  };
}

// It goes on along a chain and cannot be changed (in the field: the code and this text).
function sourceIdentityOf({ caller, input }: Call<RoleRequest>): string | undefined {
  const earlier = caller.session?.sourceIdentity;
  if (earlier === undefined || input.SourceIdentity === undefined) {
    return earlier ?? input.SourceIdentity;
  }
  if (earlier === input.SourceIdentity) return earlier;
  throw validationError('The source identity is already set for this assume role session');
}

// AWS refuses root. This world lets it unless told otherwise, because root keys are the only ones
// that a reader of the README has in most accounts.
function refuseRoot({ world, caller }: Call<RoleRequest>): void {
  if (caller.kind !== 'root' || world.knobs.rootAssumesRoles) return;
  throw new AwsError('AccessDenied', 'Roles may not be assumed by root accounts.', 403);
}

// What counts is whether the account has the Region that the credentials are for, not the caller's.
// The text is from memory.
function refuseRegion({ world, region }: Call<RoleRequest>, account: string): void {
  if (!needsOptIn(region) || hasRegion(world.accounts.get(account), region)) return;
  const message =
    `STS is not activated in this region for account:${account}. ` +
    'Your account administrator can activate STS in this region using the IAM Console.';
  throw new AwsError('RegionDisabledException', message, 403);
}

function denied(caller: Caller, roleArn: string): AwsError {
  const what = `perform: sts:AssumeRole on resource: ${roleArn}`;
  return new AwsError('AccessDenied', `User: ${caller.arn} is not authorized to ${what}`, 403);
}
