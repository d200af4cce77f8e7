// What there is on the customer's side of AWS, in our words. How it is read is in ec2-network.ts.

export interface Vpc {
  id: string;
  ownerId: string;
  state: string;
  /** Its IPv4 blocks. */
  cidrs: string[];
}

export interface DnsAttributes {
  support: boolean;
  hostnames: boolean;
}

export interface Subnet {
  id: string;
  /** Global, as `use1-az1`; names of zones differ from account to account. */
  zoneId: string;
  freeAddresses: number;
  ownerId: string;
}

export interface SecurityGroup {
  id: string;
  name: string;
  description: string;
  vpcId: string;
  /** What it lets in. */
  ingress: IngressRule[];
  tags: Record<string, string>;
}

export interface IngressRule {
  /** `tcp`, `-1` for all protocols … */
  protocol: string;
  /** Undefined where the protocol is all, or has no ports. */
  fromPort: number | undefined;
  toPort: number | undefined;
  /** Blocks, groups and prefix lists that it lets in. */
  sources: string[];
}

export interface VpcEndpoint {
  id: string;
  /** In AWS's spelling, which is lower camel case on the wire. */
  state: string;
  /** `Interface`, `Gateway` … */
  type: string;
  serviceName: string;
  vpcId: string;
  subnetIds: string[];
  groupIds: string[];
  privateDnsEnabled: boolean;
  /** First the regional name, then one for each zone, then the private name. */
  dns: { name: string; hostedZoneId: string }[];
  tags: Record<string, string>;
  createdAt: Date | undefined;
  /** Why it failed, where it did. */
  failure: string | undefined;
}

/** A service as EC2 shows it to those that are let in. */
export interface VisibleService {
  zoneIds: string[];
  acceptanceRequired: boolean;
  privateDnsName: string | undefined;
  /** `pendingVerification`, `verified` or `failed`. */
  privateDnsState: string | undefined;
}

export interface Network {
  /** Undefined when it is not there, or not in this region. */
  vpc(id: string): Promise<Vpc | undefined>;
  vpcs(): Promise<Vpc[]>;
  dnsAttributes(vpcId: string): Promise<DnsAttributes>;
  subnets(vpcId: string): Promise<Subnet[]>;
  /** In the order of the ids; those that are not there are missing. */
  securityGroups(ids: readonly string[]): Promise<SecurityGroup[]>;
  securityGroupNamed(vpcId: string, name: string): Promise<SecurityGroup | undefined>;
  securityGroupsTagged(key: string, value: string, vpcId?: string): Promise<SecurityGroup[]>;
  /** All that EC2 shows, also what is on its way out. */
  endpoints(vpcId?: string): Promise<VpcEndpoint[]>;
  /** Undefined when it is not there, or EC2 does not show it yet. */
  endpoint(id: string): Promise<VpcEndpoint | undefined>;
  /** Undefined when it is not there or does not let the caller in: AWS tells these not apart. */
  service(name: string, region: string): Promise<VisibleService | undefined>;
}
