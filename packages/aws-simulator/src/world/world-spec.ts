// What a world begins with, as plain data (it can be written as JSON). The schemas are the only
// description: types, scenario files and the admin path for accounts use them.

import { z } from 'zod';
import { accountPolicyMembers, identityMembers, roleMembers } from './accounts/identity-spec.ts';

const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

const region = z.string().describe('For example us-east-1.');

const OCTET = String.raw`(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])`;

const zoneId = z.string().describe('Global, for example use1-az1.');

export const userSchema = z.strictObject({
  name: z.string().min(1).describe('As in its ARN.'),
  ...identityMembers,
  accessKeyId: z.string().min(1).describe('For example AKIAEXAMPLE; unlike any other.'),
  secret: z.string().min(1).describe('The secret access key.'),
});

export const roleSchema = z.strictObject({
  name: z.string().min(1).describe('As in its ARN.'),
  ...identityMembers,
  ...roleMembers,
  trusts: list(z.string())
    .optional()
    .describe("Principal ARNs that may assume it; the own account's root ARN by default."),
  externalId: z.string().optional().describe('What AssumeRole may have to give; none by default.'),
  externalIdRequired: z
    .boolean()
    .optional()
    .describe('Whether the external id must be given; if not, only a wrong one is refused.'),
});

export const loadBalancerSchema = z
  .strictObject({
    name: z.string().min(1).describe('As DescribeLoadBalancers tells it.'),
    region,
    type: z.enum(['network', 'gateway']).optional().describe('network by default.'),
    zoneIds: list(zoneId).optional().describe("Three of the Region's by default."),
    dualstack: z.boolean().optional().describe('With IPv6 too; false by default.'),
  })
  .describe('A load balancer with a listener and a healthy target in each zone.');

export const subnetSchema = z.strictObject({
  zoneId,
  cidr: z
    .string()
    .regex(new RegExp(String.raw`^(${OCTET}\.){3}${OCTET}/(1[6-9]|2[0-8])$`), 'is a /16 to /28')
    .optional()
    .describe('The next /24 of the VPC by default.'),
  ipv6: z
    .union([z.boolean(), z.literal('only')])
    .optional()
    .describe("`only` for a subnet without IPv4; the VPC's `ipv6` by default."),
  sharedWith: list(z.string())
    .optional()
    .describe('Accounts that see the subnet and may not have endpoints in it.'),
});

export const vpcSchema = z.strictObject({
  region,
  cidr: z
    .string()
    .regex(
      new RegExp(String.raw`^${OCTET}\.${OCTET}\.0\.0/16$`),
      'is a /16, for example 10.9.0.0/16',
    )
    .optional()
    .describe('A /16; 10.0.0.0/16 by default.'),
  zoneIds: list(zoneId)
    .optional()
    .describe("A subnet in each of these zones; in three of the Region's by default."),
  subnets: list(subnetSchema).optional().describe('Instead of zoneIds, when subnets differ.'),
  ipv6: z
    .boolean()
    .optional()
    .describe('With an Amazon-provided IPv6 block, and a /64 of it in each subnet.'),
  isDefault: z.boolean().optional().describe("The Region's default VPC; false by default."),
  dnsSupport: z.boolean().optional().describe('true by default.'),
  dnsHostnames: z.boolean().optional().describe('true by default.'),
});

export const accountSchema = z.strictObject({
  id: z
    .string()
    .regex(/^\d{12}$/, 'An account id has 12 digits')
    .describe('12 digits; also the access key id of its root.'),
  rootSecret: z
    .string()
    .min(1)
    .optional()
    .describe('Secret of the root key, whose id is the account id; simulator by default.'),
  organization: z
    .string()
    .min(1)
    .optional()
    .describe('Accounts of one organisation share a request rate, for example o-exampleorg1.'),
  optInRegions: list(region)
    .optional()
    .describe('Regions that it asked for, of those an account must ask for, like eu-south-1.'),
  ...accountPolicyMembers,
  users: list(userSchema).optional().describe('Who has an access key besides root.'),
  roles: list(roleSchema).optional().describe('What sts:AssumeRole can assume.'),
  hostedZones: list(z.string())
    .optional()
    .describe('Names of public hosted zones, for example vendor.example.'),
  loadBalancers: list(loadBalancerSchema)
    .optional()
    .describe('Ready for endpoint services; DescribeLoadBalancers lists them.'),
  vpcs: list(vpcSchema).optional().describe('Networks to make endpoints in.'),
});

export type UserSpec = Readonly<z.input<typeof userSchema>>;
export type RoleSpec = Readonly<z.input<typeof roleSchema>>;
export type LoadBalancerSpec = Readonly<z.input<typeof loadBalancerSchema>>;
export type SubnetSpec = Readonly<z.input<typeof subnetSchema>>;
export type VpcSpec = Readonly<z.input<typeof vpcSchema>>;
export type AccountSpec = Readonly<z.input<typeof accountSchema>>;

export interface WorldSpec {
  readonly accounts: readonly AccountSpec[];
}
