// VPCs and their DNS attributes: create, describe, change, delete.

import type {
  CreateVpcRequest,
  CreateVpcResult,
  DeleteVpcRequest,
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  ModifyVpcAttributeRequest,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import { formatBlock, ipv4Block } from '../../../world/network/addresses.ts';
import { createVpc as addVpc, removeSecurityGroup } from '../../../world/network/networks.ts';
import { ownerKey, type Vpc } from '../../../world/resources.ts';
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
  vpcIds,
} from './errors.ts';
import { sharedVpcs } from './shares.ts';
import { vpcView } from './view.ts';
import { pageOf } from '../lists/pages.ts';
import { tagsOnCreate } from '../tags.ts';

export function describeVpcs(call: Call<DescribeVpcsRequest>): DescribeVpcsResult {
  const { world, input } = call;
  const vpcs = chosen(call, world.vpcs, input.VpcIds, vpcIds, sharedVpcs(call));
  const found = filtered(
    vpcs,
    input.Filters,
    {
      'vpc-id': ({ id }) => id,
      cidr: ({ cidr }) => cidr,
      'cidr-block-association.cidr-block': ({ cidr }) => cidr,
      'cidr-block-association.association-id': ({ cidrAssociationId }) => cidrAssociationId,
      'cidr-block-association.state': () => 'associated',
      'dhcp-options-id': ({ dhcpOptionsId }) => dhcpOptionsId,
      'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6 }) => ipv6?.cidr,
      'ipv6-cidr-block-association.ipv6-pool': ({ ipv6 }) => ipv6 && 'Amazon',
      'ipv6-cidr-block-association.association-id': ({ ipv6 }) => ipv6?.id,
      'ipv6-cidr-block-association.state': ({ ipv6 }) => ipv6 && 'associated',
      'is-default': ({ isDefault }) => String(isDefault),
      'owner-id': ({ account }) => account,
      state: () => 'available',
    },
    ({ tags }) => tags,
  );
  const page = pageOf(call, 'DescribeVpcs', found);
  return { Vpcs: page.items.map((vpc) => vpcView(vpc)), NextToken: page.nextToken };
}

/** One attribute per call. */
export function describeVpcAttribute(
  call: Call<Given<DescribeVpcAttributeRequest, 'VpcId' | 'Attribute'>>,
): DescribeVpcAttributeResult {
  const { world, input } = call;
  const vpc = named(call, world.vpcs, input.VpcId, vpcIds, sharedVpcs(call));
  switch (input.Attribute) {
    case 'enableDnsSupport':
      return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.dnsSupport } };
    case 'enableDnsHostnames':
      return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.dnsHostnames } };
    case 'enableNetworkAddressUsageMetrics':
      return {
        VpcId: vpc.id,
        EnableNetworkAddressUsageMetrics: { Value: vpc.addressUsageMetrics },
      };
    default:
      throw invalidParameterValue(
        `Value (${String(input.Attribute)}) for parameter attribute is invalid. Use ` +
          'enableDnsSupport, enableDnsHostnames or enableNetworkAddressUsageMetrics.',
      );
  }
}

/** One attribute per call; DNS hostnames need DNS support (VPC guide, DNS attributes). */
export function modifyVpcAttribute(call: Call<Given<ModifyVpcAttributeRequest, 'VpcId'>>): object {
  const { input } = call;
  const { EnableDnsSupport: support, EnableDnsHostnames: hostnames } = input;
  const { EnableNetworkAddressUsageMetrics: metrics } = input;
  const vpc = ownVpc(call, input.VpcId);
  const given = [support, hostnames, metrics].filter((one) => one?.Value !== undefined);
  if (given.length === 0) throw missingParameter('enableDnsSupport or enableDnsHostnames');
  if (given.length > 1) {
    throw invalidCombination('Fields for multiple attribute types specified: change one per call.');
  }
  if (hostnames?.Value && !vpc.dnsSupport) {
    throw invalidParameterValue('enableDnsHostnames requires enableDnsSupport to be true.');
  }
  vpc.dnsSupport = support?.Value ?? vpc.dnsSupport;
  vpc.dnsHostnames = hostnames?.Value ?? vpc.dnsHostnames;
  vpc.addressUsageMetrics = metrics?.Value ?? vpc.addressUsageMetrics;
  return {};
}

