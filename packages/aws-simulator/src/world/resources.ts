// What exists in an account and a Region besides endpoint services and endpoints: the network a
// customer brings, the load balancers a vendor brings, and tags on anything.

import type { Item } from './collection.ts';

export interface Owned extends Item {
  readonly account: string;
  readonly region: string;
  /** Grows with every resource made; lists and page tokens go by it. */
  readonly order: number;
}

export type Tags = Map<string, string>;

/** Anything CreateTags can reach; the tags are the resource's own map. */
export interface Taggable extends Owned {
  readonly type: string;
  readonly tags: Tags;
}

/** Network load balancer; the id is its ARN. */
export interface LoadBalancer extends Owned {
  readonly name: string;
  zoneIds: readonly string[];
  readonly dualstack: boolean;
}

export interface Vpc extends Owned {
  readonly cidr: string;
  dnsSupport: boolean;
  dnsHostnames: boolean;
  readonly defaultSecurityGroupId: string;
  readonly tags: Tags;
}

export interface Subnet extends Owned {
  readonly vpcId: string;
  readonly zoneId: string;
  readonly cidr: string;
  /** Addresses taken by network interfaces. */
  readonly usedAddresses: Set<string>;
  readonly tags: Tags;
}

export interface SecurityGroup extends Owned {
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
}

export interface NetworkInterface extends Owned {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly zoneId: string;
  readonly endpointId: string;
  readonly address: string;
  readonly macAddress: string;
  readonly tags: Tags;
}

/** Key of the `owner` index: everything an account has in a Region. */
export function ownerKey(account: string, region: string): string {
  return `${account}/${region}`;
}
