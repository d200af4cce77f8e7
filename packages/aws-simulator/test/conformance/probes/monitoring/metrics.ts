// Reading PrivateLink's metrics.

import {
  GetMetricDataCommand as GetData,
  type GetMetricDataCommandInput as DataInput,
  GetMetricStatisticsCommand as GetStatistics,
  type GetMetricStatisticsCommandInput as StatisticsInput,
  ListMetricsCommand as List,
  type ListMetricsCommandInput as ListInput,
  type MetricDataQuery,
  type MetricStat,
} from '@aws-sdk/client-cloudwatch';
import { recordTraffic } from '../../../../src/world/privatelink/traffic-recording.ts';
import { CUSTOMER, type Lab, VENDOR } from '../../../lab.ts';
import { accept, allow, connect, offerService } from '../../../scenes.ts';
import { each, effect, expect, type Probe, type ProbeSet, probes, refused } from '../../probe.ts';

const LIST = 'monitoring:ListMetrics';
const DATA = 'monitoring:GetMetricData';
const STATISTICS = 'monitoring:GetMetricStatistics';

const MINUTE = 60_000;
const Namespace = 'AWS/PrivateLinkServices';
const MetricName = 'BytesProcessed';

interface Scene {
  readonly serviceId: string;
  readonly endpointId: string;
}

const metric = 'MetricDataQueries.MetricStat.Metric';

export const metricProbes: ProbeSet = [
  ...probes(LIST, {
    Namespace: listed({ Namespace }, (one) => one.Namespace === Namespace),
    MetricName: listed({ MetricName }, (one) => one.MetricName === MetricName),
    ...each(
      ['Dimensions.Name', 'Dimensions.Value'],
      effect(LIST, async (lab) => {
        const { endpointId: Value } = await busy(lab);
        await busy(lab);
        const Dimensions = [{ Name: 'VPC Endpoint Id', Value }];
        const { Metrics = [] } = await list(lab, { Dimensions });
        const ids = Metrics.map((one) =>
          one.Dimensions?.find(({ Name }) => Name === 'VPC Endpoint Id'),
        );
        expect(new Set(ids.map((id) => id?.Value))).toEqual(new Set([Value]));
      }),
    ),
    NextToken: effect(LIST, async (lab) => {
      await busy(lab);
      addEndpoints(lab, 130);
      const first = await list(lab);
      expect(first.Metrics).toHaveLength(500);
      const second = await list(lab, { NextToken: first.NextToken });
      expect(second.Metrics?.length).toBeGreaterThan(0);
      const names = new Set(first.Metrics?.map((one) => JSON.stringify(one)));
      expect(second.Metrics?.some((one) => names.has(JSON.stringify(one)))).toBe(false);
    }),
    RecentlyActive: effect(LIST, async (lab) => {
      await busy(lab);
      lab.advance(4 * 60 * MINUTE);
      const { Metrics = [] } = await list(lab, { RecentlyActive: 'PT3H' });
      expect(Metrics.map((one) => one.MetricName)).toEqual(['EndpointsCount']);
    }),
    IncludeLinkedAccounts: refused('IncludeLinkedAccounts', (lab) =>
      list(lab, { IncludeLinkedAccounts: true }),
    ),
    OwningAccount: refused('OwningAccount', (lab) => list(lab, { OwningAccount: CUSTOMER })),
  }),

  ...probes(DATA, {
    ...each(
      [
        'MetricDataQueries.Id',
        `${metric}.Namespace`,
        `${metric}.MetricName`,
        `${metric}.Dimensions.Name`,
        `${metric}.Dimensions.Value`,
        'MetricDataQueries.MetricStat.Period',
        'MetricDataQueries.MetricStat.Stat',
        'StartTime',
        'EndTime',
      ],
      effect(DATA, async (lab) => {
        const { MetricDataResults } = await data(lab, await busy(lab));
        expect(MetricDataResults).toMatchObject([{ Id: 'q', Values: [30, 10] }]);
      }),
    ),
    'MetricDataQueries.MetricStat.Unit': effect(DATA, async (lab) => {
      const { MetricDataResults } = await data(lab, await busy(lab), {}, {}, { Unit: 'Count' });
      expect(MetricDataResults?.[0]?.Values).toEqual([]);
    }),
    'MetricDataQueries.Expression': refusedQuery('Expression', { Expression: 'SUM(METRICS())' }),
    'MetricDataQueries.Period': refusedQuery('Period', { Period: 60 }),
    'MetricDataQueries.AccountId': refusedQuery('AccountId', { AccountId: CUSTOMER }),
    'MetricDataQueries.Label': effect(DATA, async (lab) => {
      const { MetricDataResults } = await data(lab, await busy(lab), {}, { Label: 'mine' });
      expect(MetricDataResults?.[0]?.Label).toBe('mine');
    }),
    'MetricDataQueries.ReturnData': effect(DATA, async (lab) => {
      const { MetricDataResults } = await data(lab, await busy(lab), {}, { ReturnData: false });
      expect(MetricDataResults).toEqual([]);
    }),
    ...each(
      ['NextToken', 'MaxDatapoints'],
      effect(DATA, async (lab) => {
        const scene = await busy(lab);
        const first = await data(lab, scene, { MaxDatapoints: 1 });
        expect(first.MetricDataResults?.[0]?.Values).toEqual([30]);
        const { NextToken } = first;
        const second = await data(lab, scene, { MaxDatapoints: 1, NextToken });
        expect(second.MetricDataResults?.[0]?.Values).toEqual([10]);
      }),
    ),
    ScanBy: effect(DATA, async (lab) => {
      const { MetricDataResults } = await data(lab, await busy(lab), {
        ScanBy: 'TimestampAscending',
      });
      expect(MetricDataResults?.[0]?.Values).toEqual([10, 30]);
    }),
    'LabelOptions.Timezone': refused(
      'LabelOptions',
      async (lab) => data(lab, await busy(lab), { LabelOptions: { Timezone: '+0100' } }),
      'LabelOptions',
    ),
  }),

  ...probes(STATISTICS, {
    ...each(
      [
        'Namespace',
        'MetricName',
        'Dimensions.Name',
        'Dimensions.Value',
        'StartTime',
        'EndTime',
        'Period',
        'Statistics',
      ],
      effect(STATISTICS, async (lab) => {
        const { Datapoints } = await statistics(lab, await busy(lab), {
          Statistics: ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'],
        });
        expect(Datapoints).toMatchObject([
          { Sum: 10, SampleCount: 1, Average: 10, Minimum: 10, Maximum: 10, Unit: 'Bytes' },
          { Sum: 30 },
        ]);
      }),
    ),
    ExtendedStatistics: refused('ExtendedStatistics', async (lab) =>
      statistics(lab, await busy(lab), { ExtendedStatistics: ['p99'] }),
    ),
    Unit: effect(STATISTICS, async (lab) => {
      const { Datapoints } = await statistics(lab, await busy(lab), { Unit: 'Count' });
      expect(Datapoints).toEqual([]);
    }),
  }),
];

