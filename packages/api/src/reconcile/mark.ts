// The mark of a service, written before the first change of each run: see domain/deployment.ts. A
// run that is going to change several services of a region marks them all in one call.
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
import type { EffectOutcome } from '../storage/effects.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as serviceMarks from '../storage/service-marks.ts';
import { failure, hasNoEffect, success } from './effect-outcome.ts';
import { NotYet, record, Unmarked, type Run } from './run.ts';

export interface MarkedService {
  service: Pick<EndpointService, 'id'>;
  /** AWS's id. */
  serviceId: string;
  port: Pick<EndpointServicePort, 'mark'>;
  /** What else this run is going to change there: it is marked in the same call. */
  others?: readonly Pick<EndpointService, 'id' | 'serviceId'>[];
}

/** A mark that is ours to write on these, and whose epoch is durable. */
export interface IntendedMark {
  mark: Mark;
  services: Marked[];
  /** One for each service, though they are of one call. */
  effectIds: string[];
}

interface Marked {
  id: string;
  serviceId: string;
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
  { service: { id }, serviceId, others = [] }: MarkedService,
): Promise<IntendedMark | null> {
  if (run.marked.has(id)) return null;
  const all = [{ id, serviceId }, ...others.filter((other) => other.id !== id)];
  const unmarked = all.filter((one): one is Marked => {
    return one.serviceId !== null && !run.marked.has(one.id);
  });
  const reading = { startedAt: run.startedAt, now: run.now() };
  const markable = await serviceMarks.markable(db, idsOf(unmarked), reading);
  if (!markable.has(id)) throw notYet(run, `${id} is not read yet, or stands still.`);
  const services = unmarked.filter((one) => markable.has(one.id));
  return intend(run, db, services, await takeEpoch(run, db, idsOf(services)));
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
  return markText(await takeEpoch(run, db, [id]));
}

/**
 * Writes the mark. What AWS refuses is told at the service.
 * @throws AwsError, LeaseLost, Unmarked
 */
export async function writeMark(
  run: Run,
  { service: { id }, port }: MarkedService,
  intended: IntendedMark,
): Promise<void> {
  const refusals = new Map<string, AwsError>();
  await writeOn(run, { port, refusals }, intended);
  const refusal = refusals.get(id);
  if (refusal) throw new Unmarked(refusal);
}

interface Writing {
  port: MarkedService['port'];
  /** By the id of the service. */
  refusals: Map<string, AwsError>;
}

/** EC2 refuses all for one of them: what it refuses for several is written on each by itself. */
async function writeOn(run: Run, writing: Writing, intended: IntendedMark): Promise<void> {
  const { mark, services } = intended;
  const refusal = await send(run, writing, intended);
  if (refusal && services.length === 1) {
    const [{ id }] = services as [Marked];
    writing.refusals.set(id, refusal);
    await record(run, (db) => serviceMarks.recordProblem(db, id, problemOf(refusal)));
    return;
  }
  for (const { id } of services) if (!refusal) run.marked.add(id);
  const again = refusal
    ? services.map((service) => ({ service, mark }))
    : await record(run, (db) => overtaken(run, db, services, mark));
  for (const next of again) {
    const one = await record(run, (db) => intend(run, db, [next.service], next.mark));
    await writeOn(run, writing, one);
  }
}

/** @returns what AWS said when it has certainly written none */
async function send(
  run: Run,
  { port }: Writing,
  { mark, services, effectIds }: IntendedMark,
): Promise<AwsError | null> {
  const conclude = async (outcome: EffectOutcome) => {
    for (const effectId of effectIds) await effects.conclude(run.db, effectId, outcome, run.now());
  };
  const serviceIds = services.map(({ serviceId }) => serviceId);
  try {
    const call = () => port.mark(serviceIds, markText(mark), run.signal);
    const { awsRequestId } = await run.aws.traced(call);
    await conclude(success(awsRequestId));
    return null;
  } catch (error) {
    await conclude(failure(error));
    if (!hasNoEffect(error)) throw error;
    return error;
  }
}

/** @returns marks to write in the place of this one, which may have been written over later ones */
async function overtaken(
  run: Run,
  db: Queryable,
  services: Marked[],
  mark: Mark,
): Promise<{ service: Marked; mark: Mark }[]> {
  const later: { service: Marked; mark: Mark }[] = [];
  for (const service of services) {
    await serviceMarks.recordProblem(db, service.id, null);
    const last = await serviceMarks.wanted(db, service.id);
    if (last && last.epoch > mark.epoch) later.push({ service, mark: last });
  }
  return later;
}

async function takeEpoch(run: Run, db: Queryable, ids: string[]): Promise<Mark> {
  const deployment = await deployments.takeEpoch(db);
  const { id: deploymentId, epoch } = await requireHome(run, db, deployment);
  await serviceMarks.recordEpoch(db, ids, epoch);
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
  // One mark tells of the whole database.
  if (await isAnyUnread(run, db)) throw notYet(run, 'Not every service is read yet.');
  return deployment;
}

/**
 * After the first minute, a region that cannot be read holds up no other; but one that nobody has
 * tried to read does, as a machine may halt for longer right after the process has started.
 */
async function isAnyUnread(run: Run, db: Queryable): Promise<boolean> {
  return isLookingAround(run)
    ? !(await serviceMarks.areAllRead(db, run.startedAt))
    : serviceMarks.isAnyUntried(db, run.startedAt);
}

async function intend(
  run: Run,
  db: Queryable,
  services: Marked[],
  mark: Mark,
): Promise<IntendedMark> {
  const effectIds: string[] = [];
  for (const service of services) {
    const id = run.makeId('effect');
    const request = { endpointServiceId: service.id, mark: markText(mark) };
    const about = { target: run.lease, endpointServiceId: service.id, action: 'mark_service' };
    await effects.intend(db, { id, ...about, request }, run.now());
    effectIds.push(id);
  }
  return { mark, services, effectIds };
}

function idsOf(services: Marked[]): string[] {
  return services.map(({ id }) => id);
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
