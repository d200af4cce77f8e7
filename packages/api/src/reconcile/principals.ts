// The allowlist of one service: a full read, a set difference, the least change.

import { AwsError } from '../aws/errors.ts';
import { batches } from '../aws/pages.ts';
import type { PrincipalChange } from '../aws/ports.ts';
import { endingOf, isOver, manages, type EndpointService } from '../domain/endpoint-service.ts';
import { fairly } from '../domain/fairness.ts';
import {
  agreeingReads,
  doable,
  isUnsettled,
  planPrincipals,
  type PrincipalPlan,
} from '../domain/principal.ts';
import { nextReadInMs } from '../domain/read-tier.ts';
import { alarmsTarget } from '../domain/target.ts';
import * as auditEntries from '../storage/audit-entries.ts';
import * as effects from '../storage/effects.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as principals from '../storage/principals.ts';
import * as targets from '../storage/targets.ts';
import { recordUnsettled, recordUnwanted } from '../storage/unsettled-principals.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { isolate, type Refused } from './bisection.ts';
import { perform } from './effect.ts';
import { servicePlace, type ServicePlace } from './place.ts';
import { repeatsOf, type Asked } from './repeats.ts';
import { audit, nothingLeft, record, type Outcome, type Run } from './run.ts';

const soonMs = 1_000;
/**
 * How late an addition may still appear: the last call of a run that was cut off may reach AWS
 * late, and reads may show it "up to a few minutes" later (EC2 developer guide, "Eventual
 * consistency").
 */
const lateMs = 600_000;
/**
 * Changes of one run, all of which EC2 takes at once: a run is over soon.
 */
const batchesMax = 10;

export async function reconcilePrincipals(run: Run): Promise<Outcome> {
  const place = await servicePlace(run);
  if (!place) return nothingLeft;
  const { service, serviceId } = place;
  if (serviceId === null) return { report: { waiting: 'service' }, dueInMs: soonMs };
  const plan = await observe(run, place, serviceId);
  const managed = manages(service, 'principals');
  const possible = doable(plan, service);
  const repeats = repeatsOf(run);
  const due = repeats.dueOf(possible);
  const changes = due.add.length + due.remove.length;
  const nothing: Applied = { sent: [], left: 0, refused: [] };
  const applied = managed && changes > 0 ? await apply(run, place, serviceId, due) : nothing;
  const { sent, left, refused } = applied;
  const { listed, ...planned } = plan;
  const synced = agreement(run, plan);
  const report = {
    mode: service.modes.principals,
    listed,
    plan: planned,
    done: sent.length,
    left,
    refused: since(run, refused),
    asked: repeats.after(sent),
    ...synced,
  };
  // After a change of ours, or while an entry of ours is missing, the next read confirms it.
  const waits = changes < possible.add.length + possible.remove.length;
  const unsettled = sent.length > 0 || left > 0 || (managed && waits);
  const missing = plan.absent.length > 0;
  const isConfirmed = synced.agreeing !== 1;
  return { report, dueInMs: unsettled || missing || !isConfirmed ? soonMs : idleMs(run, service) };
}

interface Agreement {
  /** Reads in a row that showed all as it is wanted, up to as many as it takes. */
  agreeing: number;
  /** Since when so many agree; null while they do not. */
  syncedSince: string | null;
}

/** One read that shows all as it is wanted may be from before the last change, so it takes two. */
function agreement({ lease, now }: Run, plan: ObservedPlan): Agreement {
  const { add, remove, contested, absent } = plan;
  const open = add.length + remove.length + contested.length + absent.length;
  if (open > 0) return { agreeing: 0, syncedSince: null };
  const before = (lease.report ?? {}) as Partial<Agreement>;
  const agreeing = Math.min(agreeingReads, (before.agreeing ?? 0) + 1);
  if (agreeing < agreeingReads) return { agreeing, syncedSince: null };
  return { agreeing, syncedSince: before.syncedSince ?? now().toISOString() };
}