/** An endpoint with ten bytes in one minute and thirty in the next. */
async function busy(lab: Lab): Promise<Scene> {
  const known = [...lab.simulator.world.endpointServices.values()][0];
  const { id } = known ?? (await offerService(lab));
  const endpointId = await another(lab, id);
  return { serviceId: id, endpointId };
}

async function another(lab: Lab, serviceId: string, account = CUSTOMER): Promise<string> {
  const service = { id: serviceId, name: `com.amazonaws.vpce.us-east-1.${serviceId}` };
  const { VpcEndpointId: endpointId = '' } = await connect(lab, service, {}, account);
  await accept(lab, service, endpointId);
  for (const bytes of [10, 30]) {
    lab.advance(MINUTE);
    lab.simulator.world.schedule.settle(lab.now().getTime());
    recordTraffic(lab.simulator.world, { endpointId, bytes });
  }
  return endpointId;
}

/** Traffic of endpoints that are not there: making so many would take long. */
function addEndpoints(lab: Lab, count: number): void {
  const { world } = lab.simulator;
  const [sample] = world.traffic.values();
  if (!sample) throw new Error('There must be traffic already');
  for (let number = 0; number < count; number += 1) {
    const endpoint = { ...sample.endpoint, id: `vpce-${number}` };
    world.traffic.add({ ...sample, endpoint, id: `more ${number}`, order: world.nextOrder() });
  }
}

function list(lab: Lab, input: ListInput = {}) {
  return lab.as(VENDOR).cloudwatch.send(new List(input));
}

function listed(
  input: ListInput,
  holds: (one: { Namespace?: string; MetricName?: string }) => boolean,
): Probe {
  return effect(LIST, async (lab) => {
    const { serviceId } = await busy(lab);
    // The vendor is a consumer of its own service as well, so that it has both namespaces.
    await allow(lab, serviceId, [`arn:aws:iam::${VENDOR}:root`]);
    await another(lab, serviceId, VENDOR);
    const { Metrics = [] } = await list(lab, input);
    expect(Metrics.length).toBeGreaterThan(0);
    expect(Metrics.every(holds)).toBe(true);
  });
}

function data(
  lab: Lab,
  { endpointId, serviceId }: Scene,
  input: Partial<DataInput> = {},
  query: Partial<MetricDataQuery> = {},
  stat: Partial<MetricStat> = {},
) {
  const Metric = { Namespace, MetricName, Dimensions: dimensionsOf(serviceId, endpointId) };
  const MetricStat = { Metric, Stat: 'Sum', Period: 60, ...stat };
  return lab.as(VENDOR).cloudwatch.send(
    new GetData({
      MetricDataQueries: [{ Id: 'q', MetricStat, ...query }],
      ...times(lab),
      ...input,
    }),
  );
}

function refusedQuery(named: string, query: Partial<MetricDataQuery>): Probe {
  return refused(named, async (lab) => data(lab, await busy(lab), {}, query));
}

function statistics(lab: Lab, scene: Scene, input: Partial<StatisticsInput>) {
  const Dimensions = dimensionsOf(scene.serviceId, scene.endpointId);
  const asked = { Namespace, MetricName, Dimensions, ...times(lab), Period: 60 };
  const more: Partial<StatisticsInput> = { Statistics: ['Sum'], ...input };
  return lab.as(VENDOR).cloudwatch.send(new GetStatistics({ ...asked, ...more }));
}

function times(lab: Lab) {
  const now = lab.now().getTime();
  return { StartTime: new Date(now - 60 * MINUTE), EndTime: new Date(now + MINUTE) };
}

function dimensionsOf(serviceId: string, endpointId: string) {
  return [
    { Name: 'Service Id', Value: serviceId },
    { Name: 'VPC Endpoint Id', Value: endpointId },
  ];
}
