// The mark of a service, written before the first change of each run: see domain/deployment.ts.
//
// The tags of AWS take no conditions, so of two runs of one deployment the slower one may write its
// lower epoch over the other's. Whoever has written therefore looks whether it was overtaken, and
// then writes the epoch that is now the last one: the last to write has written the last.

import type { AwsError } from '../aws/errors.ts';
import type { EndpointServicePort } from '../aws/ports.ts';
import { databaseQuarantine, markText, type Deployment, type Mark } from '../domain/deployment.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import * as deployments from '../storage/deployments.ts';
import * as effects from '../storage/effects.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as serviceMarks from '../storage/service-marks.ts';
import { failure, hasNoEffect, success } from './effect-outcome.ts';
import { NotYet, record, Unmarked, type Run } from './run.ts';

export interface MarkedService {
  service: Pick<EndpointService, 'id'>;
  /** AWS's id. */
  serviceId: string;
  port: Pick<EndpointServicePort, 'mark'>;
}

/** A mark that is ours to write, and whose epoch is durable. */
export interface IntendedMark {
  effectId: string;
  mark: Mark;
}

/** How long after its start a process looks for services that it has not read yet. */
const lookingAroundMs = 60_000;
const soonMs = 1_000;
const laterMs = 15_000;

/**
 * Takes an epoch for the first change of the service in this run; null for any further one.
 * @throws NotYet
 */
export async function intendMark(
  run: Run,
  db: Queryable,
  { service: { id } }: MarkedService,
): Promise<IntendedMark | null> {
  if (run.marked.has(id)) return null;
  const reading = { startedAt: run.startedAt, now: run.now() };
  if (!(await serviceMarks.isRead(db, id, reading))) throw notYet(run, `${id} is not read yet.`);
  return intend(run, db, id, await takeEpoch(run, db, id));
}

/**
 * The mark of a service that is to be created, which carries it from the start. The same each time,
 * as AWS takes a client token again only with the same tags.
 * @throws NotYet
 */
export async function markOfCreation(run: Run, db: Queryable, id: string): Promise<string> {
  const before = await serviceMarks.wanted(db, id);
  if (before && before.epoch > 0) {
    await requireHome(run, db, await deployments.hold(db));
    return markText(before);
  }
  return markText(await takeEpoch(run, db, id));
}

/**
 * Writes the mark. What AWS refuses is told at the service.
 * @throws AwsError, LeaseLost, Unmarked
 */
export async function writeMark(
  run: Run,
  { service: { id }, serviceId, port }: MarkedService,
  first: IntendedMark,
): Promise<void> {
  for (let next: IntendedMark | null = first; next; ) {
    const { effectId, mark }: IntendedMark = next;
    let awsRequestId: string | null;
    try {
      const call = () => port.mark(serviceId, markText(mark), run.signal);
      ({ awsRequestId } = await run.aws.traced(call));
    } catch (error) {
      await effects.conclude(run.db, effectId, failure(error), run.now());
      if (!hasNoEffect(error)) throw error;
      await record(run, (db) => serviceMarks.recordProblem(db, id, problemOf(error)));
      throw new Unmarked(error);
    }
    await effects.conclude(run.db, effectId, success(awsRequestId), run.now());
    next = await record(run, (db) => concludeMark(run, db, id, mark));
  }
  run.marked.add(id);
}

/** @returns the mark to write in its place, when this one may have been written over a later one */
async function concludeMark(
  run: Run,
  db: Queryable,
  id: string,
  mark: Mark,
): Promise<IntendedMark | null> {
  await serviceMarks.recordProblem(db, id, null);
  const last = await serviceMarks.wanted(db, id);
  return !last || last.epoch <= mark.epoch ? null : intend(run, db, id, last);
}

async function takeEpoch(run: Run, db: Queryable, id: string): Promise<Mark> {
  const deployment = await deployments.takeEpoch(db);
  const { id: deploymentId, epoch } = await requireHome(run, db, deployment);
  await serviceMarks.recordEpoch(db, id, epoch);
  return { deploymentId, epoch };
}

/** Nothing is changed by a copy, nor before the marks of what it had before are all read. */
async function requireHome(
  run: Run,
  db: Queryable,
  deployment: Deployment | null,
): Promise<Deployment> {
  if (!deployment) throw notYet(run, 'No worker has arrived at this database.');
  const quarantine = databaseQuarantine(deployment);
  if (quarantine) throw notYet(run, `This database changes nothing: ${quarantine}.`);
  // One mark tells of the whole database. Later, a region that cannot be read holds up no other.
  if (isLookingAround(run) && !(await serviceMarks.areAllRead(db, run.startedAt))) {
    throw notYet(run, 'Not every service is read yet.');
  }
  return deployment;
}

async function intend(
  run: Run,
  db: Queryable,
  serviceId: string,
  mark: Mark,
): Promise<IntendedMark> {
  const effectId = run.makeId('effect');
  const request = { endpointServiceId: serviceId, mark: markText(mark) };
  const about = { target: run.lease, endpointServiceId: serviceId };
  await effects.intend(db, { id: effectId, ...about, action: 'mark_service', request }, run.now());
  return { effectId, mark };
}

function notYet(run: Run, reason: string): NotYet {
  return new NotYet(reason, isLookingAround(run) ? soonMs : laterMs);
}

/** The process has just started, and what it has not read yet is about to be. */
export function isLookingAround({ now, startedAt }: Run): boolean {
  return now().getTime() - startedAt.getTime() < lookingAroundMs;
}

function problemOf({ kind, code, message }: AwsError): string {
  const advice = kind === 'denied' ? ' The role needs ec2:CreateTags for the service.' : '';
  return `Nothing is changed, as AWS refuses our mark: ${code}: ${message}${advice}`;
}
