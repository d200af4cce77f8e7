// Decides whether a call may be performed. It comes after authentication and throttling, and before
// the operation looks at anything, so that a caller without permission learns nothing.

import { type Denial, denialOf, type Permits } from '../identity/authorization.ts';
import type { Caller } from '../identity/principals.ts';
import { type RequestContext, requestContext } from '../identity/policies/context.ts';
import type { World } from '../world/world.ts';
import type { Call } from './call.ts';
import type { Need } from './permission.ts';
import { ruleOf } from './permission-ledger.ts';
import { callerKeys } from './request-keys.ts';
import type { Service, ServiceName } from './service.ts';

/** @throws AwsError the service's word for a denial, for the first need that is not allowed. */
export function checkPermission(
  name: ServiceName,
  { iamPrefix, refusals }: Service,
  action: string,
  call: Call<unknown>,
): void {
  const needs = ruleOf(name, iamPrefix, action)(call as Call<never>);
  const permits = permitsOf(call.world, call.caller);
  // Most callers of most worlds are administrators, whom only a resource's own policy can stop.
  const asked = isLimited(permits) ? needs : needs.filter(({ policy }) => policy !== undefined);
  if (asked.length === 0) return;
  const shared = callerKeys(call);
  for (const need of asked) {
    const denial = denialOfNeed(call, permits, need, shared);
    if (denial === undefined) continue;
    throw refusals.denied(call.caller.arn, need.action, need.resource, denial.reason);
  }
}

/** What the caller's identity, session and account grant at this moment. */
export function permitsOf(world: World, caller: Caller): Permits {
  const account = world.accounts.get(caller.account);
  const identities = caller.kind === 'session' ? account?.roles : account?.users;
  const identity = caller.kind === 'root' ? undefined : identities?.get(caller.name);
  return {
    account: caller.account,
    identity: identity?.policies,
    boundary: identity?.boundary,
    session: caller.session?.policies,
    serviceControl: account?.serviceControlPolicies,
  };
}

function isLimited({ identity, boundary, session, serviceControl }: Permits): boolean {
  return [identity, boundary, session, serviceControl].some((one) => one !== undefined);
}

function denialOfNeed(
  { caller }: Call<unknown>,
  permits: Permits,
  { action, resource, keys = {}, policy }: Need,
  shared: RequestContext,
): Denial {
  const { account, arn, identityArn } = caller;
  const own = requestContext({ 'aws:ResourceAccount': policy?.account ?? account }, keys);
  const context = new Map([...shared, ...own]);
  const requester = { account, arn, identityArn };
  return denialOf(permits, { action, resource, context, requester }, policy);
}
