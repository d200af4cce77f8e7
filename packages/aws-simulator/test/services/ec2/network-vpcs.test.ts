// VPCs and subnets that a script makes, changes and removes, and what a preflight reads of them.

import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DescribeAvailabilityZonesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  ModifyVpcAttributeCommand,
  type ModifyVpcAttributeCommandInput,
  type Subnet,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab } from '../../lab.ts';
import { connect, networkOf, offerService } from '../../scenes.ts';

async function zoneNow(lab: Lab, id = 'use1-az3') {
  const command = new DescribeAvailabilityZonesCommand({ ZoneIds: [id] });
  return (await lab.as(CUSTOMER).ec2.send(command)).AvailabilityZones?.[0];
}

test('when a VPC is made, it has its block, its group and no DNS hostnames', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: '10.77.3.1/20',
      AmazonProvidedIpv6CidrBlock: true,
      Ipv6CidrBlockNetworkBorderGroup: 'us-east-1',
      InstanceTenancy: 'dedicated',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'a', Value: 'b' }] }],
    }),
  );
  expect(Vpc?.State).toBe('pending');
  const VpcId = Vpc?.VpcId ?? '';
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  expect(Vpcs).toEqual([{ ...Vpc, State: 'available' }]);
  expect(Vpc).toMatchObject({
    CidrBlock: '10.77.0.0/20',
    InstanceTenancy: 'dedicated',
    IsDefault: false,
    Tags: [{ Key: 'a', Value: 'b' }],
    Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: expect.stringMatching(/00::\/56$/) }],
  });
  const groups = new DescribeSecurityGroupsCommand({
    Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
  });
  expect((await ec2.send(groups)).SecurityGroups).toMatchObject([
    {
      GroupName: 'default',
      IpPermissions: [{ IpProtocol: '-1' }],
      IpPermissionsEgress: [
        { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
      ],
    },
  ]);
  const hostnames = new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' });
  expect((await ec2.send(hostnames)).EnableDnsHostnames).toEqual({ Value: false });
});

test('when DNS attributes are changed, private DNS follows and one call changes one', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const { vpcId: VpcId } = await networkOf(lab);
  const modify = (input: Omit<ModifyVpcAttributeCommandInput, 'VpcId'>) =>
    ec2.send(new ModifyVpcAttributeCommand({ VpcId, ...input }));
  const [on, off] = [{ Value: true }, { Value: false }];
  await modify({ EnableDnsSupport: off });
  await modify({ EnableDnsHostnames: off });
  await modify({ EnableNetworkAddressUsageMetrics: on });
  const read = async (Attribute: 'enableDnsSupport' | 'enableNetworkAddressUsageMetrics') =>
    ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }));
  expect((await read('enableDnsSupport')).EnableDnsSupport).toEqual(off);
  expect((await read('enableNetworkAddressUsageMetrics')).EnableNetworkAddressUsageMetrics).toEqual(
    on,
  );
  const input = { ServiceName: 'com.amazonaws.us-east-1.sts', PrivateDnsEnabled: true };
  expect(await failure(connect(lab, { id: '', name: '' }, input))).toEqual({
    code: 'InvalidParameter',
    message:
      'Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC ' +
      `attributes set to true for ${VpcId}`,
  });
  expect((await failure(modify({ EnableDnsHostnames: on }))).code).toBe('InvalidParameterValue');
  const both = modify({ EnableDnsHostnames: on, EnableDnsSupport: on });
  expect((await failure(both)).code).toBe('InvalidParameterCombination');
  expect((await failure(modify({}))).code).toBe('MissingParameter');
  await modify({ EnableDnsSupport: on });
  await modify({ EnableDnsHostnames: on });
  expect((await connect(lab, { id: '', name: '' }, input)).PrivateDnsEnabled).toBe(true);
});

test('when a subnet is made, it is where and what was asked for', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.77.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
  );
  const VpcId = Vpc?.VpcId ?? '';
  const block = Vpc?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock ?? '';
  const zone = await zoneNow(lab);
  const make = async (input: object) =>
    (await ec2.send(new CreateSubnetCommand({ VpcId, ...input }))).Subnet;
  const single = await make({ CidrBlock: '10.77.1.9/24', AvailabilityZone: zone?.ZoneName });
  const dual = await make({
    CidrBlock: '10.77.2.0/28',
    Ipv6CidrBlock: block.replace('/56', '/64'),
    AvailabilityZoneId: 'use1-az3',
    TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: 'a', Value: 'b' }] }],
  });
  const only = await make({ Ipv6CidrBlock: block.replace('00::/56', '01::/64'), Ipv6Native: true });
  expect(single).toMatchObject({
    CidrBlock: '10.77.1.0/24',
    AvailabilityZoneId: 'use1-az3',
    AvailableIpAddressCount: 251,
    Ipv6Native: false,
  });
  expect(dual).toMatchObject({
    AvailabilityZone: zone?.ZoneName,
    AvailableIpAddressCount: 11,
    Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: block.replace('/56', '/64') }],
    Tags: [{ Key: 'a', Value: 'b' }],
  });
  expect(only).toMatchObject({
    Ipv6Native: true,
    AvailableIpAddressCount: 0,
    PrivateDnsNameOptionsOnLaunch: { HostnameType: 'resource-name' },
  });
  expect(only?.CidrBlock).toBeUndefined();
  const { Subnets } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
  );
  expect(Subnets).toEqual([single, dual, only]);
});

