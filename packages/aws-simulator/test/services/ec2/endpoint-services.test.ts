// An owner's endpoint services: creating, changing, deleting, and what is refused.

import {
  CreateVpcEndpointServiceConfigurationCommand,
  type CreateVpcEndpointServiceConfigurationCommandInput,
  DeleteVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  ModifyVpcEndpointServiceConfigurationCommand,
  type ModifyVpcEndpointServiceConfigurationCommandInput,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { accept, connect, loadBalancerArn, offerService, serviceNow } from '../../scenes.ts';

function create(lab: Lab, input: CreateVpcEndpointServiceConfigurationCommandInput = {}) {
  return lab.as(VENDOR).ec2.send(
    new CreateVpcEndpointServiceConfigurationCommand({
      NetworkLoadBalancerArns: [loadBalancerArn(lab)],
      ...input,
    }),
  );
}

function modify(lab: Lab, input: ModifyVpcEndpointServiceConfigurationCommandInput) {
  return lab.as(VENDOR).ec2.send(new ModifyVpcEndpointServiceConfigurationCommand(input));
}

async function remove(lab: Lab, ...ids: string[]) {
  const { Unsuccessful } = await lab
    .as(VENDOR)
    .ec2.send(new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: ids }));
  return (Unsuccessful ?? []).map(({ ResourceId, Error: error }) => [ResourceId, error?.Code]);
}

test('when a service is created, it takes the zones and defaults of its balancers', async () => {
  const lab = await startLab();
  const { ServiceConfiguration: service } = await create(lab, {
    SupportedRegions: ['eu-west-1'],
    ClientToken: 'once',
  });
  expect(service).toMatchObject({
    ServiceState: 'Available',
    AcceptanceRequired: true,
    AvailabilityZoneIds: ['use1-az1', 'use1-az2', 'use1-az4'],
    SupportedIpAddressTypes: ['ipv4'],
    ManagesVpcEndpoints: false,
    PrivateDnsNameConfiguration: {},
    RemoteAccessEnabled: true,
    SupportedRegions: [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }],
  });
  expect(service?.AvailabilityZones?.toSorted()).toEqual([
    'us-east-1a',
    'us-east-1b',
    'us-east-1c',
  ]);
});

test('when a client token comes again, it is the same service or a mismatch', async () => {
  const lab = await startLab();
  const first = await create(lab, { ClientToken: 'one' });
  const again = await create(lab, { ClientToken: 'one' });
  expect(again.ServiceConfiguration?.ServiceId).toBe(first.ServiceConfiguration?.ServiceId);
  expect(again.ClientToken).toBe('one');
  const other = create(lab, { ClientToken: 'one', AcceptanceRequired: false });
  expect((await failure(other)).code).toBe('IdempotentParameterMismatch');
  expect(lab.simulator.world.endpointServices.size).toBe(1);
});

test('when a creation failed, its client token is still good', async () => {
  const lab = await startLab();
  const input = { ClientToken: 'one', PrivateDnsName: 'NO' };
  expect((await failure(create(lab, input))).code).toBe('InvalidParameter');
  await create(lab, { ClientToken: 'one' });
  expect(lab.simulator.world.endpointServices.size).toBe(1);
});

test('when a service is changed, each attribute is as asked', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab);
  const second = loadBalancerArn(lab, 'api-2');
  await modify(lab, {
    ServiceId: id,
    AcceptanceRequired: false,
    AddNetworkLoadBalancerArns: [second],
    RemoveNetworkLoadBalancerArns: [loadBalancerArn(lab)],
    AddSupportedRegions: ['eu-west-1'],
    PrivateDnsName: 'api.vendor.example',
  });
  const changed = await serviceNow(lab, id);
  expect(changed).toMatchObject({
    AcceptanceRequired: false,
    NetworkLoadBalancerArns: [second],
    PrivateDnsName: 'api.vendor.example',
    PrivateDnsNameConfiguration: {
      State: 'pendingVerification',
      Type: 'TXT',
      Name: expect.stringMatching(/^_[a-z0-9]{20}$/),
      Value: expect.stringMatching(/^vpce:[A-Za-z0-9]{20}$/),
    },
  });
  await modify(lab, { ServiceId: id, PrivateDnsName: 'api.vendor.example' });
  expect((await serviceNow(lab, id))?.PrivateDnsNameConfiguration).toEqual(
    changed?.PrivateDnsNameConfiguration,
  );
  await modify(lab, { ServiceId: id, PrivateDnsName: 'other.vendor.example' });
  const renamed = await serviceNow(lab, id);
  expect(renamed?.PrivateDnsNameConfiguration?.Value).not.toBe(
    changed?.PrivateDnsNameConfiguration?.Value,
  );
  await modify(lab, { ServiceId: id, RemovePrivateDnsName: true });
  expect(await serviceNow(lab, id)).toMatchObject({ PrivateDnsNameConfiguration: {} });
});

