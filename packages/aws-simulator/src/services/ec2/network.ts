// Reading the network a customer has: VPCs and their DNS attributes, subnets, security groups and
// network interfaces.

import type {
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import type { Collection } from '../../world/collection.ts';
import { type NetworkInterface, type Owned, ownerKey } from '../../world/resources.ts';
import { zoneName } from '../../world/regions.ts';
import type { Call, Given } from '../call.ts';
import { ownVpc } from './endpoint-network.ts';
import {
  checkId,
  invalidCombination,
  networkInterfaceNotFound,
  securityGroupNotFound,
  subnetNotFound,
  vpcNotFound,
} from './errors.ts';
import { filtered } from './filters.ts';
import {
  networkInterfaceView,
  securityGroupView,
  subnetArn,
  subnetView,
  vpcView,
} from './network-view.ts';
import { pageOf } from './pages.ts';

export function describeVpcs(call: Call<DescribeVpcsRequest>): DescribeVpcsResult {
  const { world, input } = call;
  const vpcs = chosen(call, world.vpcs, input.VpcIds, {
    prefix: 'vpc',
    malformed: 'InvalidVpcID.Malformed',
    notFound: vpcNotFound,
  });
  const found = filtered(
    vpcs,
    input.Filters,
    {
      'vpc-id': ({ id }) => id,
      cidr: ({ cidr }) => cidr,
      'cidr-block-association.cidr-block': ({ cidr }) => cidr,
      'is-default': () => 'false',
      'owner-id': ({ account }) => account,
      state: () => 'available',
    },
    ({ tags }) => tags,
  );
  const page = pageOf(call, 'DescribeVpcs', found);
  return { Vpcs: page.items.map(vpcView), NextToken: page.nextToken };
}

/** One attribute per call; the ones that private DNS needs. */
export function describeVpcAttribute(
  call: Call<Given<DescribeVpcAttributeRequest, 'VpcId' | 'Attribute'>>,
): DescribeVpcAttributeResult {
  const vpc = ownVpc(call, call.input.VpcId);
  switch (call.input.Attribute) {
    case 'enableDnsSupport':
      return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.dnsSupport } };
    case 'enableDnsHostnames':
      return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.dnsHostnames } };
    case 'enableNetworkAddressUsageMetrics':
      return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: false } };
    default:
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${String(call.input.Attribute)}) for parameter attribute is invalid. Use ` +
          'enableDnsSupport or enableDnsHostnames.',
      );
  }
}

export function describeSubnets(call: Call<DescribeSubnetsRequest>): DescribeSubnetsResult {
  const { world, input } = call;
  const subnets = chosen(call, world.subnets, input.SubnetIds, {
    prefix: 'subnet',
    malformed: 'InvalidSubnetID.Malformed',
    notFound: subnetNotFound,
  });
  const found = filtered(
    subnets,
    input.Filters,
    {
      'subnet-id': ({ id }) => id,
      'subnet-arn': subnetArn,
      'vpc-id': ({ vpcId }) => vpcId,
      'availability-zone': ({ account, region, zoneId }) => zoneName(account, region, zoneId),
      'availability-zone-id': ({ zoneId }) => zoneId,
      cidr: ({ cidr }) => cidr,
      'cidr-block': ({ cidr }) => cidr,
      'default-for-az': () => 'false',
      'owner-id': ({ account }) => account,
      state: () => 'available',
    },
    ({ tags }) => tags,
  );
  const page = pageOf(call, 'DescribeSubnets', found);
  return { Subnets: page.items.map(subnetView), NextToken: page.nextToken };
}

export function describeSecurityGroups(
  call: Call<DescribeSecurityGroupsRequest>,
): DescribeSecurityGroupsResult {
  const { world, input } = call;
  const groups = chosen(call, world.securityGroups, input.GroupIds, {
    prefix: 'sg',
    malformed: 'InvalidGroupId.Malformed',
    notFound: securityGroupNotFound,
  });
  const named = input.GroupNames;
  const found = filtered(
    [...groups].filter(({ name }) => !named || named.includes(name)),
    input.Filters,
    {
      'group-id': ({ id }) => id,
      'group-name': ({ name }) => name,
      description: ({ description }) => description,
      'owner-id': ({ account }) => account,
      'vpc-id': ({ vpcId }) => vpcId,
    },
    ({ tags }) => tags,
  );
  const page = pageOf(call, 'DescribeSecurityGroups', found);
  return { SecurityGroups: page.items.map(securityGroupView), NextToken: page.nextToken };
}

export function describeNetworkInterfaces(
  call: Call<DescribeNetworkInterfacesRequest>,
): DescribeNetworkInterfacesResult {
  const { world, input } = call;
  if (input.MaxResults !== undefined && input.NetworkInterfaceIds) {
    throw invalidCombination('MaxResults cannot be used with NetworkInterfaceIds.');
  }
  const interfaces = chosen(call, world.networkInterfaces, input.NetworkInterfaceIds, {
    prefix: 'eni',
    malformed: 'InvalidNetworkInterfaceId.Malformed',
    notFound: networkInterfaceNotFound,
  });
  const groupsOf = (endpointId: string) => world.endpoints.get(endpointId)?.securityGroupIds ?? [];
  const viewOf = (eni: NetworkInterface) =>
    networkInterfaceView(eni, groupsOf(eni.endpointId), world.securityGroups);
  const found = filtered(
    interfaces,
    input.Filters,
    {
      'network-interface-id': ({ id }) => id,
      'vpc-id': ({ vpcId }) => vpcId,
      'subnet-id': ({ subnetId }) => subnetId,
      'availability-zone': (eni) => viewOf(eni).AvailabilityZone,
      'availability-zone-id': ({ zoneId }) => zoneId,
      'group-id': ({ endpointId }) => groupsOf(endpointId),
      'interface-type': (eni) => viewOf(eni).InterfaceType,
      'mac-address': ({ macAddress }) => macAddress,
      'owner-id': ({ account }) => account,
      'private-ip-address': ({ address }) => address,
      'addresses.private-ip-address': ({ address }) => address,
      'requester-managed': () => 'true',
      description: (eni) => viewOf(eni).Description,
      status: (eni) => viewOf(eni).Status,
    },
    ({ tags }) => tags,
  );
  const page = pageOf(call, 'DescribeNetworkInterfaces', found);
  return { NetworkInterfaces: page.items.map(viewOf), NextToken: page.nextToken };
}

interface IdRule {
  readonly prefix: string;
  readonly malformed: string;
  notFound(id: string): AwsError;
}

function chosen<T extends Owned>(
  { account, region }: Call<object>,
  collection: Collection<T>,
  ids: readonly string[] | undefined,
  rule: IdRule,
): Iterable<T> {
  if (!ids) return collection.by('owner', ownerKey(account, region));
  const items = [...new Set(ids)].map((id) => {
    checkId(id, rule.prefix, rule.malformed);
    const item = collection.get(id);
    if (item?.account === account && item.region === region) return item;
    throw rule.notFound(id);
  });
  return items.sort((a, b) => a.order - b.order);
}
