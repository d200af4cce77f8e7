// The error table of networks: each code that the operations give, seen through the SDK.

import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  type AuthorizeSecurityGroupIngressCommandInput as RuleInput,
  CreateSecurityGroupCommand,
  type CreateSecurityGroupCommandInput as GroupInput,
  CreateSubnetCommand,
  type CreateSubnetCommandInput as SubnetInput,
  CreateVpcCommand,
  type CreateVpcCommandInput as VpcInput,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeVpcAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, startLab } from '../../lab.ts';
import { connect, networkOf, offerService } from '../../scenes.ts';

const unknown = '0123456789abcdef0';
const cidr = [{ CidrIp: '10.0.0.0/8' }];
const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };

test('when a VPC cannot be made, the code says why', async () => {
  const lab = await startLab({ quotas: { vpcsPerRegion: 1 } });
  const { ec2 } = lab.as(CUSTOMER);
  const cases: [VpcInput, string][] = [
    [{}, 'MissingParameter'],
    [{ CidrBlock: '10.0.0.0' }, 'InvalidParameterValue'],
    [{ CidrBlock: '10.0.0.256/16' }, 'InvalidParameterValue'],
    [{ CidrBlock: '10.0.0.0/33' }, 'InvalidParameterValue'],
    [{ CidrBlock: '10.0.0.0/15' }, 'InvalidVpc.Range'],
    [{ CidrBlock: '10.0.0.0/29' }, 'InvalidVpc.Range'],
    [{ CidrBlock: '10.0.0.0/16', InstanceTenancy: 'host' }, 'InvalidParameterValue'],
    [
      { CidrBlock: '10.0.0.0/16', Ipv6CidrBlockNetworkBorderGroup: 'us-east-1' },
      'InvalidParameterCombination',
    ],
    [
      {
        CidrBlock: '10.0.0.0/16',
        AmazonProvidedIpv6CidrBlock: true,
        Ipv6CidrBlockNetworkBorderGroup: 'us-east-2',
      },
      'InvalidParameterValue',
    ],
    [{ Ipv4IpamPoolId: 'ipam-pool-1' }, 'UnsupportedOperation'],
    [{ CidrBlock: '10.0.0.0/16' }, 'VpcLimitExceeded'],
  ];
  for (const [input, code] of cases) {
    expect((await failure(ec2.send(new CreateVpcCommand(input)))).code).toBe(code);
  }
  const VpcId = `vpc-${unknown}`;
  for (const command of [
    new DeleteVpcCommand({ VpcId }),
    new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' }),
  ]) {
    expect((await failure(ec2.send(command as DeleteVpcCommand))).code).toBe(
      'InvalidVpcID.NotFound',
    );
  }
  const { vpcId } = await networkOf(lab);
  const odd = { VpcId: vpcId, Attribute: 'enableMagic' as 'enableDnsSupport' };
  expect((await failure(ec2.send(new DescribeVpcAttributeCommand(odd)))).code).toBe(
    'InvalidParameterValue',
  );
  expect(lab.simulator.world.vpcs.count('owner', `${CUSTOMER}/us-east-1`)).toBe(1);
});

test('when a subnet cannot be made, the code says why', async () => {
  const lab = await startLab({ quotas: { subnetsPerVpc: 3 } });
  const { ec2 } = lab.as(CUSTOMER);
  const { vpcId: VpcId } = await networkOf(lab);
  const cases: [Partial<SubnetInput>, string][] = [
    [{}, 'MissingParameter'],
    [{ CidrBlock: 'x' }, 'InvalidParameterValue'],
    [{ CidrBlock: '10.20.9.0/29' }, 'InvalidSubnet.Range'],
    [{ CidrBlock: '10.21.0.0/24' }, 'InvalidSubnet.Range'],
    [{ CidrBlock: '10.20.0.0/20' }, 'InvalidSubnet.Conflict'],
    [{ CidrBlock: '10.20.9.0/24', AvailabilityZone: 'us-east-1z' }, 'InvalidParameterValue'],
    [
      {
        CidrBlock: '10.20.9.0/24',
        AvailabilityZone: 'us-east-1a',
        AvailabilityZoneId: 'use1-az1',
      },
      'InvalidParameterCombination',
    ],
    [{ CidrBlock: '10.20.9.0/24', Ipv6Native: true }, 'InvalidParameterCombination'],
    [{ Ipv6Native: true }, 'MissingParameter'],
    [{ CidrBlock: '10.20.9.0/24', Ipv6CidrBlock: 'x' }, 'InvalidParameterValue'],
    [{ CidrBlock: '10.20.9.0/24', Ipv6CidrBlock: '2600::/64' }, 'InvalidSubnet.Range'],
    [{ CidrBlock: '10.20.9.0/24', OutpostArn: 'arn:x' }, 'UnsupportedOperation'],
    [{ CidrBlock: '10.20.9.0/24', VpcId: `vpc-${unknown}` }, 'InvalidVpcID.NotFound'],
    [{ CidrBlock: '10.20.9.0/24' }, 'SubnetLimitExceeded'],
  ];
  for (const [input, code] of cases) {
    const made = ec2.send(new CreateSubnetCommand({ VpcId, ...input }));
    expect([input, (await failure(made)).code]).toEqual([input, code]);
  }
  for (const [SubnetId, code] of [
    [`subnet-${unknown}`, 'InvalidSubnetID.NotFound'],
    ['subnet-x', 'InvalidSubnetID.Malformed'],
  ]) {
    expect((await failure(ec2.send(new DeleteSubnetCommand({ SubnetId })))).code).toBe(code);
  }
});

