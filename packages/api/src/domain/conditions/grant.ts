// A grant: is it in force, and is what it wants in its place.

import type { NextStep } from '../check.ts';
import { hasEnded, type Grant } from '../grant.ts';
import { condition, type Condition } from './condition.ts';

/** An entry that the grant wants, and that other hands have removed. */
export interface LostEntry {
  id: string;
  arn: string;
  since: Date;
}

export function grantConditions(
  grant: Pick<Grant, 'createdAt' | 'expiresAt'>,
  lost: readonly LostEntry[],
  now: Date,
): Condition[] {
  if (lost.length > 0) return [ready(grant, now), ...lost.map(contested)];
  const message = 'Other hands have removed nothing that it wants.';
  return [ready(grant, now), condition('in_place', true, { reason: 'in_place', message })];
}

function ready(grant: Pick<Grant, 'createdAt' | 'expiresAt'>, now: Date): Condition {
  const { createdAt, expiresAt } = grant;
  if (!hasEnded(grant, now)) {
    const message = 'It is in force.';
    return condition('ready', true, { reason: 'in_force', message, since: createdAt });
  }
  const message = 'It has ended: nothing new is let in.';
  return condition('ready', false, { reason: 'expired', message, since: expiresAt });
}

function contested({ id, arn, since }: LostEntry): Condition {
  const message = 'Other hands have removed it, and it is held.';
  const next: NextStep = {
    actor: 'vendor',
    action: 'Other hands removed it: restore it, or release it with `principals release`.',
    command: `sallyport principals restore ${id} --reason …`,
  };
  const told = { reason: 'contested_principal', message, subject: arn, since, next };
  return condition('in_place', false, told);
}
