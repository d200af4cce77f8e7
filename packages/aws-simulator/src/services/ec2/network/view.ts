// VPCs, subnets, security groups and their rules in AWS's shape.

import type {
  RevokedSecurityGroupRule,
  SecurityGroupRule as RuleView,
  SecurityGroup as SecurityGroupView,
  Subnet as SubnetView,
  Vpc as VpcView,
} from '@aws-sdk/client-ec2';
import { freeAddressCount } from '../../../world/network/addresses.ts';
import { zoneName } from '../../../world/regions.ts';
import type { SecurityGroup, SecurityGroupRule, Subnet, Vpc } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import { permissionsOf } from './permissions.ts';
import { tagList } from '../tags.ts';

const associated = { State: 'associated' } as const;

// VPC Block Public Access, which nobody turns on here.
const notBlocked = { InternetGatewayBlockMode: 'off' } as const;

export function vpcView(vpc: Vpc, state: 'pending' | 'available' = 'available'): VpcView {
  const { ipv6 } = vpc;
  return {
    VpcId: vpc.id,
    OwnerId: vpc.account,
    State: state,
    CidrBlock: vpc.cidr,
    CidrBlockAssociationSet: [
      { AssociationId: vpc.cidrAssociationId, CidrBlock: vpc.cidr, CidrBlockState: associated },
    ],
    Ipv6CidrBlockAssociationSet: ipv6
      ? [
          {
            AssociationId: ipv6.id,
            Ipv6CidrBlock: ipv6.cidr,
            Ipv6CidrBlockState: associated,
            NetworkBorderGroup: vpc.region,
            Ipv6Pool: 'Amazon',
            Ipv6AddressAttribute: 'public',
            IpSource: 'amazon',
          },
        ]
      : [],
    IsDefault: vpc.isDefault,
    InstanceTenancy: vpc.tenancy,
    DhcpOptionsId: vpc.dhcpOptionsId,
    BlockPublicAccessStates: notBlocked,
    Tags: tagList(vpc.tags),
  };
}

/** @param viewer whose zone name is shown, and who sees the owner's tags only as the owner. */
export function subnetView(viewer: string, subnet: Subnet): SubnetView {
  const { account, region, zoneId, cidr, ipv6 } = subnet;
  return {
    SubnetId: subnet.id,
    SubnetArn: subnetArn(subnet),
    VpcId: subnet.vpcId,
    OwnerId: account,
    State: 'available',
    CidrBlock: cidr,
    AvailabilityZone: zoneName(viewer, region, zoneId),
    AvailabilityZoneId: zoneId,
    AvailableIpAddressCount: availableAddresses(subnet),
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
    MapCustomerOwnedIpOnLaunch: false,
    AssignIpv6AddressOnCreation: cidr === undefined,
    Ipv6CidrBlockAssociationSet: ipv6
      ? [
          {
            AssociationId: ipv6.id,
            Ipv6CidrBlock: ipv6.cidr,
            Ipv6CidrBlockState: associated,
            Ipv6AddressAttribute: 'public',
            IpSource: 'amazon',
          },
        ]
      : [],
    Ipv6Native: cidr === undefined,
    EnableDns64: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: hostnameType(subnet),
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    BlockPublicAccessStates: notBlocked,
    Tags: viewer === account ? tagList(subnet.tags) : [],
  };
}

export function subnetArn({ account, region, id }: Subnet): string {
  return `arn:aws:ec2:${region}:${account}:subnet/${id}`;
}

/** IPv4 addresses that are left; none in a subnet with IPv6 only. */
export function availableAddresses({ cidr, usedAddresses }: Subnet): number {
  return cidr === undefined ? 0 : freeAddressCount(cidr, usedAddresses);
}

/** Instances of subnets with IPv6 only are named by their ids (EC2 API reference). */
export function hostnameType({ cidr }: Subnet): 'ip-name' | 'resource-name' {
  return cidr === undefined ? 'resource-name' : 'ip-name';
}

export function securityGroupView(world: World, group: SecurityGroup): SecurityGroupView {
  const rules = [...world.securityGroupRules.by('group', group.id)];
  return {
    GroupId: group.id,
    SecurityGroupArn: securityGroupArn(group),
    GroupName: group.name,
    Description: group.description,
    OwnerId: group.account,
    VpcId: group.vpcId,
    IpPermissions: permissionsOf(
      rules.filter(({ egress }) => !egress),
      group.account,
    ),
    IpPermissionsEgress: permissionsOf(
      rules.filter(({ egress }) => egress),
      group.account,
    ),
    Tags: tagList(group.tags),
  };
}

export function securityGroupArn({ account, region, id }: SecurityGroup): string {
  return `arn:aws:ec2:${region}:${account}:security-group/${id}`;
}

export function ruleView(world: World, rule: SecurityGroupRule): RuleView {
  const { id, account, region, peer } = rule;
  const group = peer.kind === 'group' ? world.securityGroups.get(peer.value) : undefined;
  return {
    SecurityGroupRuleId: id,
    SecurityGroupRuleArn: `arn:aws:ec2:${region}:${account}:security-group-rule/${id}`,
    GroupId: rule.groupId,
    GroupOwnerId: account,
    ...whatItLets(rule),
    ReferencedGroupInfo: group && { GroupId: group.id, UserId: account, VpcId: group.vpcId },
    Tags: tagList(rule.tags),
  };
}

export function revokedRuleView(rule: SecurityGroupRule): RevokedSecurityGroupRule {
  const { id, groupId, peer } = rule;
  return {
    SecurityGroupRuleId: id,
    GroupId: groupId,
    ...whatItLets(rule),
    ReferencedGroupId: peer.kind === 'group' ? peer.value : undefined,
  };
}

// Rules without ports are shown with -1 (from memory), permissions without them have none.
function whatItLets({ egress, protocol, fromPort, toPort, peer, description }: SecurityGroupRule) {
  const of = (kind: string) => (peer.kind === kind ? peer.value : undefined);
  return {
    IsEgress: egress,
    IpProtocol: protocol,
    FromPort: fromPort ?? -1,
    ToPort: toPort ?? -1,
    CidrIpv4: of('ipv4'),
    CidrIpv6: of('ipv6'),
    PrefixListId: of('prefix-list'),
    Description: description,
  };
}
