// The preflight reads: zones and Regions as an account sees them, VPCs, subnets and groups.

import {
  DescribeAvailabilityZonesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcsCommand,
  type Filter,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, startLab, VENDOR } from '../../lab.ts';
import { connect, networkOf, offerService } from '../../scenes.ts';

async function zoneNamesById(lab: Lab, who: string, region = 'us-east-1') {
  const { AvailabilityZones } = await lab
    .as(who, region)
    .ec2.send(new DescribeAvailabilityZonesCommand({}));
  return Object.fromEntries((AvailabilityZones ?? []).map((zone) => [zone.ZoneId, zone.ZoneName]));
}

test('when two accounts name zones, ids agree and names do not', async () => {
  const lab = await startLab();
  const [vendor, customer, other] = await Promise.all(
    [VENDOR, CUSTOMER, OTHER_CUSTOMER].map((who) => zoneNamesById(lab, who)),
  );
  const ids = ['use1-az1', 'use1-az2', 'use1-az3', 'use1-az4', 'use1-az5', 'use1-az6'];
  for (const names of [vendor, customer, other]) {
    expect(Object.keys(names ?? {}).toSorted()).toEqual(ids);
    expect(Object.values(names ?? {}).toSorted()).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `us-east-1${letter}`),
    );
  }
  expect(vendor).not.toEqual(customer);
  expect(customer).not.toEqual(other);
  expect(await zoneNamesById(lab, VENDOR)).toEqual(vendor);
});

test('when a service is shown to a consumer, its zones have the consumer’s names', async () => {
  const lab = await startLab();
  const service = await offerService(lab, {
    TagSpecifications: [
      { ResourceType: 'vpc-endpoint-service', Tags: [{ Key: 'team', Value: 'a' }] },
    ],
  });
  const names = await zoneNamesById(lab, CUSTOMER);
  const { ServiceDetails, NextToken } = await lab
    .as(CUSTOMER)
    .ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceNames: [service.name] }));
  expect(NextToken).toBe('');
  const [detail] = ServiceDetails ?? [];
  expect(detail).toMatchObject({
    ServiceId: service.id,
    Owner: VENDOR,
    AcceptanceRequired: true,
    VpcEndpointPolicySupported: false,
    Tags: [],
  });
  expect(detail?.AvailabilityZones).toEqual(detail?.AvailabilityZoneIds?.map((id) => names[id]));
});

test('when zones, regions or ids are unknown, the answer names them', async () => {
  const lab = await startLab();
  const { ec2 } = lab.as(CUSTOMER);
  const id = '0123456789abcdef0';
  const cases: [() => Promise<unknown>, string][] = [
    [
      () => ec2.send(new DescribeAvailabilityZonesCommand({ ZoneIds: ['x'] })),
      'InvalidParameterValue',
    ],
    [() => ec2.send(new DescribeRegionsCommand({ RegionNames: ['x'] })), 'InvalidParameterValue'],
    [() => ec2.send(new DescribeVpcsCommand({ VpcIds: [`vpc-${id}`] })), 'InvalidVpcID.NotFound'],
    [() => ec2.send(new DescribeSubnetsCommand({ SubnetIds: ['x'] })), 'InvalidSubnetID.Malformed'],
    [
      () => ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [`sg-${id}`] })),
      'InvalidGroup.NotFound',
    ],
    [
      () => ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [`eni-${id}`] })),
      'InvalidNetworkInterfaceID.NotFound',
    ],
    [
      () =>
        ec2.send(
          new DescribeNetworkInterfacesCommand({
            NetworkInterfaceIds: [`eni-${id}`],
            MaxResults: 5,
          }),
        ),
      'InvalidParameterCombination',
    ],
  ];
  for (const [call, code] of cases) expect((await failure(call())).code).toBe(code);
  const { Regions } = await ec2.send(new DescribeRegionsCommand({}));
  expect(Regions?.map(({ RegionName }) => RegionName)).toContain('eu-west-1');
});

test('when another account or region asks, a network is not there', async () => {
  const lab = await startLab();
  const { vpcId } = await networkOf(lab);
  const describe = new DescribeVpcsCommand({ VpcIds: [vpcId] });
  for (const clients of [lab.as(OTHER_CUSTOMER), lab.as(CUSTOMER, 'eu-west-1')]) {
    expect((await failure(clients.ec2.send(describe))).code).toBe('InvalidVpcID.NotFound');
  }
});

test('when DNS attributes are read, they come one at a time', async () => {
  const lab = await startLab();
  const { vpcId: VpcId } = await networkOf(lab);
  const { ec2 } = lab.as(CUSTOMER);
  const support = await ec2.send(
    new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' }),
  );
  const hostnames = await ec2.send(
    new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }),
  );
  expect([support.EnableDnsSupport?.Value, support.EnableDnsHostnames]).toEqual([true, undefined]);
  expect(hostnames.EnableDnsHostnames?.Value).toBe(true);
});

test('when subnets, groups and interfaces are filtered, the right ones are left', async () => {
  const lab = await startLab();
  await connect(lab, await offerService(lab));
  const { vpcId } = await networkOf(lab);
  const { ec2 } = lab.as(CUSTOMER);
  const by = (Name: string, ...Values: string[]): { Filters: Filter[] } => ({
    Filters: [{ Name, Values }],
  });
  const subnets = await ec2.send(
    new DescribeSubnetsCommand(by('availability-zone-id', 'use1-az2')),
  );
  expect(subnets.Subnets).toMatchObject([{ VpcId: vpcId, AvailabilityZoneId: 'use1-az2' }]);
  const groups = await ec2.send(new DescribeSecurityGroupsCommand(by('group-name', 'default')));
  expect(groups.SecurityGroups).toMatchObject([{ VpcId: vpcId, GroupName: 'default' }]);
  const enis = await ec2.send(new DescribeNetworkInterfacesCommand(by('vpc-id', vpcId)));
  expect(enis.NetworkInterfaces).toHaveLength(1);
  const none = await ec2.send(new DescribeNetworkInterfacesCommand(by('status', 'available')));
  expect(none.NetworkInterfaces).toEqual([]);
});
