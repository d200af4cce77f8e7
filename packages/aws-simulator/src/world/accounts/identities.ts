// Users, roles and policies of an account as its spec describes them. What this world cannot
// evaluate in a policy is an error here, before anything runs.

import { createHash } from 'node:crypto';
import { rootArn } from '../../identity/arns.ts';
import { type Policy, type PolicyKind, parsePolicy } from '../../identity/policies/policy.ts';
import { userCaller } from '../../identity/principals.ts';
import type { Account, Identity, Role } from './account.ts';
import type { PolicyDocument } from './identity-spec.ts';
import { BASE32 } from '../ids.ts';
import type { World } from '../world.ts';
import type { AccountSpec, RoleSpec, UserSpec } from '../world-spec.ts';

const DEFAULT_SESSION = 3600;

/** The account without what is in its Regions and zones. @throws Error that says where and what. */
export function createAccount(world: World, spec: AccountSpec): Account {
  const { id, organization } = spec;
  const account: Account = {
    id,
    organization,
    optInRegions: new Set(spec.optInRegions),
    roles: new Map(),
    users: new Map(),
    managedPolicies: new Map(),
    serviceControlPolicies: spec.serviceControlPolicies?.map((document, index) =>
      policyOf(document, 'identity', `serviceControlPolicies[${index}] of ${id}`),
    ),
    tokenIssuer: issuerHost(id),
    tokenKeys: new Map(),
    outboundFederation: spec.outboundFederation ?? true,
  };
  for (const { name, path = '/', document } of spec.managedPolicies ?? []) {
    const arn = `arn:aws:iam::${id}:policy${path}${name}`;
    account.managedPolicies.set(arn, policyOf(document, 'identity', arn));
  }
  for (const user of spec.users ?? []) addUser(world, account, user);
  for (const role of spec.roles ?? []) account.roles.set(role.name, roleOf(world, account, role));
  return account;
}

function addUser(world: World, account: Account, spec: UserSpec): void {
  const user = identityOf(world, `user ${spec.name} of ${account.id}`, spec, 'AIDA');
  account.users.set(user.name, user);
  const caller = userCaller(account.id, user);
  world.accessKeys.add({ id: spec.accessKeyId, secret: spec.secret, caller });
}

function roleOf(world: World, account: Account, spec: RoleSpec): Role {
  const where = `role ${spec.name} of ${account.id}`;
  const { maxSessionDuration = DEFAULT_SESSION } = spec;
  if (spec.trustPolicy && (spec.trusts ?? spec.externalId) !== undefined) {
    throw new Error(`The ${where}: give either trustPolicy, or trusts and externalId`);
  }
  return {
    ...identityOf(world, where, spec, 'AROA'),
    trust: policyOf(spec.trustPolicy ?? shortTrust(account, spec), 'trust', where),
    longestSession: maxSessionDuration,
  };
}

function identityOf(
  world: World,
  where: string,
  spec: UserSpec | RoleSpec,
  prefix: string,
): Identity {
  const { name, path = '/', tags = {}, permissionsBoundary: boundary } = spec;
  return {
    name,
    path,
    id: `${prefix}${world.ids.text(BASE32, 17)}`,
    tags: new Map(Object.entries(tags)),
    policies: spec.policies?.map((document, index) =>
      policyOf(document, 'identity', `policies[${index}] of the ${where}`),
    ),
    boundary: boundary && policyOf(boundary, 'identity', `permissionsBoundary of the ${where}`),
  };
}

function shortTrust(account: Account, spec: RoleSpec): PolicyDocument {
  const { externalId, externalIdRequired = true, trusts = [rootArn(account.id)] } = spec;
  const operator = externalIdRequired ? 'StringEquals' : 'StringEqualsIfExists';
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: trusts },
      ...(externalId !== undefined && {
        Condition: { [operator]: { 'sts:ExternalId': externalId } },
      }),
    },
  };
}

function policyOf(document: PolicyDocument, kind: PolicyKind, where: string): Policy {
  try {
    return parsePolicy(document, kind);
  } catch (error) {
    throw new Error(`A policy cannot be used, ${where}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

// AWS makes it up when federation is enabled. Here it follows from the account, so that it is the
// same in every run and takes no id from others.
function issuerHost(account: string): string {
  const h = createHash('sha256').update(`token issuer of ${account}`).digest('hex');
  const groups = [h.slice(0, 8), h.slice(8, 12), `4${h.slice(13, 16)}`, `a${h.slice(17, 20)}`];
  return `${[...groups, h.slice(20, 32)].join('-')}.tokens.sts.global.api.aws`;
}
