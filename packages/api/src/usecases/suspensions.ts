// A customer that is to stand aside for a while, and its return.

import type { Customer, SuspensionPolicy } from '../domain/customer.ts';
import { refuse, type Refusal } from '../domain/errors.ts';
import type { Operation } from '../domain/operation.ts';
import * as storage from '../storage/customers.ts';
import { nudgeServicesOf } from '../storage/fan-out.ts';
import * as operationRows from '../storage/operations.ts';
import * as revocations from '../storage/revocations.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import * as customers from './customers.ts';
import { difference } from './existing.ts';
import * as operations from './operations.ts';
import { returnRejects, withdrawAccepts } from './revocations.ts';

export interface NewSuspension {
  reason: string;
  /** What it takes away; as it is when it is suspended already, else `keep`. */
  policy?: SuspensionPolicy;
}

/**
 * From now on nothing new is accepted. Suspending again under the same terms changes nothing; its
 * operation then tells that AWS has been looked at anew.
 * @throws Refusal `invalid_state_transition`
 */
export async function suspend(
  context: Context,
  key: string,
  { reason, policy }: NewSuspension,
): Promise<Operation> {
  const before = await customers.getHeldToLeave(context, key);
  if (before.state !== 'active' && before.state !== 'suspended') {
    throw refuse('invalid_state_transition', `Customer ${before.id} is ${before.state}.`);
  }
  const operation = await operations.start(context, {
    kind: 'suspend_customer',
    subjectId: before.id,
    customerId: before.id,
    message: 'Waiting for a worker to stop what is new.',
  });
  const terms = {
    state: 'suspended',
    suspensionPolicy: policy ?? before.suspensionPolicy ?? 'keep',
    suspensionReason: reason,
  } as const;
  if (!difference<Customer>(before, terms)) return operation;
  const after = { ...terms, suspendedSince: context.now, updatedAt: context.now };
  await storage.update(context.db, before.id, after);
  await nudgeServicesOf(context, before.id);
  await withdrawAccepts(context, before.id, 'The customer is suspended.');
  if (terms.suspensionPolicy !== 'reject') await returnRejects(context, before.id);
  await audit(context, {
    action: 'suspendCustomer',
    subjectId: before.id,
    customerId: before.id,
    reason,
    before: { state: before.state, suspensionPolicy: before.suspensionPolicy },
    after: { state: terms.state, suspensionPolicy: terms.suspensionPolicy },
  });
  return operation;
}

/** A customer that is back, and what does not come back with it. */
export interface Resumption extends Customer {
  rejectedConnectionIds: string[];
}

/**
 * Brings back what its grants want. A connection that was rejected never comes back; one whose
 * reject was not sent yet stays. Resuming an active customer changes nothing.
 * @throws Refusal `invalid_state_transition`
 */
export async function resume(context: Context, key: string): Promise<Resumption> {
  const before = await customers.getHeld(context, key);
  if (before.state === 'active') return withRejected(context, before);
  if (before.state !== 'suspended') throw noWayBack(before);
  const change = { state: 'active', ...customers.standsFirm, updatedAt: context.now } as const;
  await storage.update(context.db, before.id, change);
  await nudgeServicesOf(context, before.id);
  await returnRejects(context, before.id);
  await endSuspension(context, before.id, 'The customer was resumed first.');
  const after = await withRejected(context, { ...before, ...change });
  await audit(context, {
    action: 'resumeCustomer',
    subjectId: before.id,
    customerId: before.id,
    before: { state: before.state, suspensionPolicy: before.suspensionPolicy },
    after: { state: after.state, rejectedConnectionIds: after.rejectedConnectionIds },
  });
  return after;
}

function noWayBack({ id, state }: Customer): Refusal {
  const detail = `Customer ${id} is ${state}, and there is no way back from leaving.`;
  if (state !== 'offboarding') {
    return refuse(
      'invalid_state_transition',
      `${detail} Create it anew, under another external_id.`,
    );
  }
  const kept = `${detail} Under \`keep\`, its connections that still live are left alone.`;
  const command = `sallyport customers offboard ${id} --policy keep`;
  return refuse('invalid_state_transition', kept, { command });
}

/** Whoever waits for the suspension to have its effect is told that it will not. */
export function endSuspension(context: Context, id: string, message: string): Promise<void> {
  return operationRows.finishRunning(
    context.db,
    { kind: 'suspend_customer', subjectId: id },
    { state: 'failed', message, errorCode: 'invalid_state_transition' },
    context.now,
  );
}

async function withRejected(context: Context, customer: Customer): Promise<Resumption> {
  const rejectedConnectionIds = await revocations.rejectedOf(context.db, customer.id);
  return { ...customer, rejectedConnectionIds };
}
