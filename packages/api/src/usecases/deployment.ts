// The deployment as a whole: whether this database may change anything, and an operator's word that
// it is the one that shall.

import {
  acceptMark,
  databaseQuarantine,
  readMark,
  type DatabaseQuarantine,
  type Deployment,
} from '../domain/deployment.ts';
import { quarantines, type Quarantine } from '../domain/endpoint-service.ts';
import { serviceTargets } from '../domain/target.ts';
import * as storage from '../storage/deployments.ts';
import * as serviceMarks from '../storage/service-marks.ts';
import * as targets from '../storage/targets.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';

export interface DeploymentStatus {
  /** Null before a worker has ever started on this database. */
  id: string | null;
  state: 'new' | 'ready' | DatabaseQuarantine;
  quarantinedSince: Date | null;
  /** How many services are in each quarantine. */
  quarantined: Record<Quarantine, number>;
}

export async function get(context: Context): Promise<DeploymentStatus> {
  const deployment = await storage.find(context.db);
  return statusOf(deployment, await quarantined(context));
}

/**
 * From now on this database, where it is, manages its services: under a new id, so that the one it
 * was copied of finds a stranger's mark after our first change. The marks that AWS has shown are
 * accepted as far as they have been seen, and no further.
 */
export async function confirm(
  context: Context,
  { reason }: { reason: string },
): Promise<DeploymentStatus> {
  const before = await get(context);
  if (isConfirmed(before)) return before;
  // Targets before rows, as workers lock them, so that neither waits for the other.
  const all = (await serviceMarks.places(context.db)).flatMap(serviceTargets);
  await targets.nudge(context.db, all, context.now);
  const deployment = await storage.lock(context.db);
  const held = statusOf(deployment, await quarantined(context));
  if (!deployment || isConfirmed(held)) return held;
  const id = context.makeId('deployment');
  await acceptAll(context, deployment, id);
  const after = await get(context);
  await audit(context, {
    action: 'confirmDeployment',
    subjectId: id,
    reason,
    before: { ...held, home: deployment.home },
    after: { ...after, home: deployment.here },
  });
  return after;
}

async function acceptAll({ db }: Context, deployment: Deployment, id: string): Promise<void> {
  const { id: deploymentId, epoch } = deployment;
  const services = await serviceMarks.lockAll(db);
  const strange = services.flatMap(({ strangeMark }) => strangeMark ?? []).map(readMark);
  await serviceMarks.accept(
    db,
    services.map(({ id: serviceId, acceptedMarks, strangeMark }) => {
      const own = acceptMark(acceptedMarks, { deploymentId, epoch });
      const marks = strangeMark === null ? own : acceptMark(own, readMark(strangeMark));
      return { id: serviceId, acceptedMarks: marks };
    }),
  );
  const highest = Math.max(epoch, ...strange.map((mark) => mark.epoch));
  await storage.rename(db, { id, epoch: highest });
}

function isConfirmed({ state, quarantined: counts }: DeploymentStatus): boolean {
  if (state === 'new') return true;
  return state === 'ready' && Object.values(counts).every((count) => count === 0);
}

async function quarantined({ db }: Context): Promise<DeploymentStatus['quarantined']> {
  const none = Object.fromEntries(quarantines.map((name) => [name, 0]));
  const counted = (await serviceMarks.counts(db)).map(({ quarantine, count }) => [
    quarantine,
    count,
  ]);
  return { ...none, ...Object.fromEntries(counted) } as DeploymentStatus['quarantined'];
}

function statusOf(
  deployment: Deployment | null,
  counts: DeploymentStatus['quarantined'],
): DeploymentStatus {
  return {
    id: deployment?.id ?? null,
    state: deployment ? (databaseQuarantine(deployment) ?? 'ready') : 'new',
    quarantinedSince: deployment?.quarantinedSince ?? null,
    quarantined: counts,
  };
}