test('when subnets are filtered, AWS’s older names for filters work too', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const [first] = (await ec2.send(new DescribeSubnetsCommand({}))).Subnets ?? [];
  const by = async (Name: string, value: unknown): Promise<Subnet[] | undefined> => {
    const Filters = [{ Name, Values: [String(value)] }];
    return (await ec2.send(new DescribeSubnetsCommand({ Filters }))).Subnets;
  };
  for (const name of ['cidr', 'cidrBlock', 'cidr-block']) {
    expect(await by(name, first?.CidrBlock)).toEqual([first]);
  }
  for (const name of ['availabilityZone', 'availability-zone']) {
    expect(await by(name, first?.AvailabilityZone)).toEqual([first]);
  }
  expect(await by('availabilityZoneId', first?.AvailabilityZoneId)).toEqual([first]);
  expect(await by('ipv6-native', true)).toEqual([]);
});

test('when something is left in a VPC, it is not deleted', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const { vpcId: VpcId, subnetIds } = await networkOf(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, await offerService(lab));
  const group = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'g', Description: 'd' }),
  );
  const remove = () => ec2.send(new DeleteVpcCommand({ VpcId }));
  const [used = ''] = subnetIds;
  const deleteSubnet = (SubnetId: string) => ec2.send(new DeleteSubnetCommand({ SubnetId }));
  expect((await failure(deleteSubnet(used))).code).toBe('DependencyViolation');
  await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  expect((await failure(deleteSubnet(used))).code).toBe('DependencyViolation');
  lab.advance(lab.simulator.world.delays.endpointDeleted);
  for (const subnetId of subnetIds) await deleteSubnet(subnetId);
  expect((await failure(remove())).code).toBe('DependencyViolation');
  lab.simulator.world.securityGroups.remove(group.GroupId ?? '');
  await remove();
  expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toEqual([]);
  expect((await ec2.send(new DescribeSubnetsCommand({}))).Subnets).toEqual([]);
});

test('when all zones are asked for, Local Zones are among them', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const all = new DescribeAvailabilityZonesCommand({ AllAvailabilityZones: true });
  const { AvailabilityZones } = await ec2.send(all);
  expect(AvailabilityZones).toHaveLength(7);
  const local = AvailabilityZones?.at(-1);
  expect(local).toMatchObject({
    ZoneId: 'use1-bos1-az1',
    ZoneType: 'local-zone',
    OptInStatus: 'not-opted-in',
    ParentZoneName: (await zoneNow(lab, 'use1-az4'))?.ZoneName,
  });
  expect(await failure(zoneNow(lab, 'use1-bos1-az1'))).toMatchObject({
    code: 'InvalidParameterValue',
  });
  expect(await zoneNow(lab)).toMatchObject({
    GroupName: 'us-east-1-zg-1',
    GroupLongName: 'US East (N. Virginia) 1',
    NetworkBorderGroup: 'us-east-1',
    Geography: [{ Name: 'United States of America' }],
    SubGeography: [{ Name: 'Virginia' }],
  });
});

test('when a Region must be asked for, only those who did have it', async () => {
  const lab = await startLab();
  lab.simulator.addAccount({ id: '600000000001', optInRegions: ['eu-south-1'] });
  const status = async (who: string, input: object) => {
    const { Regions } = await lab.as(who).ec2.send(new DescribeRegionsCommand(input));
    return Regions?.find(({ RegionName }) => RegionName === 'eu-south-1')?.OptInStatus;
  };
  expect(await status(CUSTOMER, {})).toBeUndefined();
  expect(await status(CUSTOMER, { AllRegions: true })).toBe('not-opted-in');
  expect(await status(CUSTOMER, { RegionNames: ['eu-south-1'] })).toBe('not-opted-in');
  expect(await status('600000000001', {})).toBe('opted-in');
  const there = (who: string) => lab.as(who, 'eu-south-1').ec2.send(new DescribeVpcsCommand({}));
  expect((await failure(there(CUSTOMER))).code).toBe('AuthFailure');
  expect((await there('600000000001')).Vpcs).toEqual([]);
});

test('when an interface is looked at, it tells whose it is and what it is for', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const { VpcEndpointId } = await connect(lab, await offerService(lab));
  const by = async (Name: string, value: string) => {
    const Filters = [{ Name, Values: [value] }];
    const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    return NetworkInterfaces ?? [];
  };
  const [eni] = await by('description', `VPC Endpoint Interface ${VpcEndpointId}`);
  expect(eni).toMatchObject({
    Status: 'in-use',
    InterfaceType: 'vpc_endpoint',
    Attachment: { Status: 'attached', AttachTime: lab.now() },
    PrivateDnsName: 'ip-10-20-0-4.ec2.internal',
    PrivateIpAddress: '10.20.0.4',
  });
  for (const [name, value] of [
    ['attachment.attachment-id', eni?.Attachment?.AttachmentId],
    ['attachment.status', 'attached'],
    ['addresses.private-ip-address', '10.20.0.4'],
    ['requester-id', eni?.RequesterId],
    ['requester-managed', 'true'],
    ['private-dns-name', 'ip-10-20-0-4.ec2.internal'],
  ] as const) {
    expect([name, await by(name, value ?? '')]).toEqual([name, [eni]]);
  }
  expect(await by('attachment.instance-id', '*')).toEqual([]);
});
