// What is left of a customer on each service, and what is done about it, in order: for people, by
// the same facts that the steps of its leaving are taken by.

import type { Decision } from './connection.ts';
import {
  nextOffboardingStep,
  type Customer,
  type Ending,
  type OffboardingPolicy,
  type OffboardingStep,
  type Remains,
} from './customer.ts';
import type { EndpointService } from './endpoint-service.ts';
import { observed, standingStill, unmanaged, type Hindrance } from './hindrance.ts';

export type ServiceStep =
  | 'remove_principals'
  | 'reject_connections'
  | 'wait_for_customer'
  | 'leave_connections'
  | 'read_again';

export interface ServiceLeaving {
  endpointServiceId: string;
  serviceId: string | null;
  principals: { arn: string; owned: boolean }[];
  connections: { id: string; decision: Decision }[];
  steps: ServiceStep[];
  heldUpBy: Hindrance[];
}

export interface LeavingPlan {
  customerId: string;
  state: Customer['state'];
  policy: OffboardingPolicy;
  drainUntil: Date | null;
  next: { step: OffboardingStep['step']; waitingFor: string | null; connectionIds: string[] };
  services: ServiceLeaving[];
}

type Place = Pick<EndpointService, 'id' | 'serviceId' | 'modes' | 'frozenSince' | 'quarantine'>;

/** The services on which there is something left, each with what is done there, in order. */
export function planLeaving(
  remains: Remains,
  services: readonly Place[],
  ending: Ending,
): Pick<LeavingPlan, 'next' | 'services'> {
  const left = services.map((service) => leavingOf(service, remains, ending));
  return {
    next: { waitingFor: null, connectionIds: [], ...nextOffboardingStep(remains, ending) },
    services: left.filter(
      ({ principals, connections }) => principals.length + connections.length > 0,
    ),
  };
}

function leavingOf(service: Place, remains: Remains, ending: Ending): ServiceLeaving {
  const here = (item: { endpointServiceId: string }) => item.endpointServiceId === service.id;
  const principals = remains.principals.filter(here);
  const connections = remains.connections.filter((item) => item.live && here(item));
  const left = {
    principals: principals.map(({ arn, owned }) => ({ arn, owned })),
    connections: connections.map(({ id, decision }) => ({ id, decision })),
  };
  return {
    endpointServiceId: service.id,
    serviceId: service.serviceId,
    ...left,
    steps: stepsOf(left, ending),
    heldUpBy: hindrances(service, left, ending),
  };
}

type Left = Pick<ServiceLeaving, 'principals' | 'connections'>;

const stepOf = {
  reject: 'reject_connections',
  wait: 'wait_for_customer',
  leave: 'leave_connections',
} as const satisfies Record<Ending, ServiceStep>;

function stepsOf({ principals, connections }: Left, ending: Ending): ServiceStep[] {
  const steps: ServiceStep[] = [];
  if (principals.some(({ owned }) => owned)) steps.push('remove_principals');
  if (connections.length > 0) steps.push(stepOf[ending]);
  return [...steps, 'read_again'];
}

function hindrances(service: Place, left: Left, ending: Ending): Hindrance[] {
  const { id, modes } = service;
  const found: Hindrance[] = [];
  const rejects = left.connections.length > 0 && ending !== 'leave';
  const removes = left.principals.some(({ owned }) => owned);
  const still = standingStill(service);
  if (still && (rejects || removes)) found.push(still);
  for (const { arn, owned } of left.principals) if (!owned) found.push(unmanaged(id, arn));
  if (removes && modes.principals === 'observe') found.push(observed(id, 'principals'));
  if (rejects && modes.acceptance === 'observe') found.push(observed(id, 'acceptance'));
  return found;
}
