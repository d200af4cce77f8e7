// An endpoint service: is it there in AWS, may Sallyport change it, and can AWS be asked about it.

import { endingOf, standstill, type EndpointService } from '../endpoint-service.ts';
import { standingStill } from '../hindrance.ts';
import { condition, type Condition } from './condition.ts';

type Facts = Pick<
  EndpointService,
  | 'id'
  | 'observed'
  | 'observedAt'
  | 'modes'
  | 'frozenSince'
  | 'frozenReason'
  | 'quarantine'
  | 'problem'
  | 'retiredAt'
  | 'stateSince'
>;

export function serviceConditions(facts: Facts): Condition[] {
  return [ready(facts), freeToMove(facts)];
}

function ready(facts: Facts): Condition {
  const { observed, problem, retiredAt, stateSince: since } = facts;
  if (retiredAt !== null) {
    const message = 'It was retired, and deleted in AWS.';
    return condition('ready', false, { reason: 'retired', message, since: retiredAt });
  }
  if (observed === null) {
    const message = problem ?? 'AWS has not been asked about it yet.';
    const reason = problem === null ? 'not_read' : 'problem';
    return condition('ready', 'unknown', { reason, message });
  }
  const message = problem ?? `AWS shows it as ${observed.state}.`;
  const isReady = observed.state === 'available' || (endingOf(facts) ? false : 'unknown');
  return condition('ready', isReady, { reason: observed.state, message, since });
}

function freeToMove(facts: Facts): Condition {
  const hindrance = standingStill(facts);
  if (!hindrance) {
    const message = 'What its modes say is carried out.';
    return condition('free_to_move', true, { reason: 'free', message });
  }
  const { frozenSince: since, frozenReason } = facts;
  const message = `Nothing of it is changed in AWS (${frozenReason ?? standstill(facts)}).`;
  const { by: reason, action, command } = hindrance;
  const next = { actor: 'vendor', action, command } as const;
  return condition('free_to_move', false, { reason, message, since, next });
}
