// The connections of a region: let in by policy, or accepted and rejected as somebody decided.

import { batches, batchSize } from '../aws/pages.ts';
import type { EndpointServicePort, ItemFailure } from '../aws/ports.ts';
import { isTransitional, planConnections, type Connection } from '../domain/connection.ts';
import { connectionStuckSince } from '../domain/deadline.ts';
import { mustBeReadSince } from '../domain/deployment.ts';
import { endingOf, isOver, manages, type EndpointService } from '../domain/endpoint-service.ts';
import { fairly } from '../domain/fairness.ts';
import { admitInOrder, type Admissions } from '../domain/grant.ts';
import { pendingPollMs } from '../domain/read-tier.ts';
import * as admissions from '../storage/admissions.ts';
import * as connections from '../storage/connections.ts';
import { perform } from './effect.ts';
import { isLookingAround } from './mark.ts';
import { regionPlace } from './place.ts';
import { repeatsOf, type Asked, type Repeats } from './repeats.ts';
import { isStillDue, revoke, type Revoked } from './revocations.ts';
import { audit, nothingLeft, record, Unmarked, type Outcome, type Run } from './run.ts';
import { isOpen, observeConnections } from './seen-connections.ts';

const soonMs = 1_000;
/** How long a connection whose accept or reject AWS has refused is left alone. */
const refusedForMs = 60_000;
/**
 * Accepts and rejects of one run. EC2 takes ten of each at once and then one a second, so that a
 * run is over soon, and what has come meanwhile has its share of the next one.
 */
const batchesMax = 10;

export async function reconcileConnections(run: Run): Promise<Outcome> {
  const place = await regionPlace(run);
  if (!place) return nothingLeft;
  const services = place.services.filter(({ serviceId }) => serviceId !== null);
  if (services.length === 0) return { report: { waiting: 'service' }, dueInMs: soonMs };
  const reads = await observeConnections(run, place.port, services);
  const ours = services.filter((service) => manages(service, 'acceptance') && !isOver(service));
  const managed = ours.filter((service) => isRead(run, service));
  const { admitted, held, overtaken, rejected, groundless } = await decide(run, managed);
  const present = await connections.listPresent(
    run.db,
    services.map(({ id }) => id),
  );
  const open = present.filter(({ id }) => !groundless.has(id));
  const repeats = repeatsOf(run);
  const { sent, left, waiting, refused } = await apply(run, place.port, managed, {
    present: open,
    repeats,
  });
  const now = run.now();
  const unread = managed.length < ours.length && isLookingAround(run);
  const moving = unread || isOpen(reads) || present.some((item) => isSettling(item, now));
  const report = {
    present: present.length,
    admitted,
    held,
    rejected,
    done: sent.length,
    left,
    refused,
    asked: repeats.after(sent),
    ...reads,
    fullReadAt: reads.fullReadAt.toISOString(),
  };
  const unsettled = sent.length > 0 || waiting > 0 || left > 0 || overtaken > 0 || moving;
  return { report, dueInMs: unsettled ? soonMs : pendingPollMs };
}

/** Nothing is decided by what a copy of the database brought along: see mark.ts. */
function isRead({ startedAt, now }: Run, { observedAt }: EndpointService): boolean {
  return observedAt !== null && observedAt >= mustBeReadSince(startedAt, now());
}

/** What should have passed and has not is not watched any closer than the others. */
function isSettling({ state, stateSince }: Connection, now: Date): boolean {
  return isTransitional(state) && !connectionStuckSince({ state, stateSince }, now);
}

interface Decided extends Revoked {
  admitted: number;
  /** How many wait, by the reason. */
  held: Record<string, number>;
  /**
   * Those that come next time: the turn of others was first, or their customer, account, grant or
   * service is just being changed.
   */
  overtaken: number;
}

/**
 * Takes back what may not stay, and lets in what policy allows, no more than is sent in one run.
 * The decision, with its audit entry, is durable before the accept or reject.
 */
async function decide(run: Run, managed: EndpointService[]): Promise<Decided> {
  const idsOf = (services: EndpointService[]) => services.map(({ id }) => id);
  const open = managed.filter((service) => endingOf(service) === null);
  return record(run, async (db) => {
    const revoked = await revoke(run, db, idsOf(managed));
    const candidates = await admissions.candidates(db, idsOf(open));
    const { admitted: admissible, held } = admitInOrder(candidates, run.now());
    const turns = fairly(admissible, ({ customerId }) => customerId ?? '');
    const first = turns.slice(0, batchesMax * batchSize);
    const grounded = await admissions.lockGrounds(db, first, run.now());
    const admitted = first.filter(({ connectionId }) => grounded.has(connectionId));
    await connections.hold(db, held);
    for (const { connectionId, customerId } of admitted) {
      const decision = { decision: 'accept', decidedBy: 'policy', reason: null } as const;
      await connections.decide(db, connectionId, decision);
      await audit(run, db, {
        action: 'acceptConnection',
        subjectId: connectionId,
        customerId,
        before: { decision: 'undecided' },
        after: { decision: 'accept' },
      });
    }
    const overtaken = admissible.length - admitted.length;
    return { ...revoked, admitted: admitted.length, held: countByReason(held), overtaken };
  });
}

