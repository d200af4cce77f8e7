// The marks that AWS shows, heeded: what they say against this database puts it, or the service,
// into quarantine. Nothing that AWS shows ends one: that is an operator's decision.

import {
  databaseQuarantine,
  judgeMark,
  strangerMark,
  type DatabaseQuarantine,
  type Deployment,
} from '../domain/deployment.ts';
import * as deployments from '../storage/deployments.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as serviceMarks from '../storage/service-marks.ts';
import { audit, type Run } from './run.ts';

export interface SeenMark {
  endpointServiceId: string;
  /** Null when AWS shows none: the next change writes ours. */
  mark: string | null;
}

/**
 * To be called in the transaction that records the read, before it writes to services. The epoch is
 * asked here, after the read: a mark that another worker of ours has written meanwhile is not above
 * it. The held id keeps a confirmation out, which changes what is accepted.
 */
export async function heedMarks(run: Run, db: Queryable, seen: SeenMark[]): Promise<void> {
  const deployment = await deployments.hold(db);
  if (!deployment) throw new Error('No worker has arrived at this database.');
  const markOf = new Map(seen.map(({ endpointServiceId, mark }) => [endpointServiceId, mark]));
  const services = await serviceMarks.list(db, [...markOf.keys()]);
  const strange = services.flatMap((service): Strange[] => {
    const mark = markOf.get(service.id) ?? null;
    const verdict = judgeMark(mark, deployment, service.acceptedMarks);
    return mark !== null && verdict ? [{ service, mark, verdict }] : [];
  });
  const reason = strange.some(({ verdict }) => verdict === 'older_database')
    ? 'older_database'
    : databaseQuarantine(deployment);
  if (reason && services.some(({ quarantine }) => quarantine === null)) {
    await quarantineDatabase(run, db, deployment, reason);
  }
  await recordStrange(run, db, strange);
}

interface Strange {
  service: serviceMarks.ServiceMark;
  mark: string;
  verdict: 'another_deployment' | 'older_database';
}

/** One mark that is ahead of us tells that all of this database is old, and not one row of it. */
async function quarantineDatabase(
  run: Run,
  db: Queryable,
  { id, quarantine }: Deployment,
  reason: DatabaseQuarantine,
): Promise<void> {
  await deployments.quarantine(db, quarantine ?? reason, run.now());
  if (quarantine) return;
  await audit(run, db, {
    action: 'quarantineDeployment',
    subjectId: id,
    before: { quarantine: null },
    after: { quarantine: reason },
  });
}

async function recordStrange(run: Run, db: Queryable, strange: Strange[]): Promise<void> {
  const news = strange
    .map((item) => ({ ...item, mark: strangerMark(item.service.strangeMark, item.mark) }))
    .filter(({ service, mark }) => service.quarantine === null || service.strangeMark !== mark);
  if (news.length === 0) return;
  await serviceMarks.lock(
    db,
    news.map(({ service }) => service.id),
  );
  for (const { service, mark, verdict } of news) {
    await serviceMarks.recordStrange(db, service.id, mark, verdict);
    if (service.quarantine !== null || verdict === 'older_database') continue;
    await audit(run, db, {
      action: 'quarantineEndpointService',
      subjectId: service.id,
      before: { quarantine: null },
      after: { quarantine: verdict, mark },
    });
  }
}
