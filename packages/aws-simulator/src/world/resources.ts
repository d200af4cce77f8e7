// What exists in an account and a Region besides endpoint services and endpoints: the network a
// customer brings, and tags on anything. Load balancers are in load-balancer.ts.

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

/** An IPv6 block of a VPC (/56) or a subnet (/64). */
export interface Ipv6Association {
  readonly id: string;
  readonly cidr: string;
}

export interface Vpc extends Owned {
  readonly cidr: string;
  readonly cidrAssociationId: string;
  readonly ipv6: Ipv6Association | undefined;
  readonly isDefault: boolean;
  readonly tenancy: 'default' | 'dedicated';
  readonly dhcpOptionsId: string;
  dnsSupport: boolean;
  dnsHostnames: boolean;
  addressUsageMetrics: boolean;
  readonly defaultSecurityGroupId: string;
  readonly tags: Tags;
}

export interface Subnet extends Owned {
  readonly vpcId: string;
  readonly zoneId: string;
  /** undefined for a subnet that has IPv6 only. */
  readonly cidr: string | undefined;
  readonly ipv6: Ipv6Association | undefined;
  /** IPv4 addresses taken by network interfaces. */
  readonly usedAddresses: Set<string>;
  readonly usedIpv6Addresses: Set<string>;
  /** The address that was handed out last. */
  lastAddress: string | undefined;
  readonly tags: Tags;
}

/** A subnet as an account sees it that does not own it; the id is `subnetId account`. */
export interface SubnetShare extends Owned {
  readonly subnetId: string;
}

export interface SecurityGroup extends Owned {
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
}

/** One peer and one range of ports; AWS shows rules both one by one and grouped by port. */
export interface SecurityGroupRule extends Owned {
  readonly groupId: string;
  readonly egress: boolean;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all. */
  readonly protocol: string;
  /** undefined for protocols without ports. */
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly peer: RulePeer;
  description: string | undefined;
  readonly tags: Tags;
}

export interface RulePeer {
  readonly kind: 'ipv4' | 'ipv6' | 'prefix-list' | 'group';
  /** A CIDR block in canonical form, or an id. */
  readonly value: string;
}

export interface NetworkInterface extends Owned {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly zoneId: string;
  readonly endpointId: string;
  readonly attachmentId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** IPv4; undefined for an interface that has IPv6 only. */
  address: string | undefined;
  ipv6Address: string | undefined;
  readonly macAddress: string;
  readonly tags: Tags;
}

/** Key of the `owner` index: everything an account has in a Region. */
export function ownerKey(account: string, region: string): string {
  return `${account}/${region}`;
}
