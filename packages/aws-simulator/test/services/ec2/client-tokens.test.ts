// Client tokens of what is gone: AWS's answer is not documented, so there is a knob.

import {
  CreateVpcEndpointCommand,
  CreateVpcEndpointServiceConfigurationCommand,
  DeleteVpcEndpointsCommand,
  DeleteVpcEndpointServiceConfigurationsCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { loadBalancerArn, networkOf, offerService } from '../../scenes.ts';

/** Creates a service with always the same token and parameters. */
async function createService(lab: Lab): Promise<string> {
  const { ServiceConfiguration } = await lab.as(VENDOR).ec2.send(
    new CreateVpcEndpointServiceConfigurationCommand({
      NetworkLoadBalancerArns: [loadBalancerArn(lab)],
      ClientToken: 'same',
    }),
  );
  return ServiceConfiguration?.ServiceId ?? '';
}

/** Deletes a service and waits until it is gone. */
async function removeService(lab: Lab, id: string): Promise<void> {
  const ServiceIds = [id];
  await lab.as(VENDOR).ec2.send(new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds }));
  lab.advance(lab.simulator.world.delays.serviceDeleted);
}

test("when a token's service is gone, the token is of no use by default", async () => {
  const lab = await startLab();
  const id = await createService(lab);
  await removeService(lab, id);
  expect((await failure(createService(lab))).code).toBe('InvalidVpcEndpointServiceId.NotFound');
});

test("when a token's service is gone and the knob says so, another one is made", async () => {
  const lab = await startLab({ knobs: { tokenOfDeleted: 'createsAnew' } });
  const first = await createService(lab);
  await removeService(lab, first);
  const second = await createService(lab);
  expect(second).not.toBe(first);
  expect(await createService(lab)).toBe(second);
});

test("when a token's endpoint is gone and the knob says so, another one is made", async () => {
  const lab = await startLab({ knobs: { tokenOfDeleted: 'createsAnew' } });
  const { name: ServiceName } = await offerService(lab);
  const { vpcId: VpcId } = await networkOf(lab);
  const { ec2 } = lab.as(CUSTOMER);
  const input = { VpcId, ServiceName, VpcEndpointType: 'Interface', ClientToken: 'same' } as const;
  const create = async () =>
    (await ec2.send(new CreateVpcEndpointCommand(input))).VpcEndpoint?.VpcEndpointId ?? '';
  const first = await create();
  await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [first] }));
  expect(await create()).toBe(first);
  const { endpointDeleted, endpointForgotten } = lab.simulator.world.delays;
  lab.advance(endpointDeleted + endpointForgotten);
  expect(await create()).not.toBe(first);
});
