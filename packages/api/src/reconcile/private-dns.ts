// The private DNS name of one service: one step a run, towards verified.

import type { AwsAccess } from '../aws/ports.ts';
import { AwsError } from '../aws/errors.ts';
import {
  isNothing,
  isVerificationDue,
  nextPrivateDnsStep,
  verifiableDomains,
  type DnsRecord,
  type PrivateDns,
  type PrivateDnsStep,
} from '../domain/private-dns.ts';
import { manages } from '../domain/endpoint-service.ts';
import { nextReadInMs } from '../domain/read-tier.ts';
import type { ProviderAccount } from '../domain/provider-account.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as privateDns from '../storage/private-dns.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { perform } from './effect.ts';
import { accessOf, servicePlace, zoneAccess, type ServicePlace } from './place.ts';
import { nothingLeft, record, type Outcome, type Run } from './run.ts';
import { heedMarks } from './seen-marks.ts';

const soonMs = 1_000;
const noZoneMs = 30_000;

interface Scene extends ServicePlace {
  serviceId: string;
  wanted: PrivateDns;
}

export async function reconcilePrivateDns(run: Run): Promise<Outcome> {
  const place = await servicePlace(run);
  if (!place) return nothingLeft;
  const wanted = await privateDns.find(run.db, place.service.id);
  if (!wanted || isNothing(wanted)) return nothingLeft;
  const { serviceId } = place;
  if (serviceId === null) return { report: { waiting: 'service' }, dueInMs: soonMs };
  return takeStep(run, { ...place, serviceId, wanted });
}

async function takeStep(run: Run, scene: Scene): Promise<Outcome> {
  const { service, wanted, serviceId } = scene;
  const facts = await scene.port.getService(serviceId, run.signal);
  if (!facts) return { report: { waiting: 'service' }, dueInMs: idleMs(run, scene) };
  const { serviceName, serviceId: _id, mark, ...observed } = facts;
  const at = run.now();
  await record(run, async (db) => {
    await heedMarks(run, db, [{ endpointServiceId: service.id, mark }]);
    const seen = { serviceId, serviceName, observed };
    await endpointServices.recordObserved(db, service.id, seen, at);
  });
  const step = nextPrivateDnsStep(wanted, observed.privateDns, at);
  const reason = step.step === 'blocked' ? step.reason : null;
  const report = { mode: service.modes.privateDns, step: step.step, reason };
  if (!manages(service, 'privateDns')) return { report, dueInMs: idleMs(run, scene) };
  const changes = await tellProblem(run, scene, () => apply(run, scene, step));
  const { name: _name, endpointServiceId, ...before } = wanted;
  const after = { ...before, problem: null, ...changes, observedAt: at };
  await record(run, (db) => privateDns.record(db, endpointServiceId, after));
  const { problem = null } = changes;
  return { report: { ...report, problem }, dueInMs: problem ? noZoneMs : pause(run, scene, step) };
}

/** What AWS refuses for good is told at the name, and tried again all the same. */
async function tellProblem<Result>(
  run: Run,
  { service }: Scene,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsError && (error.kind === 'denied' || error.kind === 'invalid')) {
      const problem = `AWS refused ${error.action}: ${error.code}: ${error.message}`;
      await record(run, (db) => privateDns.recordProblem(db, service.id, problem));
    }
    throw error;
  }
}

function pause(run: Run, scene: Scene, { step }: PrivateDnsStep): number {
  return step === 'none' || step === 'blocked' ? idleMs(run, scene) : soonMs;
}

/** It is one call for each service, just as its allowlist is, and of the same rate. */
function idleMs({ now }: Run, { service: { id, reads } }: Scene): number {
  return nextReadInMs(id, reads.principals.maxAgeSeconds * 1_000, now());
}

/** Carries the step out and tells what is known after it. */
async function apply(run: Run, scene: Scene, step: PrivateDnsStep): Promise<Partial<PrivateDns>> {
  const { wanted, account } = scene;
  switch (step.step) {
    case 'set_name':
      await setName(run, scene, step.name);
      return { ownedNames: [step.name], verificationStartedAt: null };
    case 'remove_name':
      await setName(run, scene, null);
      return { ownedNames: [] };
    case 'write_record':
      return writeRecord(run, scene, step.label, step.value);
    case 'follow_change':
      return { record: await followChange(run, account, wanted.record!) };
    case 'remove_record':
      await removeRecord(run, scene, step.record);
      return { record: null };
    case 'start_verification':
      return startVerification(run, scene);
    case 'none':
      // What AWS does not show any more is not ours any more, whatever became of its removal.
      return wanted.name === null ? { ownedNames: [] } : {};
    case 'wait':
    case 'blocked':
      return {};
  }
  return step satisfies never;
}