export function createVpc(call: Call<CreateVpcRequest>): CreateVpcResult {
  const { world, account, region, input } = call;
  refuseForeignPools(input);
  const vpc = addVpc(world, {
    account,
    region,
    cidr: wantedCidr(input),
    ipv6: wantsIpv6(call),
    tenancy: wantedTenancy(input),
    // A VPC that is not the default one has no DNS hostnames at first (VPC guide, DNS attributes).
    dnsHostnames: false,
    tags: checkedTags(call),
  });
  return { Vpc: vpcView(vpc, 'pending') };
}

/** Takes the default security group along; everything else must be gone. */
export function deleteVpc(call: Call<Given<DeleteVpcRequest, 'VpcId'>>): object {
  const { world, input } = call;
  const vpc = ownVpc(call, input.VpcId);
  if (isUsed(call, vpc)) {
    throw dependencyViolation(`The vpc '${vpc.id}' has dependencies and cannot be deleted.`);
  }
  removeSecurityGroup(world, vpc.defaultSecurityGroupId);
  world.vpcs.remove(vpc.id);
  world.taggables.remove(vpc.id);
  return {};
}

function isUsed({ world }: Call<object>, { id }: Vpc): boolean {
  return (
    world.subnets.count('vpc', id) > 0 ||
    world.securityGroups.count('vpc', id) > 1 ||
    world.endpoints.count('live', id) > 0
  );
}

function refuseForeignPools(input: CreateVpcRequest): void {
  const other = (
    [
      'Ipv6Pool',
      'Ipv6CidrBlock',
      'Ipv4IpamPoolId',
      'Ipv4NetmaskLength',
      'Ipv6IpamPoolId',
      'Ipv6NetmaskLength',
      'VpcEncryptionControl',
    ] as const
  ).find((name) => input[name] !== undefined);
  if (other) throw notSimulated(other);
}

function wantedCidr({ CidrBlock: text }: CreateVpcRequest): string {
  if (text === undefined) {
    throw new AwsError(
      'MissingParameter',
      "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.",
    );
  }
  const block = ipv4Block(text);
  if (!block) throw badCidr('cidrBlock', text);
  if (block.length < 16 || block.length > 28) throw invalidRange('InvalidVpc.Range', text);
  return formatBlock(block);
}

function wantsIpv6({ region, input }: Call<CreateVpcRequest>): boolean {
  const { AmazonProvidedIpv6CidrBlock: wanted = false } = input;
  const { Ipv6CidrBlockNetworkBorderGroup: border } = input;
  if (border !== undefined && !wanted) {
    throw invalidCombination(
      'Ipv6CidrBlockNetworkBorderGroup needs AmazonProvidedIpv6CidrBlock to be true.',
    );
  }
  if (border !== undefined && border !== region) {
    throw invalidParameterValue(`Invalid value '${border}' for Ipv6CidrBlockNetworkBorderGroup.`);
  }
  return wanted;
}

function wantedTenancy({ InstanceTenancy: tenancy = 'default' }: CreateVpcRequest) {
  if (tenancy === 'default' || tenancy === 'dedicated') return tenancy;
  throw invalidParameterValue(`Invalid value '${tenancy}' for InstanceTenancy.`);
}

function checkedTags({ world, account, region, input }: Call<CreateVpcRequest>) {
  if (world.vpcs.count('owner', ownerKey(account, region)) >= world.quotas.vpcsPerRegion) {
    throw limitExceeded('VpcLimitExceeded', 'VPCs');
  }
  return tagsOnCreate(world, input.TagSpecifications, 'vpc');
}
