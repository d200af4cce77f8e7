// A tenant, how it stands aside, and the order in which it leaves.

import type { Decision } from './connection.ts';

export const customerStates = ['active', 'suspended', 'offboarding', 'offboarded'] as const;
/**
 * `active` · `suspended`: nothing new is let in until it is resumed · `offboarding`: it is leaving
 * · `offboarded`: it has left, for good.
 */
export type CustomerState = (typeof customerStates)[number];

/**
 * What a suspension takes away. `keep`: nothing, only new connections are not let in · `block`: its
 * principals leave the allowlists · `reject`: they do, and then its live connections are rejected.
 */
export const suspensionPolicies = ['keep', 'block', 'reject'] as const;
export type SuspensionPolicy = (typeof suspensionPolicies)[number];

/**
 * What becomes of the live connections of a customer that leaves, once its principals have gone.
 * `reject`: they are rejected · `drain`: the customer deletes them itself until a deadline, after
 * which they are rejected · `keep`: they are left alone, and the accounts stay with the customer.
 */
export const offboardingPolicies = ['reject', 'drain', 'keep'] as const;
export type OffboardingPolicy = (typeof offboardingPolicies)[number];

export interface Customer {
  id: string;
  externalId: string;
  name: string;
  state: CustomerState;
  metadata: Record<string, string>;
  contacts: Contact[];
  /** The one name of a role that may prove its accounts; null where any identity may. */
  requiredRole: string | null;
  /** Since when it is suspended on these terms; null unless it is. */
  suspendedSince: Date | null;
  suspensionPolicy: SuspensionPolicy | null;
  suspensionReason: string | null;
  offboardingSince: Date | null;
  /** Null until it begins to leave. */
  offboardingPolicy: OffboardingPolicy | null;
  /** Until when the customer may delete its connections itself; null unless they drain. */
  drainUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface Contact {
  name: string;
  email: string;
}

export type Terms = Pick<
  Customer,
  'state' | 'suspensionPolicy' | 'offboardingPolicy' | 'drainUntil'
>;

/** What becomes of live connections now: `wait` until the customer has deleted them itself. */
export type Ending = 'reject' | 'wait' | 'leave';

/** What the terms of its leaving or suspension say about the live connections of a customer. */
export function endingOf({ state, ...terms }: Terms, now: Date): Ending {
  if (state === 'suspended') return terms.suspensionPolicy === 'reject' ? 'reject' : 'leave';
  if (terms.offboardingPolicy === 'keep') return 'leave';
  const drains = terms.offboardingPolicy === 'drain' && terms.drainUntil !== null;
  return drains && now < terms.drainUntil! ? 'wait' : 'reject';
}

/** A suspension for which nothing changes in AWS. */
export function takesNothing({ state, suspensionPolicy }: Terms): boolean {
  return state === 'suspended' && suspensionPolicy === 'keep';
}

/** Since when AWS must have been read for the end to be proven. */
export function leavingSince(customer: Customer): Date {
  return customer.offboardingSince ?? customer.suspendedSince ?? customer.createdAt;
}

/** What is still there of a customer that leaves. Dates are when AWS was last asked. */
export interface Remains {
  principals: { arn: string; endpointServiceId: string; owned: boolean; managed: boolean }[];
  connections: {
    id: string;
    endpointServiceId: string;
    live: boolean;
    decision: Decision;
    managed: boolean;
  }[];
  /**
   * True when every service concerned was read in full since: its allowlist after the offboarding
   * began, its connections after the last principal had gone and nobody could make another one.
   */
  readSince: boolean;
}

export type OffboardingStep =
  | { step: 'wait'; waitingFor: string }
  | { step: 'reject'; connectionIds: string[] }
  | { step: 'done' };

/**
 * The next step of leaving. On each service principals go first, so that no new endpoint can be
 * made while the old ones are being rejected; a service that cannot be left yet holds up no other
 * one. The end is declared only on reads that are newer than what they are to prove.
 * @param ending what is to become of the live connections; those to be left are not waited for
 */
export function nextOffboardingStep(remains: Remains, ending: Ending = 'reject'): OffboardingStep {
  const live = ending === 'leave' ? [] : remains.connections.filter(({ live }) => live);
  const open = new Set(remains.principals.map(({ endpointServiceId }) => endpointServiceId));
  const due = live.filter(({ endpointServiceId, managed, decision }) => {
    return ending === 'reject' && managed && decision !== 'reject' && !open.has(endpointServiceId);
  });
  if (due.length > 0) return { step: 'reject', connectionIds: due.map(({ id }) => id) };
  const principal = remains.principals[0];
  if (principal) return { step: 'wait', waitingFor: principalReason(principal) };
  if (ending === 'wait' && live.length > 0) {
    return {
      step: 'wait',
      waitingFor: `the customer to delete its connections, of which ${live.length} are live`,
    };
  }
  const observed = live.find((connection) => !connection.managed);
  if (observed) {
    return {
      step: 'wait',
      waitingFor: `acceptance, which is in observe mode or stands still (${observed.id})`,
    };
  }
  if (live.length > 0) return { step: 'wait', waitingFor: `${live.length} connections to end` };
  if (!remains.readSince) return { step: 'wait', waitingFor: 'a fresh full read of AWS' };
  return { step: 'done' };
}

function principalReason(principal: Remains['principals'][number]): string {
  if (!principal.owned) return `${principal.arn}: added by other hands, remove or adopt it`;
  if (!principal.managed) return `${principal.arn}: principals are in observe mode or stand still`;
  return `${principal.arn} to leave the allowlist`;
}
