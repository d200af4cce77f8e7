// Grants and accounts fan out to principals: what changed there wakes the services concerned.

import { connectionsTarget, principalsTarget, type TargetName } from '../domain/target.ts';
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
 * targets come before rows, as workers lock them, so that neither waits for the other.
 */
export async function wakeServices({ db, now }: FanOut, ids: string[]): Promise<void> {
  const woken: TargetName[] = [];
  for (const id of ids) {
    const service = await endpointServices.find(db, id);
    if (service) woken.push(principalsTarget(id), connectionsTarget(service));
  }
  await targets.nudge(db, woken, now);
}

/**
 * Gives new wanted principals their rows, and wakes what looks after them and their connections.
 */
export async function nudgeServices(context: FanOut, ids: string[]): Promise<void> {
  const { db, now, makeId } = context;
  await wakeServices(context, ids);
  await principals.addWanted(db, ids, () => makeId('principal'), now);
}