function countByReason(held: Admissions['held']): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of held) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** An item that AWS refused, kept in the target's report so that the next runs leave it alone. */
interface Refused extends ItemFailure {
  /** As text, since the report is JSON. */
  at: string;
}

interface Applied {
  /** Accepts and rejects that AWS took. */
  sent: Pick<Asked, 'step' | 'subject'>[];
  /** Those that AWS took lately and does not show yet. */
  waiting: number;
  /** Those that are for the next run. */
  left: number;
  refused: Refused[];
}

/** Accepts and rejects: each batch is an effect of its own, as it has an outcome of its own. */
async function apply(
  run: Run,
  port: EndpointServicePort,
  managed: EndpointService[],
  { present, repeats }: { present: Connection[]; repeats: Repeats },
): Promise<Applied> {
  const at = run.now();
  const applied: Applied = { sent: [], waiting: 0, left: 0, refused: refusedLately(run, at) };
  const leftAlone = new Set(applied.refused.map(({ vpcEndpointId }) => vpcEndpointId));
  const due = present.filter(({ vpcEndpointId }) => !leftAlone.has(vpcEndpointId));
  const calls = fairly(
    managed.flatMap((service) => {
      const { calls, waiting } = callsOf(service, due, repeats);
      applied.waiting += waiting;
      return calls;
    }),
    ({ service, step }) => `${service.id} ${step}`,
  );
  const sent = calls.slice(0, batchesMax);
  const others = [...new Set(sent.map(({ service }) => service))];
  for (const call of sent) {
    const refused = await send(run, port, call, others);
    const isRefused = new Set(refused.map(({ vpcEndpointId }) => vpcEndpointId));
    const taken = call.ids.filter((id) => !isRefused.has(id));
    applied.sent.push(...taken.map((subject) => ({ step: call.step, subject })));
    applied.refused.push(...refused.map((item) => ({ ...item, at: at.toISOString() })));
  }
  for (const { ids } of calls.slice(batchesMax)) applied.left += ids.length;
  return applied;
}

interface DecidedCall {
  service: EndpointService;
  step: 'accept' | 'reject';
  /** Endpoint ids, no more than one call takes. */
  ids: string[];
}

/** What is due at one service, so that each customer's turn comes in the first call that it can. */
function callsOf(
  service: EndpointService,
  present: Connection[],
  { isDue }: Repeats,
): { calls: DecidedCall[]; waiting: number } {
  const own = present.filter(({ endpointServiceId }) => endpointServiceId === service.id);
  const plan = planConnections(own);
  const steps =
    endingOf(service) === null ? (['reject', 'accept'] as const) : (['reject'] as const);
  let waiting = steps.reduce((sum, step) => sum + plan[step].length, 0);
  const calls = steps.flatMap((step) => {
    const due = plan[step].filter(({ vpcEndpointId }) => isDue(step, vpcEndpointId));
    waiting -= due.length;
    const ids = fairly(due, customerOf).map(({ vpcEndpointId }) => vpcEndpointId);
    const parts = ids.length === 0 ? [] : batches('connections', ids);
    return parts.map((part) => ({ service, step, ids: part }));
  });
  return { calls, waiting };
}

/** An account that is nobody's we know stands for itself. */
function customerOf({ customerId, ownerAccountId }: Connection): string {
  return customerId ?? ownerAccountId;
}

function send(
  run: Run,
  port: EndpointServicePort,
  { service, step, ids }: DecidedCall,
  others: EndpointService[],
): Promise<ItemFailure[]> {
  const { id } = service;
  const serviceId = service.serviceId!;
  return unlessUnmarked(ids, () =>
    perform(run, {
      action: `${step}_connections`,
      request: { serviceId, vpcEndpointIds: ids },
      service: { service, serviceId, port, others },
      holds: (db) => isStillDue(db, { endpointServiceId: id, vpcEndpointIds: ids, step }),
      call: (signal) => port[step](serviceId, ids, signal),
      refused: (failures) => failures,
    }),
  );
}

/** A service that cannot be marked holds up none of the others: its connections are left alone. */
async function unlessUnmarked(
  vpcEndpointIds: string[],
  change: () => Promise<ItemFailure[]>,
): Promise<ItemFailure[]> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof Unmarked)) throw error;
    const { kind, code, message } = error.refusal;
    return vpcEndpointIds.map((vpcEndpointId) => ({ vpcEndpointId, kind, code, message }));
  }
}

/** When somebody asked, everything is tried again. */
function refusedLately({ lease }: Run, now: Date): Refused[] {
  if (lease.done < lease.wanted) return [];
  const refused = (lease.report?.refused ?? []) as Refused[];
  return refused.filter(({ at }) => now.getTime() - Date.parse(at) < refusedForMs);
}