test('when a group cannot be made or deleted, the code says why', async () => {
  const lab = await startLab({ quotas: { securityGroupsPerRegion: 2 } });
  const { ec2 } = lab.as(CUSTOMER);
  const { vpcId: VpcId } = await networkOf(lab);
  const make = (input: Partial<GroupInput>) =>
    ec2.send(
      new CreateSecurityGroupCommand({ VpcId, GroupName: 'new', Description: 'd', ...input }),
    );
  await make({ GroupName: 'Known' });
  const cases: [Partial<GroupInput>, string][] = [
    [{ GroupName: 'known' }, 'InvalidGroup.Duplicate'],
    [{ GroupName: 'default' }, 'InvalidGroup.Reserved'],
    [{ GroupName: 'sg-new' }, 'InvalidParameterValue'],
    [{ GroupName: 'ü' }, 'InvalidParameterValue'],
    [{ Description: 'x'.repeat(256) }, 'InvalidParameterValue'],
    [{ VpcId: undefined }, 'VPCIdNotSpecified'],
    [{ VpcId: 'vpc-x' }, 'InvalidVpcID.Malformed'],
    [{}, 'SecurityGroupLimitExceeded'],
  ];
  for (const [input, code] of cases) {
    expect([input, (await failure(make(input))).code]).toEqual([input, code]);
  }
  const [vpc] = lab.simulator.world.vpcs.by('owner', `${CUSTOMER}/us-east-1`);
  const deletions: [object, string][] = [
    [{}, 'MissingParameter'],
    [{ GroupId: 'sg-x', GroupName: 'x' }, 'InvalidParameterCombination'],
    [{ GroupId: 'sg-x' }, 'InvalidGroupId.Malformed'],
    [{ GroupId: `sg-${unknown}` }, 'InvalidGroup.NotFound'],
    [{ GroupName: 'Known' }, 'InvalidGroup.NotFound'],
    [{ GroupId: vpc?.defaultSecurityGroupId }, 'CannotDelete'],
  ];
  for (const [input, code] of deletions) {
    expect((await failure(ec2.send(new DeleteSecurityGroupCommand(input)))).code).toBe(code);
  }
});

