// Listing and deleting endpoints, and what a consumer sees of endpoint services.

import {
  CreateVpcEndpointCommand as Create,
  CreateVpcEndpointServiceConfigurationCommand as CreateService,
  DeleteVpcEndpointsCommand as Delete,
  DescribeVpcEndpointsCommand as Describe,
  type DescribeVpcEndpointsCommandInput as DescribeInput,
  DescribeVpcEndpointServicesCommand as DescribeServices,
  type DescribeVpcEndpointServicesCommandInput as ServicesInput,
  ModifyVpcEndpointServicePermissionsCommand as Permit,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { CUSTOMER, type Lab, VENDOR } from '../../../lab.ts';
import { connect, endpointNow, loadBalancerArn, networkOf, offerService } from '../../../scenes.ts';
import { dryRead, dryRun, filters, pages } from '../../patterns.ts';
import { effect, expect, outputs, type ProbeSet, probes } from '../../probe.ts';
import {
  BIG_VENDOR,
  bigService,
  bigVendor,
  busyService,
  connectFromEurope,
  customer,
  taggedAs,
} from '../../scenes.ts';

const DESCRIBE = 'ec2:DescribeVpcEndpoints';
const DELETE = 'ec2:DeleteVpcEndpoints';
const SERVICES = 'ec2:DescribeVpcEndpointServices';

const root = `arn:aws:iam::${CUSTOMER}:root`;

export const endpointListProbes: ProbeSet = [
  ...probes(DESCRIBE, {
    DryRun: dryRead(DESCRIBE, (lab) => customer(lab).send(new Describe({ DryRun: true }))),
    VpcEndpointIds: effect(DESCRIBE, async (lab) => {
      const { endpointIds } = await busyService(lab, 2);
      const wanted = endpointIds.slice(1);
      expect(idsOf(await listed(lab, { VpcEndpointIds: wanted }))).toEqual(wanted);
    }),
    ...pages(DESCRIBE, {
      prepare: (lab) => busyService(lab, 6),
      list: async (lab, _, page) => {
        const { VpcEndpoints, NextToken } = await customer(lab).send(new Describe(page));
        return { ids: idsOf(VpcEndpoints), nextToken: NextToken };
      },
    }),
    ...filters(DESCRIBE, {
      prepare: manyEndpoints,
      list: async (lab, Filters, { region }) => idsOf(await listed(lab, { Filters }, region)),
      cases: {
        'ip-address-type': ({ all }) => ({ ipv4: all, ipv6: [] }),
        'service-name': ({ name, near, far }) => ({
          [name]: far,
          'com.amazonaws.*euw*': [],
          '*': [...near, ...far],
        }),
        'service-region': ({ near, far }) => ({ 'eu-west-1': near, 'us-east-1': far }),
        'tag:<key>': ({ near }) => ({ yes: near, no: [] }),
        'tag-key': ({ near }) => ({ probe: near, other: [] }),
        'vpc-id': ({ vpcId, all }) => ({ [vpcId]: all, 'vpc-00000000': [] }),
        'vpc-endpoint-id': ({ near }) => ({ [near[0] ?? '']: near }),
        'vpc-endpoint-state': ({ near, far }) => ({ available: near, pendingAcceptance: far }),
        'vpc-endpoint-type': ({ all }) => ({ Interface: all, Gateway: [] }),
      },
    }),
  }),

  ...outputs(DESCRIBE, {
    'VpcEndpoints.LastError.Message': async (lab) => {
      const service = await offerService(lab, { AcceptanceRequired: false });
      const { VpcEndpointId: id = '' } = await connect(lab, service);
      const message = 'There was no room.';
      await fetch(`${lab.endpoint}/_simulator/endpoint-failures`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, code: 'InternalError', message }),
      });
      expect(await endpointNow(lab, id)).toMatchObject({
        State: 'failed',
        FailureReason: message,
        LastError: { Code: 'InternalError', Message: message },
      });
    },
  }),

  ...probes(DELETE, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => busyService(lab, 1),
      attempt: (lab, { endpointIds }) =>
        customer(lab).send(new Delete({ VpcEndpointIds: endpointIds, DryRun: true })),
      read: async (lab, { endpointIds }) => (await endpointNow(lab, endpointIds[0] ?? ''))?.State,
    }),
    VpcEndpointIds: effect(DESCRIBE, async (lab) => {
      const { endpointIds } = await busyService(lab, 2);
      const [one = '', two = ''] = endpointIds;
      await customer(lab).send(new Delete({ VpcEndpointIds: [one] }));
      expect((await endpointNow(lab, one))?.State).toBe('deleting');
      expect((await endpointNow(lab, two))?.State).toBe('pendingAcceptance');
    }),
  }),

  ...outputs(DELETE, {
    'Unsuccessful.Error.Message': async (lab) => {
      const unknown = 'vpce-00000000000000000';
      const { Unsuccessful } = await customer(lab).send(new Delete({ VpcEndpointIds: [unknown] }));
      expect(Unsuccessful).toMatchObject([
        { ResourceId: unknown, Error: { Code: 'InvalidVpcEndpoint.NotFound' } },
      ]);
    },
  }),

  ...probes(SERVICES, {
    DryRun: dryRead(SERVICES, (lab) => customer(lab).send(new DescribeServices({ DryRun: true }))),
    ServiceNames: effect(SERVICES, async (lab) => {
      await offerService(lab);
      const arns = [loadBalancerArn(lab, 'api-2')];
      const { name } = await offerService(lab, { NetworkLoadBalancerArns: arns });
      expect(await serviceNames(lab, { ServiceNames: [name] })).toEqual([name]);
    }),
    ServiceRegions: effect(SERVICES, async (lab) => {
      await offerService(lab);
      const far = await serviceInEurope(lab);
      expect(await serviceNames(lab, { ServiceRegions: ['eu-west-1'] })).toEqual([far]);
    }),
    ...pages(SERVICES, {
      prepare: async (lab) => {
        for (const arn of bigVendor(lab)) {
          await allowAll(lab, (await bigService(lab, arn)).ServiceId);
        }
      },
      list: async (lab, _, page) => {
        const answer = await customer(lab).send(new DescribeServices({ ...own, ...page }));
        const { ServiceDetails = [], NextToken: nextToken } = answer;
        return { ids: ServiceDetails.map(({ ServiceId = '' }) => ServiceId), nextToken };
      },
    }),
    ...filters(SERVICES, {
      prepare: manyServices,
      list: (lab, Filters, { regions }) =>
        serviceNames(lab, { Filters, ServiceRegions: regions }, VENDOR),
      cases: {
        owner: ({ tagged, six, far }) => ({ [VENDOR]: [tagged, far], [BIG_VENDOR]: [six] }),
        'service-name': ({ tagged, six }) => ({ [tagged]: [tagged], [six]: [six] }),
        'service-region': ({ tagged, six, far }) => ({
          'us-east-1': [tagged, six],
          'eu-west-1': [far],
        }),
        'service-type': ({ tagged, six, far }) => ({
          Interface: [tagged, six, far],
          GatewayLoadBalancer: [],
        }),
        'supported-ip-address-types': ({ tagged, six, far }) => ({
          ipv4: [tagged, far],
          ipv6: [six],
        }),
        'tag:<key>': ({ tagged }) => ({ yes: [tagged], no: [] }),
        'tag-key': ({ tagged }) => ({ probe: [tagged], other: [] }),
      },
    }),
  }),

  ...outputs(SERVICES, {
    'ServiceDetails.PrivateDnsNames.PrivateDnsName': async (lab) => {
      const { name } = await offerService(lab, { PrivateDnsName: 'api.vendor.example' });
      const command = new DescribeServices({ ServiceNames: [name] });
      const { ServiceDetails } = await customer(lab).send(command);
      expect(ServiceDetails).toMatchObject([
        { PrivateDnsNameVerificationState: 'pendingVerification' },
      ]);
    },
  }),
];

