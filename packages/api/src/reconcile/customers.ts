// One customer that leaves: waits for its principals to go, has its connections rejected, and ends
// only on reads of AWS that show nothing of it.

import type { Connection } from '../domain/connection.ts';
import { nextOffboardingStep, type Customer } from '../domain/customer.ts';
import { connectionsTarget, type TargetName } from '../domain/target.ts';
import * as accounts from '../storage/accounts.ts';
import * as connections from '../storage/connections.ts';
import * as customers from '../storage/customers.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import { nudgeServices } from '../storage/fan-out.ts';
import * as operations from '../storage/operations.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as targets from '../storage/targets.ts';
import { audit, nothingLeft, record, type Outcome, type Run } from './run.ts';

const lookAgainMs = 1_000;
const wakeAgainMs = 5_000;

export async function reconcileCustomer(run: Run): Promise<Outcome> {
  return record(run, async (db) => {
    const customer = await customers.find(db, run.lease.key, null);
    if (customer?.state !== 'offboarding') return nothingLeft;
    const remains = await customers.remains(db, customer);
    const next = nextOffboardingStep(remains);
    if (next.step === 'done') {
      await finish(run, db, customer.id);
      return nothingLeft;
    }
    if (next.step === 'reject') await rejectAll(run, db, next.connectionIds, customer.id);
    else await tell(run, db, customer.id, `Waiting for ${next.waitingFor}.`);
    const wokenAt = await wakeUnread(run, db, customer);
    return { report: { step: next, wokenAt }, dueInMs: lookAgainMs };
  });
}

/** Not at every look: a target that fails is to keep the longer and longer pauses that it takes. */
async function wakeUnread(run: Run, db: Queryable, customer: Customer): Promise<unknown> {
  const now = run.now();
  const wokenAt = run.lease.report?.wokenAt;
  if (typeof wokenAt === 'string' && now.getTime() - Date.parse(wokenAt) < wakeAgainMs) {
    return wokenAt;
  }
  const unread = await customers.unreadServiceIds(db, customer);
  await nudgeServices({ db, now, makeId: run.makeId }, unread);
  return now.toISOString();
}

async function rejectAll(run: Run, db: Queryable, ids: string[], customerId: string) {
  const live: Connection[] = [];
  const woken: TargetName[] = [];
  for (const id of ids) {
    const connection = await connections.find(db, id, null);
    const service = connection && (await endpointServices.find(db, connection.endpointServiceId));
    if (!service) continue;
    live.push(connection);
    woken.push(connectionsTarget(service));
  }
  // Targets before rows, as the worker of the connections locks them.
  await targets.nudge(db, woken, run.now());
  for (const connection of live) await reject(run, db, connection, customerId);
}

async function reject(run: Run, db: Queryable, connection: Connection, customerId: string) {
  const reason = 'The customer leaves.';
  const decidedBy = `worker:${run.lease.kind}`;
  await connections.decide(db, connection.id, { decision: 'reject', decidedBy, reason });
  await audit(run, db, {
    action: 'rejectConnection',
    subjectId: connection.id,
    customerId,
    reason,
    before: { decision: connection.decision },
    after: { decision: 'reject' },
  });
}

async function finish(run: Run, db: Queryable, customerId: string): Promise<void> {
  const at = run.now();
  await customers.setState(db, customerId, 'offboarded', at);
  for (const { id, standing } of await accounts.releaseAll(db, customerId, at)) {
    await audit(run, db, {
      action: 'releaseAccount',
      subjectId: id,
      customerId,
      reason: 'The customer has left.',
      before: { standing },
      after: { standing: 'claimed' },
    });
  }
  await audit(run, db, {
    action: 'finishOffboarding',
    subjectId: customerId,
    customerId,
    before: { state: 'offboarding' },
    after: { state: 'offboarded' },
  });
  const message =
    'No principal and no live connection is left; AWS was read after the last change.';
  const of = { kind: 'offboard_customer', subjectId: customerId } as const;
  await operations.finishRunning(db, of, { state: 'succeeded', message }, at);
}

async function tell(run: Run, db: Queryable, customerId: string, message: string): Promise<void> {
  const operation = await operations.findRunning(db, 'offboard_customer', customerId);
  if (operation) await operations.report(db, operation.id, message, run.now());
}
