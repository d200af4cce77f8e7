// A change that is only tried: done, looked at for what would follow of it in AWS, and undone.

import { endingOf as endingOfCustomer, takesNothing } from '../domain/customer.ts';
import { planConnections } from '../domain/connection.ts';
import { endingOf, isOver, standstill, type EndpointService } from '../domain/endpoint-service.ts';
import { admitInOrder } from '../domain/grant.ts';
import { plannedChanges, type Due, type PlannedChange } from '../domain/planned-change.ts';
import { doable, planPrincipals } from '../domain/principal.ts';
import { nextPrivateDnsStep, type PrivateDnsStep } from '../domain/private-dns.ts';
import { parseRegionKey, type TargetName } from '../domain/target.ts';
import * as admissions from '../storage/admissions.ts';
import * as connections from '../storage/connections.ts';
import * as customers from '../storage/customers.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as principals from '../storage/principals.ts';
import * as privateDns from '../storage/private-dns.ts';
import * as retirements from '../storage/retirements.ts';
import * as targets from '../storage/targets.ts';

/** Services whose allowlists are looked at; a change that concerns more tells of these. */
const servicesMax = 100;

/**
 * Works, and takes it back within the transaction, which may go on.
 * @returns what came of the work, and which changes of AWS would follow by what was last observed
 */
export async function tryOut<Result>(
  db: Queryable,
  { requestId, now }: { requestId: string; now: Date },
  work: () => Promise<Result>,
): Promise<{ result: Result; changes: PlannedChange[] }> {
  await db.query('SAVEPOINT trial');
  const result = await work();
  const woken = await targets.causedBy(db, requestId);
  const after = await dueOf(db, woken, now);
  await db.query('ROLLBACK TO SAVEPOINT trial');
  const before = await dueOf(db, woken, now);
  const changes = [...after].flatMap(([id, due]) => plannedChanges(before.get(id) ?? null, due));
  return { result, changes };
}

async function dueOf(db: Queryable, woken: TargetName[], now: Date): Promise<Map<string, Due>> {
  const own = byId(await servicesOf(db, woken));
  const all = new Map([...byId(await servicesOfRegions(db, woken)), ...own]);
  const asked = await decided(db, [...all.values()], now);
  const leaving = await leavingOf(db, woken, now);
  const found = new Map<string, Due>();
  for (const service of all.values()) {
    const { id } = service;
    const { accept = [], reject = [] } = asked.get(id) ?? {};
    const rest = own.has(id) ? await ownDue(db, service, now) : nothing;
    const rejected = [...new Set([...reject, ...rest.rejected, ...(leaving.get(id) ?? [])])];
    found.set(id, { service, accept, ...rest.due, reject: rejected });
  }
  return found;
}

/** What is due of a service besides what is decided of its connections. */
interface OwnDue {
  due: Omit<Due, 'service' | 'accept' | 'reject'>;
  /** Endpoints that a worker will reject. */
  rejected: string[];
}

const nothing: OwnDue = {
  due: { creation: null, add: [], remove: [], privateDns: { step: 'none' }, deletion: false },
  rejected: [],
};

const ofOneService = ['principals', 'private_dns', 'retirement'];

async function servicesOf(db: Queryable, woken: TargetName[]): Promise<EndpointService[]> {
  const named = woken.filter(({ kind }) => ofOneService.includes(kind)).map(({ key }) => key);
  const found: EndpointService[] = [];
  for (const id of [...new Set(named)].toSorted().slice(0, servicesMax)) {
    const service = await endpointServices.find(db, id);
    if (service) found.push(service);
  }
  return found;
}

/** Of decisions about connections their region is told, and a customer that leaves has some. */
async function servicesOfRegions(db: Queryable, woken: TargetName[]): Promise<EndpointService[]> {
  const found: EndpointService[] = [];
  for (const { kind, key } of woken) {
    if (kind !== 'connections') continue;
    const { providerAccountId, region } = parseRegionKey(key);
    found.push(...(await endpointServices.listInRegion(db, providerAccountId, region)));
  }
  return found;
}

type Decided = Pick<Due, 'accept' | 'reject'>;

async function decided(
  db: Queryable,
  services: EndpointService[],
  now: Date,
): Promise<Map<string, Decided>> {
  const open = services.filter((service) => endingOf(service) === null).map(({ id }) => id);
  const there = services.filter((service) => !isOver(service)).map(({ id }) => id);
  const present = await connections.listPresent(db, there);
  const waiting = new Set(
    admitInOrder(await admissions.candidates(db, open, 'look'), now).admitted.map(
      ({ vpcEndpointId }) => vpcEndpointId,
    ),
  );
  const grouped = Map.groupBy(present, ({ endpointServiceId }) => endpointServiceId);
  const found = [...grouped].map(([id, own]): [string, Decided] => {
    const { accept, reject } = planConnections(own);
    const admitted = own.filter(({ vpcEndpointId }) => waiting.has(vpcEndpointId));
    return [
      id,
      {
        accept: endpoints(open.includes(id) ? [...accept, ...admitted] : []),
        reject: endpoints(reject),
      },
    ];
  });
  return new Map(found);
}

/** What workers will decide of the connections of customers that leave or are suspended. */
async function leavingOf(
  db: Queryable,
  woken: TargetName[],
  now: Date,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { kind, key } of woken) {
    const customer = kind === 'customer' ? await customers.find(db, key, null) : null;
    const stays = !customer || customer.state === 'active' || customer.state === 'offboarded';
    if (stays || takesNothing(customer) || endingOfCustomer(customer, now) !== 'reject') continue;
    for (const { id, live } of (await customers.remains(db, customer)).connections) {
      const connection = live ? await connections.find(db, id, null) : null;
      if (!connection) continue;
      const { endpointServiceId, vpcEndpointId } = connection;
      found.set(endpointServiceId, [...(found.get(endpointServiceId) ?? []), vpcEndpointId]);
    }
  }
  return found;
}

async function ownDue(db: Queryable, service: EndpointService, now: Date): Promise<OwnDue> {
  const { id, name, networkLoadBalancerArns, serviceId, retiringSince, retiredAt } = service;
  const plan = doable(planPrincipals(await principals.facts(db, id)), service);
  const ends = retiringSince !== null && retiredAt === null;
  const left = ends ? (await retirements.leftovers(db, id)).connections : [];
  const isToCreate = serviceId === null && standstill(service) === null;
  const due = {
    creation: isToCreate ? { name, networkLoadBalancerArns } : null,
    add: plan.add,
    remove: plan.remove,
    privateDns: await dnsStep(db, service, now),
    deletion: ends,
  };
  return { due, rejected: endpoints(left) };
}

async function dnsStep(
  db: Queryable,
  service: EndpointService,
  now: Date,
): Promise<PrivateDnsStep> {
  const wanted = await privateDns.find(db, service.id);
  if (!wanted || isOver(service) || (wanted.name && endingOf(service))) return { step: 'none' };
  return nextPrivateDnsStep(wanted, service.observed?.privateDns ?? null, now);
}

function byId(services: EndpointService[]): Map<string, EndpointService> {
  return new Map(services.map((service) => [service.id, service]));
}

function endpoints(all: readonly { vpcEndpointId: string }[]): string[] {
  return all.map(({ vpcEndpointId }) => vpcEndpointId);
}
