// Security groups and their rules: what a setup script makes of them, and what a preflight reads.

import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type Filter,
  type IpPermission,
  ModifyVpcEndpointCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab } from '../../lab.ts';
import { connect, networkOf, offerService } from '../../scenes.ts';

const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };

async function newGroup(lab: Lab, GroupName = 'privatelink'): Promise<string> {
  const { vpcId: VpcId } = await networkOf(lab);
  const { GroupId = '' } = await lab.as(CUSTOMER).ec2.send(
    new CreateSecurityGroupCommand({
      GroupName,
      Description: 'to the vendor',
      VpcId,
      TagSpecifications: [
        { ResourceType: 'security-group', Tags: [{ Key: 'for', Value: GroupName }] },
      ],
    }),
  );
  return GroupId;
}

async function groupNow(ec2: EC2Client, GroupId: string) {
  const { SecurityGroups } = await ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }),
  );
  return SecurityGroups?.[0];
}

async function allow(ec2: EC2Client, GroupId: string, ...IpPermissions: IpPermission[]) {
  return ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
}

test('when a group is made, it lets everything out and nothing in', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const { vpcId: VpcId } = await networkOf(lab);
  const GroupId = await newGroup(lab);
  expect(await groupNow(ec2, GroupId)).toEqual({
    GroupId,
    GroupName: 'privatelink',
    Description: 'to the vendor',
    OwnerId: CUSTOMER,
    VpcId,
    SecurityGroupArn: `arn:aws:ec2:us-east-1:${CUSTOMER}:security-group/${GroupId}`,
    Tags: [{ Key: 'for', Value: 'privatelink' }],
    IpPermissions: [],
    IpPermissionsEgress: [
      {
        IpProtocol: '-1',
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ],
  });
});

test('when rules are authorized, they are seen one by one and by their ports', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const [GroupId, peer] = [await newGroup(lab), await newGroup(lab, 'clients')];
  const answer = await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [
        {
          ...https,
          IpRanges: [{ CidrIp: '10.20.3.4/16', Description: 'the VPC' }],
          Ipv6Ranges: [{ CidrIpv6: '2600:1F18:0::/32' }],
          PrefixListIds: [{ PrefixListId: 'pl-63a5400a' }],
          UserIdGroupPairs: [{ GroupId: peer, UserId: CUSTOMER }],
        },
        { IpProtocol: '58', IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
        { IpProtocol: '50', FromPort: 1, ToPort: 2, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      ],
      TagSpecifications: [
        { ResourceType: 'security-group-rule', Tags: [{ Key: 'by', Value: 'script' }] },
      ],
    }),
  );
  expect(answer.Return).toBe(true);
  const described = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'tag:by', Values: ['script'] }] }),
  );
  expect(described.SecurityGroupRules).toEqual(answer.SecurityGroupRules);
  expect(answer.SecurityGroupRules).toMatchObject([
    { ...https, CidrIpv4: '10.20.0.0/16', Description: 'the VPC', IsEgress: false },
    { ...https, CidrIpv6: '2600:1f18::/32' },
    { ...https, PrefixListId: 'pl-63a5400a' },
    { ...https, ReferencedGroupInfo: { GroupId: peer, UserId: CUSTOMER } },
    { IpProtocol: 'icmpv6', FromPort: -1, ToPort: -1 },
    { IpProtocol: '50', FromPort: -1, ToPort: -1 },
  ]);
  expect((await groupNow(ec2, GroupId))?.IpPermissions).toMatchObject([
    {
      ...https,
      IpRanges: [{ CidrIp: '10.20.0.0/16', Description: 'the VPC' }],
      Ipv6Ranges: [{ CidrIpv6: '2600:1f18::/32' }],
      PrefixListIds: [{ PrefixListId: 'pl-63a5400a' }],
      UserIdGroupPairs: [{ GroupId: peer, UserId: CUSTOMER }],
    },
    { IpProtocol: 'icmpv6', FromPort: -1, ToPort: -1 },
    { IpProtocol: '50', IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
  ]);
});

test('when rules are revoked, by what they say or by id, they are gone', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const GroupId = await newGroup(lab);
  const older = { GroupId, ...https, CidrIp: '10.1.0.0/16' };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand(older));
  const permission = { ...https, IpRanges: [{ CidrIp: '10.2.0.0/16' }] };
  const { SecurityGroupRules } = await allow(ec2, GroupId, permission);
  const revoked = await ec2.send(new RevokeSecurityGroupIngressCommand(older));
  expect(revoked).toMatchObject({
    Return: true,
    UnknownIpPermissions: [],
    RevokedSecurityGroupRules: [{ GroupId, CidrIpv4: '10.1.0.0/16', IsEgress: false }],
  });
  const [rule] = SecurityGroupRules ?? [];
  const ids = [rule?.SecurityGroupRuleId ?? ''];
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: ids }));
  const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [everything] }));
  expect(await groupNow(ec2, GroupId)).toMatchObject({
    IpPermissions: [],
    IpPermissionsEgress: [],
  });
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [permission] }));
  expect((await groupNow(ec2, GroupId))?.IpPermissionsEgress).toMatchObject([permission]);
});

