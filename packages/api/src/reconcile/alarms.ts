// What is new in the drift reports, and what is over, told as events. AWS is not asked for
// anything: a report also changes because time passes.

import { driftOf } from '../domain/drift.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import * as alarms from '../storage/alarms.ts';
import * as drift from '../storage/drift.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import { record, type Outcome, type Run } from './run.ts';

/** Services of one run. */
const servicesMax = 50;
const everyMs = 60_000;
const soonMs = 500;

/** Goes on where the run before has ended, until all services were looked at. */
export async function reconcileAlarms(run: Run): Promise<Outcome> {
  const last = run.lease.report as { after?: string | null } | null;
  const page = { limit: servicesMax, after: last?.after ?? null };
  const found = await endpointServices.list(run.db, {}, page);
  const services = found.slice(0, servicesMax);
  const known = await alarms.list(
    run.db,
    services.map(({ id }) => id),
  );
  let raised = 0;
  let cleared = 0;
  for (const service of services) {
    run.signal.throwIfAborted();
    const change = await look(run, service, known.get(service.id) ?? []);
    raised += change.raised.length;
    cleared += change.cleared.length;
  }
  const after = found.length > servicesMax ? services.at(-1)!.id : null;
  return { report: { after, raised, cleared }, dueInMs: after === null ? everyMs : soonMs };
}

async function look(
  run: Run,
  service: EndpointService,
  known: alarms.Alarm[],
): Promise<alarms.AlarmChange> {
  const at = run.now();
  const isOver = service.retiredAt !== null;
  const items = isOver ? [] : driftOf(await drift.facts(run.db, service, at));
  const change = { raised: without(items, known), cleared: without(known, items) };
  if (change.raised.length + change.cleared.length > 0) {
    await record(run, (db) => alarms.change(db, service.id, change, at));
  }
  return change;
}

/** The items that are not among the others, each once. */
function without(items: readonly alarms.Alarm[], others: readonly alarms.Alarm[]): alarms.Alarm[] {
  const names = new Set(others.map(nameOf));
  return items.filter((item) => {
    const isNew = !names.has(nameOf(item));
    names.add(nameOf(item));
    return isNew;
  });
}

function nameOf({ kind, subject, severity }: alarms.Alarm): string {
  return JSON.stringify([kind, subject, severity]);
}
