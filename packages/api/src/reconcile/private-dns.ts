// The private DNS name of one service: one step a run, towards verified, and a watch from then on.

import { AwsError } from '../aws/errors.ts';
import { backOffMs } from '../domain/back-off.ts';
import { endingOf, manages, type EndpointService } from '../domain/endpoint-service.ts';
import {
  afterRead,
  isNothing,
  nextPrivateDnsStep,
  verificationDueInMs,
  type PrivateDns,
  type PrivateDnsStep,
} from '../domain/private-dns.ts';
import { currentPhase, recordToPublish } from '../domain/private-dns-status.ts';
import { nextReadInMs } from '../domain/read-tier.ts';
import { isLookDue } from '../domain/sighting.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as privateDns from '../storage/private-dns.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { perform } from './effect.ts';
import { servicePlace } from './place.ts';
import { audit, nothingLeft, Outdated, record, type Outcome, type Run } from './run.ts';
import { heedMarks } from './seen-marks.ts';
import { lookForRecord } from './sightings.ts';
import { followChange, publish, removeRecord, type NamedService } from './txt-record.ts';

const soonMs = 1_000;
/** From one look at what is under way to the next: first soon, then ever more seldom. */
const pauses = { least: soonMs, most: 30_000 };
/** While people are to mend something; somebody who has done so can have it tried at once. */
const blockedPauses = { least: 30_000, most: 600_000 };

export async function reconcilePrivateDns(run: Run): Promise<Outcome> {
  const place = await servicePlace(run);
  if (!place) return nothingLeft;
  const before = await privateDns.find(run.db, place.service.id);
  if (!before || isNothing(before)) return nothingLeft;
  const { serviceId } = place;
  if (serviceId === null) return { report: { waiting: 'service' }, dueInMs: soonMs };
  const named = { ...place, serviceId, wanted: before };
  const isStillWanted = (db: Queryable) => holdsStill(db, named);
  return takeStep(run, { ...named, isStillWanted });
}

async function takeStep(run: Run, named: NamedService): Promise<Outcome> {
  const { wanted: before, serviceId } = named;
  const at = run.now();
  const facts = await named.port.getService(serviceId, run.signal);
  if (!facts) return { report: { waiting: 'service' }, dueInMs: idleMs(run, named.service) };
  const { serviceName, serviceId: _id, mark, ...observed } = facts;
  const wanted = afterRead(before, observed.privateDns, at);
  await record(run, async (db) => {
    await heedMarks(run, db, [{ endpointServiceId: named.service.id, mark }]);
    const seen = { serviceId, serviceName, observed };
    const isLatest = await endpointServices.recordObserved(db, named.service.id, seen, at);
    if (!isLatest) throw new Outdated('AWS has been asked about the service since.');
  });
  const service = { ...named.service, observed, observedAt: at };
  const restoring = service.onExternalRemoval === 'restore';
  const ending = endingOf(service);
  const isEnded = ending !== null && (ending !== 'failed' || wanted.name !== null);
  const step: PrivateDnsStep = isEnded
    ? { step: 'none' }
    : nextPrivateDnsStep(wanted, observed.privateDns, at, restoring);
  const reason = step.step === 'blocked' ? step.reason : ending;
  const report = { mode: service.modes.privateDns, step: step.step, reason };
  if (!manages(service, 'privateDns') || isEnded) {
    await standBy(run, before);
    return { report, dueInMs: idleMs(run, service) };
  }
  const scene = { ...named, service, wanted };
  const found = await look(run, scene, step);
  const changes = await tellProblem(run, scene, () => apply(run, scene, step));
  const after = inPhase(service, { ...wanted, ...found, problem: null, ...changes }, at);
  await record(run, (db) => keep(run, db, before, { ...after, observedAt: at }));
  const { problem } = after;
  return { report: { ...report, problem }, dueInMs: pause(run, service, after, step) };
}

/** While nothing may be changed, it does not count how long that lasts. */
async function standBy(run: Run, before: PrivateDns): Promise<void> {
  if (before.phase === null) return;
  const after = { ...before, phase: null, phaseSince: null };
  await record(run, (db) => privateDns.record(db, before, after));
}

/** Reads that agree are told once, whichever way they turned. */
async function keep(run: Run, db: Queryable, before: PrivateDns, after: PrivateDns): Promise<void> {
  const { name, endpointServiceId: subjectId } = before;
  await privateDns.record(db, before, after);
  const [was, is] = [before.verifiedSince !== null, after.verifiedSince !== null];
  if (was === is || name === null) return;
  const action = is ? 'confirmPrivateDns' : 'losePrivateDns';
  const change = { before: { name, verified: was }, after: { name, verified: is } };
  await audit(run, db, { action, subjectId, ...change });
}

