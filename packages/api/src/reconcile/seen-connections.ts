// What AWS shows of a region's connections, read in full or only those that wait, and recorded.

import type { ConnectionFacts, EndpointServicePort } from '../aws/ports.ts';
import {
  connectionState,
  connectionSteps,
  isTransitional,
  type Connection,
} from '../domain/connection.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import * as connections from '../storage/connections.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { record, type Run } from './run.ts';

/** How old a full read may be while nothing is under way. */
const fullReadAgeMs = 60_000;

/**
 * Reads and records. A full read when somebody asked, when something is under way or when the last
 * one is old; else only the connections that wait for acceptance, in one call for all services.
 * @returns when the last full read began
 */
export async function observeConnections(
  run: Run,
  port: EndpointServicePort,
  services: EndpointService[],
): Promise<Date> {
  const ids = services.map(({ id }) => id);
  const known = await connections.listPresent(run.db, ids);
  const startedAt = run.now();
  const lastFullReadAt = lastFullRead(run);
  const full = needsFullRead(run, known, lastFullReadAt, startedAt);
  const filter = full ? {} : ({ state: 'pendingAcceptance' } as const);
  const facts = await port.listConnections(filter, run.signal);
  const reading = { services, known, facts, full, startedAt, lastFullReadAt };
  await record(run, (db) => recordFacts(run, db, reading));
  return full ? startedAt : lastFullReadAt!;
}

/** True for one that the full read that began then did not show, while an earlier one did. */
export function wasMissed({ observedAt }: Connection, fullReadAt: Date): boolean {
  return observedAt < fullReadAt;
}

function lastFullRead({ lease }: Run): Date | null {
  const text = lease.report?.fullReadAt;
  return typeof text === 'string' ? new Date(text) : null;
}

function needsFullRead(run: Run, known: Connection[], last: Date | null, now: Date): boolean {
  if (last === null || run.lease.done < run.lease.wanted) return true;
  if (now.getTime() - last.getTime() >= fullReadAgeMs) return true;
  return known.some(
    (connection) =>
      isTransitional(connection.state) ||
      connectionSteps[connection.decision][connection.state] !== 'none' ||
      wasMissed(connection, last),
  );
}

interface Reading {
  services: EndpointService[];
  known: Connection[];
  facts: ConnectionFacts[];
  full: boolean;
  startedAt: Date;
  lastFullReadAt: Date | null;
}

async function recordFacts(run: Run, db: Queryable, reading: Reading): Promise<void> {
  const { services, known, facts, full, startedAt, lastFullReadAt } = reading;
  const serviceOf = new Map(services.map((service) => [service.serviceId, service.id]));
  const knownOf = new Map(known.map((connection) => [connection.vpcEndpointId, connection]));
  const unchanged: string[] = [];
  for (const fact of facts) {
    const endpointServiceId = serviceOf.get(fact.serviceId);
    if (endpointServiceId === undefined) continue;
    const before = knownOf.get(fact.vpcEndpointId);
    knownOf.delete(fact.vpcEndpointId);
    if (before?.awsState === fact.awsState) unchanged.push(before.id);
    else await recordOne(run, db, fact, endpointServiceId, startedAt);
  }
  await connections.recordUnchanged(db, unchanged, startedAt);
  if (!full || lastFullReadAt === null) return;
  const missedTwice = [...knownOf.values()].filter((item) => wasMissed(item, lastFullReadAt));
  await recordGone(db, missedTwice, startedAt);
}

function recordOne(
  run: Run,
  db: Queryable,
  fact: ConnectionFacts,
  endpointServiceId: string,
  at: Date,
): Promise<void> {
  const { vpcEndpointId, ownerAccountId, endpointRegion, awsState, createdAt } = fact;
  const seen = { vpcEndpointId, ownerAccountId, endpointRegion, awsState, createdAt };
  const state = connectionState(awsState);
  const id = run.makeId('connection');
  return connections.recordSeen(db, { ...seen, id, endpointServiceId, state }, at);
}

/**
 * A deleted endpoint is shown as `deleted` for a while and then no longer at all. One full read that
 * does not show it proves nothing, as EC2 may answer from before; two in a row do.
 */
async function recordGone(db: Queryable, missing: Connection[], at: Date): Promise<void> {
  for (const connection of missing) {
    const gone = { ...connection, state: 'deleted', awsState: 'deleted' } as const;
    await connections.recordSeen(db, gone, at);
  }
}