test('when a change is wrong, nothing at all is changed', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab);
  const arn = loadBalancerArn(lab);
  const before = await serviceNow(lab, id);
  const cases: [Omit<ModifyVpcEndpointServiceConfigurationCommandInput, 'ServiceId'>, string][] = [
    [{ PrivateDnsName: 'a.b', RemovePrivateDnsName: true }, 'InvalidParameterCombination'],
    [{ RemoveNetworkLoadBalancerArns: [arn] }, 'InvalidParameter'],
    [{ RemoveNetworkLoadBalancerArns: [loadBalancerArn(lab, 'api-2')] }, 'InvalidParameter'],
    [{ RemoveSupportedRegions: ['us-east-1'] }, 'InvalidParameter'],
    [{ AcceptanceRequired: false, AddSupportedRegions: ['mars-1'] }, 'InvalidParameterValue'],
    [{ AcceptanceRequired: false, PrivateDnsName: 'NO' }, 'InvalidParameter'],
  ];
  for (const [input, code] of cases) {
    expect((await failure(modify(lab, { ServiceId: id, ...input }))).code).toBe(code);
    expect(await serviceNow(lab, id)).toEqual(before);
  }
});

test('when endpoints are attached, balancers stay and the service is not deleted', async () => {
  const lab = await startLab();
  const both = [loadBalancerArn(lab), loadBalancerArn(lab, 'api-2')];
  const service = await offerService(lab, { NetworkLoadBalancerArns: both });
  const endpoint = await connect(lab, service);
  const detach = { ServiceId: service.id, RemoveNetworkLoadBalancerArns: both.slice(1) };
  for (const step of ['pendingAcceptance', 'available']) {
    if (step === 'available') await accept(lab, service, endpoint.VpcEndpointId ?? '');
    expect((await failure(modify(lab, detach))).code).toBe('ExistingVpcEndpointConnections');
    expect(await remove(lab, service.id)).toEqual([[service.id, 'ExistingVpcEndpointConnections']]);
  }
});

test('when several services are deleted, each has its own outcome', async () => {
  const lab = await startLab();
  const mine = await offerService(lab);
  const unknown = 'vpce-svc-0123456789abcdef0';
  expect(await remove(lab, unknown, mine.id)).toEqual([
    [unknown, 'InvalidVpcEndpointService.NotFound'],
  ]);
  expect((await serviceNow(lab, mine.id))?.ServiceState).toBe('Deleting');
  // The balancer is free at once.
  await create(lab);
  lab.advance(lab.simulator.world.delays.serviceDeleted);
  expect(await failure(serviceNow(lab, mine.id))).toEqual({
    code: 'InvalidVpcEndpointServiceId.NotFound',
    message: `The VpcEndpointService Id '${mine.id}' does not exist`,
  });
});

test('when it is asked by id, another account, region or shape is not found', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab);
  const describe = (who: string, serviceId: string, region?: string) =>
    failure(
      lab
        .as(who, region)
        .ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand({ ServiceIds: [serviceId] })),
    );
  const notFound = 'InvalidVpcEndpointServiceId.NotFound';
  expect((await describe(CUSTOMER, id)).code).toBe(notFound);
  expect((await describe(VENDOR, id, 'eu-west-1')).code).toBe(notFound);
  expect((await describe(VENDOR, 'svc-1')).code).toBe('InvalidVpcEndpointServiceId.Malformed');
  const remove = new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: [id] });
  const { Unsuccessful } = await lab.as(CUSTOMER).ec2.send(remove);
  expect(Unsuccessful?.[0]?.Error?.Code).toBe('InvalidVpcEndpointService.NotFound');
});

test('when delays are the real ones, a service is Pending first', async () => {
  const lab = await startLab({ profile: 'aws' });
  const { id } = await offerService(lab, {}, []);
  expect((await serviceNow(lab, id))?.ServiceState).toBe('Pending');
  lab.advance(lab.simulator.world.delays.serviceAvailable);
  expect((await serviceNow(lab, id))?.ServiceState).toBe('Available');
});
