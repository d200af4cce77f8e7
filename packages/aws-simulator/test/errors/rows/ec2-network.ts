// The errors of EC2 about VPCs, subnets, security groups and interfaces. What every operation has
// by what it takes is in ec2-every.ts.

import {
  AuthorizeSecurityGroupEgressCommand as AuthorizeEgress,
  AuthorizeSecurityGroupIngressCommand as Authorize,
  CreateSecurityGroupCommand as CreateGroup,
  CreateSubnetCommand as CreateSubnet,
  CreateVpcCommand as CreateVpc,
  DeleteSecurityGroupCommand as DeleteGroup,
  DeleteSubnetCommand as DeleteSubnet,
  DeleteVpcCommand as DeleteVpc,
  DescribeAvailabilityZonesCommand as DescribeZones,
  DescribeNetworkInterfacesCommand as DescribeInterfaces,
  DescribeRegionsCommand as DescribeRegions,
  DescribeVpcAttributeCommand as DescribeAttribute,
  type IpPermission,
  ModifyNetworkInterfaceAttributeCommand as ModifyInterface,
  ModifyVpcAttributeCommand as ModifyVpc,
  RevokeSecurityGroupEgressCommand as RevokeEgress,
  RevokeSecurityGroupIngressCommand as Revoke,
} from '@aws-sdk/client-ec2';
import { alone, errorsOf, inService, inWorld, saying } from '../ledger.ts';
import { type Ec2Scene, type Go, openEc2, UNKNOWN } from './ec2-scene.ts';

const NONE = `sg-${UNKNOWN}`;
const STRANGER = '333333333333';
const cidr = [{ CidrIp: '10.0.0.0/8' }];
const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const one = (permission: IpPermission) => ({ IpPermissions: [{ ...https, ...permission }] });
const ranged = (permission: IpPermission) => one({ IpRanges: cidr, ...permission });
const paired = (...pairs: object[]) => one({ UserIdGroupPairs: pairs });

const vpc =
  (input: object): Go =>
  ({ customer }) =>
    customer.send(new CreateVpc({ CidrBlock: '10.0.0.0/16', ...input }));
const subnet =
  (input: object): Go =>
  ({ customer, vpcId }) =>
    customer.send(new CreateSubnet({ VpcId: vpcId, CidrBlock: '10.0.200.0/24', ...input }));
const group =
  (input: object): Go =>
  ({ customer, vpcId: VpcId }) =>
    customer.send(new CreateGroup({ VpcId, GroupName: 'new', Description: 'd', ...input }));
const ungroup =
  (input: object | ((scene: Ec2Scene) => object)): Go =>
  (scene) =>
    scene.customer.send(
      new DeleteGroup(
        typeof input === 'function' ? (input as (scene: Ec2Scene) => object)(scene) : input,
      ),
    );
const authorize =
  (input: object | ((scene: Ec2Scene) => object)): Go =>
  (scene) => {
    const given =
      typeof input === 'function' ? (input as (scene: Ec2Scene) => object)(scene) : input;
    return scene.customer.send(new Authorize({ GroupId: scene.groupId, ...given }));
  };
const authorizeEgress =
  (input: object): Go =>
  ({ customer, groupId: GroupId }) =>
    customer.send(new AuthorizeEgress({ GroupId, ...input }));
const revoke =
  (input: (scene: Ec2Scene) => object): Go =>
  (scene) =>
    scene.customer.send(new Revoke({ GroupId: scene.groupId, ...input(scene) }));
const revokeEgress =
  (input: (scene: Ec2Scene) => object): Go =>
  (scene) =>
    scene.customer.send(new RevokeEgress({ GroupId: scene.groupId, ...input(scene) }));
const after =
  (first: Go, then: Go): Go =>
  async (scene) => {
    await first(scene);
    return then(scene);
  };

const small = { quotas: { rulesPerSecurityGroup: 2 } };
const known = authorize(ranged({}));

