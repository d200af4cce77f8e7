// The connections of an endpoint service: listing, accepting and rejecting them.

import {
  AcceptVpcEndpointConnectionsCommand as Accept,
  DescribeVpcEndpointConnectionsCommand as Describe,
  type DescribeVpcEndpointConnectionsCommandInput as DescribeInput,
  RejectVpcEndpointConnectionsCommand as Reject,
  type VpcEndpointConnection,
} from '@aws-sdk/client-ec2';
import { CUSTOMER, type Lab, OTHER_CUSTOMER } from '../../../lab.ts';
import {
  accept,
  connect,
  connectionsOf,
  endpointNow,
  loadBalancerArn,
  offerService,
} from '../../../scenes.ts';
import { dryRead, dryRun, filters, pages } from '../../patterns.ts';
import { effect, expect, outputs, type Probe, type ProbeSet, probes } from '../../probe.ts';
import { busyService, connectFromEurope, taggedResource, vendor } from '../../scenes.ts';

const DESCRIBE = 'ec2:DescribeVpcEndpointConnections';
const ACCEPT = 'ec2:AcceptVpcEndpointConnections';
const REJECT = 'ec2:RejectVpcEndpointConnections';

type Decision = typeof Accept | typeof Reject;

export const connectionProbes: ProbeSet = [
  ...probes(DESCRIBE, {
    DryRun: dryRead(DESCRIBE, (lab) => vendor(lab).send(new Describe({ DryRun: true }))),
    ...pages(DESCRIBE, {
      prepare: (lab) => busyService(lab, 6),
      list: async (lab, _, page) => {
        const { VpcEndpointConnections, NextToken } = await vendor(lab).send(new Describe(page));
        return { ids: idsOf(VpcEndpointConnections), nextToken: NextToken };
      },
    }),
    ...filters(DESCRIBE, {
      prepare: manyConnections,
      list: async (lab, Filters) => ids(lab, { Filters }),
      cases: {
        'ip-address-type': ({ all }) => ({ ipv4: all, ipv6: [] }),
        'service-id': ({ one, two, first, far, other, second: last }) => ({
          [one]: [first, far, other],
          [two]: [last],
        }),
        'vpc-endpoint-owner': ({ first, far, second: last, other }) => ({
          [CUSTOMER]: [first, far, last],
          [OTHER_CUSTOMER]: [other],
        }),
        'vpc-endpoint-region': ({ first, other, second: last, far }) => ({
          'us-east-1': [first, other, last],
          'eu-west-1': [far],
          'cross-region': [far],
        }),
        'vpc-endpoint-state': ({ all, first }) => ({
          available: [first],
          pendingAcceptance: all.filter((id) => id !== first),
        }),
        'vpc-endpoint-id': ({ first, far }) => ({ [first]: [first], [far]: [far] }),
      },
    }),
  }),

  ...outputs(DESCRIBE, {
    'VpcEndpointConnections.Tags.Value': async (lab) => {
      const { service } = await busyService(lab, 1);
      const [connection] = await connectionsOf(lab, service.id);
      await taggedResource(lab, connection?.VpcEndpointConnectionId ?? '');
      const [tagged] = await connectionsOf(lab, service.id);
      expect(tagged?.Tags).toEqual([{ Key: 'probe', Value: 'yes' }]);
    },
  }),

  ...probes(ACCEPT, decisionProbes(Accept, 'pending')),
  ...outputs(ACCEPT, { 'Unsuccessful.Error.Message': unsuccessful(Accept) }),

  ...probes(REJECT, decisionProbes(Reject, 'rejected')),
  ...outputs(REJECT, { 'Unsuccessful.Error.Message': unsuccessful(Reject) }),
];

function decisionProbes(Command: Decision, state: string): Readonly<Record<string, Probe>> {
  return {
    DryRun: dryRun({
      readBy: 'ec2:DescribeVpcEndpoints',
      prepare: (lab) => busyService(lab, 1),
      attempt: (lab, { service, endpointIds }) =>
        decide(lab, Command, service.id, endpointIds, { DryRun: true }),
      read: async (lab, { endpointIds }) => (await endpointNow(lab, endpointIds[0] ?? ''))?.State,
    }),
    ServiceId: effect('ec2:DescribeVpcEndpoints', async (lab) => {
      const arns = [loadBalancerArn(lab, 'api-2')];
      const other = await offerService(lab, { NetworkLoadBalancerArns: arns });
      const { service, endpointIds } = await busyService(lab, 1);
      const [id = ''] = endpointIds;
      const elsewhere = await decide(lab, Command, other.id, endpointIds);
      expect(elsewhere.Unsuccessful).toMatchObject([{ ResourceId: id }]);
      expect((await endpointNow(lab, id))?.State).toBe('pendingAcceptance');
      await decide(lab, Command, service.id, endpointIds);
      expect((await endpointNow(lab, id))?.State).toBe(state);
    }),
    VpcEndpointIds: effect('ec2:DescribeVpcEndpoints', async (lab) => {
      const { service, endpointIds } = await busyService(lab, 2);
      const [one = '', two = ''] = endpointIds;
      await decide(lab, Command, service.id, [two]);
      expect((await endpointNow(lab, one))?.State).toBe('pendingAcceptance');
      expect((await endpointNow(lab, two))?.State).toBe(state);
    }),
  };
}

function unsuccessful(Command: Decision) {
  return async (lab: Lab) => {
    const { id } = await offerService(lab);
    const unknown = 'vpce-00000000000000000';
    const { Unsuccessful } = await decide(lab, Command, id, [unknown]);
    expect(Unsuccessful).toMatchObject([{ ResourceId: unknown }]);
  };
}

function decide(
  lab: Lab,
  Command: Decision,
  ServiceId: string,
  VpcEndpointIds: string[],
  input: { readonly DryRun?: boolean } = {},
) {
  return vendor(lab).send(new Command({ ServiceId, VpcEndpointIds, ...input }));
}

/** Two services; the first has an available endpoint, one from afar and one of another account. */
async function manyConnections(lab: Lab) {
  const roots = [CUSTOMER, OTHER_CUSTOMER].map((account) => `arn:aws:iam::${account}:root`);
  const service = await offerService(lab, { SupportedRegions: ['eu-west-1'] }, roots);
  const arns = [loadBalancerArn(lab, 'api-2')];
  const next = await offerService(lab, { NetworkLoadBalancerArns: arns });
  const { VpcEndpointId: first = '' } = await connect(lab, service);
  const { VpcEndpointId: far = '' } = await connectFromEurope(lab, service);
  const { VpcEndpointId: other = '' } = await connect(lab, service, {}, OTHER_CUSTOMER);
  const { VpcEndpointId: second = '' } = await connect(lab, next);
  await accept(lab, service, first);
  const all = [first, far, other, second];
  return { one: service.id, two: next.id, first, far, other, second, all };
}

async function ids(lab: Lab, input: DescribeInput): Promise<string[]> {
  return idsOf((await vendor(lab).send(new Describe(input))).VpcEndpointConnections);
}

function idsOf(connections: readonly VpcEndpointConnection[] | undefined): string[] {
  return (connections ?? []).map(({ VpcEndpointId = '' }) => VpcEndpointId);
}
