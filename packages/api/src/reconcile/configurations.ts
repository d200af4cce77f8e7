// Endpoint service configurations of a region: created where wanted, and read in one call for all.

import { AwsError } from '../aws/errors.ts';
import type { EndpointServicePort, ServiceFacts } from '../aws/ports.ts';
import { standstill, type EndpointService } from '../domain/endpoint-service.ts';
import { readEveryMs } from '../domain/read-tier.ts';
import { backendsTarget, principalsTarget, privateDnsTarget } from '../domain/target.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as targets from '../storage/targets.ts';
import { perform } from './effect.ts';
import { markOfCreation } from './mark.ts';
import { regionPlace } from './place.ts';
import { nothingLeft, record, type Outcome, type Run } from './run.ts';
import { heedMarks } from './seen-marks.ts';

const idleMs = readEveryMs(1);
const soonMs = 1_000;

export async function reconcileConfigurations(run: Run): Promise<Outcome> {
  const place = await regionPlace(run);
  if (!place) return nothingLeft;
  const { services, port } = place;
  // AWS may show what was true before another run asks it, however late this one records it.
  const at = run.now();
  const facts = await observe(run, port, services);
  // Before anything is created: what AWS shows may say that this database is not to create it, and
  // a creation that has to wait keeps nobody from knowing the rest.
  const missed = await recordSeen(run, services, { facts, at });
  const { created, failed } = await createWanted(run, port, services);
  if (created.length > 0) await recordCreated(run, created);
  if (run.readsBackends) await targets.add(run.db, backendsTarget(services[0]!), run.now());
  const news = missed.some((id) => !missedBefore(run).has(id));
  const pending = [...facts, ...created].some(({ state }) => state === 'pending');
  const report = { services: services.length, created: created.length, missed };
  if (failed) throw failed;
  return { report, dueInMs: news || pending ? soonMs : idleMs };
}

/** @returns the ids of the services that AWS did not show */
async function recordSeen(
  run: Run,
  services: EndpointService[],
  { facts, at }: { facts: ServiceFacts[]; at: Date },
): Promise<string[]> {
  const seen = new Map(facts.map((fact) => [fact.serviceId, fact]));
  return record(run, async (db) => {
    const missed: string[] = [];
    await heedMarks(run, db, marksOf(services, facts));
    for (const service of services.filter(({ serviceId }) => serviceId !== null)) {
      const fact = seen.get(service.serviceId!);
      if (fact) {
        await endpointServices.recordObserved(db, service.id, observation(fact), at);
        continue;
      }
      missed.push(service.id);
      if (missedBefore(run).has(service.id)) await recordMissing(db, service, at);
    }
    return missed;
  });
}

async function recordCreated(run: Run, created: Created[]): Promise<void> {
  await record(run, async (db) => {
    const at = run.now();
    // Targets before rows, as requests lock them.
    const names = created.flatMap(({ clientToken }) => [
      principalsTarget(clientToken),
      privateDnsTarget(clientToken),
    ]);
    await targets.nudge(db, names, at);
    await heedMarks(run, db, created.map(markOfCreated));
    for (const { clientToken, ...fact } of created) {
      await endpointServices.recordObserved(db, clientToken, observation(fact), at);
    }
  });
}

/**
 * One read that does not show a service proves nothing: EC2 may answer from before its creation.
 */
function missedBefore({ lease }: Run): Set<string> {
  return new Set((lease.report?.missed ?? []) as string[]);
}

function recordMissing(db: Queryable, { id, serviceId, region }: EndpointService, at: Date) {
  const problem = `AWS shows no service ${serviceId} in ${region}.`;
  return endpointServices.recordMissing(db, id, problem, at);
}

function marksOf(services: EndpointService[], facts: ServiceFacts[]) {
  const markOf = new Map(facts.map(({ serviceId, mark }) => [serviceId, mark]));
  return services.flatMap(({ id, serviceId }) => {
    const mark = serviceId === null ? undefined : markOf.get(serviceId);
    return mark === undefined ? [] : [{ endpointServiceId: id, mark }];
  });
}

function markOfCreated({ clientToken, mark }: Created) {
  return { endpointServiceId: clientToken, mark };
}

/** A region that cannot be read is told on each of its services, and the run fails. */
async function observe(run: Run, port: EndpointServicePort, services: EndpointService[]) {
  try {
    return await port.listServices(run.signal);
  } catch (error) {
    if (!(error instanceof AwsError) || error.kind === 'aborted') throw error;
    const problem = `AWS could not be asked: ${error.code}: ${error.message}`;
    await record(run, async (db) => {
      for (const { id } of services) await endpointServices.recordProblem(db, id, problem);
    });
    throw error;
  }
}

type Created = ServiceFacts & { clientToken: string };

interface Creations {
  created: Created[];
  /** An error that time may mend; what AWS refuses is only told. */
  failed: AwsError | null;
}

/** Our own id is the client token, so that a creation whose answer was lost is not made twice. */
async function createWanted(
  run: Run,
  port: EndpointServicePort,
  services: EndpointService[],
): Promise<Creations> {
  const creations: Creations = { created: [], failed: null };
  for (const service of services.filter(isToCreate)) {
    const { id: clientToken, name, networkLoadBalancerArns } = service;
    const request = { clientToken, name, networkLoadBalancerArns };
    let mark = '';
    try {
      const fact = await perform(run, {
        action: 'create_service',
        request,
        service: null,
        creates: service.id,
        holds: (db) => isStillToCreate(db, service.id),
        before: async (db) => {
          mark = await markOfCreation(run, db, service.id);
        },
        call: (signal) => port.createService({ ...request, mark }, signal),
      });
      creations.created.push({ ...fact, clientToken });
    } catch (error) {
      if (!(error instanceof AwsError) || error.kind === 'aborted') throw error;
      const problem = `AWS did not create the service: ${error.code}: ${error.message}`;
      await record(run, (db) => endpointServices.recordProblem(db, service.id, problem));
      if (error.kind === 'throttled' || error.kind === 'unavailable') creations.failed = error;
    }
  }
  return creations;
}

function isToCreate(service: EndpointService): boolean {
  return service.serviceId === null && standstill(service) === null;
}

async function isStillToCreate(db: Queryable, id: string): Promise<boolean> {
  const service = await endpointServices.find(db, id);
  return service !== null && isToCreate(service);
}

function observation({ serviceId, serviceName, ...observed }: ServiceFacts) {
  const { state, acceptanceRequired, availabilityZoneIds, networkLoadBalancerArns, privateDns } =
    observed;
  return {
    serviceId,
    serviceName,
    observed: {
      state,
      acceptanceRequired,
      availabilityZoneIds,
      networkLoadBalancerArns,
      privateDns,
    },
  };
}