export const networkErrors = errorsOf(
  'ec2-network.ts',
  openEc2,
  inService<Ec2Scene>('ec2', {
    AuthorizeSecurityGroupEgress: {
      InvalidParameterCombination: authorizeEgress({ ...https, CidrIp: '::' }),
      InvalidParameterValue: authorizeEgress(one({ IpRanges: [{ CidrIp: '10.0.0.0/33' }] })),
      'InvalidPermission.Duplicate': alone(
        after(authorizeEgress(ranged({})), authorizeEgress(ranged({}))),
      ),
      MissingParameter: authorizeEgress({}),
      RulesPerSecurityGroupLimitExceeded: inWorld(
        { quotas: { rulesPerSecurityGroup: 1 } },
        authorizeEgress(ranged({})),
      ),
    },
    AuthorizeSecurityGroupIngress: {
      'InvalidGroup.NotFound': [
        authorize({ SourceSecurityGroupName: 'x' }),
        authorize({ GroupId: undefined, GroupName: 'x', ...https, CidrIp: '::' }),
        authorize(paired({ GroupId: NONE })),
        authorize(({ foreign }) => paired({ GroupId: foreign.groupId })),
        authorize(({ groupId }) => paired({ GroupId: groupId, UserId: STRANGER })),
        authorize(({ groupId, foreign }) => paired({ GroupId: groupId, VpcId: foreign.vpcId })),
      ],
      InvalidParameterCombination: [
        authorize({ ...ranged({}), CidrIp: '10.0.0.0/8' }),
        authorize({ ...https, SourceSecurityGroupName: 'x' }),
      ],
      InvalidParameterValue: [
        authorize(one({ IpRanges: [{ CidrIp: '10.0.0.0/33' }] })),
        authorize(one({ Ipv6Ranges: [{ CidrIpv6: '10.0.0.0/8' }] })),
        authorize(one({ IpRanges: [{ CidrIp: '10.9.0.0/16', Description: 'ü' }] })),
        authorize(ranged({ IpProtocol: 'sctp' })),
        authorize(ranged({ IpProtocol: '256' })),
        authorize(ranged({ FromPort: undefined })),
        authorize(ranged({ FromPort: 444 })),
        authorize(ranged({ ToPort: 65_536 })),
        authorize(ranged({ IpProtocol: 'icmp', FromPort: 256 })),
        authorize(ranged({ IpProtocol: 'icmp', FromPort: -1, ToPort: 3 })),
        authorize(one({ IpRanges: [{ CidrIp: '10.9.0.0/16' }, { CidrIp: '10.9.1.1/16' }] })),
      ],
      'InvalidPermission.Duplicate': alone(
        after(known, authorize(one({ IpRanges: [{ CidrIp: '10.3.4.5/8' }] }))),
      ),
      'InvalidPrefixListID.NotFound': authorize(
        one({ PrefixListIds: [{ PrefixListId: 'pl-00000000' }] }),
      ),
      'InvalidPrefixListId.Malformed': authorize(one({ PrefixListIds: [{ PrefixListId: 'x' }] })),
      MissingParameter: [
        authorize({}),
        authorize({ IpPermissions: [] }),
        authorize(one({})),
        authorize({ ...https }),
        authorize({ SourceSecurityGroupOwnerId: STRANGER }),
      ],
      RulesPerSecurityGroupLimitExceeded: inWorld(
        small,
        after(known, authorize(one({ IpRanges: [{ CidrIp: '10.9.0.0/16' }] }))),
      ),
      UnsupportedOperation: [
        authorize(({ groupId }) => paired({ GroupId: groupId, VpcPeeringConnectionId: 'pcx-1' })),
        authorize(({ groupId }) => paired({ GroupId: groupId, PeeringStatus: 'active' })),
      ],
    },
    CreateSecurityGroup: {
      'InvalidGroup.Duplicate': alone(
        after(group({ GroupName: 'Known' }), group({ GroupName: 'known' })),
      ),
      'InvalidGroup.Reserved': group({ GroupName: 'default' }),
      InvalidParameterValue: [
        group({ GroupName: 'sg-new' }),
        group({ GroupName: 'ü' }),
        group({ Description: 'x'.repeat(256) }),
      ],
      SecurityGroupLimitExceeded: inWorld(
        { quotas: { securityGroupsPerRegion: 2 } },
        group({ GroupName: 'third' }),
      ),
      VPCIdNotSpecified: group({ VpcId: undefined }),
    },
    CreateSubnet: {
      'InvalidSubnet.Conflict': subnet({ CidrBlock: '10.0.0.0/20' }),
      'InvalidSubnet.Range': [
        subnet({ CidrBlock: '10.0.200.0/29' }),
        subnet({ CidrBlock: '10.99.0.0/24' }),
        subnet({ Ipv6CidrBlock: '2600::/64' }),
      ],
      InvalidParameterCombination: [
        subnet({ AvailabilityZone: 'us-east-1a', AvailabilityZoneId: 'use1-az1' }),
        subnet({ Ipv6Native: true }),
      ],
      InvalidParameterValue: [
        subnet({ CidrBlock: 'x' }),
        subnet({ AvailabilityZone: 'us-east-1z' }),
        subnet({ Ipv6CidrBlock: 'x' }),
      ],
      MissingParameter: [
        subnet({ CidrBlock: undefined }),
        subnet({ CidrBlock: undefined, Ipv6Native: true }),
      ],
      SubnetLimitExceeded: inWorld({ quotas: { subnetsPerVpc: 3 } }, subnet({})),
      UnsupportedOperation: subnet({ OutpostArn: 'arn:x' }),
    },
    CreateVpc: {
      'InvalidVpc.Range': [vpc({ CidrBlock: '10.0.0.0/15' }), vpc({ CidrBlock: '10.0.0.0/29' })],
      InvalidParameterCombination: vpc({ Ipv6CidrBlockNetworkBorderGroup: 'us-east-1' }),
      InvalidParameterValue: [
        vpc({ CidrBlock: '10.0.0.0' }),
        vpc({ CidrBlock: '10.0.0.256/16' }),
        vpc({ CidrBlock: '10.0.0.0/33' }),
        vpc({ InstanceTenancy: 'host' }),
        vpc({ AmazonProvidedIpv6CidrBlock: true, Ipv6CidrBlockNetworkBorderGroup: 'us-east-2' }),
      ],
      MissingParameter: vpc({ CidrBlock: undefined }),
      UnsupportedOperation: vpc({ Ipv4IpamPoolId: 'ipam-pool-1' }),
      VpcLimitExceeded: inWorld({ quotas: { vpcsPerRegion: 2 } }, vpc({})),
    },
    DeleteSecurityGroup: {
      CannotDelete: ungroup(({ groupId }) => ({ GroupId: groupId })),
      DependencyViolation: alone(async (scene) => {
        const { customer, groupId } = scene;
        const { GroupId } = (await group({})(scene)) as { GroupId: string };
        const refers = { GroupId: groupId, ...paired({ GroupId }) };
        await customer.send(new Authorize(refers));
        return customer.send(new DeleteGroup({ GroupId }));
      }),
      'InvalidGroup.NotFound': ungroup({ GroupName: 'Known' }),
      InvalidParameterCombination: ungroup({ GroupId: 'sg-x', GroupName: 'x' }),
      MissingParameter: ungroup({}),
    },
    DeleteSubnet: {
      DependencyViolation: ({ customer, subnets: [SubnetId] }) =>
        customer.send(new DeleteSubnet({ SubnetId })),
    },
    DeleteVpc: {
      DependencyViolation: ({ customer, vpcId: VpcId }) => customer.send(new DeleteVpc({ VpcId })),
    },
    DescribeAvailabilityZones: {
      InvalidParameterValue: ({ customer }) =>
        customer.send(new DescribeZones({ ZoneNames: ['us-east-1z'] })),
    },
    DescribeNetworkInterfaces: {
      InvalidParameterCombination: ({ customer, interfaceId }) =>
        customer.send(
          new DescribeInterfaces({ NetworkInterfaceIds: [interfaceId], MaxResults: 5 }),
        ),
    },
    DescribeRegions: {
      InvalidParameterValue: ({ customer }) =>
        customer.send(new DescribeRegions({ RegionNames: ['mars-1'] })),
    },
    DescribeVpcAttribute: {
      InvalidParameterValue: ({ customer, vpcId }) =>
        customer.send(
          new DescribeAttribute({ VpcId: vpcId, Attribute: 'enableMagic' as 'enableDnsSupport' }),
        ),
    },
    ModifyNetworkInterfaceAttribute: {
      MissingParameter: ({ customer, interfaceId: NetworkInterfaceId }) =>
        customer.send(new ModifyInterface({ NetworkInterfaceId })),
      OperationNotPermitted: saying(
        'change Groups',
        ({ customer, interfaceId: NetworkInterfaceId, groupId }) =>
          customer.send(new ModifyInterface({ NetworkInterfaceId, Groups: [groupId] })),
      ),
    },
    ModifyVpcAttribute: {
      InvalidParameterCombination: ({ customer, vpcId: VpcId }) =>
        customer.send(
          new ModifyVpc({
            VpcId,
            EnableDnsSupport: { Value: true },
            EnableDnsHostnames: { Value: true },
          }),
        ),
      MissingParameter: ({ customer, vpcId: VpcId }) => customer.send(new ModifyVpc({ VpcId })),
    },
    RevokeSecurityGroupEgress: {
      InvalidParameterCombination: revokeEgress(({ ruleId }) => ({
        SecurityGroupRuleIds: [ruleId],
        IpPermissions: [https],
      })),
      'InvalidPermission.NotFound': revokeEgress(() => ranged({})),
      MissingParameter: revokeEgress(() => ({})),
    },
    RevokeSecurityGroupIngress: {
      InvalidParameterCombination: revoke(({ ruleId }) => ({
        SecurityGroupRuleIds: [ruleId],
        IpPermissions: [https],
      })),
      'InvalidPermission.NotFound': revoke(() => ({ ...https, CidrIp: '10.0.0.0/8' })),
      'InvalidSecurityGroupRuleId.NotFound': revoke(({ ruleId }) => ({
        SecurityGroupRuleIds: [ruleId],
      })),
      MissingParameter: revoke(() => ({})),
    },
  }),
);