// AWS's own services are in every list; these probes are about others.
const own = { Filters: [{ Name: 'service-name', Values: ['com.amazonaws.vpce.*'] }] };

/** In eu-west-1: an available, tagged endpoint to a service there, and one to a service afar. */
async function manyEndpoints(lab: Lab) {
  const region = 'eu-west-1';
  const { vpcId, subnets } = await networkOf(lab, CUSTOMER, region);
  const service = await offerService(lab, { SupportedRegions: [region] });
  const nearby = await serviceInEurope(lab);
  const zone = subnets.find(({ AvailabilityZoneId }) => AvailabilityZoneId === 'euw1-az1');
  const { VpcEndpoint: endpoint } = await customer(lab, region).send(
    new Create({
      VpcId: vpcId,
      VpcEndpointType: 'Interface',
      ServiceName: nearby,
      SubnetIds: [zone?.SubnetId ?? ''],
      TagSpecifications: taggedAs('vpc-endpoint'),
    }),
  );
  lab.advance(lab.simulator.world.delays.endpointAvailable);
  const near = [endpoint?.VpcEndpointId ?? ''];
  const far = [(await connectFromEurope(lab, service)).VpcEndpointId ?? ''];
  return { region, vpcId, name: service.name, near, far, all: [...near, ...far] };
}

