// Gathers what is known before an endpoint is made and lets the domain judge it. AWS is not asked.

import { owns } from '../domain/account.ts';
import type { DnsMode } from '../domain/connection.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import { refuseInput } from '../domain/errors.ts';
import type { Grant } from '../domain/grant.ts';
import { preflight as judge, type Preflight } from '../domain/preflight.ts';
import type { WishedSubnet } from '../domain/wish.ts';
import * as accounts from '../storage/accounts.ts';
import { liveConnections } from '../storage/admissions.ts';
import * as customers from '../storage/customers.ts';
import * as grants from '../storage/grants.ts';
import * as principals from '../storage/principals.ts';
import { asService, tenant, type Context } from './context.ts';
import { get as getCustomer } from './customers.ts';
import * as endpointServices from './endpoint-services.ts';
import { existing } from './existing.ts';

export interface Plan {
  /** Staff name it; a customer is itself. */
  customerId?: string;
  endpointServiceId: string;
  accountId: string;
  region?: string;
  availabilityZoneIds?: string[];
  subnets?: (Omit<WishedSubnet, 'availableIpAddressCount'> & {
    availableIpAddressCount?: number;
  })[];
  vpc?: { dnsSupport?: boolean; dnsHostnames?: boolean };
  roleName?: string;
  dns?: DnsMode;
}

/** @throws Refusal `not_found` for a service that the caller cannot see */
export async function preflight(context: Context, plan: Plan): Promise<Preflight> {
  const { db, now } = context;
  const { service, grant, customerId } = await partiesOf(context, plan);
  const { accountId, vpc = {}, subnets = [] } = plan;
  const customer = await customers.find(db, customerId, customerId);
  const account = await accounts.find(db, accountId, customerId);
  const isOwn = account !== null && account.accountId === accountId && owns(account.standing);
  const entries = isOwn ? await principals.listOfAccount(db, service.id, accountId) : [];
  const isLimited = grant !== null && grant.connectionsMax !== null;
  return judge({
    wish: {
      accountId,
      region: plan.region ?? service.region,
      availabilityZoneIds: plan.availabilityZoneIds ?? [],
      subnets: subnets.map((subnet) => ({ availableIpAddressCount: null, ...subnet })),
      dnsSupport: vpc.dnsSupport ?? null,
      dnsHostnames: vpc.dnsHostnames ?? null,
      roleName: plan.roleName ?? null,
      dns: plan.dns ?? grant?.dns ?? 'endpoint',
    },
    now,
    customer,
    account,
    grant,
    service,
    principals: entries,
    isOpen: isOwn && (await letsEverybodyIn(context, service.id)),
    liveConnections: isLimited ? await liveConnections(db, grant) : null,
  });
}

export interface Parties {
  customerId: string;
  service: EndpointService;
  grant: Grant | null;
}

/**
 * Whom it is about. To a customer a service that no grant names does not exist.
 * @throws Refusal `not_found`, `invalid_request` when staff do not name the customer
 */
export async function partiesOf(
  context: Context,
  { customerId: named, endpointServiceId: key }: Pick<Plan, 'customerId' | 'endpointServiceId'>,
): Promise<Parties> {
  const own = tenant(context);
  const customerKey = named ?? own;
  if (customerKey === null) {
    throw refuseInput({ pointer: '/customer_id' }, 'Name the customer whose endpoint it is to be.');
  }
  const { id: customerId } = await getCustomer(context, customerKey);
  const grantOn = (service: string) => {
    return grants.findBetween(context.db, { customer: customerId, service }, own);
  };
  if (own === null) {
    const service = await endpointServices.get(context, key);
    return { customerId, service, grant: await grantOn(service.id) };
  }
  const grant = existing(await grantOn(key), 'endpointService', key, 'sallyport grants list');
  const service = await asService(context, (inside) => {
    return endpointServices.get(inside, grant.endpointServiceId);
  });
  // AWS's words about the vendor's account, its roles for one, are not for customers.
  return { customerId, service: { ...service, problem: null }, grant };
}

/** The database shows customers the entries of their own accounts only. */
function letsEverybodyIn(context: Context, serviceId: string): Promise<boolean> {
  return asService(context, async ({ db }) => {
    const found = await principals.listNamed(db, serviceId, ['*']);
    return found.some(({ observed }) => observed);
  });
}
