// Where a target is in AWS: the service or region, and the way into the account.

import type { AwsAccess, BackendPort, EndpointServicePort } from '../aws/ports.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import type { HostedZone, ProviderAccount } from '../domain/provider-account.ts';
import { parseRegionKey } from '../domain/target.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as providerAccounts from '../storage/provider-accounts.ts';
import type { Run } from './run.ts';

export interface ServicePlace {
  service: EndpointService;
  /** AWS's id, which a service that is still being created lacks. */
  serviceId: string | null;
  account: ProviderAccount;
  port: EndpointServicePort;
}

/** The service that the run's target names, or null when it is gone. */
export async function servicePlace(run: Run): Promise<ServicePlace | null> {
  const service = await endpointServices.find(run.db, run.lease.key);
  if (!service) return null;
  const account = await providerAccounts.find(run.db, service.providerAccountId);
  const port = run.aws.endpointServices(accessOf(account!), service.region);
  return { service, serviceId: service.serviceId, account: account!, port };
}

export interface RegionPlace {
  services: EndpointService[];
  port: EndpointServicePort;
}

/** The services of the region that the run's target names, or null when there are none. */
export async function regionPlace(run: Run): Promise<RegionPlace | null> {
  const { providerAccountId, region } = parseRegionKey(run.lease.key);
  const account = await providerAccounts.find(run.db, providerAccountId);
  if (!account) return null;
  const services = await endpointServices.listInRegion(run.db, account.id, region);
  if (services.length === 0) return null;
  return { services, port: run.aws.endpointServices(accessOf(account), region) };
}

/** The same for what is behind the services. */
export async function backendPlace(
  run: Run,
): Promise<{ services: EndpointService[]; port: BackendPort } | null> {
  const { providerAccountId, region } = parseRegionKey(run.lease.key);
  const account = await providerAccounts.find(run.db, providerAccountId);
  if (!account) return null;
  const services = await endpointServices.listInRegion(run.db, account.id, region);
  if (services.length === 0) return null;
  return { services, port: run.aws.backends(accessOf(account), region) };
}

export function accessOf(account: ProviderAccount): AwsAccess {
  const { accountId, roleArn, externalId } = account;
  return { accountId, roleArn, externalId };
}

/** The way to a hosted zone: its own role when it has one, else the provider account's. */
export function zoneAccess(account: ProviderAccount, zone: HostedZone): AwsAccess {
  if (zone.roleArn === null) return accessOf(account);
  const accountId = zone.roleArn.split(':')[4]!;
  return { accountId, roleArn: zone.roleArn, externalId: account.externalId };
}
