// A few of AWS's own endpoint services, which every account sees in every Region. They belong to
// nobody in this world, accept everybody, and never change.

import { createHash } from 'node:crypto';
import { createPermissions, type EndpointService } from './privatelink/endpoint-service.ts';
import { isRegion, zoneIds } from './regions.ts';

/** What AWS calls itself as the owner of a service (API reference, sample). */
export const AMAZON = 'amazon';

export interface AwsService extends EndpointService {
  readonly kind: 'Gateway' | 'Interface';
  /** For example `ec2`, which is in the place of a service's id in DNS names. */
  readonly shortName: string;
}

/** The services of a Region; empty for an unknown Region. Orders are below those of the world. */
export function awsServices(region: string): AwsService[] {
  if (!isRegion(region)) return [];
  return offers.map(([shortName, kind], index) => ({
    id: serviceId(region, shortName, kind),
    account: AMAZON,
    region,
    order: (index + 1) / (offers.length + 1),
    name: `com.amazonaws.${region}.${shortName}`,
    type: 'Interface',
    ownerPays: false,
    regions: new Map(),
    kind,
    shortName,
    state: 'Available',
    moves: 0,
    acceptanceRequired: false,
    loadBalancerArns: [],
    zoneIds: zoneIds(region),
    ipAddressTypes: ['ipv4', 'ipv6'],
    supportedRegions: [],
    privateDns: privateName(region, shortName, kind),
    permissions: createPermissions(),
    tags: new Map(),
  }));
}

/** AWS's own services of this name: one, or two kinds of it, or none. */
export function awsServicesNamed(name: string): AwsService[] {
  const region = /^com\.amazonaws\.([a-z]+(?:-[a-z]+)+-\d)\./.exec(name)?.[1] ?? '';
  return awsServices(region).filter((service) => service.name === name);
}

/** The interface service of this name, if it is one of AWS's own. */
export function awsInterfaceService(name: string): AwsService | undefined {
  return awsServicesNamed(name).find(({ kind }) => kind === 'Interface');
}

const offers = [
  ['dynamodb', 'Gateway'],
  ['ec2', 'Interface'],
  ['s3', 'Gateway'],
  ['s3', 'Interface'],
  ['sts', 'Interface'],
] as const;

function privateName(region: string, shortName: string, kind: string): AwsService['privateDns'] {
  if (kind === 'Gateway') return undefined;
  const name = `${shortName}.${region}.amazonaws.com`;
  return { name, label: '', value: '', state: 'verified', moves: 0, wasVerified: true };
}

function serviceId(...parts: string[]): string {
  return `vpce-svc-0${createHash('sha256').update(parts.join('/')).digest('hex').slice(0, 16)}`;
}
