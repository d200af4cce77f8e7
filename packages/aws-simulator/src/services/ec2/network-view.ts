// VPCs, subnets, security groups and network interfaces in AWS's shape.

import type {
  NetworkInterface as InterfaceView,
  SecurityGroup as SecurityGroupView,
  Subnet as SubnetView,
  Vpc as VpcView,
} from '@aws-sdk/client-ec2';
import { freeAddressCount } from '../../world/addresses.ts';
import type { Collection } from '../../world/collection.ts';
import { zoneName } from '../../world/regions.ts';
import type { NetworkInterface, SecurityGroup, Subnet, Vpc } from '../../world/resources.ts';
import { tagList } from './tags.ts';

export function vpcView(vpc: Vpc): VpcView {
  return {
    VpcId: vpc.id,
    OwnerId: vpc.account,
    State: 'available',
    CidrBlock: vpc.cidr,
    IsDefault: false,
    InstanceTenancy: 'default',
    Tags: tagList(vpc.tags),
  };
}

export function subnetView(subnet: Subnet): SubnetView {
  const { account, region, zoneId } = subnet;
  return {
    SubnetId: subnet.id,
    SubnetArn: subnetArn(subnet),
    VpcId: subnet.vpcId,
    OwnerId: account,
    State: 'available',
    CidrBlock: subnet.cidr,
    AvailabilityZone: zoneName(account, region, zoneId),
    AvailabilityZoneId: zoneId,
    AvailableIpAddressCount: freeAddressCount(subnet.cidr, subnet.usedAddresses),
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    Ipv6Native: false,
    Tags: tagList(subnet.tags),
  };
}

export function subnetArn({ account, region, id }: Subnet): string {
  return `arn:aws:ec2:${region}:${account}:subnet/${id}`;
}

/** The default group: everything from itself in, everything out. */
export function securityGroupView(group: SecurityGroup): SecurityGroupView {
  const { id, account } = group;
  return {
    GroupId: id,
    GroupName: group.name,
    Description: group.description,
    OwnerId: account,
    VpcId: group.vpcId,
    IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: id, UserId: account }] }],
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    Tags: tagList(group.tags),
  };
}

/** @param groupIds the security groups of the endpoint the interface belongs to. */
export function networkInterfaceView(
  eni: NetworkInterface,
  groupIds: readonly string[],
  groups: Collection<SecurityGroup>,
): InterfaceView {
  return {
    NetworkInterfaceId: eni.id,
    // From memory.
    Description: `VPC Endpoint Interface ${eni.endpointId}`,
    InterfaceType: 'vpc_endpoint',
    RequesterManaged: true,
    OwnerId: eni.account,
    VpcId: eni.vpcId,
    SubnetId: eni.subnetId,
    AvailabilityZone: zoneName(eni.account, eni.region, eni.zoneId),
    AvailabilityZoneId: eni.zoneId,
    Groups: groupIds.map((id) => ({ GroupId: id, GroupName: groups.get(id)?.name })),
    MacAddress: eni.macAddress,
    PrivateIpAddress: eni.address,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: eni.address }],
    SourceDestCheck: true,
    Status: 'in-use',
    TagSet: tagList(eni.tags),
  };
}
