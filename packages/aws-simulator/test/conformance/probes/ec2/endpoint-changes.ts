// ModifyVpcEndpoint: everything a consumer can change about an endpoint.

import {
  DescribeVpcEndpointsCommand as Describe,
  ModifyVpcEndpointCommand as Modify,
  type ModifyVpcEndpointCommandInput as ModifyInput,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { Lab } from '../../../lab.ts';
import {
  connect,
  endpointNow,
  networkOf,
  offerService,
  type Service,
  verifyPrivateDns,
} from '../../../scenes.ts';
import { dryRun } from '../../patterns.ts';
import { each, effect, expect, type ProbeSet, probes, refused } from '../../probe.ts';
import { customer, interfacesOf, newSecurityGroup } from '../../scenes.ts';

const MODIFY = 'ec2:ModifyVpcEndpoint';
const DESCRIBE = 'ec2:DescribeVpcEndpoints';
const INTERFACES = 'ec2:DescribeNetworkInterfaces';

type Change = Omit<ModifyInput, 'VpcEndpointId'>;

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
});

export const endpointChangeProbes: ProbeSet = [
  ...probes(MODIFY, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: newEndpoint,
      attempt: (lab, { VpcEndpointId }) =>
        customer(lab).send(new Modify({ VpcEndpointId, PolicyDocument: policy, DryRun: true })),
      read: async (lab, { VpcEndpointId = '' }) =>
        (await endpointNow(lab, VpcEndpointId))?.PolicyDocument,
    }),
    VpcEndpointId: effect(DESCRIBE, async (lab) => {
      const service = await openService(lab);
      const { VpcEndpointId: other = '' } = await connect(lab, service);
      const endpoint = await connect(lab, service);
      expect((await modified(lab, { PolicyDocument: policy }, endpoint)).PolicyDocument).toBe(
        policy,
      );
      expect((await endpointNow(lab, other))?.PolicyDocument).not.toBe(policy);
    }),
    PolicyDocument: effect(DESCRIBE, async (lab) => {
      expect((await modified(lab, { PolicyDocument: policy })).PolicyDocument).toBe(policy);
    }),
    ResetPolicy: effect(DESCRIBE, async (lab) => {
      const endpoint = await connect(lab, await openService(lab), { PolicyDocument: policy });
      const { PolicyDocument = '' } = await modified(lab, { ResetPolicy: true }, endpoint);
      expect(JSON.parse(PolicyDocument)).toMatchObject({ Statement: [{ Effect: 'Allow' }] });
    }),
    AddRouteTableIds: refused('oute table', (lab) =>
      modified(lab, { AddRouteTableIds: ['rtb-00000000000000000'] }),
    ),
    RemoveRouteTableIds: refused('oute table', (lab) =>
      modified(lab, { RemoveRouteTableIds: ['rtb-00000000000000000'] }),
    ),
    AddSubnetIds: effect(INTERFACES, async (lab) => {
      const [one, two = ''] = (await networkOf(lab)).subnetIds;
      const endpoint = await modified(lab, { AddSubnetIds: [two] });
      const interfaces = await interfacesOf(lab, endpoint);
      expect(interfaces.map(({ SubnetId }) => SubnetId)).toEqual([one, two]);
    }),
    RemoveSubnetIds: effect(INTERFACES, async (lab) => {
      const [one = '', two = ''] = (await networkOf(lab)).subnetIds;
      const created = await connect(lab, await openService(lab), { SubnetIds: [one, two] });
      const endpoint = await modified(lab, { RemoveSubnetIds: [one] }, created);
      const interfaces = await interfacesOf(lab, endpoint);
      expect(interfaces.map(({ SubnetId }) => SubnetId)).toEqual([two]);
    }),
    AddSecurityGroupIds: effect(INTERFACES, async (lab) => {
      const group = await newSecurityGroup(lab);
      const endpoint = await modified(lab, { AddSecurityGroupIds: [group] });
      expect(await groupsOf(lab, endpoint)).toContain(group);
    }),
    RemoveSecurityGroupIds: effect(INTERFACES, async (lab) => {
      const groups = [await newSecurityGroup(lab, 'one'), await newSecurityGroup(lab, 'two')];
      const created = await connect(lab, await openService(lab), { SecurityGroupIds: groups });
      const change = { RemoveSecurityGroupIds: groups.slice(0, 1) };
      expect(await groupsOf(lab, await modified(lab, change, created))).toEqual(groups.slice(1));
    }),
    PrivateDnsEnabled: effect(DESCRIBE, async (lab) => {
      const service = await openService(lab, { PrivateDnsName: 'api.vendor.example' });
      await verifyPrivateDns(lab, service.id);
      const created = await connect(lab, service);
      const endpoint = await modified(lab, { PrivateDnsEnabled: true }, created);
      expect(endpoint.PrivateDnsEnabled).toBe(true);
    }),
    ...each(
      ['SubnetConfigurations.SubnetId', 'SubnetConfigurations.Ipv4'],
      effect(INTERFACES, async (lab) => {
        const [, SubnetId = ''] = (await networkOf(lab)).subnetIds;
        const Ipv4 = '10.20.1.77';
        const change = { AddSubnetIds: [SubnetId], SubnetConfigurations: [{ SubnetId, Ipv4 }] };
        const interfaces = await interfacesOf(lab, await modified(lab, change));
        expect(interfaces).toContainEqual(
          expect.objectContaining({ SubnetId, PrivateIpAddress: Ipv4 }),
        );
      }),
    ),
  }),
];

async function openService(lab: Lab, input = {}): Promise<Service> {
  return offerService(lab, { AcceptanceRequired: false, ...input });
}

async function newEndpoint(lab: Lab): Promise<VpcEndpoint> {
  const endpoint = await connect(lab, await openService(lab));
  lab.advance(lab.simulator.world.delays.endpointAvailable);
  return endpoint;
}

/** Changes an endpoint, a new one by default, and gives what is described afterwards. */
async function modified(lab: Lab, change: Change, endpoint?: VpcEndpoint): Promise<VpcEndpoint> {
  const { VpcEndpointId = '' } = endpoint ?? (await newEndpoint(lab));
  if (endpoint) lab.advance(lab.simulator.world.delays.endpointAvailable);
  await customer(lab).send(new Modify({ VpcEndpointId, ...change }));
  const command = new Describe({ VpcEndpointIds: [VpcEndpointId] });
  return (await customer(lab).send(command)).VpcEndpoints?.[0] ?? {};
}

async function groupsOf(lab: Lab, endpoint: VpcEndpoint) {
  const [eni] = await interfacesOf(lab, endpoint);
  return eni?.Groups?.map(({ GroupId }) => GroupId);
}
