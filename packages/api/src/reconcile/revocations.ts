// What policy takes back before it lets anybody in: accepts whose grounds have gone, accepts that
// landed all the same, and live connections of customers that have left.

import * as connections from '../storage/connections.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as revocations from '../storage/revocations.ts';
import { audit, type Run } from './run.ts';

export interface Revoked {
  /** Accepts that were late, and connections that are left behind: rejected from now on. */
  rejected: number;
  /** Connections whose accept is decided, and not to be sent. */
  groundless: ReadonlySet<string>;
}

/** In the transaction of the decisions, and before them. */
export async function revoke(
  run: Run,
  db: Queryable,
  endpointServiceIds: string[],
): Promise<Revoked> {
  const groundless = await withdrawGroundless(run, db, endpointServiceIds);
  const late = await revocations.lateAccepts(db, endpointServiceIds);
  for (const accept of late) await reverse(run, db, accept);
  const left = await revocations.leftBehind(db, endpointServiceIds);
  for (const connection of left) await cut(run, db, connection);
  return { rejected: late.length + left.length, groundless };
}

/** Somebody may have decided otherwise since, or what an accept rests on may have gone. */
export async function isStillDue(
  db: Queryable,
  due: { endpointServiceId: string; vpcEndpointIds: string[]; step: 'accept' | 'reject' },
): Promise<boolean> {
  const { endpointServiceId, vpcEndpointIds, step } = due;
  if (!(await connections.areDecided(db, endpointServiceId, vpcEndpointIds, step))) return false;
  return step === 'reject' || revocations.areGrounded(db, vpcEndpointIds);
}

/** Nothing is cut by this: an endpoint that AWS has not let in yet waits again. */
async function withdrawGroundless(
  run: Run,
  db: Queryable,
  endpointServiceIds: string[],
): Promise<ReadonlySet<string>> {
  const found = await revocations.groundlessAccepts(db, endpointServiceIds);
  const toWithdraw = found.filter(({ accepted }) => !accepted).map(({ id }) => id);
  await revocations.withdrawAccepts(db, toWithdraw, run.now());
  for (const id of toWithdraw) {
    await audit(run, db, {
      action: 'withdrawAccept',
      subjectId: id,
      reason: 'Its account has no standing, or its customer is not active.',
      before: { decision: 'accept' },
      after: { decision: 'undecided' },
    });
  }
  return new Set(found.map(({ id }) => id));
}

/** The milliseconds tell how long it may have been open, and how long it was seen to be. */
async function reverse(run: Run, db: Queryable, accept: revocations.LateAccept): Promise<void> {
  const reason = 'It was let in after its account had lost its standing.';
  await connections.decide(db, accept.id, { decision: 'reject', decidedBy: 'policy', reason });
  const now = run.now().getTime();
  await audit(run, db, {
    action: 'reverseLateAccept',
    subjectId: accept.id,
    reason,
    before: { decision: 'undecided' },
    after: {
      decision: 'reject',
      msSinceWithdrawn: now - accept.withdrawnAt.getTime(),
      msSinceSeen: now - accept.stateSince.getTime(),
    },
  });
}

async function cut(run: Run, db: Queryable, connection: revocations.LeftBehind): Promise<void> {
  const { id, decision, customerId, customerState } = connection;
  const reason =
    customerState === 'suspended' ? 'The customer is suspended.' : 'The customer has left.';
  await connections.decide(db, id, { decision: 'reject', decidedBy: 'policy', reason });
  await audit(run, db, {
    action: 'rejectConnection',
    subjectId: id,
    customerId,
    reason,
    before: { decision },
    after: { decision: 'reject', decidedBy: 'policy' },
  });
}
