// A connection: is it up, who let it in, does it take its time.

import { isTransitional, type Connection, type ConnectionState } from '../connection.ts';
import { holdRemedy } from '../grant.ts';
import { condition, onTime, reasonOf, type Condition } from './condition.ts';

type Facts = Pick<
  Connection,
  'state' | 'awsState' | 'stateSince' | 'decision' | 'decidedBy' | 'decisionReason' | 'holdReason'
>;

export function connectionConditions(facts: Facts, stuckSince: Date | null): Condition[] {
  return [ready(facts), decided(facts), onTime(stuckSince, facts.stateSince)];
}

function ready({ state, awsState, stateSince: since, ...facts }: Facts): Condition {
  const message = `AWS shows it as "${awsState}".`;
  if (state === 'available') return condition('ready', true, { reason: state, message, since });
  if (state === 'pendingAcceptance') {
    const { reason, message: why, next } = acceptance(facts);
    return condition('ready', false, { reason, message: `${message} ${why}`, since, next });
  }
  const status = isTransitional(state) && state !== 'deleting' ? 'unknown' : false;
  return condition('ready', status, { reason: reasonOf(state), message, since });
}

type Decided = Pick<Facts, 'decision' | 'holdReason'>;

/** Why it waits for acceptance. */
function acceptance({ decision, holdReason }: Decided) {
  if (decision === 'accept') {
    return { reason: 'accept_due', message: 'It is to be accepted.', next: null };
  }
  if (decision === 'reject') {
    return { reason: 'reject_due', message: 'It is to be rejected.', next: null };
  }
  if (holdReason === null) {
    return { reason: 'undecided', message: 'Policy has not looked at it yet.', next: null };
  }
  const remedy = holdRemedy(holdReason);
  const next = remedy && { actor: remedy.turn, action: remedy.action, command: null };
  return { reason: holdReason, message: `Policy holds it: ${inWords(holdReason)}.`, next };
}

const letIn: readonly ConnectionState[] = ['pending', 'available', 'partial'];

/** Since when is not kept. */
function decided({ decision, decidedBy, decisionReason, state, ...facts }: Facts): Condition {
  const why = decisionReason ? `: ${decisionReason}` : '.';
  if (decision === 'accept') {
    return condition('decided', true, { reason: 'accepted', message: `By ${decidedBy}${why}` });
  }
  if (decision === 'reject') {
    return condition('decided', false, { reason: 'rejected', message: `By ${decidedBy}${why}` });
  }
  if (letIn.includes(state)) {
    const message = 'Other hands have accepted it, in AWS.';
    return condition('decided', true, { reason: 'accepted_elsewhere', message });
  }
  if (state === 'rejected') {
    const message = 'Other hands have rejected it, in AWS.';
    return condition('decided', false, { reason: 'rejected_elsewhere', message });
  }
  const { reason, message } = acceptance({ decision, holdReason: facts.holdReason });
  return condition('decided', 'unknown', { reason, message });
}

function inWords(reason: string): string {
  return reason.replaceAll('_', ' ');
}
