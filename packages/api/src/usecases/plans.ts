// What would change in AWS if every aspect were managed, by what was last observed.

import { planConnections } from '../domain/connection.ts';
import { endingOf, isOver, type EndpointService } from '../domain/endpoint-service.ts';
import { doable, planPrincipals, type PrincipalPlan } from '../domain/principal.ts';
import { admitInOrder } from '../domain/grant.ts';
import { nextPrivateDnsStep } from '../domain/private-dns.ts';
import * as admissions from '../storage/admissions.ts';
import * as connections from '../storage/connections.ts';
import * as principals from '../storage/principals.ts';
import * as privateDns from '../storage/private-dns.ts';
import type { Context } from './context.ts';
import * as endpointServices from './endpoint-services.ts';

export interface Plan {
  endpointServiceId: string;
  observedAt: Date | null;
  modes: EndpointService['modes'];
  principals: PrincipalPlan;
  connections: ConnectionsPlan;
  privateDns: { step: string };
}

interface ConnectionsPlan {
  accept: string[];
  reject: string[];
  held: { vpcEndpointId: string; reason: string }[];
}

export async function plan(context: Context, key: string): Promise<Plan> {
  const service = await endpointServices.get(context, key);
  return {
    endpointServiceId: service.id,
    observedAt: service.observedAt,
    modes: service.modes,
    principals: doable(planPrincipals(await principals.facts(context.db, service.id)), service),
    connections: await planOfConnections(context, service),
    privateDns: { step: await nextDnsStep(context, service) },
  };
}

async function planOfConnections(
  context: Context,
  service: EndpointService,
): Promise<ConnectionsPlan> {
  if (isOver(service)) return { accept: [], reject: [], held: [] };
  const present = await connections.listPresent(context.db, [service.id]);
  const open = endingOf(service) === null;
  const asking = await admissions.candidates(context.db, open ? [service.id] : [], 'look');
  const { admitted, held } = admitInOrder(asking, context.now);
  const { accept, reject } = planConnections(present);
  return {
    accept: (open ? [...accept, ...admitted] : []).map(({ vpcEndpointId }) => vpcEndpointId),
    reject: reject.map(({ vpcEndpointId }) => vpcEndpointId),
    held: held.map(({ vpcEndpointId, reason }) => ({ vpcEndpointId, reason })),
  };
}

async function nextDnsStep(context: Context, service: EndpointService): Promise<string> {
  const wanted = await privateDns.find(context.db, service.id);
  const observed = service.observed?.privateDns ?? null;
  if (isOver(service) || (wanted?.name && endingOf(service))) return 'none';
  return wanted ? nextPrivateDnsStep(wanted, observed, context.now).step : 'none';
}
