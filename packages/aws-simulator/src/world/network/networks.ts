// Making VPCs, subnets, security groups and their rules. Checking what a caller asked for is not
// here; it is in the operations, and a world's spec is trusted to fit together.

import { subnetCidr } from './addresses.ts';
import { formatIpv6Block, type Ipv6Block, ipv6Block, ipv6Part } from './ipv6.ts';
import type {
  Ipv6Association,
  RulePeer,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Taggable,
  Tags,
  Vpc,
} from '../resources.ts';
import type { World } from '../world.ts';

export interface NewVpc {
  readonly account: string;
  readonly region: string;
  readonly cidr: string;
  /** With an Amazon-provided IPv6 block. */
  readonly ipv6?: boolean;
  readonly isDefault?: boolean;
  readonly tenancy?: Vpc['tenancy'];
  /** On by default, like the spec's; CreateVpc turns it off, as AWS does. */
  readonly dnsHostnames?: boolean;
  readonly dnsSupport?: boolean;
  readonly tags?: Tags;
}

export interface NewSubnet {
  readonly zoneId: string;
  readonly cidr: string | undefined;
  readonly ipv6Cidr?: string | undefined;
  readonly tags?: Tags;
}

export interface NewRule {
  readonly egress: boolean;
  readonly protocol: string;
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
  readonly peer: RulePeer;
  readonly description?: string | undefined;
  readonly tags?: Tags;
}

/** A VPC with its default security group, and no subnets. */
export function createVpc(world: World, wanted: NewVpc): Vpc {
  const { account, region, cidr } = wanted;
  const vpc: Vpc = world.vpcs.add({
    account,
    region,
    order: world.nextOrder(),
    id: world.ids.ec2('vpc'),
    cidr,
    cidrAssociationId: world.ids.ec2('vpc-cidr-assoc'),
    ipv6: wanted.ipv6 ? providedBlock(world) : undefined,
    isDefault: wanted.isDefault ?? false,
    tenancy: wanted.tenancy ?? 'default',
    dhcpOptionsId: world.ids.ec2('dopt'),
    dnsSupport: wanted.dnsSupport ?? true,
    dnsHostnames: wanted.dnsHostnames ?? true,
    addressUsageMetrics: false,
    defaultSecurityGroupId: world.ids.ec2('sg'),
    tags: wanted.tags ?? new Map(),
  });
  addTaggable(world, vpc, 'vpc');
  const group = { id: vpc.defaultSecurityGroupId, name: 'default' };
  createSecurityGroup(world, vpc, { ...group, description: 'default VPC security group' });
  addRule(world, vpc, group.id, {
    egress: false,
    protocol: '-1',
    peer: { kind: 'group', value: group.id },
  });
  return vpc;
}

export function createSubnet(world: World, vpc: Vpc, wanted: NewSubnet): Subnet {
  const subnet = world.subnets.add({
    id: world.ids.ec2('subnet'),
    account: vpc.account,
    region: vpc.region,
    order: world.nextOrder(),
    vpcId: vpc.id,
    zoneId: wanted.zoneId,
    cidr: wanted.cidr,
    ipv6: wanted.ipv6Cidr
      ? { id: world.ids.ec2('subnet-cidr-assoc'), cidr: wanted.ipv6Cidr }
      : undefined,
    usedAddresses: new Set(),
    usedIpv6Addresses: new Set(),
    lastAddress: undefined,
    tags: wanted.tags ?? new Map(),
  });
  addTaggable(world, subnet, 'subnet');
  return subnet;
}

/** The nth /24 of a VPC's /16 and, where the VPC has IPv6, the nth /64. */
export function nthSubnet(vpc: Vpc, index: number): { cidr: string; ipv6Cidr: string | undefined } {
  const block = vpc.ipv6 && ipv6Block(vpc.ipv6.cidr);
  return {
    cidr: subnetCidr(vpc.cidr, index),
    ipv6Cidr: block && formatIpv6Block(ipv6Part(block, 64, index)),
  };
}

/** Lets another account see a subnet, as AWS RAM would. */
export function shareSubnet(world: World, subnet: Subnet, account: string): void {
  world.subnetShares.add({
    id: `${subnet.id} ${account}`,
    account,
    region: subnet.region,
    order: world.nextOrder(),
    subnetId: subnet.id,
  });
}

/** A group that lets everything out (VPC guide, security groups) and nothing in. */
export function createSecurityGroup(
  world: World,
  vpc: Vpc,
  wanted: { readonly id?: string; readonly name: string; description: string; tags?: Tags },
): SecurityGroup {
  const { account, region } = vpc;
  const group = world.securityGroups.add({
    account,
    region,
    order: world.nextOrder(),
    id: wanted.id ?? world.ids.ec2('sg'),
    vpcId: vpc.id,
    name: wanted.name,
    description: wanted.description,
    tags: wanted.tags ?? new Map(),
  });
  addTaggable(world, group, 'security-group');
  const everywhere = { egress: true, protocol: '-1' };
  addRule(world, vpc, group.id, { ...everywhere, peer: { kind: 'ipv4', value: '0.0.0.0/0' } });
  if (vpc.ipv6) {
    addRule(world, vpc, group.id, { ...everywhere, peer: { kind: 'ipv6', value: '::/0' } });
  }
  return group;
}

export function addRule(
  world: World,
  { account, region }: Pick<Vpc, 'account' | 'region'>,
  groupId: string,
  wanted: NewRule,
): SecurityGroupRule {
  const rule = world.securityGroupRules.add({
    account,
    region,
    order: world.nextOrder(),
    id: world.ids.ec2('sgr'),
    groupId,
    egress: wanted.egress,
    protocol: wanted.protocol,
    fromPort: wanted.fromPort,
    toPort: wanted.toPort,
    peer: wanted.peer,
    description: wanted.description,
    tags: wanted.tags ?? new Map(),
  });
  addTaggable(world, rule, 'security-group-rule');
  return rule;
}

export function removeRule(world: World, id: string): void {
  world.securityGroupRules.remove(id);
  world.taggables.remove(id);
}

/** Removes a group with its rules. */
export function removeSecurityGroup(world: World, id: string): void {
  const rules = [...world.securityGroupRules.by('group', id)];
  for (const rule of rules) removeRule(world, rule.id);
  world.securityGroups.remove(id);
  world.taggables.remove(id);
}

// Amazon's blocks are /56 of a Region's range; which range does not matter to anybody here.
function providedBlock(world: World): Ipv6Association {
  const hex = world.ids.text('0123456789abcdef', 6);
  const text = `2600:1f18:${hex.slice(0, 4)}:${hex.slice(4)}00::/56`;
  const block: Ipv6Block | undefined = ipv6Block(text);
  return {
    id: world.ids.ec2('vpc-cidr-assoc'),
    cidr: block ? formatIpv6Block(block) : text,
  };
}

function addTaggable(world: World, item: Omit<Taggable, 'type'>, type: string): void {
  const { id, account, region, tags } = item;
  world.taggables.add({ id, account, region, order: world.nextOrder(), tags, type });
}
