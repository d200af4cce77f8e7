// The order in which an endpoint service ends: who may use it, who uses it, its name, itself.

import { aspects, standstill, type EndpointService } from './endpoint-service.ts';

/** What is still there of a service that retires. */
export interface Leftovers {
  /** Allowlist entries of ours; those of other hands go with the service. */
  principals: string[];
  /** Live connections, whoever let them in. */
  connections: { id: string; vpcEndpointId: string; decision: string }[];
  /** Our private DNS name or TXT value. */
  privateDns: boolean;
}

export type RetirementStep =
  | { step: 'wait'; waitingFor: string }
  | { step: 'reject'; connectionIds: string[] }
  | { step: 'delete' };

type Retiring = Pick<EndpointService, 'id' | 'modes' | 'frozenSince' | 'quarantine'>;

/** The next step: nothing is deleted while anything of ours, or anybody's connection, is there. */
export function nextRetirementStep(service: Retiring, left: Leftovers): RetirementStep {
  const hindrance = hindranceOf(service);
  if (hindrance) return wait(hindrance);
  if (left.principals.length > 0)
    return wait(`${left.principals.join(', ')} to leave the allowlist`);
  const due = left.connections.filter(({ decision }) => decision !== 'reject');
  if (due.length > 0) return { step: 'reject', connectionIds: due.map(({ id }) => id) };
  if (left.connections.length > 0) {
    const endpoints = left.connections.map(({ vpcEndpointId }) => vpcEndpointId);
    return wait(`${endpoints.join(', ')} to end`);
  }
  if (left.privateDns) return wait('its private DNS name and TXT value to go');
  return { step: 'delete' };
}

/** Why nothing of it may be changed by us, or null: its end takes every aspect. */
export function hindranceOf(service: Retiring): string | null {
  const still = standstill(service);
  if (still) return `somebody to let it move again, as it stands still (${still})`;
  const observed = aspects.filter((aspect) => service.modes[aspect] === 'observe');
  return observed.length === 0 ? null : `${observed.join(', ')} to be switched to \`manage\``;
}

function wait(waitingFor: string): RetirementStep {
  return { step: 'wait', waitingFor };
}
