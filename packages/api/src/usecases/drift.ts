// What differs from what is wanted, by what was last observed, and since when.

import { driftOf, type Drift } from '../domain/drift.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import { principalsTarget } from '../domain/target.ts';
import {
  failsForLong,
  notificationQueue,
  type NotificationQueue,
} from '../domain/notification-queue.ts';
import * as connections from '../storage/connections.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as notificationQueues from '../storage/notification-queues.ts';
import * as principals from '../storage/principals.ts';
import * as providerAccounts from '../storage/provider-accounts.ts';
import * as targets from '../storage/targets.ts';
import type { Context } from './context.ts';
import * as services from './endpoint-services.ts';
import { plan } from './plans.ts';
import { watched } from './principals.ts';
import * as privateDns from './private-dns.ts';
import { refusals } from './refusals.ts';

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
  const entries = await principals.listAll(db, service.id);
  const items = driftOf({
    service,
    ...(await endpointServices.sinces(db, service.id)),
    failingQueues: await failingQueues(context, service),
    privateDns: await privateDns.get(context, service.id),
    principals: entries.map((entry) => watched(context, entry)),
    ...(await lastRun(context, service.id)),
    connections: await connections.listPresent(db, [service.id]),
    refusals: await refusals(context, service),
  });
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

/** The queue of the Region, if it has failed for long. */
async function failingQueues(
  { db, now }: Context,
  { providerAccountId, region }: EndpointService,
): Promise<NotificationQueue[]> {
  const account = await providerAccounts.find(db, providerAccountId);
  const facts = account ? await notificationQueues.facts(db, account) : [];
  return facts
    .map((fact) => notificationQueue(fact, now))
    .filter((queue) => queue.region === region && failsForLong(queue, now));
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

/** What AWS refused in the last run of the allowlist, and why that failed if it did. */
async function lastRun({ db }: Context, id: string) {
  const last = await targets.lastReport(db, principalsTarget(id));
  const refused = (last?.refused ?? []) as { arn: string; code: string; since?: string }[];
  return {
    principalsError: typeof last?.error === 'string' ? last.error : null,
    refused: refused.map(({ arn, code, since }) => {
      return { arn, code, since: since === undefined ? null : new Date(since) };
    }),
  };
}
