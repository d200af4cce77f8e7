// A consumer's endpoints: what one looks like from either side, and what becomes of it.

import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  ModifyVpcEndpointCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, startLab, VENDOR } from '../../lab.ts';
import {
  accept,
  connect,
  connectionsOf,
  endpointNow,
  loadBalancerArn,
  networkOf,
  offerService,
} from '../../scenes.ts';

test('when an endpoint is made, its own account sees names, interfaces and groups', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { subnetIds, subnets, vpcId } = await networkOf(lab);
  const endpoint = await connect(lab, service, {
    SubnetIds: [...subnetIds],
    TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: [{ Key: 'a', Value: 'b' }] }],
    SubnetConfigurations: [{ SubnetId: subnetIds[0], Ipv4: '10.20.0.77' }],
  });
  const id = endpoint.VpcEndpointId ?? '';
  const label = /^vpce-0[0-9a-f]{16}-([a-z0-9]{8})\./.exec(endpoint.DnsEntries?.[0]?.DnsName ?? '');
  const domain = `${service.id}.us-east-1.vpce.amazonaws.com`;
  expect(endpoint.DnsEntries).toEqual([
    { DnsName: `${id}-${label?.[1]}.${domain}`, HostedZoneId: 'Z7HUB22UULQXV' },
    ...['a', 'b', 'c'].map((zone) => ({
      DnsName: `${id}-${label?.[1]}-us-east-1${zone}.${domain}`,
      HostedZoneId: 'Z7HUB22UULQXV',
    })),
  ]);
  expect(endpoint).toMatchObject({
    VpcId: vpcId,
    State: 'pendingAcceptance',
    PrivateDnsEnabled: false,
    Groups: [{ GroupName: 'default' }],
    SubnetIds: subnetIds,
    Tags: [{ Key: 'a', Value: 'b' }],
    CreationTimestamp: lab.now(),
  });
  const { NetworkInterfaces } = await lab.as(CUSTOMER).ec2.send(
    new DescribeNetworkInterfacesCommand({
      Filters: [{ Name: 'description', Values: [`VPC Endpoint Interface ${id}`] }],
    }),
  );
  expect(NetworkInterfaces?.map((eni) => eni.AvailabilityZoneId)).toEqual(
    subnets.map(({ AvailabilityZoneId }) => AvailabilityZoneId),
  );
  expect(NetworkInterfaces?.[0]).toMatchObject({
    PrivateIpAddress: '10.20.0.77',
    InterfaceType: 'vpc_endpoint',
    RequesterManaged: true,
  });
  const { Subnets } = await lab.as(CUSTOMER).ec2.send(new DescribeSubnetsCommand({}));
  expect(Subnets?.map((subnet) => subnet.AvailableIpAddressCount)).toEqual([250, 250, 250]);
});

test('when the provider looks, it sees the account and no network of the customer', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const endpoint = await connect(lab, service);
  const [connection] = await connectionsOf(lab, service.id);
  expect(connection).toEqual({
    ServiceId: service.id,
    VpcEndpointId: endpoint.VpcEndpointId,
    VpcEndpointOwner: CUSTOMER,
    VpcEndpointState: 'pendingAcceptance',
    CreationTimestamp: lab.now(),
    DnsEntries: endpoint.DnsEntries,
    NetworkLoadBalancerArns: [loadBalancerArn(lab)],
    IpAddressType: 'ipv4',
    VpcEndpointConnectionId: expect.stringMatching(/^vpce-conn-0[0-9a-f]{16}$/),
    Tags: [],
    VpcEndpointRegion: 'us-east-1',
    PayerResponsibilities: [
      { Scope: 'vpc-endpoint-charges', PayerResponsibilityType: 'vpc-endpoint-account' },
    ],
  });
  const describe = new DescribeVpcEndpointsCommand({
    VpcEndpointIds: [connection?.VpcEndpointId ?? ''],
  });
  expect((await failure(lab.as(VENDOR).ec2.send(describe))).code).toBe(
    'InvalidVpcEndpointId.NotFound',
  );
});

test('when acceptance is not required, an endpoint goes from pending to available', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: false });
  const endpoint = await connect(lab, service, { ClientToken: 'one' });
  expect(endpoint.State).toBe('pending');
  lab.advance(lab.simulator.world.delays.endpointAvailable - 1);
  expect((await endpointNow(lab, endpoint.VpcEndpointId ?? ''))?.State).toBe('pending');
  lab.advance(1);
  const again = await connect(lab, service, { ClientToken: 'one' });
  expect(again).toMatchObject({ VpcEndpointId: endpoint.VpcEndpointId, State: 'available' });
  const other = connect(lab, service, { ClientToken: 'one', PolicyDocument: '{}' });
  expect((await failure(other)).code).toBe('IdempotentParameterMismatch');
  for (const ClientToken of ['', 'ü', 'x'.repeat(65)]) {
    expect((await failure(connect(lab, service, { ClientToken }))).code).toBe('InvalidClientToken');
  }
});

