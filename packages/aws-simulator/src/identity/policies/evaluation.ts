// What policies say about one request. A matching Deny wins, whatever the order; how the policies
// of an identity, its account and a resource come together is in ../authorization.ts.

import { conditionsHold } from './conditions.ts';
import type { RequestContext } from './context.ts';
import { matchesArn, matchesPattern } from './patterns.ts';
import type { Listed, Policy, Statement } from './policy.ts';
import { type Naming, namingOf, type Requester, spares } from './policy-principals.ts';

export interface AccessRequest {
  /** With its prefix, for example `ec2:CreateVpcEndpoint`. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  readonly context: RequestContext;
  /** Needed by policies that have principals. */
  readonly requester?: Requester;
}

export type Verdict =
  | { readonly effect: 'allow'; readonly namings: ReadonlySet<Naming> }
  | { readonly effect: 'deny'; readonly sid: string | undefined }
  /** Nothing matched: AWS calls it an implicit deny. */
  | { readonly effect: 'none' };

/**
 * Evaluates policies of one kind together. `namings` of an allowance tells how resource policies
 * named the requester; it is empty for policies without principals.
 */
export function evaluate(policies: readonly Policy[], request: AccessRequest): Verdict {
  const namings = new Set<Naming>();
  let allowed = false;
  for (const statement of policies.flatMap(({ statements }) => statements)) {
    if (!applies(statement, request)) continue;
    if (statement.effect === 'Deny') return { effect: 'deny', sid: statement.sid };
    allowed = true;
    const naming = namingIn(statement, request);
    if (naming !== undefined) namings.add(naming);
  }
  return allowed ? { effect: 'allow', namings } : { effect: 'none' };
}

function applies(statement: Statement, request: AccessRequest): boolean {
  const { actions, resources, conditions } = statement;
  const action = request.action.toLowerCase();
  return (
    lists(actions, (one) => matchesPattern(one, action)) &&
    (resources === undefined ||
      lists(resources, (one) => matchesArn(one, request.resource, request.context))) &&
    concerns(statement, request) &&
    conditionsHold(conditions, request.context)
  );
}

function lists(
  { excluded, patterns }: Listed,
  matches: (one: Listed['patterns'][number]) => boolean,
) {
  return patterns.some(matches) !== excluded;
}

function concerns(statement: Statement, request: AccessRequest): boolean {
  const { principals } = statement;
  if (principals === undefined) return true;
  if (request.requester === undefined) return false;
  if (principals.excluded) return !spares(principals, request.requester);
  return namingIn(statement, request) !== undefined;
}

function namingIn({ principals }: Statement, { requester }: AccessRequest): Naming | undefined {
  if (principals === undefined || requester === undefined) return undefined;
  return namingOf(principals, requester);
}
