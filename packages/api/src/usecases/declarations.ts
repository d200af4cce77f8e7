// What a declarative tool says is to be, by natural keys: made when it is not there, changed when
// it differs, and left alone otherwise. What the declaration leaves out gets its default.

import type { Account, Partition } from '../domain/account.ts';
import type { Customer } from '../domain/customer.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import { refuse, refuseInput } from '../domain/errors.ts';
import { kindOfAwsKey } from '../domain/ids.ts';
import { serviceTargets } from '../domain/target.ts';
import * as accountRows from '../storage/accounts.ts';
import * as customerRows from '../storage/customers.ts';
import * as serviceRows from '../storage/endpoint-services.ts';
import * as accountStorage from '../storage/provider-accounts.ts';
import * as targets from '../storage/targets.ts';
import * as accounts from './accounts.ts';
import { tenant, type Context } from './context.ts';
import * as customers from './customers.ts';
import * as endpointServices from './endpoint-services.ts';
import { difference, existing, type ListedKind } from './existing.ts';
import * as grants from './grants.ts';
import { partsOfKey } from './natural-keys.ts';
import * as providerAccounts from './provider-accounts.ts';

export interface Declared<Resource> {
  resource: Resource;
  /** Whether it was not there before. */
  made: boolean;
}

/** By `external_id`. @throws Refusal `customer_not_active` for one that has left, or is leaving */
export async function putCustomer(
  context: Context,
  key: string,
  input: Omit<customers.NewCustomer, 'externalId'>,
): Promise<Declared<Customer>> {
  const found = await customerRows.find(context.db, key, null);
  if (!found) {
    return made(await customers.create(context, { externalId: newKey(key, 'customer'), ...input }));
  }
  if (found.state === 'offboarding' || found.state === 'offboarded') {
    throw refuse('customer_not_active', `Customer ${found.id} is ${found.state}.`, {
      command: `sallyport customers get ${found.id}`,
    });
  }
  const { name, metadata = {}, contacts = [], requiredRole = null } = input;
  const wanted = { name, metadata, contacts, requiredRole };
  return there(await customers.update(context, found.id, wanted));
}

/** By account number. */
export async function putProviderAccount(
  context: Context,
  key: string,
  input: Omit<providerAccounts.NewProviderAccount, 'accountId'>,
): Promise<Declared<providerAccounts.ShownProviderAccount>> {
  const found = await accountStorage.find(context.db, key);
  if (!found && kindOfAwsKey(key) !== 'account') existing(null, 'providerAccount', key);
  if (!found) return made(await providerAccounts.create(context, { ...input, accountId: key }));
  const defaults = { roleArn: null, externalId: null, hostedZones: [], notificationQueueArns: [] };
  return there(await providerAccounts.update(context, found.id, { ...defaults, ...input }));
}

export type ServiceDeclaration = Omit<
  endpointServices.NewEndpointService,
  'serviceId' | 'networkLoadBalancerArns'
>;

/**
 * By AWS's `vpce-svc-…`. Modes that are left out stay as they are: a file from before somebody
 * switched an aspect is no wish to switch it back.
 */
export async function putEndpointService(
  context: Context,
  key: string,
  input: ServiceDeclaration,
): Promise<Declared<EndpointService>> {
  const found = await serviceRows.find(context.db, key);
  if (!found && kindOfAwsKey(key) !== 'endpointService') existing(null, 'endpointService', key);
  if (!found) return made(await endpointServices.create(context, { ...input, serviceId: key }));
  await refuseToMove(context, found, input);
  const { name, onExternalRemoval = 'hold', modes = {} } = input;
  if (difference(found, { name, onExternalRemoval }) || difference(found.modes, modes)) {
    // All targets before the row, as workers lock them, so that neither waits for the other.
    await targets.nudge(context.db, serviceTargets(found), context.now);
  }
  await endpointServices.update(context, found.id, { name, onExternalRemoval });
  return there(await endpointServices.setModes(context, found.id, modes));
}

export type GrantDeclaration = Omit<
  grants.NewGrant,
  'customerId' | 'endpointServiceId' | 'connectionsMax'
> & { connectionsMax?: number | null };

/** By customer and service: `acme:vpce-svc-…`. */
export async function putGrant(
  context: Context,
  key: string,
  input: GrantDeclaration,
): Promise<Declared<grants.ShownGrant>> {
  const found = await grants.seek(context, key);
  const { connectionsMax = null, ...terms } = input;
  if (!found) {
    const [customerId, endpointServiceId] = existing(partsOfKey(key), 'grant', key);
    const limit = connectionsMax === null ? {} : { connectionsMax };
    return made(
      await grants.create(context, { customerId, endpointServiceId, ...terms, ...limit }),
    );
  }
  const defaults = {
    accountIds: [],
    roleNames: [],
    endpointRegions: [],
    dns: null,
    expiresAt: null,
  };
  const acceptance = terms.acceptance ?? 'automatic';
  const wanted = { ...defaults, ...terms, acceptance, connectionsMax };
  const isSo = difference(found, grants.termsOf(context, found, wanted)) === null;
  return there(
    isSo ? await grants.get(context, found.id) : await grants.update(context, found.id, wanted),
  );
}

/** By customer and number: `acme:222222222222`; by its number alone for a customer's own key. */
export async function putAccount(
  context: Context,
  key: string,
  { partition }: { partition?: Partition },
): Promise<Declared<Account>> {
  const [customerId, accountId] = partsOfKey(key) ?? [tenant(context), key];
  if (kindOfAwsKey(accountId) !== 'account') existing(null, 'account', key);
  if (customerId === null) {
    const detail = `Several customers may claim ${key}; say whose it is: CUSTOMER:${key}.`;
    throw refuseInput({ parameter: 'id' }, detail);
  }
  const customer = await customers.get(context, customerId);
  const found = await accountRows.find(context.db, accountId, customer.id);
  const more = partition === undefined ? {} : { partition };
  if (!found) {
    return made(await accounts.create(context, { customerId: customer.id, accountId, ...more }));
  }
  if (difference(found, more)) refuseChange('partition', found.partition);
  return there(found);
}

function made<Resource>(resource: Resource): Declared<Resource> {
  return { resource, made: true };
}

function there<Resource>(resource: Resource): Declared<Resource> {
  return { resource, made: false };
}

/** @throws Refusal `wrong_id_kind`, `not_found` for what is an id of ours: it names nothing new */
function newKey(key: string, kind: ListedKind): string {
  if (/^[a-z]+_[0-9a-z]{26}$/.test(key)) existing(null, kind, key);
  return key;
}

async function refuseToMove(
  context: Context,
  service: EndpointService,
  { providerAccountId, region }: ServiceDeclaration,
): Promise<void> {
  const { id } = await providerAccounts.get(context, providerAccountId);
  if (id !== service.providerAccountId) {
    refuseChange('provider_account_id', service.providerAccountId);
  }
  if (region !== service.region) refuseChange('region', service.region);
}

function refuseChange(member: string, present: string): never {
  const detail = `\`${member}\` cannot be changed; it is ${present}.`;
  throw refuseInput({ pointer: `/${member}` }, detail);
}
