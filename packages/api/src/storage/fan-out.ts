// Grants and accounts fan out to principals: what changed there wakes the services concerned.

import type { EndpointService } from '../domain/endpoint-service.ts';
import { connectionsTarget, principalsTarget } from '../domain/target.ts';
import * as endpointServices from './endpoint-services.ts';
import * as grants from './grants.ts';
import * as principals from './principals.ts';
import * as targets from './targets.ts';
import type { IdKind } from '../domain/ids.ts';
import type { Queryable } from './postgres/database.ts';

interface FanOut {
  db: Queryable;
  now: Date;
  makeId: (kind: IdKind) => string;
}

/** After a change of what the customer's grants want, on every service that it has grants on. */
export async function nudgeServicesOf(context: FanOut, customerId: string): Promise<void> {
  await nudgeServices(context, await grants.serviceIdsOf(context.db, customerId));
}

/**
 * Wakes what looks after these services' allowlists and connections, before rows are locked:
 * targets come before rows, as workers lock them, so that neither waits for the other. Of the
 * connections, those that may be waiting are looked at: the whole list of a region may be long.
 */
export async function wakeServices({ db, now }: FanOut, ids: string[]): Promise<void> {
  const found = await present(db, ids);
  const regions = new Map(found.map((service) => [connectionsTarget(service).key, service]));
  for (const [, service] of [...regions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await targets.hint(db, connectionsTarget(service), now);
  }
  await targets.nudge(
    db,
    found.map(({ id }) => principalsTarget(id)),
    now,
  );
}

/** Has the allowlists of these services, and all connections of their regions, read in full. */
export async function readServices({ db, now }: Omit<FanOut, 'makeId'>, ids: string[]) {
  const found = await present(db, ids);
  const names = found.flatMap((one) => [principalsTarget(one.id), connectionsTarget(one)]);
  await targets.nudge(db, names, now);
}

/**
 * Gives new wanted principals their rows, and wakes what looks after them and their connections.
 */
export async function nudgeServices(context: FanOut, ids: string[]): Promise<void> {
  const { db, now, makeId } = context;
  await wakeServices(context, ids);
  await principals.addWanted(db, ids, () => makeId('principal'), now);
}

async function present(db: Queryable, ids: string[]): Promise<EndpointService[]> {
  const found: EndpointService[] = [];
  for (const id of ids) {
    const service = await endpointServices.find(db, id);
    if (service) found.push(service);
  }
  return found;
}