/** Since when AWS has refused each of them without a break. */
function since({ lease, now }: Run, refused: Refused[]) {
  const before = (lease.report?.refused ?? []) as (Refused & { since?: string })[];
  return refused.map(({ arn, code }) => {
    const last = before.find((entry) => entry.arn === arn);
    return { arn, code, since: last?.since ?? now().toISOString() };
  });
}

function idleMs({ now }: Run, { id, reads }: EndpointService): number {
  return nextReadInMs(id, reads.principals.maxAgeSeconds * 1_000, now());
}

/**
 * One entry for what AWS has come to show of our changes: a call that is repeated, halved or left
 * without an answer tells less than the list does.
 */
async function auditChange(
  run: Run,
  db: Queryable,
  subjectId: string,
  change: PrincipalChange,
): Promise<void> {
  if (change.add.length + change.remove.length === 0) return;
  const action = 'changePrincipals';
  const last = await auditEntries.lastAt(db, { action, subjectId });
  const awsRequestIds = await effects.requestIdsOf(db, subjectId, 'change_principals', last);
  await audit(run, db, { action, subjectId, after: { ...change }, awsRequestIds });
}

type ObservedPlan = PrincipalPlan & { absent: string[]; listed: number };

async function observe(run: Run, place: ServicePlace, serviceId: string): Promise<ObservedPlan> {
  const { id } = place.service;
  const startedAt = run.now();
  const entries = await list(run, place, serviceId);
  const arns = entries.map(({ arn }) => arn);
  return record(run, async (db) => {
    const makeId = () => run.makeId('principal');
    await principals.addWanted(db, [id], makeId, startedAt);
    const add = await principals.recordRead(db, id, arns, makeId, startedAt);
    const remove = await principals.releaseGone(db, id, new Date(startedAt.getTime() - lateMs));
    await auditChange(run, db, id, { add, remove });
    await endpointServices.recordPrincipalsRead(db, id, arns.length, startedAt);
    const facts = await principals.facts(db, id);
    await recordTurns(db, place, facts, startedAt);
    const absent = facts.filter(({ owned, observed, missedReads }) => {
      return owned && !observed && missedReads < 2;
    });
    const plan = planPrincipals(inTurn(run, facts));
    if (alarms(run, plan)) await targets.hint(db, alarmsTarget, startedAt);
    return { ...plan, absent: absent.map(({ arn }) => arn), listed: arns.length };
  });
}

/**
 * Whether other hands have done more than the run before saw. Those who watch are told of it at
 * once, as it may be undone before the next regular look at the alarms.
 */
function alarms({ lease }: Run, { unmanaged, contested }: PrincipalPlan): boolean {
  const before = lease.report?.plan as Partial<PrincipalPlan> | undefined;
  const known = new Set([...(before?.unmanaged ?? []), ...(before?.contested ?? [])]);
  return [...unmanaged, ...contested].some((arn) => !known.has(arn));
}

/** Which entries have begun to wait for AWS, and to be wanted by nobody, and which no longer. */
async function recordTurns(
  db: Queryable,
  { service }: ServicePlace,
  facts: principals.LedgerFacts[],
  at: Date,
): Promise<void> {
  const managed = manages(service, 'principals') && endingOf(service) === null;
  const turned = (to: boolean) =>
    facts.filter((fact) => {
      const waits = managed && isUnsettled(fact);
      return waits === to && waits !== (fact.unsettledSince !== null);
    });
  const arnsOf = (entries: principals.LedgerFacts[]) => entries.map(({ arn }) => arn);
  const turns = { unsettled: arnsOf(turned(true)), settled: arnsOf(turned(false)) };
  await recordUnsettled(db, service.id, turns, at);
  const isLeft = ({ owned, observed, wanted }: principals.LedgerFacts) =>
    owned && observed && !wanted;
  const left = (to: boolean) =>
    arnsOf(facts.filter((fact) => isLeft(fact) === to && fact.unwanted !== to));
  await recordUnwanted(db, service.id, { unwanted: left(true), others: left(false) });
}

/** A service that was deleted in AWS lets nobody in; one that is new may not be known there yet. */
async function list(run: Run, { port, service }: ServicePlace, serviceId: string) {
  try {
    return await port.listPrincipals(serviceId, run.signal);
  } catch (error) {
    const unknown = error instanceof AwsError && error.kind === 'not_found';
    if (unknown && isOver(service)) return [];
    throw error;
  }
}

