// All that the drift report of a service is made of.

import type { Refusal } from '../domain/connection.ts';
import { connectionStuckSince, principalStuckSince } from '../domain/deadline.ts';
import type { DriftFacts } from '../domain/drift.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import {
  failsForLong,
  notificationQueue,
  type NotificationQueue,
} from '../domain/notification-queue.ts';
import { privateDnsStatus } from '../domain/private-dns-status.ts';
import { connectionsTarget, principalsTarget } from '../domain/target.ts';
import * as endpointServices from './endpoint-services.ts';
import * as notificationQueues from './notification-queues.ts';
import type { Queryable } from './postgres/database.ts';
import * as principals from './principals.ts';
import * as privateDns from './private-dns.ts';
import * as providerAccounts from './provider-accounts.ts';
import * as targets from './targets.ts';
import { listUnsettled } from './unsettled-connections.ts';

export async function facts(
  db: Queryable,
  service: EndpointService,
  now: Date,
): Promise<DriftFacts> {
  const entries = await principals.listAll(db, service.id);
  return {
    service,
    ...(await endpointServices.sinces(db, service.id)),
    failingQueues: await failingQueues(db, service, now),
    privateDns: privateDnsStatus(service, await privateDns.find(db, service.id), now),
    principals: entries.map((entry) => {
      return { ...entry, stuckSince: principalStuckSince(entry.unsettledSince, now) };
    }),
    ...(await lastRun(db, service.id)),
    connections: (await listUnsettled(db, service.id)).map((connection) => {
      return { ...connection, stuckSince: connectionStuckSince(connection, now) };
    }),
    refusals: await refusals(db, service),
  };
}

/** Connections of the region that AWS did not accept or reject when it was last asked to. */
export async function refusals(db: Queryable, service: EndpointService): Promise<Refusal[]> {
  const report = await targets.lastReport(db, connectionsTarget(service));
  const refused = (report?.refused ?? []) as (Omit<Refusal, 'at'> & { at: string })[];
  return refused.map(({ vpcEndpointId, code, message, at }) => {
    return { vpcEndpointId, code, message, at: new Date(at) };
  });
}

/** The queue of the Region, if it has failed for long. */
async function failingQueues(
  db: Queryable,
  { providerAccountId, region }: EndpointService,
  now: Date,
): Promise<NotificationQueue[]> {
  const account = await providerAccounts.find(db, providerAccountId);
  const found = account ? await notificationQueues.facts(db, account) : [];
  return found
    .map((fact) => notificationQueue(fact, now))
    .filter((queue) => queue.region === region && failsForLong(queue, now));
}

/** What AWS refused in the last run of the allowlist, and why that failed if it did. */
async function lastRun(db: Queryable, id: string) {
  const last = await targets.lastReport(db, principalsTarget(id));
  const refused = (last?.refused ?? []) as { arn: string; code: string; since?: string }[];
  return {
    principalsError: typeof last?.error === 'string' ? last.error : null,
    refused: refused.map(({ arn, code, since }) => {
      return { arn, code, since: since === undefined ? null : new Date(since) };
    }),
  };
}
