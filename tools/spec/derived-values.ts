// What the examples tell of states, by the same rules as the service tells it: conditions with
// their words, and the path of a diagnosis.

import type { Standing } from '../../packages/api/src/domain/account.ts';
import type { Check } from '../../packages/api/src/domain/check.ts';
import { accountConditions } from '../../packages/api/src/domain/conditions/account.ts';
import type { Condition } from '../../packages/api/src/domain/conditions/condition.ts';
import { connectionConditions } from '../../packages/api/src/domain/conditions/connection.ts';
import { serviceConditions } from '../../packages/api/src/domain/conditions/endpoint-service.ts';
import { grantConditions } from '../../packages/api/src/domain/conditions/grant.ts';
import { principalConditions } from '../../packages/api/src/domain/conditions/principal.ts';
import { privateDnsConditions } from '../../packages/api/src/domain/conditions/private-dns.ts';
import { hopOf, pathOf } from '../../packages/api/src/domain/path.ts';

const made = '01kaqy0v5ne4rvk3z4m5t6w7x8';

type Members = Record<string, unknown>;

/** An account with that standing. */
export function accountAs(standing: Standing, since: string): Members {
  const whose = { accountId: '222222222222', lapsesAt: null };
  const facts = { ...whose, standing, standingSince: new Date(since) };
  const conditions = accountConditions(facts).map(shown);
  return { standing, standing_since: since, reason: standing, conditions };
}

type ConnectionFacts = Parameters<typeof connectionConditions>[0];

/** A connection in that state, with what was decided. */
export function connectionAs(
  state: 'available' | 'pendingAcceptance',
  since: string,
  decided: Pick<ConnectionFacts, 'decision' | 'decidedBy' | 'decisionReason'>,
): Members {
  const facts = { state, awsState: state, stateSince: new Date(since), holdReason: null };
  const conditions = connectionConditions({ ...facts, ...decided }, null).map(shown);
  return {
    state,
    aws_state: state,
    state_since: since,
    reason: conditions[0]!['reason'],
    conditions,
    decision: decided.decision,
    decided_by: decided.decidedBy,
    decision_reason: decided.decisionReason,
  };
}

type PrincipalFacts = Parameters<typeof principalConditions>[0];

/** An allowlist entry in that state. */
export function principalAs(state: PrincipalFacts['state'], since: string, released = false) {
  const facts = { state, since: new Date(since), released };
  const conditions = principalConditions(facts, null).map(shown);
  return { state, since, released, reason: conditions[0]!['reason'], conditions };
}

type ServiceFacts = Parameters<typeof serviceConditions>[0];

/** The conditions of a service that AWS shows as available or, without a time, was not asked of. */
export function serviceAs(since: string | null, frozen: Partial<ServiceFacts> = {}): Members {
  const modes = { principals: 'manage', acceptance: 'manage', privateDns: 'manage' } as const;
  const observed = since === null ? null : ({ state: 'available' } as ServiceFacts['observed']);
  const seen = { observed, observedAt: dateOf(since), stateSince: dateOf(since) };
  const still = { frozenSince: null, frozenReason: null, quarantine: null };
  const facts = { id: `svc_${made}`, modes, problem: null, retiredAt: null, ...seen, ...still };
  const conditions = serviceConditions({ ...facts, ...frozen }).map(shown);
  return { reason: conditions[0]!['reason'], conditions };
}

/** The conditions of a grant that is in force. */
export function grantInForce(since: string): Members {
  const grant = { createdAt: new Date(since), expiresAt: null };
  return { conditions: grantConditions(grant, [], new Date(since)).map(shown) };
}

type PrivateDnsFacts = Parameters<typeof privateDnsConditions>[0];

/** A private DNS name in that state. */
export function privateDnsAs(
  state: PrivateDnsFacts['state'],
  message: string,
  more: Partial<PrivateDnsFacts> = {},
): Members {
  const nothing = { next: null, since: null, stuckSince: null, sightings: [], record: null };
  const facts = { state, message, ...nothing, ...more };
  const conditions = privateDnsConditions(facts).map(shown);
  const since = facts.since && timeText(facts.since);
  return { state, message, reason: state, next: facts.next, since, conditions };
}

/** What a diagnosis has found on the way, when all is well. */
export function pathAs(checks: readonly Check[]): Members {
  const customer = 'account 222222222222, us-east-1';
  const client = { result: 'pass', evidence: 'Reported 2 minutes ago from bastion.' } as const;
  const ends = { customer, vendor: 'api, us-east-1', client, turn: null };
  const { hops, text } = pathOf(checks, null, ends);
  const placed = checks.map(({ observedAt = null, ...check }) => {
    const observed_at = observedAt && timeText(observedAt);
    return { ...check, hop: hopOf(check), observed_at };
  });
  const path = {
    hops: hops.map(({ isBroken, ...hop }) => ({ ...hop, is_broken: isBroken })),
    text,
  };
  return { checks: placed, path };
}

function shown({ type, status, reason, message, since, subject, next }: Condition): Members {
  return { type, status, reason, message, since: since && timeText(since), subject, next };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

function timeText(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}
