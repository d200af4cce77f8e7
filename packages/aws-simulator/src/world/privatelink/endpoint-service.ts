// An endpoint service as its owner configured it, with its allowlist and its private DNS name.

import { type Collection, createCollection, type Item } from '../collection.ts';
import type { Owned, Tags } from '../resources.ts';
import type { Stateful } from '../states.ts';

/** PascalCase on the wire, unlike every other state of PrivateLink (API reference sample). */
export type ServiceState = 'Pending' | 'Available' | 'Deleting' | 'Deleted' | 'Failed';

/** camelCase on the wire (Guide, manage-dns-names). */
export type DnsNameState = 'pendingVerification' | 'verified' | 'failed';

export interface PrivateDnsName extends Stateful<DnsNameState> {
  readonly name: string;
  /** The label of the TXT record, for example `_6e86v84tqgqubxbwii1m`; the domain is appended. */
  readonly label: string;
  /** The value of the TXT record, for example `vpce:l6p0ERxlTt45jevFwOCp`. */
  readonly value: string;
  wasVerified: boolean;
}

/** Of a Region that consumers may come from (model, SupportedRegionDetail). */
export type RegionState = 'Pending' | 'Available' | 'Deleting' | 'Deleted' | 'Failed' | 'Closed';

export interface SupportedRegion extends Stateful<RegionState> {
  readonly name: string;
}

export interface Permission extends Item {
  readonly principal: string;
  readonly type: 'All' | 'Service' | 'OrganizationUnit' | 'Account' | 'User' | 'Role';
  readonly tags: Tags;
}

export interface EndpointService extends Owned, Stateful<ServiceState> {
  readonly name: string;
  /** The kind of its load balancers decides it. */
  readonly type: 'Interface' | 'GatewayLoadBalancer';
  acceptanceRequired: boolean;
  /** The owner took over the charges of every endpoint, for good. */
  ownerPays: boolean;
  loadBalancerArns: readonly string[];
  /** Zones enabled on the service; a new zone of a load balancer does not come by itself. */
  zoneIds: readonly string[];
  ipAddressTypes: readonly string[];
  /** Regions from which consumers may connect now, besides the service's own. */
  supportedRegions: readonly string[];
  /** The same Regions with their states, and the ones that come or go, by name. */
  readonly regions: Map<string, SupportedRegion>;
  privateDns: PrivateDnsName | undefined;
  /** By principal ARN. */
  readonly permissions: Collection<Permission>;
  readonly tags: Tags;
}

/** While it lasts, looks at the public DNS find the record only now and then. */
export interface PrivateDnsFlap {
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly everyMs: number;
  finds(): boolean;
}

/** An empty allowlist. */
export function createPermissions(): Collection<Permission> {
  return createCollection<Permission>({}, ({ principal }) => principal);
}
