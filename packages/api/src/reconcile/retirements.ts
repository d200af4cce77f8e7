// One endpoint service that retires: waits until nobody of ours is let in, has the connections
// rejected, deletes it, and ends only when AWS shows it no more.

import type { ServiceFailure } from '../aws/ports.ts';
import { standstill } from '../domain/endpoint-service.ts';
import { hindrancesOfEnd, type Hindrance } from '../domain/hindrance.ts';
import { nextRetirementStep, type Leftovers } from '../domain/retirement.ts';
import { connectionsTarget } from '../domain/target.ts';
import * as connections from '../storage/connections.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as operations from '../storage/operations.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as retirements from '../storage/retirements.ts';
import * as targets from '../storage/targets.ts';
import { perform } from './effect.ts';
import { servicePlace, type ServicePlace } from './place.ts';
import { audit, nothingLeft, record, type Outcome, type Run } from './run.ts';

const soonMs = 1_000;
const waitingMs = 5_000;
/** One read that does not show it proves nothing: EC2 may answer from before its creation. */
const agreeingReads = 2;

export async function reconcileRetirement(run: Run): Promise<Outcome> {
  const place = await servicePlace(run);
  const service = place?.service;
  if (!service?.retiringSince || service.retiredAt || !place?.serviceId) return nothingLeft;
  const step = await record(run, (db) => takeStep(run, db, place));
  if (step !== 'delete') return { report: { step }, dueInMs: soonMs };
  return deleteService(run, place, place.serviceId);
}

/** In one transaction: what is left, and the decision about it. */
async function takeStep(run: Run, db: Queryable, { service }: ServicePlace): Promise<string> {
  // Targets before rows, as the worker of the connections locks them.
  const left = await retirements.leftovers(db, service.id);
  const next = nextRetirementStep(service, left);
  if (next.step === 'wait') {
    const heldUpBy = hindrancesOfEnd(service);
    await tell(run, db, service.id, `Waiting for ${next.waitingFor}.`, heldUpBy);
  }
  if (next.step !== 'reject') return next.step;
  await targets.nudge(db, [connectionsTarget(service)], run.now());
  for (const id of next.connectionIds) await reject(run, db, id);
  await tell(run, db, service.id, rejecting(left));
  return next.step;
}

function rejecting({ connections: live }: Leftovers): string {
  const byOthers = live.filter(({ decision }) => decision === 'undecided');
  const names = byOthers.map(({ vpcEndpointId }) => vpcEndpointId).join(', ');
  const told = names === '' ? '' : `; not let in by us: ${names}`;
  return `Rejecting ${live.length} connections${told}.`;
}

async function reject(run: Run, db: Queryable, id: string): Promise<void> {
  const connection = await connections.find(db, id, null);
  const reason = 'The endpoint service is being retired.';
  const decidedBy = `worker:${run.lease.kind}`;
  await connections.decide(db, id, { decision: 'reject', decidedBy, reason });
  await audit(run, db, {
    action: 'rejectConnection',
    subjectId: id,
    customerId: connection?.customerId ?? null,
    reason,
    before: { decision: connection?.decision ?? null },
    after: { decision: 'reject' },
  });
}

async function deleteService(run: Run, place: ServicePlace, serviceId: string): Promise<Outcome> {
  const { service, port } = place;
  const facts = await port.getService(serviceId, run.signal);
  if (!facts || facts.state === 'deleted') return missed(run, service.id);
  if (facts.state === 'deleting') {
    await record(run, (db) => tell(run, db, service.id, 'Waiting for AWS to delete it.'));
    return { report: { step: 'deleting' }, dueInMs: soonMs };
  }
  const failures = await perform(run, {
    action: 'delete_service',
    request: { serviceId },
    service: { service, serviceId, port },
    holds: (db) => isStillDue(db, service.id),
    call: (signal) => port.deleteService(serviceId, signal),
    refused: (items) => items,
  });
  const open = failures.filter(({ kind }) => kind !== 'not_found');
  if (open.length > 0) await record(run, (db) => tellRefusal(run, db, place, open));
  return {
    report: { step: 'delete', refused: open },
    dueInMs: open.length > 0 ? waitingMs : soonMs,
  };
}

/** Somebody may have frozen it since, or a connection have come. */
async function isStillDue(db: Queryable, id: string): Promise<boolean> {
  const service = await endpointServices.find(db, id);
  if (!service?.retiringSince || standstill(service)) return false;
  return nextRetirementStep(service, await retirements.leftovers(db, id)).step === 'delete';
}

/** AWS knows of connections that we have not seen: all of the region is read anew. */
async function tellRefusal(
  run: Run,
  db: Queryable,
  { service }: ServicePlace,
  failures: ServiceFailure[],
): Promise<void> {
  await targets.nudge(db, [connectionsTarget(service)], run.now());
  const said = failures.map(({ code, message }) => `${code}: ${message}`).join(' ');
  await tell(run, db, service.id, `AWS did not delete it, which is tried again: ${said}`);
}

async function missed(run: Run, id: string): Promise<Outcome> {
  const reads = Number(run.lease.report?.missed ?? 0) + 1;
  if (reads < agreeingReads) return { report: { step: 'gone', missed: reads }, dueInMs: soonMs };
  await record(run, (db) => finish(run, db, id));
  return nothingLeft;
}

async function finish(run: Run, db: Queryable, id: string): Promise<void> {
  const at = run.now();
  await retirements.finish(db, id, at);
  await endpointServices.recordMissing(db, id, 'It was retired, and deleted in AWS.', at);
  await audit(run, db, {
    action: 'finishRetirement',
    subjectId: id,
    before: { retiredAt: null },
    after: { retiredAt: at },
  });
  const message = 'AWS shows the service no more.';
  const of = { kind: 'retire_service', subjectId: id } as const;
  await operations.finishRunning(db, of, { state: 'succeeded', message }, at);
}

async function tell(
  run: Run,
  db: Queryable,
  id: string,
  message: string,
  heldUpBy: Hindrance[] = [],
): Promise<void> {
  const operation = await operations.findRunning(db, 'retire_service', id);
  if (operation) await operations.report(db, operation.id, { message, heldUpBy }, run.now());
}
