// AssumeRole: the trust policy decides, then temporary credentials are made. Permission policies
// are not simulated: an identity that is trusted may assume.

import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import { AwsError } from '../../aws-error.ts';
import { type Caller, isListed, sessionCaller } from '../../identity/principals.ts';
import type { Role } from '../../world/account.ts';
import { ALNUM, BASE32 } from '../../world/ids.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';

type Input = Given<AssumeRoleRequest, 'RoleArn' | 'RoleSessionName'>;

const SECOND = 1000;
const DEFAULT_DURATION = 3600;
const LONGEST_DURATION = 43_200;
// A session that assumes another role gets an hour at most (STS API reference, role chaining).
const LONGEST_CHAINED = 3600;

/**
 * @throws AwsError AccessDenied when the role does not exist or does not trust the caller, which
 * AWS does not tell apart; ValidationError for malformed input.
 */
export function assumeRole({ world, caller, input }: Call<Input>): AssumeRoleResponse {
  const duration = durationOf(input, caller);
  if (!/^[\w+=,.@-]{2,64}$/.test(input.RoleSessionName)) {
    throw invalid('roleSessionName', input.RoleSessionName, '[\\w+=,.@-]{2,64}');
  }
  const { account, role } = trustedRole(world, caller, input);
  const session = sessionCaller(account, role.name, role.id, input.RoleSessionName);
  const expiresAt = world.schedule.now() + duration * SECOND;
  const key = {
    id: `ASIA${world.ids.text(BASE32, 16)}`,
    secret: world.ids.text(`${ALNUM}+/`, 40),
    sessionToken: world.ids.text(`${ALNUM}+/`, 320),
    caller: session,
    expiresAt,
  };
  world.accessKeys.add(key);
  return {
    Credentials: {
      AccessKeyId: key.id,
      SecretAccessKey: key.secret,
      SessionToken: key.sessionToken,
      Expiration: new Date(expiresAt),
    },
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
  };
}

// AWS refuses root here ("Roles may not be assumed by root accounts"). This world lets it, because
// root keys are the only ones a reader of the README has in most accounts.
function trustedRole(world: World, caller: Caller, input: Input) {
  const [, account = '', path = '', name = ''] =
    /^arn:aws:iam::(\d{12}):role(\/(?:[\w+=,.@/-]*\/)?)([\w+=,.@-]{1,64})$/.exec(input.RoleArn) ??
    [];
  if (name === '') throw invalid('roleArn', input.RoleArn, 'arn:aws:iam::ACCOUNT:role/NAME');
  const role = world.accounts.get(account)?.roles.get(name);
  const trusted =
    role && role.path === path && isListed(role.trusts, caller) && fits(role, input.ExternalId);
  if (role && trusted) return { account, role };
  const what = `perform: sts:AssumeRole on resource: ${input.RoleArn}`;
  throw new AwsError('AccessDenied', `User: ${caller.arn} is not authorized to ${what}`, 403);
}

function fits(role: Role, externalId: string | undefined): boolean {
  if (!role.externalId) return true;
  if (externalId === undefined) return !role.externalId.required;
  return externalId === role.externalId.value;
}

function durationOf(input: Input, caller: Caller): number {
  const duration = input.DurationSeconds ?? DEFAULT_DURATION;
  if (!Number.isInteger(duration) || duration < 900 || duration > LONGEST_DURATION) {
    throw invalid(
      'durationSeconds',
      String(duration),
      `an integer from 900 to ${LONGEST_DURATION}`,
    );
  }
  if (caller.kind === 'session' && duration > LONGEST_CHAINED) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed ' +
        'by role chaining',
    );
  }
  return duration;
}

function invalid(name: string, value: string, pattern: string): AwsError {
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy ` +
      `constraint: Member must satisfy: ${pattern}`,
  );
}
