// Endpoint services: creating, listing and deleting their configurations.

import { CreateVpcEndpointServiceConfigurationCommand } from '@aws-sdk/client-ec2';
import { type Lab, VENDOR } from '../../../lab.ts';
import { connect, loadBalancerArn, offerService, serviceNow } from '../../../scenes.ts';
import { effect, expect, type ProbeSet, probes, refused } from '../../probe.ts';

const CREATE = 'ec2:CreateVpcEndpointServiceConfiguration';
const DESCRIBE = 'ec2:DescribeVpcEndpointServiceConfigurations';

export const serviceConfigurationProbes: ProbeSet = [
  ...probes(CREATE, {
    AcceptanceRequired: effect('ec2:CreateVpcEndpoint', async (lab) => {
      const service = await offerService(lab, { AcceptanceRequired: false });
      const { State } = await connect(lab, service);
      expect(State).toBe('pending');
    }),
    NetworkLoadBalancerArns: effect(DESCRIBE, async (lab) => {
      const arn = loadBalancerArn(lab, 'api-2');
      const { id } = await offerService(lab, { NetworkLoadBalancerArns: [arn] });
      expect((await serviceNow(lab, id))?.NetworkLoadBalancerArns).toEqual([arn]);
    }),
    GatewayLoadBalancerArns: refused('Gateway Load Balancers', (lab) =>
      create(lab, { GatewayLoadBalancerArns: ['arn:aws:elasticloadbalancing:x'] }),
    ),
  }),
];

function create(lab: Lab, input: object) {
  const NetworkLoadBalancerArns = [loadBalancerArn(lab)];
  const command = new CreateVpcEndpointServiceConfigurationCommand({
    NetworkLoadBalancerArns,
    ...input,
  });
  return lab.as(VENDOR).ec2.send(command);
}
