// A tenant, and the order in which it leaves.

export const customerStates = ['active', 'suspended', 'offboarding', 'offboarded'] as const;
export type CustomerState = (typeof customerStates)[number];

export interface Customer {
  id: string;
  externalId: string;
  name: string;
  state: CustomerState;
  metadata: Record<string, string>;
  contacts: Contact[];
  offboardingSince: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface Contact {
  name: string;
  email: string;
}

/** What is still there of a customer that leaves. Dates are when AWS was last asked. */
export interface Remains {
  principals: { arn: string; endpointServiceId: string; owned: boolean; managed: boolean }[];
  connections: {
    id: string;
    endpointServiceId: string;
    live: boolean;
    decision: string;
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
 */
export function nextOffboardingStep(remains: Remains): OffboardingStep {
  const live = remains.connections.filter((connection) => connection.live);
  const open = new Set(remains.principals.map(({ endpointServiceId }) => endpointServiceId));
  const due = live.filter(({ endpointServiceId, managed, decision }) => {
    return managed && decision !== 'reject' && !open.has(endpointServiceId);
  });
  if (due.length > 0) return { step: 'reject', connectionIds: due.map(({ id }) => id) };
  const principal = remains.principals[0];
  if (principal) return { step: 'wait', waitingFor: principalReason(principal) };
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
