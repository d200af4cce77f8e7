// What an endpoint service may be besides the usual: behind Gateway Load Balancers, in more
// Regions, paid by its owner, failed.

import {
  CreateVpcEndpointServiceConfigurationCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointServicesCommand,
  ModifyVpcEndpointServiceConfigurationCommand,
  type ModifyVpcEndpointServiceConfigurationCommandInput,
  ModifyVpcEndpointServicePayerResponsibilityCommand,
  ModifyVpcEndpointServicePermissionsCommand,
  StartVpcEndpointServicePrivateDnsVerificationCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import {
  connect,
  connectionsOf,
  loadBalancerArn,
  networkOf,
  offerService,
  serviceNow,
} from '../../scenes.ts';

const GATEWAYS = '888888888888';

/** A lab with an account that has gateway load balancers. */
async function gatewayLab(): Promise<Lab> {
  const lab = await startLab();
  const region = 'us-east-1';
  lab.simulator.addAccount({
    id: GATEWAYS,
    loadBalancers: [
      { name: 'fw-1', region, type: 'gateway', zoneIds: ['use1-az1'] },
      { name: 'fw-2', region, type: 'gateway' },
      { name: 'net', region },
    ],
  });
  return lab;
}

function modify(lab: Lab, input: ModifyVpcEndpointServiceConfigurationCommandInput, who = VENDOR) {
  return lab.as(who).ec2.send(new ModifyVpcEndpointServiceConfigurationCommand(input));
}

async function regionsOf(lab: Lab, id: string) {
  const service = await serviceNow(lab, id);
  return (service?.SupportedRegions ?? []).map(({ Region, ServiceState }) => [
    Region,
    ServiceState,
  ]);
}

test('when the balancers are gateways, the service is of that type and keeps to it', async () => {
  const lab = await gatewayLab();
  const { ec2 } = lab.as(GATEWAYS);
  const [one, two, net] = ['fw-1', 'fw-2', 'net'].map((name) => loadBalancerArn(lab, name));
  const create = (input: object) =>
    ec2.send(new CreateVpcEndpointServiceConfigurationCommand(input));
  const named = create({ GatewayLoadBalancerArns: [one], PrivateDnsName: 'a.vendor.example' });
  expect((await failure(named)).message).toMatch(/Gateway Load Balancers/);
  expect((await failure(create({ GatewayLoadBalancerArns: [net] }))).code).toBe(
    'InvalidGatewayLoadBalancerArn.Malformed',
  );
  const absent = `${one?.slice(0, -4)}ffff`;
  expect((await failure(create({ GatewayLoadBalancerArns: [absent] }))).code).toBe(
    'InvalidGatewayLoadBalancerArn.NotFound',
  );
  const { ServiceConfiguration: made } = await create({ GatewayLoadBalancerArns: [one] });
  expect(made).toMatchObject({
    ServiceType: [{ ServiceType: 'GatewayLoadBalancer' }],
    GatewayLoadBalancerArns: [one],
    AvailabilityZoneIds: ['use1-az1'],
  });
  expect(made?.NetworkLoadBalancerArns).toBeUndefined();
  const ServiceId = made?.ServiceId ?? '';
  const mixed = modify(lab, { ServiceId, AddNetworkLoadBalancerArns: [net ?? ''] }, GATEWAYS);
  expect((await failure(mixed)).code).toBe('InvalidParameter');
  await modify(lab, { ServiceId, AddGatewayLoadBalancerArns: [two ?? ''] }, GATEWAYS);
  await modify(lab, { ServiceId, RemoveGatewayLoadBalancerArns: [one ?? ''] }, GATEWAYS);
  const service = lab.simulator.world.endpointServices.get(ServiceId);
  expect(service?.loadBalancerArns).toEqual([two]);
  expect(service?.zoneIds).toEqual(['use1-az1', 'use1-az2', 'use1-az4']);
});

test('when an interface endpoint is for a gateway service, the types do not match', async () => {
  const lab = await gatewayLab();
  const { ec2 } = lab.as(GATEWAYS);
  const { ServiceConfiguration: made } = await ec2.send(
    new CreateVpcEndpointServiceConfigurationCommand({
      GatewayLoadBalancerArns: [loadBalancerArn(lab, 'fw-2')],
    }),
  );
  await ec2.send(
    new ModifyVpcEndpointServicePermissionsCommand({
      ServiceId: made?.ServiceId,
      AddAllowedPrincipals: ['*'],
    }),
  );
  const service = { id: made?.ServiceId ?? '', name: made?.ServiceName ?? '' };
  expect((await failure(connect(lab, service))).message).toContain('[GatewayLoadBalancer]');
  const { ServiceDetails } = await lab
    .as(CUSTOMER)
    .ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceNames: [service.name] }));
  expect(ServiceDetails?.[0]?.ServiceType).toEqual([{ ServiceType: 'GatewayLoadBalancer' }]);
});

