// What CloudWatch tells about PrivateLink: how many endpoints, and the traffic the world was told
// of.

import { CreateVpcEndpointCommand, DescribeAvailabilityZonesCommand } from '@aws-sdk/client-ec2';
import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type ListMetricsCommandInput,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { recordTraffic, type Traffic } from '../../../src/world/privatelink/traffic-recording.ts';
import { CUSTOMER, type Lab, startLab, VENDOR } from '../../lab.ts';
import { accept, connect, loadBalancerArn, offerService, type Service } from '../../scenes.ts';

const MINUTE = 60_000;
const SERVICES = 'AWS/PrivateLinkServices';
const ENDPOINTS = 'AWS/PrivateLinkEndpoints';

interface Scene {
  readonly service: Service;
  readonly endpointId: string;
}

/** Begins a second after a moment at which endpoints are counted. */
async function connected(lab: Lab): Promise<Scene> {
  lab.advance(5 * MINUTE - (lab.now().getTime() % (5 * MINUTE)) + 1000);
  const service = await offerService(lab);
  const { VpcEndpointId: endpointId = '' } = await connect(lab, service);
  await accept(lab, service, endpointId);
  return { service, endpointId };
}

function tell(lab: Lab, traffic: Traffic): void {
  lab.simulator.world.schedule.settle(lab.now().getTime());
  recordTraffic(lab.simulator.world, traffic);
}

function data(
  lab: Lab,
  who: string,
  [namespace, name, dimensions]: readonly [string, string, Readonly<Record<string, string>>],
  more: Partial<GetMetricDataCommandInput> & { Stat?: string; Period?: number } = {},
) {
  const { Stat = 'Sum', Period = 60, ...input } = more;
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: namespace, MetricName: name, Dimensions };
  return lab.as(who).cloudwatch.send(
    new GetMetricDataCommand({
      MetricDataQueries: [{ Id: 'q', MetricStat: { Metric, Stat, Period } }],
      StartTime: new Date(lab.now().getTime() - 60 * MINUTE),
      EndTime: new Date(lab.now().getTime() + MINUTE),
      ScanBy: 'TimestampAscending',
      ...input,
    }),
  );
}

async function values(...args: Parameters<typeof data>) {
  const { MetricDataResults } = await data(...args);
  return MetricDataResults?.[0]?.Values;
}

async function listed(lab: Lab, who: string, input: ListMetricsCommandInput = {}) {
  const { Metrics } = await lab.as(who).cloudwatch.send(new ListMetricsCommand(input));
  return (Metrics ?? []).map(({ MetricName, Dimensions }) => [
    MetricName,
    Object.fromEntries((Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
  ]);
}

test('when traffic is told of, provider and consumer read it under own dimensions', async () => {
  const lab = await startLab();
  const { service, endpointId } = await connected(lab);
  tell(lab, { endpointId, newConnections: 3, activeConnections: 2, bytes: 1000, resets: 1 });
  tell(lab, { endpointId, newConnections: 1, activeConnections: 1, bytes: 500 });
  lab.advance(MINUTE);
  tell(lab, { endpointId, activeConnections: 1, bytes: 50, packetsDropped: 7 });
  const byService = { 'Service Id': service.id };
  expect(await values(lab, VENDOR, [SERVICES, 'NewConnections', byService])).toEqual([4, 0]);
  expect(await values(lab, VENDOR, [SERVICES, 'ActiveConnections', byService])).toEqual([2, 1]);
  expect(await values(lab, VENDOR, [SERVICES, 'RstPacketsSent', byService])).toEqual([1, 0]);
  const byEndpoint = { ...byService, 'VPC Endpoint Id': endpointId };
  expect(await values(lab, VENDOR, [SERVICES, 'BytesProcessed', byEndpoint])).toEqual([1500, 50]);
  const byBalancer = { ...byService, 'Load Balancer Arn': loadBalancerArn(lab) };
  expect(await values(lab, VENDOR, [SERVICES, 'BytesProcessed', byBalancer])).toEqual([1500, 50]);
  const own = (await listed(lab, CUSTOMER, { MetricName: 'PacketsDropped' })).map(([, one]) => one);
  expect(own).toHaveLength(2);
  expect(own[0]).toMatchObject({ 'VPC Endpoint Id': endpointId, 'Service Name': service.name });
  const dropped = [ENDPOINTS, 'PacketsDropped', own[0] as Record<string, string>] as const;
  expect(await values(lab, CUSTOMER, dropped)).toEqual([0, 7]);
  expect(await values(lab, VENDOR, dropped)).toEqual([]);
});

test('when zones differ, each zone is a series of its own', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: false });
  const { world } = lab.simulator;
  const subnetIds = [...world.subnets.by('owner', `${CUSTOMER}/us-east-1`)].map(({ id }) => id);
  const { VpcEndpointId: endpointId = '' } = await connect(lab, service, { SubnetIds: subnetIds });
  lab.advance(world.delays.endpointAvailable);
  tell(lab, { endpointId, zoneId: 'use1-az1', bytes: 10 });
  tell(lab, { endpointId, zoneId: 'use1-az2', bytes: 20 });
  const { AvailabilityZones } = await lab
    .as(VENDOR)
    .ec2.send(new DescribeAvailabilityZonesCommand({ ZoneIds: ['use1-az2'] }));
  const Az = AvailabilityZones?.[0]?.ZoneName ?? '';
  const bytes = (dimensions: Record<string, string>) =>
    values(lab, VENDOR, [SERVICES, 'BytesProcessed', { 'Service Id': service.id, ...dimensions }]);
  expect(await bytes({})).toEqual([30]);
  expect(await bytes({ Az })).toEqual([20]);
  const wrong = () => recordTraffic(world, { endpointId, zoneId: 'use1-az6', bytes: 1 });
  expect(wrong).toThrow('use1-az6');
});

