// What differs from what is wanted, by what was last observed, and since when.

import { driftOf, type Drift } from '../domain/drift.ts';
import * as storage from '../storage/drift.ts';
import type { Context } from './context.ts';
import * as services from './endpoint-services.ts';
import { plan } from './plans.ts';

export interface DriftReport {
  endpointServiceId: string;
  observedAt: Date | null;
  alarms: number;
  notices: number;
  items: Drift[];
  plan: PlanCounts;
}

export interface PlanCounts {
  addPrincipals: number;
  removePrincipals: number;
  acceptConnections: number;
  rejectConnections: number;
  heldConnections: number;
  privateDnsStep: string;
}

export async function report(context: Context, key: string): Promise<DriftReport> {
  const { db } = context;
  const service = await services.get(context, key);
  const items = driftOf(await storage.facts(db, service, context.now));
  const alarms = items.filter(({ severity }) => severity === 'alarm').length;
  return {
    endpointServiceId: service.id,
    observedAt: service.observedAt,
    alarms,
    notices: items.length - alarms,
    items,
    plan: await planCounts(context, service.id),
  };
}

async function planCounts(context: Context, id: string): Promise<PlanCounts> {
  const { principals: entries, connections: asking, privateDns: dns } = await plan(context, id);
  return {
    addPrincipals: entries.add.length,
    removePrincipals: entries.remove.length,
    acceptConnections: asking.accept.length,
    rejectConnections: asking.reject.length,
    heldConnections: asking.held.length,
    privateDnsStep: dns.step,
  };
}
