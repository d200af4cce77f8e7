// Addresses of endpoints: IPv4, IPv6 or both, which DNS records they get, and addresses that a
// consumer chooses.

import {
  type CreateVpcEndpointCommandInput,
  DescribeNetworkInterfacesCommand,
  ModifyVpcEndpointCommand,
  type ModifyVpcEndpointCommandInput,
  type NetworkInterface,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import type { SimulatorOptions } from '../../../src/index.ts';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { connect, connectionsOf, endpointNow, networkOf, offerService } from '../../scenes.ts';

/** A vendor with dualstack load balancers, and a customer with a subnet of each kind. */
async function mixedLab(options: SimulatorOptions = {}): Promise<Lab> {
  const loadBalancers = [{ name: 'api-1', region: 'us-east-1', dualstack: true }];
  const subnets = [
    { zoneId: 'use1-az1', ipv6: true },
    { zoneId: 'use1-az2', ipv6: 'only' },
    { zoneId: 'use1-az4', ipv6: false },
  ] as const;
  const vpcs = [{ region: 'us-east-1', cidr: '10.20.0.0/16', subnets }];
  return startLab({
    world: {
      accounts: [
        { id: VENDOR, loadBalancers },
        { id: CUSTOMER, vpcs },
      ],
    },
    ...options,
  });
}

async function openService(lab: Lab, types: ('ipv4' | 'ipv6')[] = ['ipv4', 'ipv6']) {
  return offerService(lab, { AcceptanceRequired: false, SupportedIpAddressTypes: types });
}

async function interfacesOf(lab: Lab, endpointId = ''): Promise<NetworkInterface[]> {
  const { NetworkInterfaceIds } = (await endpointNow(lab, endpointId)) ?? {};
  if (!NetworkInterfaceIds?.length) return [];
  const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds });
  return (await lab.as(CUSTOMER).ec2.send(command)).NetworkInterfaces ?? [];
}

async function modify(lab: Lab, change: ModifyVpcEndpointCommandInput) {
  return lab.as(CUSTOMER).ec2.send(new ModifyVpcEndpointCommand(change));
}

test('when an endpoint is dualstack, its interfaces have both kinds of address', async () => {
  const lab = await mixedLab();
  const service = await openService(lab);
  const [dual = ''] = (await networkOf(lab)).subnetIds;
  const endpoint = await connect(lab, service, { IpAddressType: 'dualstack', SubnetIds: [dual] });
  expect(endpoint).toMatchObject({
    IpAddressType: 'dualstack',
    DnsOptions: { DnsRecordIpType: 'dualstack' },
  });
  const [eni] = await interfacesOf(lab, endpoint.VpcEndpointId);
  expect(eni).toMatchObject({
    PrivateIpAddress: '10.20.0.4',
    Ipv6Address: expect.stringMatching(/^2600:1f18:/),
    Ipv6Native: false,
  });
  expect(eni?.Ipv6Addresses).toEqual([{ Ipv6Address: eni?.Ipv6Address, IsPrimaryIpv6: false }]);
  expect(await connectionsOf(lab, service.id)).toMatchObject([{ IpAddressType: 'dualstack' }]);
});

test('when an endpoint has IPv6 only, it is in subnets with IPv6 only', async () => {
  const lab = await mixedLab();
  const service = await openService(lab);
  const [dual = '', only = ''] = (await networkOf(lab)).subnetIds;
  const endpoint = await connect(lab, service, { IpAddressType: 'ipv6', SubnetIds: [only] });
  expect(endpoint.DnsOptions?.DnsRecordIpType).toBe('ipv6');
  const [eni] = await interfacesOf(lab, endpoint.VpcEndpointId);
  expect(eni).toMatchObject({ Ipv6Native: true, PrivateIpAddresses: [] });
  expect(eni?.PrivateIpAddress).toBeUndefined();
  const elsewhere = connect(lab, service, { IpAddressType: 'ipv6', SubnetIds: [dual] });
  expect(await failure(elsewhere)).toEqual({
    code: 'InvalidParameter',
    message: `The subnet ${dual} does not support the IP address type: ipv6.`,
  });
});

