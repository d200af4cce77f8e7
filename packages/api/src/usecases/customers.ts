// Customers: created, found and changed. How they stand aside and leave is in suspensions.ts and
// offboardings.ts.

import type { Contact, Customer, CustomerState } from '../domain/customer.ts';
import { refuse, refuseInput } from '../domain/errors.ts';
import { kindOfId } from '../domain/ids.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import * as storage from '../storage/customers.ts';
import * as targets from '../storage/targets.ts';
import { audit } from './audit.ts';
import { tenant, type Context } from './context.ts';
import { difference, existing, held } from './existing.ts';
import { sinceOf } from './filters.ts';

/** Of a customer that is not suspended. */
export const standsFirm = {
  suspendedSince: null,
  suspensionPolicy: null,
  suspensionReason: null,
} as const;

export interface NewCustomer {
  externalId: string;
  name: string;
  metadata?: Record<string, string>;
  contacts?: Contact[];
  requiredRole?: string | null;
}

export async function create(context: Context, input: NewCustomer): Promise<Customer> {
  if (kindOfId(input.externalId)) {
    const detail = 'An external_id must not look like an id (`cus_…`): it would be taken for one.';
    throw refuseInput({ pointer: '/external_id' }, detail);
  }
  const namesake = await storage.find(context.db, input.externalId, null);
  if (namesake) {
    const state = namesake.state === 'active' ? '' : `; it is ${namesake.state}`;
    throw refuse('already_exists', `There is a customer "${input.externalId}" already${state}.`, {
      command: `sallyport customers get ${namesake.id}`,
    });
  }
  const customer: Customer = {
    id: context.makeId('customer'),
    externalId: input.externalId,
    name: input.name,
    state: 'active',
    metadata: input.metadata ?? {},
    contacts: input.contacts ?? [],
    requiredRole: input.requiredRole ?? null,
    ...standsFirm,
    offboardingSince: null,
    offboardingPolicy: null,
    drainUntil: null,
    createdAt: context.now,
    updatedAt: context.now,
  };
  await storage.insert(context.db, customer);
  await audit(context, {
    action: 'createCustomer',
    subjectId: customer.id,
    customerId: customer.id,
    after: customer,
  });
  return get(context, customer.id);
}

export async function list(
  context: Context,
  filter: { state?: CustomerState | undefined; updatedSince?: string | undefined },
  page: PageRequest,
): Promise<Page<Customer>> {
  const { state } = filter;
  const updatedSince = sinceOf(filter.updatedSince, 'updated_since');
  return toPage(await storage.list(context.db, { state, updatedSince }, page), page.limit);
}

export async function get(context: Context, key: string): Promise<Customer> {
  const own = tenant(context);
  const command = own === null ? undefined : 'sallyport auth status';
  return existing(await storage.find(context.db, key, own), 'customer', key, command);
}

/** A customer for whom something new may be set up. @throws Refusal `customer_not_active` */
export async function getActive(context: Context, key: string): Promise<Customer> {
  const customer = await get(context, key);
  if (customer.state === 'active') return customer;
  throw refuse('customer_not_active', `Customer ${customer.id} is ${customer.state}.`, {
    command: `sallyport customers get ${customer.id}`,
  });
}

export async function update(
  context: Context,
  key: string,
  wanted: Partial<Pick<Customer, 'name' | 'metadata' | 'contacts' | 'requiredRole'>>,
): Promise<Customer> {
  const before = await getHeld(context, key);
  const changes = difference(before, wanted);
  if (!changes) return before;
  const after = { ...before, ...changes, updatedAt: context.now };
  await storage.update(context.db, before.id, { ...changes, updatedAt: context.now });
  await audit(context, {
    action: 'updateCustomer',
    subjectId: before.id,
    customerId: before.id,
    before,
    after,
  });
  // As it is read from now on: the database has an order of its own for members of JSON.
  return get(context, before.id);
}

/** The customer as it will stay until the transaction ends. */
export function getHeld(context: Context, key: string): Promise<Customer> {
  const lock = (id: string) => storage.lock(context.db, id);
  return held(context, key, (name) => get(context, name), lock);
}

/** Likewise, with its worker woken first: targets before rows, as workers lock them. */
export async function getHeldToLeave(context: Context, key: string): Promise<Customer> {
  const { id } = await get(context, key);
  await targets.nudge(context.db, [{ kind: 'customer', key: id }], context.now);
  return getHeld(context, id);
}
