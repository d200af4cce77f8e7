// What AWS shows of a region's connections, read in full or only those that wait, and recorded.

import type { ConnectionFacts, EndpointServicePort } from '../aws/ports.ts';
import {
  connectionState,
  connectionSteps,
  isEarlier,
  isTransitional,
  type Connection,
} from '../domain/connection.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import { isReadDue, pagesOf, readEveryMs } from '../domain/read-tier.ts';
import * as connections from '../storage/connections.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { record, type Run } from './run.ts';

/** What the target's report keeps of the reads, for the next run. */
export interface Reads {
  /** When the last full read began. */
  fullReadAt: Date;
  /** How many connections of the region it showed, also of services that we do not have. */
  listed: number;
  /** Ids of connections that it did not show, while an earlier read did. */
  missing: string[];
  /** Ids of connections that it showed in an earlier state than an earlier read did. */
  doubted: string[];
}

const waiting = ['pendingAcceptance'] as const;
/** Besides, what AWS is at work on, and shows under these states by a filter. */
const moving = [...waiting, 'pending', 'deleting'] as const;

/**
 * What a notification may be about, and what it may have led to: everything but connections that
 * are up, which may be many. Those are the states that the filter is documented for.
 */
const statesOfEvents = [
  'pendingAcceptance',
  'pending',
  'deleting',
  'deleted',
  'rejected',
  'failed',
] as const;

/**
 * Reads and records. A full read when somebody asked, when something of ours is under way or when
 * the last one is old; else only the connections that wait for acceptance, in one call for all
 * services, and after a hint also what may have become of others. Of a Region with more than one
 * page, what AWS is at work on is read beside them, and all of it once one is no longer there.
 */
export async function observeConnections(
  run: Run,
  port: EndpointServicePort,
  services: EndpointService[],
): Promise<Reads> {
  const ids = services.map(({ id }) => id);
  const known = await connections.listPresent(run.db, ids);
  const startedAt = run.now();
  const last = lastReads(run);
  const { facts, full } = await read(run, port, { known, last, startedAt });
  const missedBefore = new Set(last?.missing);
  const doubtedBefore = new Set(last?.doubted);
  const reading = { services, known, facts, full, startedAt, missedBefore, doubtedBefore };
  const { up, ...unsure } = await record(run, (db) => recordFacts(run, db, reading));
  await tellUp(run, up);
  const { fullReadAt, listed } =
    full || !last ? { fullReadAt: startedAt, listed: facts.length } : last;
  return { fullReadAt, listed, ...unsure };
}

/** Whether another full read has to tell what this one has left open. */
export function isOpen({ missing, doubted }: Unsure): boolean {
  return missing.length > 0 || doubted.length > 0;
}

type Unsure = Pick<Reads, 'missing' | 'doubted'>;

interface ReadPlan {
  known: Connection[];
  last: Reads | null;
  startedAt: Date;
}

async function read(
  run: Run,
  port: EndpointServicePort,
  { known, last, startedAt }: ReadPlan,
): Promise<Pick<Reading, 'facts' | 'full'>> {
  if (last && !needsFullRead(run, known, last, startedAt)) {
    const settling = known.filter(({ state }) => isTransitional(state));
    const usual = settling.length > 0 ? moving : waiting;
    const states = isHinted(run) ? statesOfEvents : usual;
    const facts = await port.listConnections({ states }, run.signal);
    const shown = new Set(facts.map(({ vpcEndpointId }) => vpcEndpointId));
    if (settling.every(({ vpcEndpointId }) => shown.has(vpcEndpointId))) {
      return { facts, full: false };
    }
  }
  return { facts: await port.listConnections({}, run.signal), full: true };
}

function isHinted({ lease }: Run): boolean {
  return lease.hintsDone < lease.hints;
}

function lastReads({ lease }: Run): Reads | null {
  const { fullReadAt, ...last } = (lease.report ?? {}) as Partial<Omit<Reads, 'fullReadAt'>> & {
    fullReadAt?: string;
  };
  if (fullReadAt === undefined) return null;
  const { listed = 0, missing = [], doubted = [] } = last;
  return { fullReadAt: new Date(fullReadAt), listed, missing, doubted };
}

