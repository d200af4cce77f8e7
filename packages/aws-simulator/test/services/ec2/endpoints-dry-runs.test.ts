// DryRun of every operation of a consumer: the answer is that it would have succeeded, and nothing
// has happened. ModifyVpcAttribute has no DryRun.

import * as ec2 from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, startLab } from '../../lab.ts';

const DryRun = true;
const vpc = { VpcId: 'vpc-0123456789abcdef0' };
const endpoint = { VpcEndpointId: 'vpce-0123456789abcdef0' };
const group = { GroupId: 'sg-0123456789abcdef0' };

const commands = {
  CreateVpcEndpoint: new ec2.CreateVpcEndpointCommand({ DryRun, ...vpc }),
  ModifyVpcEndpoint: new ec2.ModifyVpcEndpointCommand({ DryRun, ...endpoint }),
  DeleteVpcEndpoints: new ec2.DeleteVpcEndpointsCommand({
    DryRun,
    VpcEndpointIds: [endpoint.VpcEndpointId],
  }),
  ModifyVpcEndpointPayerResponsibility: new ec2.ModifyVpcEndpointPayerResponsibilityCommand({
    DryRun,
    ...endpoint,
    Scope: 'vpc-endpoint-charges',
    PayerResponsibility: 'vpc-endpoint-account',
  }),
  DescribeVpcEndpoints: new ec2.DescribeVpcEndpointsCommand({ DryRun }),
  DescribeVpcEndpointServices: new ec2.DescribeVpcEndpointServicesCommand({ DryRun }),
  DescribeVpcEndpointAssociations: new ec2.DescribeVpcEndpointAssociationsCommand({ DryRun }),
  DescribeAvailabilityZones: new ec2.DescribeAvailabilityZonesCommand({ DryRun }),
  DescribeRegions: new ec2.DescribeRegionsCommand({ DryRun }),
  DescribeVpcs: new ec2.DescribeVpcsCommand({ DryRun }),
  DescribeVpcAttribute: new ec2.DescribeVpcAttributeCommand({
    DryRun,
    ...vpc,
    Attribute: 'enableDnsSupport',
  }),
  DescribeSubnets: new ec2.DescribeSubnetsCommand({ DryRun }),
  DescribeSecurityGroups: new ec2.DescribeSecurityGroupsCommand({ DryRun }),
  DescribeSecurityGroupRules: new ec2.DescribeSecurityGroupRulesCommand({ DryRun }),
  DescribeNetworkInterfaces: new ec2.DescribeNetworkInterfacesCommand({ DryRun }),
  ModifyNetworkInterfaceAttribute: new ec2.ModifyNetworkInterfaceAttributeCommand({
    DryRun,
    NetworkInterfaceId: 'eni-0123456789abcdef0',
  }),
  CreateVpc: new ec2.CreateVpcCommand({ DryRun, CidrBlock: '10.0.0.0/16' }),
  DeleteVpc: new ec2.DeleteVpcCommand({ DryRun, ...vpc }),
  CreateSubnet: new ec2.CreateSubnetCommand({ DryRun, ...vpc }),
  DeleteSubnet: new ec2.DeleteSubnetCommand({ DryRun, SubnetId: 'subnet-0123456789abcdef0' }),
  CreateSecurityGroup: new ec2.CreateSecurityGroupCommand({
    DryRun,
    ...vpc,
    GroupName: 'g',
    Description: 'd',
  }),
  DeleteSecurityGroup: new ec2.DeleteSecurityGroupCommand({ DryRun, ...group }),
  AuthorizeSecurityGroupIngress: new ec2.AuthorizeSecurityGroupIngressCommand({
    DryRun,
    ...group,
  }),
  AuthorizeSecurityGroupEgress: new ec2.AuthorizeSecurityGroupEgressCommand({ DryRun, ...group }),
  RevokeSecurityGroupIngress: new ec2.RevokeSecurityGroupIngressCommand({ DryRun, ...group }),
  RevokeSecurityGroupEgress: new ec2.RevokeSecurityGroupEgressCommand({ DryRun, ...group }),
} as const;

test('when a consumer tries an operation dry, it would have succeeded and did not', async () => {
  const lab = await startLab();
  const { world } = lab.simulator;
  const sizes = () => [
    world.vpcs.size,
    world.subnets.size,
    world.securityGroups.size,
    world.securityGroupRules.size,
    world.endpoints.size,
  ];
  const before = sizes();
  const codes: Record<string, string> = {};
  for (const [name, command] of Object.entries(commands)) {
    const sent = lab.as(CUSTOMER).ec2.send(command as ec2.DescribeVpcsCommand);
    codes[name] = (await failure(sent)).code;
  }
  const expected = Object.keys(commands).map((name) => [name, 'DryRunOperation']);
  expect(codes).toEqual(Object.fromEntries(expected));
  expect(sizes()).toEqual(before);
});
