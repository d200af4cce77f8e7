// Allowlist entries: which ones grants want, and the set difference against what AWS has.

import { endingOf, isOver, type EndpointService } from './endpoint-service.ts';
import { refuse } from './errors.ts';

export interface Principal {
  id: string;
  endpointServiceId: string;
  arn: string;
  /** Grants that want it; empty when only AWS has it. */
  grantIds: string[];
  state: PrincipalState;
  /** We put it there, so we may take it away. */
  owned: boolean;
  observed: boolean;
  /** An operator let it go: it is not put back, although a grant wants it. */
  released: boolean;
  observedAt: Date | null;
  since: Date;
  /** Since when it is to be added or removed, and AWS does not show it so. */
  unsettledSince: Date | null;
  /** What somebody should know of it at once, if anything. */
  alarm: PrincipalAlarm | null;
}

/**
 * Whom an entry lets in besides accounts: everybody with an AWS account, a whole organisation or a
 * part of it, or a service of AWS.
 */
export const openings = ['open_to_everyone', 'open_to_organization', 'open_to_service'] as const;
/** What somebody should know of an entry at once. */
export type PrincipalAlarm = (typeof openings)[number] | 'contested';

export const principalStates = [
  'pending',
  'allowed',
  'removing',
  'unmanaged',
  'contested',
  'gone',
] as const;
/**
 * `pending`: wanted, not there yet · `allowed`: wanted and there · `removing`: ours, no longer
 * wanted · `unmanaged`: there, not ours and not wanted · `contested`: wanted, and another hand
 * removed it · `gone`: neither wanted nor there.
 */
export type PrincipalState = (typeof principalStates)[number];

/** What decides the state of one ARN on one service. */
export interface PrincipalFacts {
  arn: string;
  wanted: boolean;
  owned: boolean;
  observed: boolean;
  /** AWS has shown it after we added it, so that its absence is not merely a slow read. */
  confirmed: boolean;
  /** We have asked AWS to take it away since we last added it, so its absence is our own doing. */
  withdrawn: boolean;
  /** Consecutive full reads that did not show it. */
  missedReads: number;
  /** It may be put back when other hands have removed it. */
  restoring: boolean;
}

export interface PrincipalPlan {
  add: string[];
  remove: string[];
  contested: string[];
  unmanaged: string[];
}

/**
 * Reads that must agree before an entry of ours counts as removed by another hand: after a write
 * EC2 may answer from before it (EC2 developer guide, "Eventual consistency").
 */
export const agreeingReads = 2;

export function principalState(facts: PrincipalFacts): PrincipalState {
  const { wanted, owned, observed } = facts;
  if (wanted && observed) return 'allowed';
  if (wanted) return isContested(facts) ? 'contested' : 'pending';
  if (!observed) return 'gone';
  return owned ? 'removing' : 'unmanaged';
}

/**
 * The least that must change. Nothing of other hands is removed; nothing they removed is put back.
 */
export function planPrincipals(facts: readonly PrincipalFacts[]): PrincipalPlan {
  const plan: PrincipalPlan = { add: [], remove: [], contested: [], unmanaged: [] };
  for (const fact of facts) {
    const state = principalState(fact);
    if (isToAdd(fact)) plan.add.push(fact.arn);
    else if (state === 'removing') plan.remove.push(fact.arn);
    else if (state === 'contested') plan.contested.push(fact.arn);
    else if (state === 'unmanaged') plan.unmanaged.push(fact.arn);
  }
  return plan;
}

/** What of the plan can be done with the service as AWS shows it. */
export function doable<Plan extends Pick<PrincipalPlan, 'add' | 'remove'>>(
  plan: Plan,
  service: Pick<EndpointService, 'observed'>,
): Plan {
  const add = endingOf(service) === null ? plan.add : [];
  return { ...plan, add, remove: isOver(service) ? [] : plan.remove };
}

/** Whether it is to be added or removed: a state that should pass. */
export function isUnsettled(facts: PrincipalFacts): boolean {
  const state = principalState(facts);
  return state === 'pending' || state === 'removing';
}

export function principalAlarm(facts: PrincipalFacts): PrincipalAlarm | null {
  if (facts.observed) return openingOf(facts.arn);
  return principalState(facts) === 'contested' ? 'contested' : null;
}

/** Whom besides accounts an entry lets in, or null for an account, a role or a user. */
export function openingOf(arn: string): (typeof openings)[number] | null {
  if (arn === '*') return 'open_to_everyone';
  if (/^arn:[\w-]+:organizations:/.test(arn)) return 'open_to_organization';
  if (isFormer(arn)) return null;
  return accountOfPrincipal(arn) === null ? 'open_to_service' : null;
}

/**
 * Whether it is what AWS shows in place of the ARN of an identity that is no more: its unique id
 * (`AROA…` of a role, `AIDA…` of a user), or the bare number of an account. Nobody can use it, also
 * not one who makes an identity of the same name (IAM user guide, "IAM identifiers").
 */
export function isFormer(arn: string): boolean {
  return /^(A[A-Z]{3}[A-Z0-9]{12,124}|[0-9]{12})$/.test(arn);
}

/** ARNs that a grant wants for one account: its root, or each named role. */
export function principalArns(account: AccountName, roleNames: readonly string[]): string[] {
  const prefix = `arn:${account.partition}:iam::${account.accountId}`;
  if (roleNames.length === 0) return [`${prefix}:root`];
  return roleNames.map((role) => `${prefix}:role/${role}`);
}

export interface AccountName {
  partition: string;
  accountId: string;
}

/** The account that an IAM ARN belongs to, or null for `*` and anything else. */
export function accountOfPrincipal(arn: string): AccountName | null {
  const match = /^arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}):/.exec(arn);
  return match ? { partition: match[1]!, accountId: match[2]! } : null;
}

/**
 * Checks role names as a grant carries them: IAM's alphabet, at most 64 characters, no path.
 * EC2 does not take principal ARNs with a path (API reference,
 * ModifyVpcEndpointServicePermissions).
 * @throws Refusal `invalid_principal`
 */
export function checkRoleNames(roleNames: readonly string[]): void {
  for (const name of roleNames) {
    if (name.includes('/')) {
      const bare = name.split('/').at(-1);
      throw refuse('invalid_principal', `"${name}" has a path; EC2 takes the role as "${bare}".`);
    }
    if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
      throw refuse('invalid_principal', `"${name}" is not the name of an IAM role.`);
    }
  }
}

/**
 * One that we have added already is added again only once reads agree that the add was lost, or
 * that other hands have removed one that is to be put back; one that we took away, and that is
 * wanted again, even if a slow read still shows it.
 */
function isToAdd(facts: PrincipalFacts): boolean {
  if (!facts.wanted) return false;
  if (facts.owned && facts.withdrawn) return true;
  const ourOwn = !facts.confirmed || facts.restoring;
  const lost = !facts.owned || (ourOwn && facts.missedReads >= agreeingReads);
  return !facts.observed && lost;
}

function isContested(facts: PrincipalFacts): boolean {
  return !facts.restoring && facts.owned && facts.confirmed && facts.missedReads >= agreeingReads;
}
