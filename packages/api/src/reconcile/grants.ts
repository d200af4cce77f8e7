// One grant that has an end. At that time its principals leave the allowlist; that nothing new is
// let in from then on is policy, and waits for no worker. What is up stays.

import { hasEnded } from '../domain/grant.ts';
import { nudgeServices, wakeServices } from '../storage/fan-out.ts';
import * as grants from '../storage/grants.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { audit, nothingLeft, type Outcome, type Run } from './run.ts';

export async function reconcileGrant(run: Run): Promise<Outcome> {
  const grant = await grants.find(run.db, run.lease.key, null);
  if (!grant?.expiresAt || grant.expiredAt) return nothingLeft;
  const { id, endpointServiceId, expiresAt } = grant;
  const dueInMs = expiresAt.getTime() - run.now().getTime();
  if (dueInMs > 0) return { report: { expiresAt }, dueInMs };
  // Not as a transaction of the lease, whose target would be locked before those of the service.
  await run.db.transaction((db) => end(run, db, { id, endpointServiceId }));
  return nothingLeft;
}

async function end(
  run: Run,
  db: Queryable,
  { id, endpointServiceId }: { id: string; endpointServiceId: string },
): Promise<void> {
  const { makeId } = run;
  const at = run.now();
  await wakeServices({ db, now: at, makeId }, [endpointServiceId]);
  await grants.lock(db, id);
  // Meanwhile somebody may have given it more time, or another worker may have ended it.
  const grant = await grants.find(db, id, null);
  if (!grant || grant.expiredAt || !hasEnded(grant, at)) return;
  await grants.update(db, id, { expiredAt: at, updatedAt: at });
  await nudgeServices({ db, now: at, makeId }, [endpointServiceId]);
  await audit(run, db, {
    action: 'expireGrant',
    subjectId: id,
    customerId: grant.customerId,
    before: { expiredAt: null },
    after: { expiresAt: grant.expiresAt, expiredAt: at },
  });
}
