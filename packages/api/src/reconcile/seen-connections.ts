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
 * EC2 may not show at once what it has shown before, so a single miss soon after proves nothing.
 */
const missedForMs = 3_000;

/**
 * Reads and records. A full read when somebody asked, when something is under way or when the last
 * one is old; else only the connections that wait for acceptance, in one call for all services.
 * @returns when the last full read began, as text
 */
export async function observeConnections(
  run: Run,
  port: EndpointServicePort,
  services: EndpointService[],
): Promise<string> {
  const ids = services.map(({ id }) => id);
  const known = await connections.listPresent(run.db, ids);
  const startedAt = run.now();
  const lastFullReadAt = run.lease.report?.fullReadAt;
  const full = needsFullRead(run, known, lastFullReadAt, startedAt);
  const filter = full ? {} : ({ state: 'pendingAcceptance' } as const);
  const facts = await port.listConnections(filter, run.signal);
  await record(run, (db) => recordFacts(run, db, { services, known, facts, full, startedAt }));
  return full ? startedAt.toISOString() : String(lastFullReadAt);
}

function needsFullRead(run: Run, known: Connection[], last: unknown, now: Date): boolean {
  if (typeof last !== 'string' || run.lease.done < run.lease.wanted) return true;
  if (now.getTime() - Date.parse(last) >= fullReadAgeMs) return true;
  return known.some(
    ({ state, decision }) => isTransitional(state) || connectionSteps[decision][state] !== 'none',
  );
}

interface Reading {
  services: EndpointService[];
  known: Connection[];
  facts: ConnectionFacts[];
  full: boolean;
  startedAt: Date;
}

async function recordFacts(run: Run, db: Queryable, reading: Reading): Promise<void> {
  const { services, known, facts, full, startedAt } = reading;
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
  if (full) await recordGone(db, [...knownOf.values()], startedAt);
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

/** A deleted endpoint is shown as `deleted` for a while and then no longer at all. */
async function recordGone(db: Queryable, missing: Connection[], at: Date): Promise<void> {
  for (const connection of missing) {
    if (at.getTime() - connection.observedAt.getTime() < missedForMs) continue;
    const gone = { ...connection, state: 'deleted', awsState: 'deleted' } as const;
    await connections.recordSeen(db, gone, at);
  }
}