test('when a type does not fit the service or the subnet, the endpoint is refused', async () => {
  const lab = await mixedLab();
  const service = await openService(lab, ['ipv4']);
  const [dual = '', only = '', single = ''] = (await networkOf(lab)).subnetIds;
  const cases: [Partial<CreateVpcEndpointCommandInput>, string, RegExp][] = [
    [{ IpAddressType: 'dualstack', SubnetIds: [dual] }, 'InvalidParameter', /service .*dualstack/],
    [{ SubnetIds: [only] }, 'InvalidParameter', /subnet .*ipv4/],
    [{ IpAddressType: 'ipx' as 'ipv4', SubnetIds: [single] }, 'InvalidParameterValue', /ipx/],
    [
      { SubnetIds: [dual], DnsOptions: { DnsRecordIpType: 'ipv6' } },
      'InvalidParameter',
      /DnsRecordIpType ipv6/,
    ],
    [
      { SubnetIds: [dual], DnsOptions: { DnsRecordIpType: 'x' as 'ipv6' } },
      'InvalidParameterValue',
      /'x'/,
    ],
    [
      { SubnetIds: [dual], DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: true } },
      'InvalidParameter',
      /PrivateDnsOnlyForInboundResolverEndpoint/,
    ],
    [
      { SubnetIds: [dual], DnsOptions: { PrivateDnsPreference: 'ALL_DOMAINS' } },
      'InvalidParameter',
      /PrivateDnsPreference/,
    ],
    [
      { SubnetIds: [dual], DnsOptions: { PrivateDnsSpecifiedDomains: ['a.example'] } },
      'InvalidParameter',
      /PrivateDnsSpecifiedDomains/,
    ],
  ];
  for (const [input, code, message] of cases) {
    const found = await failure(connect(lab, service, input));
    expect(found).toEqual({ code, message: expect.stringMatching(message) });
  }
  expect(lab.simulator.world.endpoints.size).toBe(0);
});

test.for(['dualstack', 'ipv4', 'service-defined'] as const)(
  'when a dualstack endpoint names no records, it gets %s, as the knob says',
  async (dualstackRecords) => {
    const lab = await mixedLab({ knobs: { dualstackRecords } });
    const [dual = ''] = (await networkOf(lab)).subnetIds;
    const input = { IpAddressType: 'dualstack' as const, SubnetIds: [dual] };
    const endpoint = await connect(lab, await openService(lab), input);
    expect(endpoint.DnsOptions?.DnsRecordIpType).toBe(dualstackRecords);
  },
);

test('when an endpoint changes its type, addresses and records follow', async () => {
  const lab = await mixedLab();
  const service = await openService(lab);
  const [dual = ''] = (await networkOf(lab)).subnetIds;
  const { VpcEndpointId = '' } = await connect(lab, service, { SubnetIds: [dual] });
  const [before] = await interfacesOf(lab, VpcEndpointId);
  expect(before?.Ipv6Addresses).toEqual([]);
  const DnsOptions = { DnsRecordIpType: 'service-defined' } as const;
  await modify(lab, { VpcEndpointId, IpAddressType: 'dualstack', DnsOptions });
  const [after] = await interfacesOf(lab, VpcEndpointId);
  expect(after).toMatchObject({
    NetworkInterfaceId: before?.NetworkInterfaceId,
    PrivateIpAddress: before?.PrivateIpAddress,
    Ipv6Address: expect.stringContaining(':'),
  });
  expect((await endpointNow(lab, VpcEndpointId))?.DnsOptions).toEqual(DnsOptions);
  await modify(lab, { VpcEndpointId, IpAddressType: 'ipv4' });
  expect(await endpointNow(lab, VpcEndpointId)).toMatchObject({
    IpAddressType: 'ipv4',
    DnsOptions: { DnsRecordIpType: 'ipv4' },
  });
  expect((await interfacesOf(lab, VpcEndpointId))[0]?.Ipv6Addresses).toEqual([]);
  const unfit = modify(lab, { VpcEndpointId, IpAddressType: 'ipv6' });
  expect((await failure(unfit)).code).toBe('InvalidParameter');
});