test('when a group is in the default VPC, its name will do', async () => {
  const vpcs = [{ region: 'us-east-1', isDefault: true }];
  const lab = await startLab({ world: { accounts: [{ id: CUSTOMER, vpcs }] } });
  const { ec2 } = lab.as(CUSTOMER);
  const named = { GroupName: 'by-name' };
  await ec2.send(new CreateSecurityGroupCommand({ ...named, Description: 'd' }));
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ ...named, SourceSecurityGroupName: 'by-name' }),
  );
  const [group] =
    (await ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['by-name'] })))
      .SecurityGroups ?? [];
  expect(group?.IpPermissions?.map(({ IpProtocol }) => IpProtocol)).toEqual(['tcp', 'udp', 'icmp']);
  const unknown = { ...named, ...https, CidrIp: '10.9.0.0/16' };
  const { UnknownIpPermissions } = await ec2.send(new RevokeSecurityGroupIngressCommand(unknown));
  expect(UnknownIpPermissions).toMatchObject([{ ...https, IpRanges: [{ CidrIp: '10.9.0.0/16' }] }]);
  await ec2.send(new DeleteSecurityGroupCommand(named));
  expect((await failure(ec2.send(new DeleteSecurityGroupCommand(named)))).code).toBe(
    'InvalidGroup.NotFound',
  );
});

test('when a group is in use, it stays until nobody needs it', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const [GroupId, other] = [await newGroup(lab), await newGroup(lab, 'other')];
  const remove = () => ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
  const endpoint = await connect(lab, await offerService(lab), { SecurityGroupIds: [GroupId] });
  expect((await failure(remove())).code).toBe('DependencyViolation');
  await ec2.send(
    new ModifyVpcEndpointCommand({
      VpcEndpointId: endpoint.VpcEndpointId,
      AddSecurityGroupIds: [other],
      RemoveSecurityGroupIds: [GroupId],
    }),
  );
  const fromGroup = { ...https, UserIdGroupPairs: [{ GroupId }] };
  await allow(ec2, other, fromGroup);
  expect((await failure(remove())).code).toBe('DependencyViolation');
  await ec2.send(
    new RevokeSecurityGroupIngressCommand({ GroupId: other, IpPermissions: [fromGroup] }),
  );
  expect((await remove()).GroupId).toBe(GroupId);
  expect((await failure(groupNow(ec2, GroupId))).code).toBe('InvalidGroup.NotFound');
  const rules = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
  );
  expect(rules.SecurityGroupRules).toEqual([]);
});

test('when groups are filtered by their rules, the right ones are left', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const [GroupId, peer] = [await newGroup(lab), await newGroup(lab, 'clients')];
  const permission = {
    ...https,
    IpRanges: [{ CidrIp: '10.20.0.0/16' }],
    Ipv6Ranges: [{ CidrIpv6: '2600::/32' }],
    PrefixListIds: [{ PrefixListId: 'pl-02cd2c6b' }],
    UserIdGroupPairs: [{ GroupId: peer }],
  };
  await allow(ec2, GroupId, permission);
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [permission] }));
  const values: Record<string, string> = {
    cidr: '10.20.0.0/16',
    'ipv6-cidr': '2600::/32',
    'prefix-list-id': 'pl-02cd2c6b',
    'group-id': peer,
    'group-name': 'clients',
    'user-id': CUSTOMER,
    'from-port': '443',
    'to-port': '443',
    protocol: 'tcp',
  };
  const left = async (...Filters: Filter[]) => {
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    return SecurityGroups?.map((group) => group.GroupId);
  };
  const mine = { Name: 'group-name', Values: ['privatelink', 'clients'] };
  for (const [name, value] of Object.entries(values)) {
    for (const prefix of ['', 'egress.']) {
      const filter = { Name: `${prefix}ip-permission.${name}`, Values: [value] };
      expect([filter.Name, await left(mine, filter)]).toEqual([filter.Name, [GroupId]]);
    }
  }
  expect(await left(mine, { Name: 'ip-permission.from-port', Values: ['80'] })).toEqual([]);
});
