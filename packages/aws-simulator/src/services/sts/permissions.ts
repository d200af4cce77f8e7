// What STS's operations need (AWS Service Authorization Reference). Assuming a role takes the
// caller's own permission and the role's trust; within an account the trust is enough when it names
// the caller itself (STS API reference, AssumeRole).

import type { Call } from '../call.ts';
import {
  type Keys,
  type Ledger,
  type Need,
  requestTags,
  resourceTags,
  withoutResource,
} from '../permission.ts';
import { checkRoleRequest, requestedRole, type RoleRequest } from './role-request.ts';
import { checkTokenRequest, tokenDuration, type TokenRequest } from './token-request.ts';

export const stsPermissions: Ledger = {
  ...withoutResource('sts', ['GetAccessKeyInfo']),
  AssumeRole: assumeRoleNeeds,
  // "No permissions are required", and a Deny does not stop it either (STS API reference).
  GetCallerIdentity: () => [],
  GetWebIdentityToken: tokenNeeds,
};

function assumeRoleNeeds({ world, caller, input }: Call<RoleRequest>): readonly Need[] {
  checkRoleRequest(input);
  const { account, role } = requestedRole(world, input.RoleArn);
  const source = input.SourceIdentity ?? caller.session?.sourceIdentity;
  const keys: Keys = {
    ...requestTags(input.Tags),
    ...resourceTags(role?.tags, 'iam'),
    'sts:ExternalId': input.ExternalId,
    'sts:RoleSessionName': input.RoleSessionName,
    'sts:SourceIdentity': source,
    'sts:TransitiveTagKeys': input.TransitiveTagKeys,
  };
  const need = (action: string): Need => ({
    action: `sts:${action}`,
    resource: input.RoleArn,
    keys,
    policy: { account, policy: role?.trust, required: true },
  });
  const tagged = (input.Tags ?? []).length > 0 || (caller.session?.transitiveTagKeys.size ?? 0) > 0;
  return [
    need('AssumeRole'),
    // What a session hands on needs the next role's trust as if it was given again (IAM User Guide,
    // session tags and source identity).
    ...(tagged ? [need('TagSession')] : []),
    ...(source === undefined ? [] : [need('SetSourceIdentity')]),
  ];
}

function tokenNeeds({ input }: Call<TokenRequest>): readonly Need[] {
  checkTokenRequest(input);
  const tags = requestTags(input.Tags);
  const keys: Keys = {
    ...tags,
    'sts:DurationSeconds': tokenDuration(input),
    'sts:IdentityTokenAudience': input.Audience,
    'sts:SigningAlgorithm': input.SigningAlgorithm,
  };
  const need = { action: 'sts:GetWebIdentityToken', resource: '*', keys };
  if (!input.Tags?.length) return [need];
  return [need, { action: 'sts:TagGetWebIdentityToken', resource: '*', keys: tags }];
}
