// The errors of CloudWatch, as the SDK names them.

import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsCommandInput,
  ListMetricsCommand,
  type ListMetricsCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, startLab, VENDOR } from '../../lab.ts';

const metric = { Namespace: 'AWS/PrivateLinkServices', MetricName: 'BytesProcessed' };
const times = { StartTime: new Date(0), EndTime: new Date(3_600_000) };
const stat = { Metric: metric, Stat: 'Sum', Period: 60 };

test('when a listing is wrong, the error is the one of the model', async () => {
  const lab = await startLab();
  const cases: [ListMetricsCommandInput, string, string][] = [
    [{ RecentlyActive: 'PT1H' as 'PT3H' }, 'InvalidParameterValueException', 'PT3H'],
    [{ NextToken: 'one' }, 'InvalidNextToken', 'token'],
    [{ IncludeLinkedAccounts: true }, 'UnsupportedOperation', 'IncludeLinkedAccounts'],
    [{ OwningAccount: CUSTOMER }, 'UnsupportedOperation', 'OwningAccount'],
  ];
  for (const [input, code, message] of cases) {
    const call = lab.as(VENDOR).cloudwatch.send(new ListMetricsCommand(input));
    expect(await failure(call)).toEqual({ code, message: expect.stringContaining(message) });
  }
});

test('when statistics are asked for wrongly, the error is the one of the model', async () => {
  const lab = await startLab();
  const good = { ...metric, ...times, Period: 60, Statistics: ['Sum' as const] };
  const cases: [GetMetricStatisticsCommandInput, string, string][] = [
    [{ ...good, Statistics: [] }, 'MissingRequiredParameterException', 'Statistics'],
    [{ ...good, Statistics: ['Most' as 'Sum'] }, 'InvalidParameterValueException', 'Most'],
    [{ ...good, ExtendedStatistics: ['p99'] }, 'UnsupportedOperation', 'ExtendedStatistics'],
    [{ ...good, Period: 61 }, 'InvalidParameterValueException', 'Period'],
    [{ ...good, EndTime: new Date(0) }, 'InvalidParameterCombinationException', 'StartTime'],
    [{ ...good, EndTime: new Date(1e9) }, 'InvalidParameterCombinationException', '1440'],
    [{ ...good, Namespace: undefined }, 'MissingRequiredParameterException', 'Namespace'],
  ];
  for (const [input, code, message] of cases) {
    const call = lab.as(VENDOR).cloudwatch.send(new GetMetricStatisticsCommand(input));
    expect(await failure(call)).toEqual({ code, message: expect.stringContaining(message) });
  }
});

test('when data are asked for wrongly, the error says with what', async () => {
  const lab = await startLab();
  const query = { Id: 'q', MetricStat: stat };
  const good = { ...times, MetricDataQueries: [query] };
  const cases: [GetMetricDataCommandInput, string, string][] = [
    [{ ...good, NextToken: 'one' }, 'InvalidNextToken', 'token'],
    [{ ...good, MetricDataQueries: [] }, 'ValidationException', 'MetricDataQueries'],
    [{ ...good, MetricDataQueries: [query, query] }, 'ValidationException', 'unique'],
    [{ ...good, MetricDataQueries: [{ ...query, Id: 'Q' }] }, 'ValidationException', 'lower case'],
    [{ ...good, MetricDataQueries: [{ Id: 'q' }] }, 'ValidationException', 'MetricStat'],
    [
      { ...good, MetricDataQueries: [{ Id: 'q', Expression: 'SUM(a)' }] },
      'UnsupportedOperation',
      'Expression',
    ],
    [{ ...good, MetricDataQueries: [{ ...query, Period: 60 }] }, 'UnsupportedOperation', 'Period'],
    [
      { ...good, MetricDataQueries: [{ ...query, AccountId: CUSTOMER }] },
      'UnsupportedOperation',
      'AccountId',
    ],
    [
      { ...good, MetricDataQueries: [{ ...query, MetricStat: { ...stat, Stat: 'p99' } }] },
      'UnsupportedOperation',
      'p99',
    ],
    [
      { ...good, MetricDataQueries: [{ ...query, MetricStat: { ...stat, Period: 7 } }] },
      'ValidationException',
      'Period',
    ],
    [{ ...good, EndTime: new Date(0) }, 'ValidationException', 'StartTime'],
    [{ ...good, MaxDatapoints: 0 }, 'ValidationException', 'MaxDatapoints'],
    [{ ...good, LabelOptions: { Timezone: '+0000' } }, 'UnsupportedOperation', 'LabelOptions'],
  ];
  for (const [input, code, message] of cases) {
    const call = lab.as(VENDOR).cloudwatch.send(new GetMetricDataCommand(input));
    expect(await failure(call)).toEqual({ code, message: expect.stringContaining(message) });
  }
});