/** Seen by the vendor: its own tagged service, another vendor's with IPv6, and one in Europe. */
async function manyServices(lab: Lab) {
  const tags = { TagSpecifications: taggedAs('vpc-endpoint-service') };
  const principals = [`arn:aws:iam::${VENDOR}:root`];
  const { name: tagged } = await offerService(lab, tags, principals);
  const [arn = ''] = bigVendor(lab);
  const six = await bigService(lab, arn, { SupportedIpAddressTypes: ['ipv6'] });
  await allowAll(lab, six.ServiceId);
  const far = await serviceInEurope(lab, principals);
  const regions = ['us-east-1', 'eu-west-1'];
  return { tagged, six: six.ServiceName ?? '', far, regions };
}

/** The name of a service of the vendor in eu-west-1 that accepts the customer at once. */
async function serviceInEurope(lab: Lab, principals = [root]): Promise<string> {
  const { ec2 } = lab.as(VENDOR, 'eu-west-1');
  const { ServiceConfiguration: service } = await ec2.send(
    new CreateService({
      NetworkLoadBalancerArns: [loadBalancerArn(lab, 'api-eu')],
      SupportedRegions: ['us-east-1'],
      AcceptanceRequired: false,
    }),
  );
  const ServiceId = service?.ServiceId;
  await ec2.send(new Permit({ ServiceId, AddAllowedPrincipals: principals }));
  return service?.ServiceName ?? '';
}

async function allowAll(lab: Lab, ServiceId: string | undefined): Promise<void> {
  const command = new Permit({ ServiceId, AddAllowedPrincipals: ['*'] });
  await lab.as(BIG_VENDOR).ec2.send(command);
}

async function listed(lab: Lab, input: DescribeInput, region?: string): Promise<VpcEndpoint[]> {
  return (await customer(lab, region).send(new Describe(input))).VpcEndpoints ?? [];
}

function idsOf(endpoints: readonly VpcEndpoint[] | undefined): string[] {
  return (endpoints ?? []).map(({ VpcEndpointId = '' }) => VpcEndpointId);
}

async function serviceNames(lab: Lab, input: ServicesInput, account = CUSTOMER): Promise<string[]> {
  const { ServiceNames } = await lab.as(account).ec2.send(new DescribeServices(input));
  // AWS's own services are in the list too.
  return (ServiceNames ?? []).filter((name) => name.startsWith('com.amazonaws.vpce.'));
}
