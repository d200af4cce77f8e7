// A worker arrives at a database: it finds out whether the database is where it belongs, and has
// every service read before anything is changed.

import {
  databaseQuarantine,
  type DatabaseQuarantine,
  type Deployment,
} from '../domain/deployment.ts';
import type { IdKind } from '../domain/ids.ts';
import { alarmsTarget, cleaningTarget, configurationsTarget } from '../domain/target.ts';
import * as auditEntries from '../storage/audit-entries.ts';
import * as deployments from '../storage/deployments.ts';
import type { Database, Queryable } from '../storage/postgres/database.ts';
import * as serviceMarks from '../storage/service-marks.ts';
import * as targets from '../storage/targets.ts';

export interface Arrival {
  db: Database;
  now: () => Date;
  makeId: (kind: IdKind) => string;
  /** Whether no other process can be at work on this database, so that no lease means anything. */
  alone?: boolean;
}

/** A process that has just started has more urgent things to do. */
const firstCleaningMs = 3_600_000;
/** AWS has to be read before its drift can be told. */
const firstAlarmsMs = 60_000;

/**
 * To be called once by every process with a worker, before the worker starts.
 * @returns why nothing will be changed in AWS, or null
 */
export async function arrive(arrival: Arrival): Promise<DatabaseQuarantine | null> {
  const { db, now, makeId, alone = false } = arrival;
  if (alone) await targets.releaseAll(db);
  const quarantine = await db.transaction(async (tx) => {
    await deployments.settle(tx, makeId('deployment'));
    const deployment = (await deployments.lock(tx))!;
    const reason = databaseQuarantine(deployment);
    if (reason && !deployment.quarantine) await quarantineNow(arrival, tx, deployment, reason);
    return reason;
  });
  // In a transaction of its own, as workers lock targets before the deployment.
  await targets.nudge(db, (await serviceMarks.places(db)).map(configurationsTarget), now());
  await targets.add(db, alarmsTarget, new Date(now().getTime() + firstAlarmsMs));
  await targets.add(db, cleaningTarget, new Date(now().getTime() + firstCleaningMs));
  return quarantine;
}

async function quarantineNow(
  { now, makeId }: Arrival,
  db: Queryable,
  { id, home, here }: Deployment,
  reason: DatabaseQuarantine,
): Promise<void> {
  await deployments.quarantine(db, reason, now());
  await auditEntries.insert(db, {
    id: makeId('auditEntry'),
    at: now(),
    actor: 'worker:arrival',
    action: 'quarantineDeployment',
    subjectId: id,
    customerId: null,
    reason: null,
    changeRef: null,
    before: { quarantine: null, home },
    after: { quarantine: reason, home: here },
    requestId: null,
  });
}
