// What a world begins with, as plain data (it can be written as JSON), and the default world.

export interface WorldSpec {
  readonly accounts: readonly AccountSpec[];
}

export interface AccountSpec {
  /** 12 digits. */
  readonly id: string;
  /** Secret of the root key, whose access key id is the account id; `simulator` by default. */
  readonly rootSecret?: string;
  /** Accounts of one organisation share a request rate, for example `o-exampleorg1`. */
  readonly organization?: string;
  /** Regions that it asked for, of those that an account must ask for, like `eu-south-1`. */
  readonly optInRegions?: readonly string[];
  readonly users?: readonly UserSpec[];
  readonly roles?: readonly RoleSpec[];
  /** Names of public hosted zones, for example `vendor.example`. */
  readonly hostedZones?: readonly string[];
  readonly loadBalancers?: readonly LoadBalancerSpec[];
  readonly vpcs?: readonly VpcSpec[];
}

export interface UserSpec {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secret: string;
}

export interface RoleSpec {
  readonly name: string;
  readonly path?: string;
  /** Principal ARNs that may assume it; the own account's root ARN by default. */
  readonly trusts?: readonly string[];
  readonly externalId?: string;
  /** Whether the external id must be given; if not, only a wrong one is refused. */
  readonly externalIdRequired?: boolean;
}

/** A load balancer with a listener and a healthy target in each zone. */
export interface LoadBalancerSpec {
  readonly name: string;
  readonly region: string;
  /** `network` by default. */
  readonly type?: 'network' | 'gateway';
  /** Zone ids; three of the Region's by default. */
  readonly zoneIds?: readonly string[];
  readonly dualstack?: boolean;
}

export interface VpcSpec {
  readonly region: string;
  /** A /16; `10.0.0.0/16` by default. */
  readonly cidr?: string;
  /** A subnet in each of these zones; in three of the Region's by default. */
  readonly zoneIds?: readonly string[];
  /** Instead of `zoneIds`, when subnets differ. */
  readonly subnets?: readonly SubnetSpec[];
  /** With an Amazon-provided IPv6 block, and a /64 of it in each subnet. */
  readonly ipv6?: boolean;
  /** The Region's default VPC; false by default. */
  readonly isDefault?: boolean;
  /** Both default to true. */
  readonly dnsSupport?: boolean;
  readonly dnsHostnames?: boolean;
}

export interface SubnetSpec {
  readonly zoneId: string;
  /** The next /24 of the VPC by default. */
  readonly cidr?: string;
  /** `only` for a subnet without IPv4; the VPC's `ipv6` by default. */
  readonly ipv6?: boolean | 'only';
  /** Accounts that see the subnet and may not have endpoints in it. */
  readonly sharedWith?: readonly string[];
}

/** The vendor and two customers, in us-east-1 and eu-west-1. */
export function defaultWorldSpec(): WorldSpec {
  return {
    accounts: [
      vendor('111111111111'),
      { ...customer('222222222222'), roles: [{ name: 'network' }, { name: 'intern' }] },
      customer('333333333333'),
    ],
  };
}

function vendor(id: string): AccountSpec {
  return {
    id,
    users: [
      { name: 'terraform', accessKeyId: 'AKIATERRAFORM2222222', secret: 'simulator-terraform' },
    ],
    roles: [{ name: 'sallyport', externalId: 'sallyport', externalIdRequired: false }],
    hostedZones: ['vendor.example'],
    loadBalancers: [
      { name: 'api-1', region: 'us-east-1' },
      { name: 'api-2', region: 'us-east-1' },
      // Two of three zones, so that there is one it does not serve.
      { name: 'api-eu', region: 'eu-west-1', zoneIds: ['euw1-az1', 'euw1-az2'] },
    ],
  };
}

function customer(id: string): AccountSpec {
  return {
    id,
    vpcs: [
      { region: 'us-east-1', cidr: '10.20.0.0/16' },
      { region: 'eu-west-1', cidr: '10.30.0.0/16' },
    ],
  };
}
