// The two-account story end to end, with the unmodified SDK: a vendor offers a service under a
// private name, a customer connects, uses it, and leaves.

import {
  AcceptVpcEndpointConnectionsCommand,
  DeleteVpcEndpointServiceConfigurationsCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcEndpointServicesCommand,
  ModifyVpcEndpointCommand,
  ModifyVpcEndpointServicePermissionsCommand,
  RejectVpcEndpointConnectionsCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, startLab, VENDOR } from './lab.ts';
import {
  accept,
  connect,
  connectionsOf,
  endpointNow,
  networkOf,
  offerService,
  serviceNow,
  verifyPrivateDns,
} from './scenes.ts';

test('when a vendor lets a customer in, it connects and resolves', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { PrivateDnsName: 'api.vendor.example' });
  expect(await serviceNow(lab, service.id)).toMatchObject({
    ServiceState: 'Available',
    AcceptanceRequired: true,
    PrivateDnsNameConfiguration: { State: 'pendingVerification', Type: 'TXT' },
  });
  await verifyPrivateDns(lab, service.id);
  expect((await serviceNow(lab, service.id))?.PrivateDnsNameConfiguration?.State).toBe('verified');

  const { subnetIds } = await networkOf(lab);
  const created = await connect(lab, service, { SubnetIds: [...subnetIds] });
  const id = created.VpcEndpointId ?? '';
  expect(created).toMatchObject({ State: 'pendingAcceptance', OwnerId: CUSTOMER });
  expect(created.NetworkInterfaceIds).toHaveLength(3);
  expect(await connectionsOf(lab, service.id)).toMatchObject([
    { VpcEndpointId: id, VpcEndpointOwner: CUSTOMER, VpcEndpointState: 'pendingAcceptance' },
  ]);

  const target = { ServiceId: service.id, VpcEndpointIds: [id] };
  await lab.as(VENDOR).ec2.send(new AcceptVpcEndpointConnectionsCommand(target));
  expect((await endpointNow(lab, id))?.State).toBe('pending');
  lab.advance(lab.simulator.world.delays.endpointAvailable);
  expect((await endpointNow(lab, id))?.State).toBe('available');

  const enable = { VpcEndpointId: id, PrivateDnsEnabled: true };
  await lab.as(CUSTOMER).ec2.send(new ModifyVpcEndpointCommand(enable));
  expect((await endpointNow(lab, id))?.State).toBe('pending');
  lab.advance(lab.simulator.world.delays.endpointModified);
  const live = await endpointNow(lab, id);
  expect(live).toMatchObject({ State: 'available', PrivateDnsEnabled: true });
  expect(live?.DnsEntries).toHaveLength(5);
  expect(live?.DnsEntries?.at(-1)?.DnsName).toBe('api.vendor.example');
});

test('when a customer leaves, it is let go in order and nothing is left', async () => {
  const lab = await startLab();
  const vendor = lab.as(VENDOR).ec2;
  const customer = lab.as(CUSTOMER).ec2;
  const service = await offerService(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  await accept(lab, service, id);

  await vendor.send(
    new ModifyVpcEndpointServicePermissionsCommand({
      ServiceId: service.id,
      RemoveAllowedPrincipals: [`arn:aws:iam::${CUSTOMER}:root`],
    }),
  );
  expect((await endpointNow(lab, id))?.State).toBe('available');
  const look = new DescribeVpcEndpointServicesCommand({ ServiceNames: [service.name] });
  expect((await failure(customer.send(look))).code).toBe('InvalidServiceName');

  const remove = new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: [service.id] });
  expect((await vendor.send(remove)).Unsuccessful?.[0]?.Error?.Code).toBe(
    'ExistingVpcEndpointConnections',
  );
  const target = { ServiceId: service.id, VpcEndpointIds: [id] };
  await vendor.send(new RejectVpcEndpointConnectionsCommand(target));
  expect((await endpointNow(lab, id))?.State).toBe('rejected');
  expect((await vendor.send(remove)).Unsuccessful).toEqual([]);

  await customer.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  expect((await endpointNow(lab, id))?.State).toBe('deleting');
  lab.advance(lab.simulator.world.delays.endpointDeleted);
  const { NetworkInterfaces } = await customer.send(new DescribeNetworkInterfacesCommand({}));
  expect(NetworkInterfaces).toEqual([]);
  lab.advance(lab.simulator.world.delays.endpointForgotten);
  expect((await failure(endpointNow(lab, id))).code).toBe('InvalidVpcEndpointId.NotFound');
});
