// What AssumeRole is asked for, checked before anybody's permission is: AWS validates the
// parameters of a request first.

import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import type { Caller } from '../../identity/principals.ts';
import type { Role } from '../../world/accounts/account.ts';
import type { World } from '../../world/world.ts';
import type { Given } from '../call.ts';
import {
  checkNumber,
  checkText,
  constraintFailed,
  notSimulated,
  validationError,
} from './errors.ts';
import { checkSessionPolicies } from './session-policies.ts';
import { checkTags } from './session-tags.ts';

export type RoleRequest = Given<AssumeRoleRequest, 'RoleArn' | 'RoleSessionName'>;

export interface RequestedRole {
  readonly account: string;
  /** Undefined when the account has no such role. */
  readonly role: Role | undefined;
}

const WORDS = /^[\w+=,.@-]*$/;
// A session that assumes another role gets an hour at most (STS API reference, role chaining).
const LONGEST_CHAINED = 3600;
const DEFAULT_DURATION = 3600;
/** Bytes (STS API reference, MinimumSessionTokenSize). */
export const LONGEST_TOKEN = 4096;

/** @throws AwsError ValidationError, or the simulator's refusal of what it does not simulate. */
export function checkRoleRequest(input: RoleRequest): void {
  refuseNotSimulated(input);
  rolePartsOf(input.RoleArn);
  checkText('roleSessionName', input.RoleSessionName, { min: 2, max: 64, pattern: WORDS });
  checkNumber('durationSeconds', input.DurationSeconds ?? DEFAULT_DURATION, [900, 43_200]);
  if (input.ExternalId !== undefined) {
    checkText('externalId', input.ExternalId, { min: 2, max: 1224, pattern: /^[\w+=,.@:/-]*$/ });
  }
  if (input.SourceIdentity !== undefined) {
    checkText('sourceIdentity', input.SourceIdentity, { min: 2, max: 64, pattern: WORDS });
  }
  checkNumber('minimumSessionTokenSize', input.MinimumSessionTokenSize ?? 0, [0, LONGEST_TOKEN]);
  checkSessionPolicies(input);
  checkTags(input.Tags);
}

/** The role of the request's ARN. @throws AwsError ValidationError when it is no role's ARN. */
export function requestedRole(world: World, arn: string): RequestedRole {
  const { account, path, name } = rolePartsOf(arn);
  const role = world.accounts.get(account)?.roles.get(name);
  return { account, role: role?.path === path ? role : undefined };
}

/**
 * Seconds.
 * @throws AwsError ValidationError when it is more than the role or a chain allows.
 */
export function grantedDuration(caller: Caller, role: Role, input: RoleRequest): number {
  const duration = input.DurationSeconds ?? DEFAULT_DURATION;
  if (caller.kind === 'session' && duration > LONGEST_CHAINED) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed ' +
        'by role chaining',
    );
  }
  if (duration > role.longestSession) {
    throw validationError(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  return duration;
}

function refuseNotSimulated(input: RoleRequest): void {
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined) {
    throw notSimulated('multi-factor authentication (SerialNumber, TokenCode)');
  }
  if (input.ProvidedContexts !== undefined)
    throw notSimulated('trusted contexts (ProvidedContexts)');
}

function rolePartsOf(arn: string) {
  checkText('roleArn', arn, { min: 20, max: 2048 });
  const parts = /^arn:aws:iam::(\d{12}):role(\/(?:[\x21-\x7e]+\/)?)([\w+=,.@-]{1,64})$/.exec(arn);
  const [, account = '', path = '', name = ''] = parts ?? [];
  if (parts) return { account, path, name };
  throw constraintFailed('roleArn', arn, 'arn:aws:iam::ACCOUNT:role/NAME');
}
