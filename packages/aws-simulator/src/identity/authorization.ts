// Whether a caller may do something: how the policies of its identity, its session, its account and
// the resource come together (IAM User Guide, policy evaluation logic). It knows no service.

import { type AccessRequest, evaluate, type Verdict } from './policies/evaluation.ts';
import type { Policy } from './policies/policy.ts';

/** Everything that grants or bounds what a caller may do. */
export interface Permits {
  readonly account: string;
  /** Undefined for an administrator: the root, or an identity without a list of policies. */
  readonly identity: readonly Policy[] | undefined;
  /** Permissions boundary; undefined when there is none. */
  readonly boundary: Policy | undefined;
  /** Session policies of AssumeRole; undefined when there are none. */
  readonly session: readonly Policy[] | undefined;
  /** The account's; undefined when there are none. They bind root too. */
  readonly serviceControl: readonly Policy[] | undefined;
}

/** The policy on the resource of a request: a topic's, a queue's, or a role's trust policy. */
export interface ResourcePolicy {
  /** The account that owns the resource. */
  readonly account: string;
  readonly policy: Policy | undefined;
  /** A role can only be assumed by whom its trust policy names, also within its account. */
  readonly required?: boolean;
}

/** Undefined when it is allowed, else the reason in AWS's words, empty when AWS gives none. */
export type Denial = { readonly reason: string } | undefined;

/**
 * @param request with the requester, if there is a resource policy.
 * @param resource left out when the resource has no policy and belongs to the caller's account.
 */
export function denialOf(
  permits: Permits,
  request: AccessRequest,
  resource?: ResourcePolicy,
): Denial {
  const verdicts = verdictsOf(permits, request, resource);
  for (const [kind, verdict] of Object.entries(verdicts)) {
    if (verdict?.effect === 'deny') {
      return { reason: `with an explicit deny in ${KINDS[kind as Kind]}` };
    }
  }
  const missing = missingAllow(permits, verdicts, resource);
  if (missing === undefined) return undefined;
  // Whom a role trusts is not told.
  if (missing === 'resource' && resource?.required) return { reason: '' };
  const what = KINDS[missing].replace(/^an? /, '');
  return { reason: `because no ${what} allows the ${request.action} action` };
}

type Kind = 'serviceControl' | 'identity' | 'boundary' | 'session' | 'resource';

const KINDS: Readonly<Record<Kind, string>> = {
  serviceControl: 'a service control policy',
  identity: 'an identity-based policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  resource: 'a resource-based policy',
};

/** Undefined where there is no policy of the kind. */
type Verdicts = Readonly<Record<Kind, Verdict | undefined>>;

function verdictsOf(
  permits: Permits,
  request: AccessRequest,
  resource: ResourcePolicy | undefined,
): Verdicts {
  const verdict = (policies: readonly Policy[] | undefined) =>
    policies && evaluate(policies, request);
  return {
    serviceControl: verdict(permits.serviceControl),
    identity: verdict(permits.identity),
    boundary: verdict(permits.boundary && [permits.boundary]),
    session: verdict(permits.session),
    resource: verdict(resource?.policy && [resource.policy]),
  };
}

function missingAllow(
  permits: Permits,
  verdicts: Verdicts,
  resource: ResourcePolicy | undefined,
): Kind | undefined {
  if (refuses(verdicts.serviceControl)) return 'serviceControl';
  const granted = grantOf(verdicts.resource);
  const foreign = resource !== undefined && resource.account !== permits.account;
  if ((foreign || resource?.required) && granted === undefined) return 'resource';
  // Within an account, a resource policy that names the principal itself is enough. Named as a
  // user or as a session it is not even bounded; named as a role, its sessions are.
  const direct = !foreign && granted !== undefined && granted !== 'account';
  if (direct && granted === 'self') return undefined;
  if (!direct && refuses(verdicts.identity)) return 'identity';
  if (refuses(verdicts.boundary)) return 'boundary';
  return refuses(verdicts.session) ? 'session' : undefined;
}

function refuses(verdict: Verdict | undefined): boolean {
  return verdict?.effect === 'none';
}

/** The closest way in which the resource policy names the caller in its allowances. */
function grantOf(verdict: Verdict | undefined) {
  if (verdict?.effect !== 'allow') return undefined;
  const closeness = ['self', 'role', 'everybody', 'account'] as const;
  return closeness.find((naming) => verdict.namings.has(naming));
}