test('when a rule is not one, the code says why and no rule is added', async () => {
  const lab = await startLab({ quotas: { rulesPerSecurityGroup: 2 } });
  const { ec2 } = lab.as(CUSTOMER);
  const world = lab.simulator.world;
  const [vpc] = world.vpcs.by('owner', `${CUSTOMER}/us-east-1`);
  const [far] = world.vpcs.by('owner', '333333333333/us-east-1');
  const GroupId = vpc?.defaultSecurityGroupId ?? '';
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId, ...https, CidrIp: '10.0.0.0/8' }),
  );
  const one = (permission: object) => ({ IpPermissions: [{ ...https, ...permission }] });
  const cases: [RuleInput, string][] = [
    [{}, 'MissingParameter'],
    [{ IpPermissions: [] }, 'MissingParameter'],
    [one({}), 'MissingParameter'],
    [{ ...https }, 'MissingParameter'],
    [{ SourceSecurityGroupOwnerId: CUSTOMER }, 'MissingParameter'],
    [{ ...one({ IpRanges: cidr }), CidrIp: '10.0.0.0/8' }, 'InvalidParameterCombination'],
    [{ ...https, SourceSecurityGroupName: 'x' }, 'InvalidParameterCombination'],
    [{ SourceSecurityGroupName: 'x' }, 'InvalidGroup.NotFound'],
    [{ GroupId: undefined, GroupName: 'x', ...https, CidrIp: '::' }, 'InvalidGroup.NotFound'],
    [one({ IpRanges: [{ CidrIp: '10.0.0.0/33' }] }), 'InvalidParameterValue'],
    [one({ Ipv6Ranges: [{ CidrIpv6: '10.0.0.0/8' }] }), 'InvalidParameterValue'],
    [one({ IpRanges: [{ CidrIp: '10.9.0.0/16', Description: 'ü' }] }), 'InvalidParameterValue'],
    [one({ IpProtocol: 'sctp', IpRanges: cidr }), 'InvalidParameterValue'],
    [one({ IpProtocol: '256', IpRanges: cidr }), 'InvalidParameterValue'],
    [one({ FromPort: undefined, IpRanges: cidr }), 'InvalidParameterValue'],
    [one({ FromPort: 444, IpRanges: cidr }), 'InvalidParameterValue'],
    [one({ ToPort: 65_536, IpRanges: cidr }), 'InvalidParameterValue'],
    [one({ IpProtocol: 'icmp', FromPort: 256, IpRanges: cidr }), 'InvalidParameterValue'],
    [one({ IpProtocol: 'icmp', FromPort: -1, ToPort: 3, IpRanges: cidr }), 'InvalidParameterValue'],
    [one({ PrefixListIds: [{ PrefixListId: 'x' }] }), 'InvalidPrefixListId.Malformed'],
    [one({ PrefixListIds: [{ PrefixListId: 'pl-00000000' }] }), 'InvalidPrefixListID.NotFound'],
    [one({ UserIdGroupPairs: [{ GroupId: `sg-${unknown}` }] }), 'InvalidGroup.NotFound'],
    [
      one({ UserIdGroupPairs: [{ GroupId: far?.defaultSecurityGroupId }] }),
      'InvalidGroup.NotFound',
    ],
    [one({ UserIdGroupPairs: [{ GroupId, UserId: '333333333333' }] }), 'InvalidGroup.NotFound'],
    [one({ UserIdGroupPairs: [{ GroupId, VpcId: far?.id }] }), 'InvalidGroup.NotFound'],
    [
      one({ UserIdGroupPairs: [{ GroupId, VpcPeeringConnectionId: 'pcx-1' }] }),
      'UnsupportedOperation',
    ],
    [one({ UserIdGroupPairs: [{ GroupId, PeeringStatus: 'active' }] }), 'UnsupportedOperation'],
    [one({ IpRanges: [{ CidrIp: '10.3.4.5/8' }] }), 'InvalidPermission.Duplicate'],
    [
      one({ IpRanges: [{ CidrIp: '10.9.0.0/16' }, { CidrIp: '10.9.1.1/16' }] }),
      'InvalidParameterValue',
    ],
    [one({ IpRanges: [{ CidrIp: '10.9.0.0/16' }] }), 'RulesPerSecurityGroupLimitExceeded'],
  ];
  for (const [input, code] of cases) {
    const command = new AuthorizeSecurityGroupIngressCommand({ GroupId, ...input });
    expect([input, (await failure(ec2.send(command))).code]).toEqual([input, code]);
  }
  const older = new AuthorizeSecurityGroupEgressCommand({ GroupId, ...https, CidrIp: '::' });
  expect((await failure(ec2.send(older))).code).toBe('InvalidParameterCombination');
  expect(world.securityGroupRules.count('group', GroupId)).toBe(3);
});

test('when a rule is not there, it is neither revoked nor described', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const [vpc] = lab.simulator.world.vpcs.by('owner', `${CUSTOMER}/us-east-1`);
  const GroupId = vpc?.defaultSecurityGroupId ?? '';
  const [egress] = [...lab.simulator.world.securityGroupRules.by('group', GroupId)].filter(
    (rule) => rule.egress,
  );
  const cases: [object, string][] = [
    [{ ...https, CidrIp: '10.0.0.0/8' }, 'InvalidPermission.NotFound'],
    [{ SecurityGroupRuleIds: [`sgr-${unknown}`] }, 'InvalidSecurityGroupRuleId.NotFound'],
    [{ SecurityGroupRuleIds: [egress?.id] }, 'InvalidSecurityGroupRuleId.NotFound'],
    [{ SecurityGroupRuleIds: ['sgr-x'] }, 'InvalidSecurityGroupRuleId.Malformed'],
    [{ SecurityGroupRuleIds: [egress?.id], IpPermissions: [https] }, 'InvalidParameterCombination'],
  ];
  for (const [input, code] of cases) {
    const command = new RevokeSecurityGroupIngressCommand({ GroupId, ...input });
    expect((await failure(ec2.send(command))).code).toBe(code);
  }
  const describe = new DescribeSecurityGroupRulesCommand({
    SecurityGroupRuleIds: [`sgr-${unknown}`],
  });
  expect((await failure(ec2.send(describe))).code).toBe('InvalidSecurityGroupRuleId.NotFound');
});

test('when an interface of an endpoint is to be changed, AWS does not let its owner', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const endpoint = await connect(lab, await offerService(lab));
  const [NetworkInterfaceId = ''] = endpoint.NetworkInterfaceIds ?? [];
  const [vpc] = lab.simulator.world.vpcs.by('owner', `${CUSTOMER}/us-east-1`);
  const Groups = [vpc?.defaultSecurityGroupId ?? ''];
  const modify = (id: string) =>
    ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id, Groups }));
  expect(await failure(modify(NetworkInterfaceId))).toEqual({
    code: 'OperationNotPermitted',
    message: expect.stringContaining('change Groups'),
  });
  const nothing = new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId });
  expect((await failure(ec2.send(nothing))).code).toBe('MissingParameter');
  expect((await failure(modify(`eni-${unknown}`))).code).toBe('InvalidNetworkInterfaceID.NotFound');
  expect((await failure(modify('eni-x'))).code).toBe('InvalidNetworkInterfaceId.Malformed');
});