/** Another name may be wanted, or the aspect have been switched, since AWS was read. */
async function isStillWanted(db: Queryable, { service, wanted }: Scene): Promise<boolean> {
  const current = await endpointServices.find(db, service.id);
  if (!current || !manages(current, 'privateDns')) return false;
  return (await privateDns.find(db, service.id))?.name === wanted.name;
}

function setName(run: Run, scene: Scene, name: string | null) {
  const { port, serviceId, service } = scene;
  return perform(run, {
    action: 'set_private_dns_name',
    request: { name },
    service: scene,
    holds: (db) => isStillWanted(db, scene),
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

async function writeRecord(
  run: Run,
  scene: Scene,
  label: string,
  value: string,
): Promise<Partial<PrivateDns>> {
  const { account, wanted } = scene;
  const [domain] = verifiableDomains(wanted.name!);
  const recordName = `${label}.${domain}`;
  const zone = await findZone(run, account, wanted.name!);
  if (!zone) {
    const problem = `No hosted zone of ours holds ${domain}. Publish TXT ${recordName} "${value}".`;
    // Only AWS can see whether somebody has published it meanwhile, so AWS is asked to look.
    if (!isVerificationDue(wanted, run.now())) return { problem };
    return { problem, ...(await startVerification(run, scene)) };
  }
  const { zoneId, access } = zone;
  const intended: DnsRecord = { zoneId, recordName, value, changeId: '', insyncAt: null };
  const { id } = scene.service;
  const { changeId } = await perform(run, {
    action: 'add_txt_value',
    request: { zoneId, recordName, value },
    service: scene,
    holds: (db) => isStillWanted(db, scene),
    before: (db) => privateDns.recordIntended(db, id, intended),
    undo: (db) => privateDns.recordIntended(db, id, wanted.record),
    call: (signal) => run.aws.hostedZones(access).addTxtValue(zoneId, recordName, value, signal),
  });
  const insyncAt = changeId === null ? run.now() : null;
  return { record: { ...intended, changeId: changeId ?? '', insyncAt } };
}

async function startVerification(run: Run, scene: Scene): Promise<Partial<PrivateDns>> {
  await perform(run, {
    action: 'start_verification',
    request: { serviceId: scene.serviceId },
    service: scene,
    holds: (db) => isStillWanted(db, scene),
    call: (signal) => scene.port.startPrivateDnsVerification(scene.serviceId, signal),
  });
  return { verificationStartedAt: run.now() };
}

async function followChange(
  run: Run,
  account: ProviderAccount,
  written: DnsRecord,
): Promise<DnsRecord> {
  const zones = run.aws.hostedZones(accessToZone(account, written.zoneId));
  const status = await unlessGone(zones.changeStatus(written.changeId, run.signal), 'insync');
  return status === 'insync' ? { ...written, insyncAt: run.now() } : written;
}

/** Route 53 forgets changes that are long done, and a zone that was deleted holds no record. */
async function unlessGone<Answer>(call: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && error.kind === 'not_found') return otherwise;
    throw error;
  }
}

function removeRecord(run: Run, scene: Scene, written: DnsRecord) {
  const { zoneId, recordName, value } = written;
  const zones = run.aws.hostedZones(accessToZone(scene.account, zoneId));
  return perform(run, {
    action: 'remove_txt_value',
    request: { zoneId, recordName, value },
    service: scene,
    holds: (db) => isStillWanted(db, scene),
    call: (signal) => {
      const removal = zones.removeTxtValue(zoneId, recordName, value, signal);
      return unlessGone(removal, { changeId: null });
    },
  });
}

interface FoundZone {
  zoneId: string;
  access: AwsAccess;
}

/** The zone nearest to the name, among those that the provider account lists. */
async function findZone(
  run: Run,
  account: ProviderAccount,
  name: string,
): Promise<FoundZone | null> {
  for (const domain of verifiableDomains(name)) {
    for (const { access, zoneIds } of accesses(account)) {
      const zoneId = await run.aws.hostedZones(access).findZone(domain, run.signal, zoneIds);
      if (zoneId) return { zoneId, access };
    }
  }
  return null;
}

/** The zones grouped by the way to them, so that zones behind one role are looked up together. */
function accesses(account: ProviderAccount): { access: AwsAccess; zoneIds: string[] }[] {
  const byRole = Map.groupBy(account.hostedZones, ({ roleArn }) => roleArn);
  return [...byRole.values()].map((zones) => ({
    access: zoneAccess(account, zones[0]!),
    zoneIds: zones.map(({ zoneId }) => zoneId),
  }));
}

function accessToZone(account: ProviderAccount, zoneId: string): AwsAccess {
  const zone = account.hostedZones.find((candidate) => candidate.zoneId === zoneId);
  return zone ? zoneAccess(account, zone) : accessOf(account);
}