test('when a Region is added, it is pending first, and consumers come once it is not', async () => {
  const lab = await startLab({ delays: { serviceRegionAvailable: 1000 } });
  const service = await offerService(lab, { SupportedRegions: ['eu-west-1'] });
  const seen = async () => {
    const { ServiceNames } = await lab
      .as(CUSTOMER, 'eu-west-1')
      .ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceRegions: ['us-east-1'] }));
    return ServiceNames?.includes(service.name);
  };
  expect(await regionsOf(lab, service.id)).toEqual([
    ['us-east-1', 'Available'],
    ['eu-west-1', 'Pending'],
  ]);
  expect(await seen()).toBe(false);
  lab.advance(1000);
  expect((await regionsOf(lab, service.id))[1]).toEqual(['eu-west-1', 'Available']);
  expect(await seen()).toBe(true);
  expect((await serviceNow(lab, service.id))?.RemoteAccessEnabled).toBe(true);
});

test('when a Region is removed, new consumers are refused and endpoints stay', async () => {
  const lab = await startLab();
  const { delays } = lab.simulator.world;
  const service = await offerService(lab, { SupportedRegions: ['eu-west-1', 'us-west-2'] });
  const { vpcId, subnetIds } = await networkOf(lab, CUSTOMER, 'eu-west-1');
  const create = () =>
    lab.as(CUSTOMER, 'eu-west-1').ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: vpcId,
        VpcEndpointType: 'Interface',
        ServiceName: service.name,
        ServiceRegion: 'us-east-1',
        SubnetIds: subnetIds.slice(0, 1),
      }),
    );
  await create();
  const RemoveSupportedRegions = ['eu-west-1', 'us-west-2'];
  await modify(lab, { ServiceId: service.id, RemoveSupportedRegions });
  expect((await regionsOf(lab, service.id)).slice(1)).toEqual([
    ['eu-west-1', 'Deleting'],
    ['us-west-2', 'Deleting'],
  ]);
  expect((await failure(create())).code).toBe('InvalidServiceName');
  lab.advance(delays.serviceRegionRemoved);
  expect((await regionsOf(lab, service.id)).slice(1)).toEqual([['eu-west-1', 'Closed']]);
  expect(await connectionsOf(lab, service.id)).toMatchObject([
    { VpcEndpointRegion: 'eu-west-1', VpcEndpointState: 'pendingAcceptance' },
  ]);
  await modify(lab, { ServiceId: service.id, AddSupportedRegions: ['eu-west-1'] });
  expect((await regionsOf(lab, service.id)).slice(1)).toEqual([['eu-west-1', 'Available']]);
});

test('when a Region must be opted in to, an account that did not cannot support it', async () => {
  const lab = await startLab();
  lab.simulator.addAccount({
    id: '777777777777',
    optInRegions: ['eu-south-1'],
    loadBalancers: [{ name: 'opted', region: 'us-east-1' }],
  });
  const { id: ServiceId } = await offerService(lab);
  const add = { ServiceId, AddSupportedRegions: ['eu-south-1'] };
  expect((await failure(modify(lab, add))).message).toMatch(/Opt in/);
  const { ServiceConfiguration } = await lab.as('777777777777').ec2.send(
    new CreateVpcEndpointServiceConfigurationCommand({
      NetworkLoadBalancerArns: [loadBalancerArn(lab, 'opted')],
      SupportedRegions: ['eu-south-1'],
    }),
  );
  expect(ServiceConfiguration?.SupportedRegions).toHaveLength(2);
});

test('when the owner pays, it stays so and consumers see it', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  expect((await serviceNow(lab, service.id))?.PayerResponsibility).toBeUndefined();
  await connect(lab, service);
  const pay = (PayerResponsibility: string) =>
    lab.as(VENDOR).ec2.send(
      new ModifyVpcEndpointServicePayerResponsibilityCommand({
        ServiceId: service.id,
        PayerResponsibility: PayerResponsibility as 'ServiceOwner',
      }),
    );
  expect((await failure(pay('EndpointOwner'))).code).toBe('InvalidParameterValue');
  expect((await pay('ServiceOwner')).ReturnValue).toBe(true);
  expect((await pay('ServiceOwner')).ReturnValue).toBe(true);
  expect((await serviceNow(lab, service.id))?.PayerResponsibility).toBe('ServiceOwner');
  expect((await connectionsOf(lab, service.id))[0]?.PayerResponsibilities).toEqual([
    { Scope: 'vpc-endpoint-charges', PayerResponsibilityType: 'vpc-endpoint-service-account' },
  ]);
});

test('when a service is being deleted, it is still described and no longer changed', async () => {
  const lab = await startLab();
  const { id: ServiceId } = await offerService(lab);
  const { ec2 } = lab.as(VENDOR);
  await ec2.send(new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: [ServiceId] }));
  expect((await serviceNow(lab, ServiceId))?.ServiceState).toBe('Deleting');
  const changes = [
    modify(lab, { ServiceId, AcceptanceRequired: false }),
    ec2.send(
      new ModifyVpcEndpointServicePermissionsCommand({ ServiceId, AddAllowedPrincipals: ['*'] }),
    ),
    ec2.send(new StartVpcEndpointServicePrivateDnsVerificationCommand({ ServiceId })),
    ec2.send(
      new ModifyVpcEndpointServicePayerResponsibilityCommand({
        ServiceId,
        PayerResponsibility: 'ServiceOwner',
      }),
    ),
  ];
  for (const change of changes) expect((await failure(change)).code).toBe('InvalidState');
});
