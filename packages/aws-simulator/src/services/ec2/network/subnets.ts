// Subnets: create, describe, delete.

import type {
  CreateSubnetRequest,
  CreateSubnetResult,
  DeleteSubnetRequest,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import { contains, formatBlock, ipv4Block, overlap } from '../../../world/network/addresses.ts';
import { formatIpv6Block, ipv6Block, ipv6Contains } from '../../../world/network/ipv6.ts';
import { createSubnet as addSubnet } from '../../../world/network/networks.ts';
import { zoneName, zonesOf } from '../../../world/regions.ts';
import type { Subnet, Vpc } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import type { Call, Given } from '../../call.ts';
import { ownVpc } from '../endpoints/placement.ts';
import { invalidCombination, invalidParameterValue, notSimulated } from '../errors.ts';
import { filtered } from '../lists/filters.ts';
import { chosen, named } from './choice.ts';
import {
  badCidr,
  dependencyViolation,
  invalidRange,
  limitExceeded,
  missingParameter,
  subnetIds,
} from './errors.ts';
import { sharedSubnets } from './shares.ts';
import { availableAddresses, hostnameType, subnetArn, subnetView } from './view.ts';
import { pageOf } from '../lists/pages.ts';
import { tagsOnCreate } from '../tags.ts';

type CreateCall = Call<Given<CreateSubnetRequest, 'VpcId'>>;

export function describeSubnets(call: Call<DescribeSubnetsRequest>): DescribeSubnetsResult {
  const { world, account, input } = call;
  const subnets = chosen(call, world.subnets, input.SubnetIds, subnetIds, sharedSubnets(call));
  const zone = ({ region, zoneId }: Subnet) => zoneName(account, region, zoneId);
  const off = () => 'false';
  const fields = {
    'subnet-id': ({ id }: Subnet) => id,
    'subnet-arn': subnetArn,
    'vpc-id': ({ vpcId }: Subnet) => vpcId,
    'availability-zone': zone,
    availabilityZone: zone,
    'availability-zone-id': ({ zoneId }: Subnet) => zoneId,
    availabilityZoneId: ({ zoneId }: Subnet) => zoneId,
    'available-ip-address-count': (subnet: Subnet) => String(availableAddresses(subnet)),
    cidr: ({ cidr }: Subnet) => cidr,
    cidrBlock: ({ cidr }: Subnet) => cidr,
    'cidr-block': ({ cidr }: Subnet) => cidr,
    'customer-owned-ipv4-pool': () => undefined,
    'default-for-az': off,
    defaultForAz: off,
    'enable-dns64': off,
    'enable-lni-at-device-index': () => undefined,
    'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6 }: Subnet) => ipv6?.cidr,
    'ipv6-cidr-block-association.association-id': ({ ipv6 }: Subnet) => ipv6?.id,
    'ipv6-cidr-block-association.state': ({ ipv6 }: Subnet) => ipv6 && 'associated',
    'ipv6-native': ({ cidr }: Subnet) => String(cidr === undefined),
    'map-customer-owned-ip-on-launch': off,
    'map-public-ip-on-launch': off,
    'outpost-arn': () => undefined,
    'owner-id': ({ account: owner }: Subnet) => owner,
    'private-dns-name-options-on-launch.hostname-type': hostnameType,
    'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': off,
    'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': off,
    state: () => 'available',
  };
  const page = pageOf(
    call,
    'DescribeSubnets',
    filtered(subnets, input.Filters, fields, ({ tags }) => tags),
  );
  return {
    Subnets: page.items.map((subnet) => subnetView(account, subnet)),
    NextToken: page.nextToken,
  };
}

export function createSubnet(call: CreateCall): CreateSubnetResult {
  const { world, account, input } = call;
  const vpc = ownVpc(call, input.VpcId);
  refuseForeignPools(input);
  const zoneId = wantedZone(call);
  const cidr = wantedCidr(call, vpc);
  const ipv6Cidr = wantedIpv6Cidr(call, vpc);
  if (world.subnets.count('vpc', vpc.id) >= world.quotas.subnetsPerVpc) {
    throw limitExceeded('SubnetLimitExceeded', 'subnets');
  }
  const tags = tagsOnCreate(world, input.TagSpecifications, 'subnet');
  return { Subnet: subnetView(account, addSubnet(world, vpc, { zoneId, cidr, ipv6Cidr, tags })) };
}

export function deleteSubnet(call: Call<Given<DeleteSubnetRequest, 'SubnetId'>>): object {
  const { world, input } = call;
  const { id } = named(call, world.subnets, input.SubnetId, subnetIds);
  if (world.networkInterfaces.count('subnet', id) > 0) {
    throw dependencyViolation(`The subnet '${id}' has dependencies and cannot be deleted.`);
  }
  const shares = [...world.subnetShares.by('subnet', id)];
  for (const share of shares) world.subnetShares.remove(share.id);
  world.subnets.remove(id);
  world.taggables.remove(id);
  return {};
}

function refuseForeignPools(input: CreateSubnetRequest): void {
  const other = (
    [
      'OutpostArn',
      'Ipv4IpamPoolId',
      'Ipv4NetmaskLength',
      'Ipv6IpamPoolId',
      'Ipv6NetmaskLength',
    ] as const
  ).find((name) => input[name] !== undefined);
  if (other) throw notSimulated(other);
}

function wantedZone({ account, region, input }: CreateCall): string {
  const { AvailabilityZone: name, AvailabilityZoneId: id } = input;
  if (name !== undefined && id !== undefined) {
    throw invalidCombination('AvailabilityZone and AvailabilityZoneId cannot be given together.');
  }
  const zones = zonesOf(account, region);
  // AWS selects a zone when none is named (EC2 API reference); here it is the first.
  const zone = zones.find((one) => one.id === (id ?? one.id) && one.name === (name ?? one.name));
  if (zone) return zone.id;
  throw invalidParameterValue(
    `Value (${id ?? name ?? ''}) for parameter availabilityZone is invalid. Subnets can ` +
      'currently only be created in the following availability zones: ' +
      `${zones.map((one) => one.name).join(', ')}.`,
  );
}

function wantedCidr({ world, input }: CreateCall, vpc: Vpc): string | undefined {
  const { CidrBlock: text, Ipv6Native: ipv6Only = false } = input;
  if (ipv6Only && text !== undefined) {
    throw invalidCombination('CidrBlock cannot be given for a subnet with IPv6 only.');
  }
  if (ipv6Only) return undefined;
  if (text === undefined) {
    throw new AwsError(
      'MissingParameter',
      "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.",
    );
  }
  const block = ipv4Block(text);
  if (!block) throw badCidr('cidrBlock', text);
  const whole = ipv4Block(vpc.cidr);
  if (block.length < 16 || block.length > 28 || !whole || !contains(whole, block)) {
    throw invalidRange('InvalidSubnet.Range', text);
  }
  for (const { cidr } of world.subnets.by('vpc', vpc.id)) {
    const other = cidr === undefined ? undefined : ipv4Block(cidr);
    if (other && overlap(other, block)) throw conflict(text);
  }
  return formatBlock(block);
}

function wantedIpv6Cidr({ world, input }: CreateCall, vpc: Vpc): string | undefined {
  const { Ipv6CidrBlock: text, Ipv6Native: ipv6Only = false } = input;
  if (text === undefined && ipv6Only) throw missingParameter('Ipv6CidrBlock');
  if (text === undefined) return undefined;
  const block = ipv6Block(text);
  if (!block) throw badCidr('ipv6CidrBlock', text);
  const whole = vpc.ipv6 && ipv6Block(vpc.ipv6.cidr);
  if (block.length !== 64 || !whole || !ipv6Contains(whole, block)) {
    throw invalidRange('InvalidSubnet.Range', text);
  }
  const cidr = formatIpv6Block(block);
  if (takenIpv6(world, vpc).has(cidr)) throw conflict(text);
  return cidr;
}

// All are /64, so two of them overlap only when they are equal.
function takenIpv6(world: World, vpc: Vpc): Set<string | undefined> {
  return new Set([...world.subnets.by('vpc', vpc.id)].map(({ ipv6 }) => ipv6?.cidr));
}

function conflict(cidr: string): AwsError {
  const message = `The CIDR '${cidr}' conflicts with another subnet`;
  return new AwsError('InvalidSubnet.Conflict', message);
}
