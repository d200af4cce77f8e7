// One customer that leaves: waits for its principals to go, has its connections rejected, and ends
// only on reads of AWS that show nothing of it.

import { nextOffboardingStep } from '../domain/customer.ts';
import { connectionsTarget } from '../domain/target.ts';
import * as accounts from '../storage/accounts.ts';
import * as connections from '../storage/connections.ts';
import * as customers from '../storage/customers.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import { nudgeServicesOf } from '../storage/fan-out.ts';
import * as operations from '../storage/operations.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as targets from '../storage/targets.ts';
import { audit, nothingLeft, record, type Outcome, type Run } from './run.ts';

const lookAgainMs = 1_000;

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
    if (next.step === 'reject') {
      for (const id of next.connectionIds) await reject(run, db, id, customer.id);
    } else {
      await tell(run, db, customer.id, `Waiting for ${next.waitingFor}.`);
      if (!remains.readSince) await nudgeServicesOf(inTransaction(run, db), customer.id);
    }
    return { report: { step: next }, dueInMs: lookAgainMs };
  });
}

async function reject(run: Run, db: Queryable, id: string, customerId: string): Promise<void> {
  const connection = await connections.find(db, id, null);
  const service = connection && (await endpointServices.find(db, connection.endpointServiceId));
  if (!service) return;
  const reason = 'The customer leaves.';
  const decidedBy = `worker:${run.lease.kind}`;
  await connections.decide(db, id, { decision: 'reject', decidedBy, reason });
  await targets.nudge(db, [connectionsTarget(service)], run.now());
  await audit(run, db, {
    action: 'rejectConnection',
    subjectId: id,
    customerId,
    reason,
    before: { decision: connection.decision },
    after: { decision: 'reject' },
  });
}

async function finish(run: Run, db: Queryable, customerId: string): Promise<void> {
  const at = run.now();
  await customers.setState(db, customerId, 'offboarded', at);
  await accounts.releaseAll(db, customerId, at);
  await audit(run, db, {
    action: 'finishOffboarding',
    subjectId: customerId,
    customerId,
    before: { state: 'offboarding' },
    after: { state: 'offboarded' },
  });
  const operation = await operations.findRunning(db, 'offboard_customer', customerId);
  if (!operation) return;
  const message =
    'No principal and no live connection is left; AWS was read after the last change.';
  await operations.finish(db, operation.id, { state: 'succeeded', message }, at);
}

async function tell(run: Run, db: Queryable, customerId: string, message: string): Promise<void> {
  const operation = await operations.findRunning(db, 'offboard_customer', customerId);
  if (operation) await operations.report(db, operation.id, message, run.now());
}

function inTransaction(run: Run, db: Queryable) {
  return { db, now: run.now(), makeId: run.makeId };
}