/** Each customer's in turn; what AWS refused in the run before comes after all that it did not. */
function inTurn(run: Run, facts: principals.LedgerFacts[]): principals.LedgerFacts[] {
  const refused = refusedBefore(run);
  const turns = fairly(facts, ({ customerId, arn }) => customerId ?? arn);
  return [
    ...turns.filter(({ arn }) => !refused.has(arn)),
    ...turns.filter(({ arn }) => refused.has(arn)),
  ];
}

function refusedBefore({ lease }: Run): Map<string, Refused> {
  const refused = (lease.report?.refused ?? []) as Refused[];
  return new Map(refused.map((item) => [item.arn, item]));
}

interface Applied {
  /** Entries that AWS has added or removed. */
  sent: Pick<Asked, 'step' | 'subject'>[];
  /** Those that are for the next run. */
  left: number;
  refused: Refused[];
}

/**
 * Adds and removes in turns, so that neither waits for all of the other. What AWS refuses is named
 * and does not stop the rest.
 */
async function apply(
  run: Run,
  place: ServicePlace,
  serviceId: string,
  plan: PrincipalChange,
): Promise<Applied> {
  const changes = fairly(
    (['add', 'remove'] as const).flatMap((part) =>
      oneCallEach(plan[part]).map((arns) => ({ part, arns })),
    ),
    ({ part }) => part,
  );
  const applied: Applied = { sent: [], left: 0, refused: [] };
  let asked = 0;
  for (const { part, arns } of changes.slice(0, batchesMax)) {
    // Where AWS's rate is used up, each call waits: somebody who comes meanwhile has a turn soon.
    if (asked > 0 && (await targets.isNudged(run.db, run.lease))) break;
    asked++;
    const change = (some: string[]) =>
      changeOnce(run, place, serviceId, { add: [], remove: [], [part]: some });
    const refused = await isolate(arns, change);
    applied.refused.push(...refused);
    const isRefused = new Set(refused.map(({ arn }) => arn));
    const taken = arns.filter((arn) => !isRefused.has(arn));
    applied.sent.push(...taken.map((subject) => ({ step: part, subject })));
  }
  const before = refusedBefore(run);
  const rest = changes.slice(asked).flatMap(({ arns }) => arns);
  applied.left = rest.filter((arn) => !before.has(arn)).length;
  applied.refused.push(...rest.flatMap((arn) => before.get(arn) ?? []));
  return applied;
}

/** One call has one outcome, which several that share an effect would blur. */
function oneCallEach(arns: string[]): string[][] {
  return arns.length === 0 ? [] : batches('principals', arns);
}

async function changeOnce(
  run: Run,
  place: ServicePlace,
  serviceId: string,
  change: PrincipalChange,
): Promise<void> {
  const { id } = place.service;
  let taken: string[] = [];
  await perform(run, {
    action: 'change_principals',
    request: change,
    service: { ...place, serviceId },
    holds: (db) => isStillDue(db, id, change),
    before: async (db) => {
      taken = await principals.recordOwned(db, id, change.add);
      await principals.recordWithdrawn(db, id, change.remove);
    },
    undo: (db) => principals.recordRefused(db, id, taken),
    call: (signal) => place.port.changePrincipals(serviceId, change, signal),
  });
}

/** A grant may have come or gone, or the aspect have been switched, since the list was read. */
async function isStillDue(
  db: Queryable,
  endpointServiceId: string,
  { add, remove }: PrincipalChange,
): Promise<boolean> {
  const service = await endpointServices.find(db, endpointServiceId);
  if (!service || !manages(service, 'principals')) return false;
  if (isOver(service) || (add.length > 0 && endingOf(service) !== null)) return false;
  const entries = await principals.facts(db, endpointServiceId);
  const factsOf = new Map(entries.map((entry) => [entry.arn, entry]));
  return (
    add.every((arn) => factsOf.get(arn)?.wanted) &&
    remove.every((arn) => factsOf.get(arn)?.owned && !factsOf.get(arn)?.wanted)
  );
}