test('when endpoints come and go, their number is there every five minutes', async () => {
  const lab = await startLab();
  const { service, endpointId } = await connected(lab);
  const count = [SERVICES, 'EndpointsCount', { 'Service Id': service.id }] as const;
  lab.advance(10 * MINUTE);
  expect(await values(lab, VENDOR, count, { Period: 300, Stat: 'Maximum' })).toEqual([1, 1]);
  const second = await connect(lab, service);
  await accept(lab, service, second.VpcEndpointId ?? '');
  lab.advance(5 * MINUTE);
  const { MetricDataResults } = await data(lab, VENDOR, count, { Period: 300, Stat: 'Maximum' });
  expect(MetricDataResults?.[0]?.Values).toEqual([1, 1, 2]);
  const times = MetricDataResults?.[0]?.Timestamps?.map((time) => time.getTime() % (5 * MINUTE));
  expect(times).toEqual([0, 0, 0]);
  expect(endpointId).not.toBe(second.VpcEndpointId);
});

test('when the consumer is in another Region, nothing is published', async () => {
  const lab = await startLab();
  const service = await offerService(lab, {
    AcceptanceRequired: false,
    SupportedRegions: ['eu-west-1'],
  });
  const { world } = lab.simulator;
  const [vpc] = world.vpcs.by('owner', `${CUSTOMER}/eu-west-1`);
  const [subnet] = world.subnets.by('vpc', vpc?.id ?? '');
  const { VpcEndpoint } = await lab.as(CUSTOMER, 'eu-west-1').ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpc?.id,
      VpcEndpointType: 'Interface',
      ServiceName: service.name,
      ServiceRegion: 'us-east-1',
      SubnetIds: [subnet?.id ?? ''],
    }),
  );
  lab.advance(world.delays.endpointAvailable);
  tell(lab, { endpointId: VpcEndpoint?.VpcEndpointId ?? '', bytes: 10 });
  expect(await listed(lab, VENDOR, { MetricName: 'BytesProcessed' })).toEqual([]);
});

test('when statistics are asked for, periods put minutes together', async () => {
  const lab = await startLab();
  const { service, endpointId } = await connected(lab);
  for (const bytes of [10, 30]) {
    tell(lab, { endpointId, bytes });
    lab.advance(MINUTE);
  }
  const { Datapoints, Label } = await lab.as(VENDOR).cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: SERVICES,
      MetricName: 'BytesProcessed',
      Dimensions: [{ Name: 'Service Id', Value: service.id }],
      StartTime: new Date(lab.now().getTime() - 10 * MINUTE),
      EndTime: lab.now(),
      Period: 300,
      Statistics: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'],
    }),
  );
  expect(Label).toBe('BytesProcessed');
  expect(Datapoints).toMatchObject([
    { SampleCount: 2, Average: 20, Sum: 40, Minimum: 10, Maximum: 30, Unit: 'Bytes' },
  ]);
});

test('when there are more points than asked for, the rest is on the next pages', async () => {
  const lab = await startLab();
  const { service, endpointId } = await connected(lab);
  for (const bytes of [1, 2, 3, 4, 5]) {
    tell(lab, { endpointId, bytes });
    lab.advance(MINUTE);
  }
  const Dimensions = [{ Name: 'Service Id', Value: service.id }];
  const Metric = { Namespace: SERVICES, MetricName: 'BytesProcessed', Dimensions };
  const seen: number[] = [];
  const pages = paginateGetMetricData(
    { client: lab.as(VENDOR).cloudwatch },
    {
      MetricDataQueries: [{ Id: 'q', MetricStat: { Metric, Stat: 'Sum', Period: 60 } }],
      StartTime: new Date(lab.now().getTime() - 60 * MINUTE),
      EndTime: lab.now(),
      MaxDatapoints: 2,
    },
  );
  for await (const { MetricDataResults } of pages) {
    const [result] = MetricDataResults ?? [];
    seen.push(...(result?.Values ?? []));
    expect(result?.StatusCode).toBe(seen.length < 5 ? 'PartialData' : 'Complete');
  }
  expect(seen).toEqual([5, 4, 3, 2, 1]);
});

test('when metrics are listed, names, dimensions and recent activity choose', async () => {
  const lab = await startLab();
  const { service, endpointId } = await connected(lab);
  tell(lab, { endpointId, bytes: 1 });
  // Four metrics under five sets of dimensions each; EndpointsCount has no value yet.
  expect(await listed(lab, VENDOR, { Namespace: SERVICES })).toHaveLength(20);
  const Dimensions = [{ Name: 'Az' }];
  expect(await listed(lab, VENDOR, { MetricName: 'NewConnections', Dimensions })).toHaveLength(2);
  const other = [{ Name: 'Service Id', Value: 'vpce-svc-0' }];
  expect(await listed(lab, VENDOR, { Dimensions: other })).toEqual([]);
  lab.advance(4 * 60 * MINUTE);
  const recent = await listed(lab, VENDOR, { RecentlyActive: 'PT3H' });
  expect(recent).toEqual([['EndpointsCount', { 'Service Id': service.id }]]);
  expect(await listed(lab, VENDOR, { MetricName: 'BytesProcessed' })).toHaveLength(5);
});

test('when an endpoint carries nothing, it cannot be told of', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId: endpointId = '' } = await connect(lab, service);
  const { world } = lab.simulator;
  expect(() => recordTraffic(world, { endpointId, bytes: 1 })).toThrow('pendingAcceptance');
  expect(() => recordTraffic(world, { endpointId: 'vpce-0', bytes: 1 })).toThrow('vpce-0');
});