test('when subnets and groups are changed, interfaces follow and it is pending again', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { subnetIds } = await networkOf(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  await accept(lab, service, id);
  const [first = '', second = ''] = subnetIds;
  const { ec2 } = lab.as(CUSTOMER);
  const change = { VpcEndpointId: id, AddSubnetIds: [second], RemoveSubnetIds: [first] };
  await ec2.send(new ModifyVpcEndpointCommand(change));
  const changed = await endpointNow(lab, id);
  expect(changed).toMatchObject({ State: 'pending', SubnetIds: [second] });
  expect(changed?.NetworkInterfaceIds).toHaveLength(1);
  lab.advance(lab.simulator.world.delays.endpointModified);
  expect((await endpointNow(lab, id))?.State).toBe('available');
  const again = failure(ec2.send(new ModifyVpcEndpointCommand(change)));
  expect((await again).code).toBe('InvalidParameter');
});

test('when an endpoint waits for acceptance, changing it does not get it in', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { subnetIds } = await networkOf(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  const { ec2 } = lab.as(CUSTOMER);
  const change = { VpcEndpointId: id, AddSubnetIds: subnetIds.slice(1) };
  await ec2.send(new ModifyVpcEndpointCommand(change));
  expect(await endpointNow(lab, id)).toMatchObject({ SubnetIds: subnetIds });
  lab.advance(lab.simulator.world.delays.endpointModified * 2);
  expect((await endpointNow(lab, id))?.State).toBe('pendingAcceptance');
  await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  const late = ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, ResetPolicy: true }));
  expect((await failure(late)).code).toBe('IncorrectState');
});

test('when a VPC or a subnet is full, the endpoint is refused', async () => {
  const lab = await startLab({ quotas: { endpointsPerVpc: 2 } });
  const service = await offerService(lab);
  await connect(lab, service);
  const { subnetIds } = await networkOf(lab);
  const subnet = lab.simulator.world.subnets.get(subnetIds[0] ?? '');
  for (let i = 0; i < 250; i += 1) subnet?.usedAddresses.add(`taken ${i}`);
  expect((await failure(connect(lab, service))).code).toBe('InsufficientFreeAddressesInSubnet');
  await connect(lab, service, { SubnetIds: [] });
  expect((await failure(connect(lab, service))).code).toBe('VpcEndpointLimitExceeded');
});

test('when endpoints are deleted, each has its own outcome and the states follow', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  const unknown = 'vpce-0123456789abcdef0';
  const remove = new DeleteVpcEndpointsCommand({ VpcEndpointIds: [unknown, id] });
  const { Unsuccessful } = await lab.as(CUSTOMER).ec2.send(remove);
  expect(Unsuccessful).toMatchObject([
    { ResourceId: unknown, Error: { Code: 'InvalidVpcEndpoint.NotFound' } },
  ]);
  const states = async () => [
    (await endpointNow(lab, id))?.State,
    (await connectionsOf(lab, service.id))[0]?.VpcEndpointState,
  ];
  expect(await states()).toEqual(['deleting', 'deleting']);
  lab.advance(lab.simulator.world.delays.endpointDeleted);
  expect(await states()).toEqual(['deleted', 'deleted']);
  lab.advance(lab.simulator.world.delays.endpointForgotten);
  expect(await connectionsOf(lab, service.id)).toEqual([]);
});

test('when a service is offered to another region, its endpoints are seen from there', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { SupportedRegions: ['eu-west-1'] });
  const { vpcId, subnetIds } = await networkOf(lab, CUSTOMER, 'eu-west-1');
  const { VpcEndpoint } = await lab.as(CUSTOMER, 'eu-west-1').ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpcId,
      VpcEndpointType: 'Interface',
      ServiceName: service.name,
      ServiceRegion: 'us-east-1',
      SubnetIds: [...subnetIds],
    }),
  );
  expect(VpcEndpoint?.ServiceRegion).toBe('us-east-1');
  expect(await connectionsOf(lab, service.id)).toMatchObject([{ VpcEndpointRegion: 'eu-west-1' }]);
  const here = await lab.as(CUSTOMER).ec2.send(new DescribeVpcEndpointsCommand({}));
  expect(here.VpcEndpoints).toEqual([]);
});
