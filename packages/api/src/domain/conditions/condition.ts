// What is to be said of a resource besides its state: one thing each, since when, and what to do.

import type { NextStep } from '../check.ts';

/**
 * `ready` comes first: whether it is of use now · `on_time`: nothing takes longer than it should ·
 * `decided`: whether a connection is let in · `record_seen`: of a TXT record · `free_to_move`: a
 * service may be changed in AWS · `in_place`: other hands have removed nothing ·
 * `renewing`: the proof of an account renews by itself.
 */
export type ConditionType =
  | 'ready'
  | 'on_time'
  | 'decided'
  | 'record_seen'
  | 'free_to_move'
  | 'in_place'
  | 'renewing';

/** Whether it is so. */
export type ConditionStatus = 'true' | 'false' | 'unknown';

export interface Condition {
  type: ConditionType;
  status: ConditionStatus;
  /** For programs, as `manual_acceptance`. */
  reason: string;
  /** For people. */
  message: string;
  /** When it came to be so; null where nobody knows. */
  since: Date | null;
  /** What it is about where there are several of one type. */
  subject: string | null;
  next: NextStep | null;
}

export type Told = Pick<Condition, 'reason' | 'message'> &
  Partial<Pick<Condition, 'since' | 'subject' | 'next'>>;

export function condition(
  type: ConditionType,
  status: ConditionStatus | boolean,
  told: Told,
): Condition {
  const nothing = { since: null, subject: null, next: null };
  return { ...nothing, ...told, type, status: `${status}` };
}

/** Whether what passes by itself has passed in its time. */
export function onTime(stuckSince: Date | null, since: Date | null): Condition {
  if (stuckSince === null) {
    const message = 'Nothing takes longer than it should.';
    return condition('on_time', true, { reason: 'on_time', message, since });
  }
  const message = `It should have gone on by ${stuckSince.toISOString()}.`;
  return condition('on_time', false, { reason: 'stuck', message, since: stuckSince });
}

/** `pendingAcceptance` as `pending_acceptance`. */
export function reasonOf(state: string): string {
  return state.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
