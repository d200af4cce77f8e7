// Tests of one's own with vitest: the simulator runs in the process of the tests.

import { EC2 } from '@aws-sdk/client-ec2';
import { startSimulator } from '@sallyport/aws-simulator';
import { afterAll, beforeEach, expect, test } from 'vitest';

const simulator = await startSimulator();
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const vendor = ec2('111111111111');
const customer = ec2('222222222222');

function ec2(account: string): EC2 {
  const credentials = { accessKeyId: account, secretAccessKey: 'simulator' };
  return new EC2({
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  });
}

/** What the tests begin with: a customer who waits to be accepted. */
async function customerWaits() {
  const [balancer = ''] = simulator.world.loadBalancers.keys();
  const made = await vendor.createVpcEndpointServiceConfiguration({
    NetworkLoadBalancerArns: [balancer],
  });
  const { ServiceId, ServiceName } = made.ServiceConfiguration ?? {};
  const AddAllowedPrincipals = ['arn:aws:iam::222222222222:root'];
  await vendor.modifyVpcEndpointServicePermissions({ ServiceId, AddAllowedPrincipals });
  const [subnet] = (await customer.describeSubnets()).Subnets ?? [];
  const { VpcEndpoint: endpoint } = await customer.createVpcEndpoint({
    VpcEndpointType: 'Interface',
    ServiceName,
    VpcId: subnet?.VpcId,
    SubnetIds: [subnet?.SubnetId ?? ''],
  });
  return { ServiceId, VpcEndpointIds: [endpoint?.VpcEndpointId ?? ''] };
}

test('when nobody accepts for a week, the connection expires', async () => {
  await customerWaits();
  simulator.simulation.clock.advance(7 * 24 * 60 * 60 * 1000);
  const { VpcEndpoints } = await customer.describeVpcEndpoints();
  expect(VpcEndpoints?.map(({ State }) => State)).toEqual(['expired']);
});

test('when the answer to an accept is lost, the connection was accepted all the same', async () => {
  const waiting = await customerWaits();
  const match = { action: 'AcceptVpcEndpointConnections' };
  simulator.setFault({ name: 'lost', match, answer: 'reset' });
  await expect(vendor.acceptVpcEndpointConnections(waiting)).rejects.toThrow();
  const { VpcEndpointConnections } = await vendor.describeVpcEndpointConnections();
  expect(VpcEndpointConnections?.[0]?.VpcEndpointState).not.toBe('pendingAcceptance');
  expect(simulator.calls().at(-2)).toMatchObject({ action: match.action, performed: true });
});
