// An entry of an allowlist: does AWS let it in, and does that take its time.

import type { Principal } from '../principal.ts';
import { condition, onTime, type Condition } from './condition.ts';

type Facts = Pick<Principal, 'state' | 'since' | 'released'>;

export function principalConditions(facts: Facts, stuckSince: Date | null): Condition[] {
  return [ready(facts), onTime(stuckSince, facts.since)];
}

const told: Record<Principal['state'], [status: Condition['status'], message: string]> = {
  allowed: ['true', 'It is on the allowlist, as it is wanted.'],
  unmanaged: ['true', 'It is on the allowlist; other hands have added it.'],
  pending: ['unknown', 'It is to be added to the allowlist.'],
  removing: ['false', 'It is to be removed from the allowlist.'],
  contested: ['false', 'Other hands have removed it, and it is held.'],
  gone: ['false', 'It is not on the allowlist, and not wanted there.'],
};

function ready({ state, since, released }: Facts): Condition {
  const [status, message] = told[state];
  return condition('ready', status, { reason: released ? 'released' : state, message, since });
}