test('when addresses are chosen, the interface has them, and the old one is gone', async () => {
  const lab = await mixedLab();
  const service = await openService(lab);
  const network = await networkOf(lab);
  const [dual = ''] = network.subnetIds;
  const cidr = lab.simulator.world.subnets.get(dual)?.ipv6?.cidr ?? '';
  const Ipv6 = cidr.replace('/64', 'abcd');
  const endpoint = await connect(lab, service, {
    IpAddressType: 'dualstack',
    SubnetIds: [dual],
    SubnetConfigurations: [{ SubnetId: dual, Ipv4: '10.20.0.50', Ipv6 }],
  });
  const id = endpoint.VpcEndpointId ?? '';
  const [before] = await interfacesOf(lab, id);
  expect(before).toMatchObject({ PrivateIpAddress: '10.20.0.50', Ipv6Address: Ipv6 });
  const change = { SubnetId: dual, Ipv4: '10.20.0.51', Ipv6 };
  await modify(lab, { VpcEndpointId: id, SubnetConfigurations: [change] });
  const [after, ...others] = await interfacesOf(lab, id);
  expect(others).toEqual([]);
  expect(after).toMatchObject({ PrivateIpAddress: '10.20.0.51', Ipv6Address: Ipv6 });
  expect(after?.NetworkInterfaceId).not.toBe(before?.NetworkInterfaceId);
  await modify(lab, { VpcEndpointId: id, SubnetConfigurations: [change] });
  expect((await interfacesOf(lab, id))[0]?.NetworkInterfaceId).toBe(after?.NetworkInterfaceId);
  expect(lab.simulator.world.subnets.get(dual)?.usedAddresses).toEqual(new Set(['10.20.0.51']));
});

test('when chosen addresses are not to be had, the endpoint is refused', async () => {
  const lab = await mixedLab();
  const service = await openService(lab);
  const [dual = '', , single = ''] = (await networkOf(lab)).subnetIds;
  const both = { IpAddressType: 'dualstack' as const, SubnetIds: [dual] };
  await connect(lab, service, {
    SubnetIds: [dual],
    SubnetConfigurations: [{ SubnetId: dual, Ipv4: '10.20.0.9' }],
  });
  const cases: [Partial<CreateVpcEndpointCommandInput>, RegExp][] = [
    [
      { SubnetConfigurations: [{ SubnetId: dual, Ipv4: '10.20.0.9' }] },
      /10\.20\.0\.9 is not avail/,
    ],
    [
      { SubnetConfigurations: [{ SubnetId: dual, Ipv4: '10.20.0.3' }] },
      /10\.20\.0\.3 is not avail/,
    ],
    [
      { SubnetConfigurations: [{ SubnetId: dual, Ipv4: '10.21.0.9' }] },
      /10\.21\.0\.9 is not avail/,
    ],
    [{ SubnetConfigurations: [{ SubnetId: single, Ipv4: '10.20.2.9' }] }, /not among the subnets/],
    [{ SubnetConfigurations: [{ SubnetId: dual }] }, /has no IPv4 address/],
    [
      { SubnetConfigurations: [{ SubnetId: dual, Ipv4: '10.20.0.10', Ipv6: '2600::1' }] },
      /no IPv6 addresses: leave out 2600::1/,
    ],
    [
      {
        SubnetConfigurations: ['10.20.0.10', '10.20.0.11'].map((Ipv4) => ({
          SubnetId: dual,
          Ipv4,
        })),
      },
      /more than once/,
    ],
    [
      { ...both, SubnetConfigurations: [{ SubnetId: dual, Ipv4: '10.20.0.10' }] },
      /has no IPv6 address/,
    ],
    [
      { ...both, SubnetConfigurations: [{ SubnetId: dual, Ipv4: '10.20.0.10', Ipv6: '2600::1' }] },
      /2600::1 is not available/,
    ],
  ];
  for (const [input, message] of cases) {
    const found = await failure(connect(lab, service, { SubnetIds: [dual], ...input }));
    expect(found).toEqual({
      code: 'InvalidParameter',
      message: expect.stringMatching(message),
    });
  }
  expect(lab.simulator.world.endpoints.size).toBe(1);
});
