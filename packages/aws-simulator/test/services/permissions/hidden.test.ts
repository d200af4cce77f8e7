// What a denial must not tell: whether something of another account exists, and whose it is.

import {
  AcceptVpcEndpointConnectionsCommand,
  CreateVpcEndpointCommand,
  DeleteSubnetCommand,
  DeleteVpcEndpointsCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, startLab, VENDOR } from '../../lab.ts';
import { allowing, keysOf, worldWith } from '../../roles.ts';
import { allow, connect, networkOf, offerService } from '../../scenes.ts';

type Policy = ReturnType<typeof allowing>;

/** A lab with a role of the customer that may do what the policies say, and its EC2 client. */
async function limitedCustomer(...policies: Policy[]) {
  const lab = await startLab({
    world: worldWith({ id: CUSTOMER, roles: [{ name: 'limited', policies }] }),
  });
  const RoleArn = `arn:aws:iam::${CUSTOMER}:role/limited`;
  return { lab, ec2: lab.as(await keysOf(lab, CUSTOMER, { RoleArn })).ec2 };
}

/** The refusal of a call about an id, without the id. */
async function refusal(call: (id: string) => Promise<unknown>, id: string): Promise<string> {
  const { code, message } = await failure(call(id));
  return `${code}: ${message}`.replaceAll(id, 'ID');
}

/** A service that does not allow the customer, and an endpoint of somebody else to it. */
async function strangers(lab: Lab) {
  const service = await offerService(lab, {}, [`arn:aws:iam::${OTHER_CUSTOMER}:root`]);
  const endpoint = await connect(lab, service, {}, OTHER_CUSTOMER);
  const { subnetIds } = await networkOf(lab, OTHER_CUSTOMER);
  return { service, endpointId: endpoint.VpcEndpointId ?? '', subnetId: subnetIds[0] ?? '' };
}

test('when a caller without permission names what is not its own, it learns nothing', async () => {
  const { lab, ec2 } = await limitedCustomer();
  const { service, endpointId, subnetId } = await strangers(lab);
  const accept = (ServiceId: string) =>
    ec2.send(new AcceptVpcEndpointConnectionsCommand({ ServiceId, VpcEndpointIds: [endpointId] }));
  const remove = (id: string) => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  const removeSubnet = (SubnetId: string) => ec2.send(new DeleteSubnetCommand({ SubnetId }));
  for (const [call, known, unknown] of [
    [accept, service.id, 'vpce-svc-00000000000000001'],
    [remove, endpointId, 'vpce-00000000000000001'],
    [removeSubnet, subnetId, 'subnet-00000000000000001'],
  ] as const) {
    const text = await refusal(call, known);
    expect(text).toMatch(/^UnauthorizedOperation/);
    expect(text).toBe(await refusal(call, unknown));
  }
});

test('when a policy asks who owns a service, one that it cannot see has no owner', async () => {
  const { lab, ec2 } = await limitedCustomer(
    allowing('*'),
    allowing('ec2:CreateVpcEndpoint', {
      Effect: 'Deny',
      Condition: { StringEquals: { 'ec2:VpceServiceOwner': VENDOR } },
    }),
  );
  const { service } = await strangers(lab);
  const { vpcId } = await networkOf(lab);
  const create = (id: string) => {
    const ServiceName = `com.amazonaws.vpce.us-east-1.${id}`;
    const input = { VpcEndpointType: 'Interface', VpcId: vpcId, ServiceName } as const;
    return ec2.send(new CreateVpcEndpointCommand(input));
  };
  const text = await refusal(create, service.id);
  expect(text).toMatch(/^InvalidServiceName/);
  expect(text).toBe(await refusal(create, 'vpce-svc-00000000000000001'));

  await allow(lab, service.id, [`arn:aws:iam::${CUSTOMER}:root`]);
  expect(await refusal(create, service.id)).toMatch(/^UnauthorizedOperation/);
});
