// The errors of CloudWatch.

import {
  type CloudWatchClient,
  GetMetricDataCommand as GetData,
  GetMetricStatisticsCommand as GetStatistics,
  ListMetricsCommand as List,
} from '@aws-sdk/client-cloudwatch';
import type { SimulatorOptions } from '../../../src/index.ts';
import { CUSTOMER, openLab, VENDOR } from '../../lab.ts';
import { type Attempt, errorsOf, inService, saying, type Scene } from '../ledger.ts';

interface MetricScene extends Scene {
  readonly cloudwatch: CloudWatchClient;
}

type Go = Attempt<MetricScene>;

const metric = { Namespace: 'AWS/PrivateLinkServices', MetricName: 'BytesProcessed' };
const times = { StartTime: new Date(0), EndTime: new Date(3_600_000) };
const stat = { Metric: metric, Stat: 'Sum', Period: 60 };
const query = { Id: 'q', MetricStat: stat };

const list =
  (input: object): Go =>
  ({ cloudwatch }) =>
    cloudwatch.send(new List(input));
const statistics =
  (input: object): Go =>
  ({ cloudwatch }) =>
    cloudwatch.send(
      new GetStatistics({ ...metric, ...times, Period: 60, Statistics: ['Sum'], ...input }),
    );
const data =
  (input: object): Go =>
  ({ cloudwatch }) =>
    cloudwatch.send(new GetData({ ...times, MetricDataQueries: [query], ...input }));
const queries = (...MetricDataQueries: object[]) => data({ MetricDataQueries });

export const metricErrors = errorsOf(
  'metrics.ts',
  async (options: SimulatorOptions): Promise<MetricScene> => {
    const lab = await openLab(options);
    return { lab, cloudwatch: lab.as(VENDOR).cloudwatch };
  },
  inService<MetricScene>('monitoring', {
    GetMetricData: {
      InvalidNextToken: saying('token', data({ NextToken: 'one' })),
      UnsupportedOperation: [
        saying('Expression', queries({ Id: 'q', Expression: 'SUM(a)' })),
        saying('Period', queries({ ...query, Period: 60 })),
        saying('AccountId', queries({ ...query, AccountId: CUSTOMER })),
        saying('p99', queries({ ...query, MetricStat: { ...stat, Stat: 'p99' } })),
        saying('LabelOptions', data({ LabelOptions: { Timezone: '+0000' } })),
      ],
      ValidationException: [
        saying('MetricDataQueries', queries()),
        saying('unique', queries(query, query)),
        saying('lower case', queries({ ...query, Id: 'Q' })),
        saying('MetricStat', queries({ Id: 'q' })),
        saying('Period', queries({ ...query, MetricStat: { ...stat, Period: 7 } })),
        saying('StartTime', data({ EndTime: new Date(0) })),
        saying('MaxDatapoints', data({ MaxDatapoints: 0 })),
      ],
    },
    GetMetricStatistics: {
      InvalidParameterCombinationException: [
        saying('StartTime', statistics({ EndTime: new Date(0) })),
        saying('1440', statistics({ EndTime: new Date(1e9) })),
      ],
      InvalidParameterValueException: [
        saying('Most', statistics({ Statistics: ['Most'] })),
        saying('Period', statistics({ Period: 61 })),
      ],
      MissingRequiredParameterException: [
        saying('Statistics', statistics({ Statistics: [] })),
        saying('Namespace', statistics({ Namespace: undefined })),
      ],
      UnsupportedOperation: saying(
        'ExtendedStatistics',
        statistics({ ExtendedStatistics: ['p99'] }),
      ),
    },
    ListMetrics: {
      InvalidNextToken: saying('token', list({ NextToken: 'one' })),
      InvalidParameterValueException: saying('PT3H', list({ RecentlyActive: 'PT1H' })),
      UnsupportedOperation: [
        saying('IncludeLinkedAccounts', list({ IncludeLinkedAccounts: true })),
        saying('OwningAccount', list({ OwningAccount: CUSTOMER })),
      ],
    },
  }),
);