function needsFullRead(run: Run, known: Connection[], last: Reads, now: Date): boolean {
  if (run.lease.done < run.lease.wanted || isOpen(last)) return true;
  if (isReadDue(run.lease.key, readEveryMs(pagesOf(last.listed)), last.fullReadAt, now))
    return true;
  const onePage = pagesOf(last.listed) === 1;
  return known.some(({ state, decision }) => {
    const step = connectionSteps[decision][state];
    if (step === 'accept' || step === 'reject') return true;
    return isTransitional(state) && (onePage || !moving.some((filtered) => filtered === state));
  });
}

interface Reading {
  services: EndpointService[];
  known: Connection[];
  facts: ConnectionFacts[];
  full: boolean;
  startedAt: Date;
  missedBefore: ReadonlySet<string>;
  doubtedBefore: ReadonlySet<string>;
}

/** What a read has left open, and the connections that it is the first to show as up. */
type Recorded = Unsure & { up: Connection[] };

async function recordFacts(run: Run, db: Queryable, reading: Reading): Promise<Recorded> {
  const { known, full, startedAt, missedBefore } = reading;
  const { doubted, up } = await recordShown(run, db, reading);
  const shown = new Set(reading.facts.map(({ vpcEndpointId }) => vpcEndpointId));
  const notShown = known.filter(({ vpcEndpointId }) => !shown.has(vpcEndpointId));
  const again = notShown.filter(({ id }) => missedBefore.has(id));
  if (!full) return { missing: idsOf(again), doubted, up };
  await recordGone(db, again, startedAt);
  return { missing: idsOf(notShown.filter(({ id }) => !missedBefore.has(id))), doubted, up };
}

/**
 * A connection never goes back, but EC2 may answer from before: one read of an earlier state proves
 * nothing; two in a row do.
 * @returns ids of the connections that are doubted for the first time in a row, and what came up
 */
async function recordShown(run: Run, db: Queryable, reading: Reading) {
  const { services, facts, startedAt, doubtedBefore } = reading;
  const serviceOf = new Map(services.map((service) => [service.serviceId, service.id]));
  const knownOf = await knownByEndpoint(db, reading);
  const unchanged: string[] = [];
  const doubted: string[] = [];
  const up: Connection[] = [];
  for (const fact of facts) {
    const endpointServiceId = serviceOf.get(fact.serviceId);
    if (endpointServiceId === undefined) continue;
    const before = knownOf.get(fact.vpcEndpointId);
    const back = before && isEarlier(connectionState(fact.awsState), before.state);
    if (before?.awsState === fact.awsState) unchanged.push(before.id);
    else if (back && !doubtedBefore.has(before.id)) doubted.push(before.id);
    else {
      await recordOne(run, db, fact, endpointServiceId, startedAt);
      const cameUp = connectionState(fact.awsState) === 'available';
      if (before && before.state !== 'available' && cameUp) up.push(before);
    }
  }
  await connections.recordUnchanged(db, unchanged, startedAt);
  return { doubted, up };
}

/** One that a customer has changed comes up again, which tells nothing of how long it took. */
async function tellUp({ db, onAvailable }: Run, up: Connection[]): Promise<void> {
  for (const { id, createdAt } of up) {
    const all = await connections.transitions(db, id);
    const [first, again] = all.filter(({ to }) => to === 'available');
    if (!first || again) continue;
    onAvailable(Math.max(0, first.at.getTime() - createdAt.getTime()) / 1_000);
  }
}

/** Those that AWS has, as far as we know, and those of the others that it had. */
async function knownByEndpoint(
  db: Queryable,
  { known, facts }: Reading,
): Promise<Map<string, Connection>> {
  const knownOf = new Map(known.map((connection) => [connection.vpcEndpointId, connection]));
  const others = facts.filter(({ vpcEndpointId }) => !knownOf.has(vpcEndpointId));
  const deleted = await connections.listDeleted(
    db,
    others.map(({ vpcEndpointId }) => vpcEndpointId),
  );
  for (const connection of deleted) knownOf.set(connection.vpcEndpointId, connection);
  return knownOf;
}

function idsOf(connections: Connection[]): string[] {
  return connections.map(({ id }) => id);
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
 * A deleted endpoint is shown as `deleted` for a while and then no longer at all. One full read
 * that does not show it proves nothing, as EC2 may answer from before; two in a row do.
 */
async function recordGone(db: Queryable, missing: Connection[], at: Date): Promise<void> {
  for (const connection of missing) {
    const gone = { ...connection, state: 'deleted', awsState: 'deleted' } as const;
    await connections.recordSeen(db, gone, at);
  }
}
