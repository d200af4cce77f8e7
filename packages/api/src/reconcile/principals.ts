// The allowlist of one service: a full read, a set difference, the least change.

import { AwsError } from '../aws/errors.ts';
import type { PrincipalChange } from '../aws/ports.ts';
import { planPrincipals, type PrincipalPlan } from '../domain/principal.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as principals from '../storage/principals.ts';
import { perform } from './effect.ts';
import { servicePlace, type ServicePlace } from './place.ts';
import { audit, nothingLeft, record, type Outcome, type Run } from './run.ts';

const idleMs = 60_000;
const soonMs = 1_000;

export async function reconcilePrincipals(run: Run): Promise<Outcome> {
  const place = await servicePlace(run);
  if (!place) return nothingLeft;
  const { service, serviceId } = place;
  if (serviceId === null) return { report: { waiting: 'service' }, dueInMs: soonMs };
  const plan = await observe(run, place, serviceId);
  const managed = service.modes.principals === 'manage';
  const changes = plan.add.length + plan.remove.length;
  const refused = managed && changes > 0 ? await apply(run, place, serviceId, plan) : [];
  const report = { mode: service.modes.principals, plan, refused };
  // After a change of ours, or while an entry of ours is missing, the next read confirms it.
  const unsettled = managed && changes > refused.length;
  const missing = plan.absent.length > 0;
  return { report, dueInMs: unsettled || missing ? soonMs : idleMs };
}

type ObservedPlan = PrincipalPlan & { absent: string[] };

async function observe(run: Run, place: ServicePlace, serviceId: string): Promise<ObservedPlan> {
  const { id } = place.service;
  const startedAt = run.now();
  const entries = await place.port.listPrincipals(serviceId, run.signal);
  const arns = entries.map(({ arn }) => arn);
  return record(run, async (db) => {
    const makeId = () => run.makeId('principal');
    await principals.addWanted(db, [id], makeId, startedAt);
    await principals.recordRead(db, id, arns, makeId, startedAt);
    await principals.releaseGone(db, id);
    await endpointServices.recordPrincipalsRead(db, id, startedAt);
    const facts = await principals.facts(db, id);
    const absent = facts.filter(({ owned, observed, missedReads }) => {
      return owned && !observed && missedReads < 2;
    });
    return { ...planPrincipals(facts), absent: absent.map(({ arn }) => arn) };
  });
}

/** Adds, then removes. What AWS refuses is named and does not stop the rest. */
async function apply(
  run: Run,
  place: ServicePlace,
  serviceId: string,
  plan: PrincipalPlan,
): Promise<Refused[]> {
  const change = (part: Partial<PrincipalChange>) =>
    changeOnce(run, place, serviceId, { add: [], remove: [], ...part });
  const adding = await isolate(plan.add, (add) => change({ add }));
  const removing = await isolate(plan.remove, (remove) => change({ remove }));
  return [...adding, ...removing];
}

interface Refused {
  arn: string;
  code: string;
}

/**
 * One bad principal fails its whole call, so a refused batch is halved until the bad one is alone.
 */
async function isolate(
  arns: string[],
  change: (arns: string[]) => Promise<void>,
): Promise<Refused[]> {
  if (arns.length === 0) return [];
  try {
    await change(arns);
    return [];
  } catch (error) {
    if (!(error instanceof AwsError) || error.kind !== 'invalid') throw error;
    if (arns.length === 1) return [{ arn: arns[0]!, code: error.code }];
    const middle = Math.ceil(arns.length / 2);
    return [
      ...(await isolate(arns.slice(0, middle), change)),
      ...(await isolate(arns.slice(middle), change)),
    ];
  }
}

async function changeOnce(
  run: Run,
  place: ServicePlace,
  serviceId: string,
  change: PrincipalChange,
): Promise<void> {
  const { id } = place.service;
  await perform(run, {
    action: 'change_principals',
    request: change,
    before: async (db) => {
      await principals.recordOwned(db, id, change.add);
      await audit(run, db, {
        action: 'changePrincipals',
        subjectId: id,
        after: { ...change },
      });
    },
    call: (signal) => place.port.changePrincipals(serviceId, change, signal),
  });
}
