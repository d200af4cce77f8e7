// CreateVpcEndpoint: everything a consumer can ask for with a new endpoint.

import {
  CreateVpcEndpointCommand as Create,
  type CreateVpcEndpointCommandInput as CreateInput,
  DescribeVpcEndpointsCommand as Describe,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { failure, type Lab } from '../../../lab.ts';
import {
  connect,
  connectionsOf,
  loadBalancerArn,
  networkOf,
  offerService,
  type Service,
  verifyPrivateDns,
} from '../../../scenes.ts';
import { clientToken, dryRun } from '../../patterns.ts';
import { each, effect, expect, outputs, type ProbeSet, probes, refused } from '../../probe.ts';
import {
  connectFromEurope,
  customer,
  interfacesOf,
  newSecurityGroup,
  taggedAs,
} from '../../scenes.ts';

const CREATE = 'ec2:CreateVpcEndpoint';
const DESCRIBE = 'ec2:DescribeVpcEndpoints';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
});

export const endpointCreationProbes: ProbeSet = [
  ...probes(CREATE, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => offerService(lab),
      attempt: (lab, service) => connect(lab, service, { DryRun: true }),
      read: (lab) => endpointIds(lab),
    }),
    VpcEndpointType: effect(DESCRIBE, async (lab) => {
      const endpoint = await made(lab, { VpcEndpointType: 'Interface' });
      expect(endpoint.VpcEndpointType).toBe('Interface');
    }),
    VpcId: effect(DESCRIBE, async (lab) => {
      const { vpcId } = await networkOf(lab);
      expect((await made(lab, { VpcId: vpcId })).VpcId).toBe(vpcId);
    }),
    ServiceName: effect(DESCRIBE, async (lab) => {
      await offerService(lab);
      const arns = [loadBalancerArn(lab, 'api-2')];
      const service = await offerService(lab, { NetworkLoadBalancerArns: arns });
      const endpoint = await made(lab, { ServiceName: service.name }, service);
      expect(endpoint.ServiceName).toBe(service.name);
    }),
    ServiceRegion: effect('ec2:DescribeVpcEndpointConnections', async (lab) => {
      const service = await offerService(lab, { SupportedRegions: ['eu-west-1'] });
      const { VpcEndpointId } = await connectFromEurope(lab, service);
      const [connection] = await connectionsOf(lab, service.id);
      expect(connection).toMatchObject({ VpcEndpointId, VpcEndpointRegion: 'eu-west-1' });
    }),
    PolicyDocument: effect(DESCRIBE, async (lab) => {
      expect((await made(lab, { PolicyDocument: policy })).PolicyDocument).toBe(policy);
    }),
    RouteTableIds: refused('oute table', (lab) =>
      made(lab, { RouteTableIds: ['rtb-00000000000000000'] }),
    ),
    SubnetIds: effect('ec2:DescribeNetworkInterfaces', async (lab) => {
      const { subnetIds } = await networkOf(lab);
      const wanted = subnetIds.slice(1, 3);
      const endpoint = await made(lab, { SubnetIds: wanted });
      const interfaces = await interfacesOf(lab, endpoint);
      expect(interfaces.map(({ SubnetId }) => SubnetId)).toEqual(wanted);
    }),
    SecurityGroupIds: effect('ec2:DescribeNetworkInterfaces', async (lab) => {
      const group = await newSecurityGroup(lab);
      const [eni] = await interfacesOf(lab, await made(lab, { SecurityGroupIds: [group] }));
      expect(eni?.Groups?.map(({ GroupId }) => GroupId)).toEqual([group]);
    }),
    ClientToken: clientToken(DESCRIBE, {
      create: async (lab, token) => {
        const service = scenes.get(lab.simulator) ?? (await offerService(lab));
        scenes.set(lab.simulator, service);
        return (await connect(lab, service, token)).VpcEndpointId;
      },
      list: (lab) => endpointIds(lab),
    }),
    PrivateDnsEnabled: effect(DESCRIBE, async (lab) => {
      const service = await verifiedService(lab);
      expect((await made(lab, { PrivateDnsEnabled: true }, service)).PrivateDnsEnabled).toBe(true);
    }),
    ...each(
      [
        'TagSpecifications.ResourceType',
        'TagSpecifications.Tags.Key',
        'TagSpecifications.Tags.Value',
      ],
      effect(DESCRIBE, async (lab) => {
        const endpoint = await made(lab, { TagSpecifications: taggedAs('vpc-endpoint') });
        expect(endpoint.Tags).toEqual([{ Key: 'probe', Value: 'yes' }]);
        const wrong = made(lab, { TagSpecifications: taggedAs('vpc') });
        expect((await failure(wrong)).code).toMatch(/^InvalidParameter/);
      }),
    ),
    ...each(
      ['SubnetConfigurations.SubnetId', 'SubnetConfigurations.Ipv4'],
      effect('ec2:DescribeNetworkInterfaces', async (lab) => {
        const { subnetIds } = await networkOf(lab);
        const [SubnetId = ''] = subnetIds;
        const Ipv4 = '10.20.0.77';
        const endpoint = await made(lab, { SubnetConfigurations: [{ SubnetId, Ipv4 }] });
        const [eni] = await interfacesOf(lab, endpoint);
        expect(eni).toMatchObject({ SubnetId, PrivateIpAddress: Ipv4 });
      }),
    ),
    ServiceNetworkArn: refused('service network', (lab) =>
      made(lab, { ServiceNetworkArn: `${lattice}:servicenetwork/sn-00000000000000000` }),
    ),
    ResourceConfigurationArn: refused('resource', (lab) =>
      made(lab, { ResourceConfigurationArn: `${lattice}:resourceconfiguration/rcfg-0` }),
    ),
  }),

  ...outputs(CREATE, {
    'VpcEndpoint.Tags.Value': (lab) => made(lab, { TagSpecifications: taggedAs('vpc-endpoint') }),
    ClientToken: (lab) => made(lab, { ClientToken: 'one' }),
  }),
];

const lattice = 'arn:aws:vpc-lattice:us-east-1:222222222222';

// The service that a retried creation is for, by its lab.
const scenes = new WeakMap<object, Service>();

/** An endpoint as it is described; to a new service when none is named. */
async function made(
  lab: Lab,
  input: Partial<CreateInput>,
  service?: Service,
): Promise<VpcEndpoint> {
  const network = await networkOf(lab);
  const ServiceName = (service ?? (await offerService(lab))).name;
  const { VpcEndpoint } = await customer(lab).send(
    new Create({
      VpcId: network.vpcId,
      VpcEndpointType: 'Interface',
      ServiceName,
      SubnetIds: network.subnetIds.slice(0, 1),
      ...input,
    }),
  );
  const VpcEndpointIds = [VpcEndpoint?.VpcEndpointId ?? ''];
  const { VpcEndpoints } = await customer(lab).send(new Describe({ VpcEndpointIds }));
  return VpcEndpoints?.[0] ?? {};
}

async function endpointIds(lab: Lab): Promise<string[]> {
  const { VpcEndpoints } = await customer(lab).send(new Describe({}));
  return (VpcEndpoints ?? []).map(({ VpcEndpointId = '' }) => VpcEndpointId);
}

async function verifiedService(lab: Lab): Promise<Service> {
  const PrivateDnsName = 'api.vendor.example';
  const service = await offerService(lab, { AcceptanceRequired: false, PrivateDnsName });
  await verifyPrivateDns(lab, service.id);
  return service;
}
