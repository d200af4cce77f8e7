// The condition keys that every request carries: who calls, from where, when.

import { type RequestContext, requestContext } from '../identity/policies/context.ts';
import type { Caller } from '../identity/principals.ts';
import type { World } from '../world/world.ts';
import type { Call } from './call.ts';

const PRINCIPAL_TYPES = { root: 'Account', user: 'User', session: 'AssumedRole' } as const;

/** The keys of IAM's list of global condition keys that do not depend on the resource. */
export function callerKeys({ world, caller, region }: Call<unknown>): RequestContext {
  const { session } = caller;
  const now = world.schedule.now();
  return requestContext(principalTags(world, caller), {
    'aws:CurrentTime': new Date(now),
    'aws:EpochTime': Math.floor(now / 1000),
    'aws:PrincipalAccount': caller.account,
    'aws:PrincipalArn': caller.identityArn,
    'aws:PrincipalIsAWSService': false,
    'aws:PrincipalOrgID': world.accounts.get(caller.account)?.organization,
    'aws:PrincipalType': PRINCIPAL_TYPES[caller.kind],
    'aws:RequestedRegion': region,
    // The simulator stands for endpoints that take nothing but TLS.
    'aws:SecureTransport': true,
    'aws:SourceIdentity': session?.sourceIdentity,
    // It listens on loopback only.
    'aws:SourceIp': '127.0.0.1',
    // What the default policy of an SNS topic compares with.
    'aws:SourceOwner': caller.account,
    'aws:TokenIssueTime': session && new Date(session.issuedAt),
    'aws:ViaAWSService': false,
    'aws:userid': caller.userId,
    'aws:username': caller.kind === 'user' ? caller.name : undefined,
    'aws:MultiFactorAuthPresent': session && false,
  });
}

/** The tags of the user or role, and those of the session, which win. */
export function tagsOf(world: World, caller: Caller): ReadonlyMap<string, string> {
  const account = world.accounts.get(caller.account);
  const identities = caller.kind === 'session' ? account?.roles : account?.users;
  const own = caller.kind === 'root' ? undefined : identities?.get(caller.name)?.tags;
  const tags = new Map(caller.session?.tags);
  const given = new Set([...tags.keys()].map((key) => key.toLowerCase()));
  for (const [key, value] of own ?? []) if (!given.has(key.toLowerCase())) tags.set(key, value);
  return tags;
}

function principalTags(world: World, caller: Caller) {
  const tags = [...tagsOf(world, caller)];
  return Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}
