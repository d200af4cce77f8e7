// How a customer leaves: looked at before and meanwhile, begun, and its terms changed.

import { endingOf, type Customer, type OffboardingPolicy } from '../domain/customer.ts';
import { refuse, refuseInput } from '../domain/errors.ts';
import { planLeaving, type LeavingPlan } from '../domain/leaving.ts';
import type { Operation } from '../domain/operation.ts';
import * as storage from '../storage/customers.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import { nudgeServicesOf } from '../storage/fan-out.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import * as customers from './customers.ts';
import { difference } from './existing.ts';
import { momentOf } from './moments.ts';
import * as operations from './operations.ts';
import { returnRejects, withdrawAccepts } from './revocations.ts';
import { endSuspension } from './suspensions.ts';

export interface OffboardingTerms {
  /** As it is when it is under way already, else `reject`. */
  policy?: OffboardingPolicy;
  /** RFC 3339; what `drain` needs, and nothing else takes. */
  drainUntil?: string;
}

/**
 * Begins the leaving, or gives the operation that is under way, perhaps on other terms from now on.
 * The worker does the rest.
 * @throws Refusal `invalid_state_transition`, `invalid_request`
 */
export async function offboard(
  context: Context,
  key: string,
  terms: OffboardingTerms = {},
): Promise<Operation> {
  const before = await customers.getHeldToLeave(context, key);
  if (before.state === 'offboarded') {
    throw refuse('invalid_state_transition', `Customer ${before.id} has left already.`);
  }
  const wanted = wantedTerms(context, before, terms);
  const operation = await operations.start(context, {
    kind: 'offboard_customer',
    subjectId: before.id,
    customerId: before.id,
    message: 'Waiting for the principals to leave the allowlists.',
  });
  if (!difference<Customer>(before, wanted)) return operation;
  if (before.state !== 'offboarding') await begin(context, before);
  await storage.update(context.db, before.id, { ...wanted, updatedAt: context.now });
  await nudgeServicesOf(context, before.id);
  if (wanted.offboardingPolicy === 'keep') await returnRejects(context, before.id);
  await audit(context, {
    action: 'offboardCustomer',
    subjectId: before.id,
    customerId: before.id,
    before: termsOf(before),
    after: wanted,
  });
  return operation;
}

/**
 * What is left of the customer by what AWS last showed, and what is done about it: as a preview
 * under this policy, or while it leaves under its own.
 */
export async function preview(
  context: Context,
  key: string,
  policy: OffboardingPolicy | undefined,
): Promise<LeavingPlan> {
  const customer = await customers.get(context, key);
  const leaves = customer.state === 'offboarding' || customer.state === 'offboarded';
  const own = leaves ? customer.offboardingPolicy : null;
  const offboardingPolicy = own ?? policy ?? 'reject';
  const { drainUntil } = customer;
  const remains = await storage.remains(context.db, customer);
  const drains = offboardingPolicy === 'drain' && !leaves;
  const terms = { ...customer, state: 'offboarding', offboardingPolicy } as const;
  const ending = drains ? 'wait' : endingOf(terms, context.now);
  const services = await servicesOf(context, [...remains.principals, ...remains.connections]);
  return {
    customerId: customer.id,
    state: customer.state,
    policy: offboardingPolicy,
    drainUntil,
    ...planLeaving(remains, services, ending),
  };
}

async function begin(context: Context, { id }: Customer): Promise<void> {
  await storage.setState(context.db, id, 'offboarding', context.now);
  await storage.update(context.db, id, customers.standsFirm);
  await withdrawAccepts(context, id, 'The customer leaves.');
  await endSuspension(context, id, 'The customer leaves.');
}

function termsOf({ state, offboardingPolicy, drainUntil }: Customer) {
  return { state, offboardingPolicy, drainUntil };
}

function wantedTerms(
  { now }: Context,
  before: Customer,
  { policy, drainUntil }: OffboardingTerms,
): ReturnType<typeof termsOf> {
  const state = 'offboarding';
  const offboardingPolicy = policy ?? before.offboardingPolicy ?? 'reject';
  const pointer = '/drain_until';
  const until = drainUntil === undefined ? before.drainUntil : momentOf(drainUntil, { pointer });
  const drains = offboardingPolicy === 'drain';
  if (drains && until === null) refuseDeadline('`drain` needs `drain_until`.');
  if (!drains && drainUntil !== undefined) refuseDeadline('Only `drain` takes `drain_until`.');
  const isNew = until?.getTime() !== before.drainUntil?.getTime();
  if (drains && isNew && until! <= now) refuseDeadline('`drain_until` must be in the future.');
  return { state, offboardingPolicy, drainUntil: drains ? until : null };
}

function refuseDeadline(detail: string): never {
  throw refuseInput({ pointer: '/drain_until' }, detail);
}

async function servicesOf(context: Context, items: { endpointServiceId: string }[]) {
  const ids = new Set(items.map(({ endpointServiceId }) => endpointServiceId));
  const found = [];
  for (const id of [...ids].toSorted()) found.push(await endpointServices.find(context.db, id));
  return found.filter((service) => service !== null);
}
