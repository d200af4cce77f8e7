// An endpoint that a customer means to make.

import type { DnsMode } from './connection.ts';

/** The endpoint that is to be made, in the words of whoever will make it. */
export interface Wish {
  accountId: string;
  region: string;
  /** Global ids of the zones of its subnets; empty when nothing was said of them. */
  availabilityZoneIds: string[];
  subnets: WishedSubnet[];
  /** Attributes of its VPC; null for what was not said. */
  dnsSupport: boolean | null;
  dnsHostnames: boolean | null;
  /** The role that will make it; null when nothing was said. */
  roleName: string | null;
  dns: DnsMode;
}

export interface WishedSubnet {
  subnetId: string;
  availabilityZoneId: string;
  availableIpAddressCount: number | null;
}