function inPhase(service: EndpointService, wanted: PrivateDns, at: Date): PrivateDns {
  const phase = currentPhase(service, wanted, at);
  return phase === wanted.phase ? wanted : { ...wanted, phase, phaseSince: at };
}

/** Before AWS is asked and while it looks; and now and then of a name that is verified. */
async function look(
  run: Run,
  { account, wanted, service }: NamedService,
  { step }: PrivateDnsStep,
): Promise<Partial<PrivateDns>> {
  const sought = recordToPublish(wanted, service.observed?.privateDns ?? null);
  const isWatched = step === 'start_verification' || step === 'wait' || step === 'none';
  if (!sought || wanted.name === null || !(isWatched || wanted.problem)) return {};
  if (!isLookDue(wanted.sightings, step === 'none', run.now())) return {};
  return lookForRecord(run, account, sought, wanted.record);
}

/** What AWS refuses for good is told at the name, and tried again all the same. */
async function tellProblem<Result>(
  run: Run,
  { wanted }: NamedService,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsError && (error.kind === 'denied' || error.kind === 'invalid')) {
      const problem = `AWS refused ${error.action}: ${error.code}: ${error.message}`;
      await record(run, (db) => privateDns.recordProblem(db, wanted, problem, run.now()));
    }
    throw error;
  }
}

function pause(
  run: Run,
  service: EndpointService,
  after: PrivateDns,
  { step }: PrivateDnsStep,
): number {
  if (after.disagreeingReads > 0) return soonMs;
  if ((step === 'none' || step === 'blocked') && !after.problem) return idleMs(run, service);
  const isNew = run.lease.report?.step !== step;
  if (isNew && !after.problem) return soonMs;
  const now = run.now();
  const due = verificationDueInMs(after, now);
  const limits = after.problem ? blockedPauses : pauses;
  const pauseMs = backOffMs(after.phaseSince, now, limits);
  // Not later than AWS is to be asked again.
  return due > 0 ? Math.min(pauseMs, Math.max(due, soonMs)) : pauseMs;
}

/** It is one call for each service, just as its allowlist is, and of the same rate. */
function idleMs({ now }: Run, { id, reads }: EndpointService): number {
  return nextReadInMs(id, reads.principals.maxAgeSeconds * 1_000, now());
}

/** Carries the step out and tells what is known after it. */
async function apply(
  run: Run,
  scene: NamedService,
  step: PrivateDnsStep,
): Promise<Partial<PrivateDns>> {
  const { wanted, account } = scene;
  switch (step.step) {
    case 'set_name':
      await setName(run, scene, step.name);
      return { ownedNames: [step.name], verificationStartedAt: null };
    case 'remove_name':
      await setName(run, scene, null);
      return { ownedNames: [] };
    case 'write_record':
      return publish(run, scene, { ...step, start: () => startVerification(run, scene) });
    case 'follow_change':
      return { record: await followChange(run, account, wanted.record!) };
    case 'remove_record':
      await removeRecord(run, scene, step.record);
      return { record: null };
    case 'start_verification':
      return startVerification(run, scene);
    case 'none':
    case 'wait':
    case 'blocked':
      return {};
  }
  return step satisfies never;
}

/** Another name may be wanted, or the aspect have been switched, since AWS was read. */
async function holdsStill(
  db: Queryable,
  { service, wanted }: Pick<NamedService, 'service' | 'wanted'>,
): Promise<boolean> {
  const current = await endpointServices.find(db, service.id);
  if (!current || !manages(current, 'privateDns')) return false;
  return (await privateDns.find(db, service.id))?.name === wanted.name;
}

function setName(run: Run, scene: NamedService, name: string | null) {
  const { port, serviceId, service } = scene;
  return perform(run, {
    action: 'set_private_dns_name',
    request: { name },
    service: scene,
    holds: scene.isStillWanted,
    // The name is ours from the intent on: should the answer be lost, it may have been set.
    before: async (db) => {
      if (name !== null) await privateDns.own(db, service.id, name);
    },
    undo: async (db) => {
      const before = scene.wanted.ownedNames;
      if (name !== null && !before.includes(name)) await privateDns.disown(db, service.id, name);
    },
    call: (signal) => port.setPrivateDnsName(serviceId, name, signal),
  });
}

async function startVerification(run: Run, scene: NamedService): Promise<Partial<PrivateDns>> {
  await perform(run, {
    action: 'start_verification',
    request: { serviceId: scene.serviceId },
    service: scene,
    holds: scene.isStillWanted,
    call: (signal) => scene.port.startPrivateDnsVerification(scene.serviceId, signal),
  });
  return { verificationStartedAt: run.now() };
}
