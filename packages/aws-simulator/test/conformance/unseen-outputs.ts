// Why some output members are never seen. A reason is about what this world does not have, never
// about what would be work; members without a reason stand in the table as missing.

import { unseenBalancerOutputs } from './unseen-balancers.ts';
import type { Unseen } from './unseen.ts';

const rules = [
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:DescribeSecurityGroupRules',
];
const zones = [
  'route53:CreateHostedZone',
  'route53:GetHostedZone',
  'route53:ListHostedZones',
  'route53:ListHostedZonesByName',
  'route53:UpdateHostedZoneComment',
];

export const unseenOutputs: readonly Unseen[] = [
  {
    operations: ['sqs:SendMessage', 'sqs:SendMessageBatch', 'sns:Publish', 'sns:PublishBatch'],
    members: ['SequenceNumber', 'Successful.SequenceNumber'],
    reason: 'FIFO queues and topics are not simulated, and only those number their messages',
  },
  {
    operations: ['sqs:ReceiveMessage'],
    members: [
      'Messages.MessageAttributes.StringListValues',
      'Messages.MessageAttributes.BinaryListValues',
    ],
    reason: 'AWS has reserved list values for later, and refuses them',
  },
  ...unseenBalancerOutputs,
  {
    operations: ['ec2:CreateVpc', 'ec2:DescribeVpcs'],
    members: ['Vpc.EncryptionControl', 'Vpcs.EncryptionControl'],
    reason: 'VPC encryption controls are not simulated, and VpcEncryptionControl is refused',
  },
  {
    operations: ['ec2:CreateVpc', 'ec2:DescribeVpcs', 'ec2:CreateSubnet', 'ec2:DescribeSubnets'],
    members: [
      'Vpc.CidrBlockAssociationSet.CidrBlockState.StatusMessage',
      'Vpc.Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.StatusMessage',
      'Vpcs.CidrBlockAssociationSet.CidrBlockState.StatusMessage',
      'Vpcs.Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.StatusMessage',
      'Subnet.Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.StatusMessage',
      'Subnets.Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.StatusMessage',
    ],
    reason: 'AWS tells why the association of a block failed, and none fails here',
  },
  {
    operations: ['ec2:CreateSubnet', 'ec2:DescribeSubnets', 'ec2:DescribeNetworkInterfaces'],
    members: [
      'Subnet.CustomerOwnedIpv4Pool',
      'Subnet.EnableLniAtDeviceIndex',
      'Subnet.OutpostArn',
      'Subnets.CustomerOwnedIpv4Pool',
      'Subnets.EnableLniAtDeviceIndex',
      'Subnets.OutpostArn',
      'NetworkInterfaces.OutpostArn',
    ],
    reason: 'there are no Outposts in this world',
  },
  {
    operations: ['ec2:DescribeNetworkInterfaces'],
    members: [
      'NetworkInterfaces.Association',
      'NetworkInterfaces.PrivateIpAddresses.Association',
      'NetworkInterfaces.PublicDnsName',
      'NetworkInterfaces.PublicIpDnsNameOptions',
      'NetworkInterfaces.Ipv6Addresses.PublicIpv6DnsName',
    ],
    reason: 'the interfaces of endpoints have no public addresses',
  },
  {
    operations: ['ec2:DescribeNetworkInterfaces'],
    members: [
      'NetworkInterfaces.Attachment.InstanceId',
      'NetworkInterfaces.Attachment.EnaQueueCount',
      'NetworkInterfaces.Attachment.EnaSrdSpecification',
      'NetworkInterfaces.ConnectionTrackingConfiguration',
      'NetworkInterfaces.AssociatedSubnets',
    ],
    reason: 'the interfaces of endpoints are not attached to instances',
  },
  {
    operations: ['ec2:DescribeNetworkInterfaces'],
    members: [
      'NetworkInterfaces.Ipv4Prefixes',
      'NetworkInterfaces.Ipv6Prefixes',
      'NetworkInterfaces.Operator.Principal',
      'NetworkInterfaces.Operator.HiddenByDefault',
    ],
    reason: 'they are of interfaces with delegated prefixes, or that an AWS service operates',
  },
  {
    operations: ['ec2:CreateSubnet', 'ec2:DescribeSubnets'],
    members: ['Subnet.Type', 'Subnets.Type'],
    reason: 'only subnets of the Elastic VMware Service have one',
  },
  {
    operations: rules,
    members: [
      'SecurityGroupRules.ReferencedGroupInfo.PeeringStatus',
      'SecurityGroupRules.ReferencedGroupInfo.VpcPeeringConnectionId',
    ],
    reason: 'VPC peering is not simulated',
  },
  {
    operations: ['ec2:DescribeSecurityGroups'],
    members: ['IpPermissions', 'IpPermissionsEgress'].flatMap((direction) =>
      ['VpcId', 'VpcPeeringConnectionId', 'PeeringStatus', 'GroupName'].map(
        (name) => `SecurityGroups.${direction}.UserIdGroupPairs.${name}`,
      ),
    ),
    reason: 'AWS tells them of groups in peered VPCs and in EC2-Classic, and there are neither',
  },
  {
    operations: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'],
    members: ['VpcPeeringConnectionId', 'PeeringStatus', 'VpcId', 'GroupName'].map(
      (name) => `UnknownIpPermissions.UserIdGroupPairs.${name}`,
    ),
    reason: 'AWS tells them of groups in peered VPCs and in EC2-Classic, and there are neither',
  },
  {
    operations: ['ec2:CreateVpcEndpoint', 'ec2:DescribeVpcEndpoints'],
    members: ['VpcEndpoint', 'VpcEndpoints'].flatMap((root) => [
      `${root}.DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint`,
      `${root}.DnsOptions.PrivateDnsPreference`,
      `${root}.DnsOptions.PrivateDnsSpecifiedDomains`,
      `${root}.Ipv4Prefixes`,
      `${root}.Ipv6Prefixes`,
      `${root}.ServiceNetworkArn`,
      `${root}.ResourceConfigurationArn`,
    ]),
    reason: 'they are of gateway, resource and service network endpoints, which are not simulated',
  },
  {
    operations: ['ec2:CreateVpcEndpoint'],
    members: ['VpcEndpoint.LastError', 'VpcEndpoint.FailureReason'],
    reason: 'an endpoint cannot have failed yet when it is made',
  },
  {
    operations: ['ec2:CreateVpcEndpointServiceConfiguration'],
    members: ['ServiceConfiguration.PayerResponsibility'],
    reason: 'only ModifyVpcEndpointServicePayerResponsibility sets it',
  },
  {
    operations: ['ec2:DescribeVpcEndpointAssociations'],
    members: ['VpcEndpointAssociations', 'NextToken'],
    reason: 'only resource and service network endpoints have associations',
  },
  {
    operations: ['ec2:DescribeAvailabilityZones'],
    members: ['AvailabilityZones.Messages.Message', 'AvailabilityZones.SubGeography'],
    reason: 'nothing is wrong with any zone, and none is in a part of a country',
  },
  {
    operations: zones,
    members: ['HostedZone.LinkedService', 'HostedZones.LinkedService'],
    reason: 'no AWS service makes hosted zones for its callers here',
  },
  {
    operations: zones,
    members: ['HostedZone.Features', 'HostedZones.Features'],
    reason: 'accelerated recovery is not simulated',
  },
  {
    operations: ['route53:CreateHostedZone', 'route53:GetHostedZone'],
    members: ['DelegationSet.Id', 'DelegationSet.CallerReference'],
    reason: 'reusable delegation sets are not simulated, and DelegationSetId is refused',
  },
  {
    operations: ['route53:CreateHostedZone', 'route53:DeleteHostedZone'],
    members: ['ChangeInfo.Comment'],
    reason: 'neither call can be given a comment for its change',
  },
  {
    operations: ['route53:ListResourceRecordSets'],
    members: [
      'ResourceRecordSets.HealthCheckId',
      'ResourceRecordSets.TrafficPolicyInstanceId',
      'ResourceRecordSets.CidrRoutingConfig',
    ],
    reason: 'health checks, traffic policies and CIDR routing are refused',
  },
];
