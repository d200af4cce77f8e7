// The calls whose cost must not depend on how much there is, as signed requests to a simulated
// world. Those that change something come in an order in which each finds what it needs.

import { answerCall } from '../../packages/aws-simulator/src/http/pipeline.ts';
import type { WireRequest } from '../../packages/aws-simulator/src/protocols/wire.ts';
import {
  element,
  formRequest,
  type RawRequest,
  signed,
} from '../../packages/aws-simulator/test/raw.ts';
import {
  customerSubnets,
  region,
  type SimulatedWorld,
  spareVpcs,
  vendor,
} from './simulated-world.ts';

export interface MeasuredCall {
  readonly name: string;
  /** What to send in the rounds, made before anything is timed. */
  requests(world: SimulatedWorld, rounds: number): Promise<WireRequest[]>;
}

type Parameters = Readonly<Record<string, string>>;

const page = { MaxResults: '5' };
const connections = 'DescribeVpcEndpointConnections';
const permissions = 'DescribeVpcEndpointServicePermissions';
const route53 = '/2013-04-01/hostedzone/';

export const measuredCalls: readonly MeasuredCall[] = [
  {
    name: 'DescribeVpcEndpoints by id',
    requests: async (world, rounds) =>
      each(rounds, (round) => {
        const id = spread(world.endpointIds, round);
        const owner = world.simulation.world.endpoints.get(id)?.account ?? '';
        return ec2(world, 'DescribeVpcEndpoints', { 'VpcEndpointId.1': id }, owner);
      }),
  },
  query('…Connections, first page', connections, async () => page),
  query('…Connections, a page in the middle', connections, async (world) => ({
    ...page,
    NextToken: await tokenAt(world, connections, {}, 0.5),
  })),
  query('…Connections, the last pages', connections, async (world) => ({
    ...page,
    NextToken: await tokenAt(world, connections, {}, 1),
  })),
  {
    name: '…Connections by id',
    requests: async (world, rounds) =>
      each(rounds, (round) =>
        ec2(world, connections, filter('vpc-endpoint-id', spread(world.endpointIds, round))),
      ),
  },
  query('…Connections of a service', connections, async ({ serviceId }) => ({
    ...page,
    ...filter('service-id', serviceId),
  })),
  query('…Connections of a customer', connections, async () => ({
    ...page,
    ...filter('vpc-endpoint-owner', '200000000000'),
  })),
  query('…Connections pendingAcceptance, none', connections, async () =>
    filter('vpc-endpoint-state', 'pendingAcceptance'),
  ),
  query('…ServicePermissions, the last pages', permissions, async (world) => {
    const { serviceId: ServiceId } = world;
    return { ...page, ServiceId, NextToken: await tokenAt(world, permissions, { ServiceId }, 1) };
  }),
  {
    name: 'CreateVpcEndpoint',
    requests: async (world, rounds) => {
      const { serviceName: ServiceName } = world;
      const subnets = customerSubnets(world.simulation).slice(-spareVpcs);
      return each(rounds, (round) => {
        const { vpcId: VpcId, id, account } = subnets[round % subnets.length] ?? subnets[0]!;
        const parameters = { VpcEndpointType: 'Interface', ServiceName, VpcId, 'SubnetId.1': id };
        return ec2(world, 'CreateVpcEndpoint', parameters, account);
      });
    },
  },
  {
    name: 'AcceptVpcEndpointConnections, one',
    requests: async (world, rounds) => {
      const ids = [...world.simulation.world.endpoints.values()].slice(-rounds);
      const { serviceId: ServiceId } = world;
      return ids.map(({ id }) =>
        ec2(world, 'AcceptVpcEndpointConnections', { ServiceId, 'VpcEndpointId.1': id }),
      );
    },
  },
  {
    name: 'Modify…ServicePermissions, one',
    requests: async (world, rounds) =>
      each(rounds, (round) =>
        ec2(world, 'ModifyVpcEndpointServicePermissions', {
          ServiceId: world.serviceId,
          'AddAllowedPrincipals.1': `arn:aws:iam::300000000000:role/r${round}`,
        }),
      ),
  },
  {
    name: 'ListResourceRecordSets, in the middle',
    requests: async (world, rounds) =>
      each(rounds, (round) => {
        const path = `${route53}${world.zoneId}/rrset`;
        const name = spread(world.records, round);
        const query = [['maxitems', '5'] as const, ['name', name] as const];
        return send(world, { method: 'GET', path, query, headers: {}, body: '' }, vendor);
      }),
  },
  {
    name: 'ChangeResourceRecordSets, one',
    requests: async (world, rounds) =>
      each(rounds, (round) => {
        const path = `${route53}${world.zoneId}/rrset/`;
        const body = upsert(`new${round}.vendor.example`);
        return send(world, { method: 'POST', path, query: [], headers: {}, body }, vendor);
      }),
  },
];

function query(
  name: string,
  action: string,
  parameters: (world: SimulatedWorld) => Promise<Parameters>,
): MeasuredCall {
  return {
    name,
    requests: async (world, rounds) => {
      const given = await parameters(world);
      return each(rounds, () => ec2(world, action, given));
    },
  };
}

/** The token of a page about so far into the list; a token fits pages of any size. */
async function tokenAt(
  world: SimulatedWorld,
  action: string,
  parameters: Parameters,
  share: number,
): Promise<string> {
  const MaxResults = String(Math.min(1000, Math.max(5, Math.floor(world.size / 10))));
  const tokens: string[] = [];
  for (;;) {
    const NextToken = tokens.at(-1);
    const given = { ...parameters, MaxResults, ...(NextToken ? { NextToken } : {}) };
    const { body } = await answerCall(world.simulation, ec2(world, action, given));
    const next = element(Buffer.from(body).toString('utf8'), 'nextToken');
    if (!next) return tokens[Math.ceil(tokens.length * share) - 1] ?? '';
    tokens.push(next);
  }
}

function ec2(
  world: SimulatedWorld,
  action: string,
  parameters: Parameters,
  account = vendor,
): WireRequest {
  const form = formRequest({ Action: action, Version: '2016-11-15', ...parameters });
  return send(world, form, account, 'ec2');
}

function send(
  world: SimulatedWorld,
  request: RawRequest,
  account: string,
  service = 'route53',
): WireRequest {
  const keys = { accessKeyId: account, secretAccessKey: 'simulator' };
  const addressed = { ...request, headers: { host: 'localhost', ...request.headers } };
  const raw = signed(addressed, { keys, service, region, time: world.now() });
  return {
    method: raw.method,
    path: raw.path,
    query: new URLSearchParams(raw.query.map(([name, value]) => [name, value])).toString(),
    headers: Object.entries(raw.headers),
    body: Buffer.from(raw.body),
  };
}

function filter(name: string, value: string): Parameters {
  return { 'Filter.1.Name': name, 'Filter.1.Value.1': value };
}

function upsert(name: string): string {
  return (
    '<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">' +
    '<ChangeBatch><Changes><Change><Action>UPSERT</Action><ResourceRecordSet>' +
    `<Name>${name}</Name><Type>TXT</Type><TTL>60</TTL><ResourceRecords><ResourceRecord>` +
    '<Value>"x"</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes>' +
    '</ChangeBatch></ChangeResourceRecordSetsRequest>'
  );
}

function each<T>(rounds: number, make: (round: number) => T): T[] {
  return Array.from({ length: rounds }, (_, round) => make(round));
}

/** One of the items, another one each round, from everywhere in the list. */
function spread(items: readonly string[], round: number): string {
  return items[(round * 7919) % items.length] ?? '';
}
