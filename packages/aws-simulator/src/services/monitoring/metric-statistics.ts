// GetMetricStatistics: the values of one series.

import type {
  Datapoint,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../aws-error.ts';
import type { Call, Given } from '../call.ts';
import { notSimulated } from '../ec2/errors.ts';
import { invalidCombination, invalidValue } from './errors.ts';
import { dimensionMap, pointsOf, unitOf } from './metrics.ts';
import { buckets, isPeriod, isStatistic, statistic, type StatisticName } from './statistics.ts';

type StatisticsCall = Call<
  Given<GetMetricStatisticsInput, 'Namespace' | 'MetricName' | 'StartTime' | 'EndTime' | 'Period'>
>;

/** "The maximum number of data points returned from a single call is 1,440" (API reference). */
const MOST_POINTS = 1440;

export function getMetricStatistics(call: StatisticsCall): GetMetricStatisticsOutput {
  const { input } = call;
  const names = checkedStatistics(input);
  const range = checkedRange(input);
  const { Namespace: namespace, MetricName: name } = input;
  const unit = unitOf(name);
  const series = { namespace, name, dimensions: dimensionMap(input.Dimensions) };
  const points = (input.Unit ?? unit) === unit ? pointsOf(call, series) : [];
  const Datapoints = buckets(points, range).map((bucket) => {
    const datapoint: Datapoint = { Timestamp: new Date(bucket.at), Unit: unit };
    for (const one of names) datapoint[one] = statistic(one, bucket);
    return datapoint;
  });
  return { Label: name, Datapoints };
}

function checkedStatistics(input: GetMetricStatisticsInput): readonly StatisticName[] {
  if (input.ExtendedStatistics?.length) throw notSimulated('ExtendedStatistics (percentiles)');
  if (!input.Statistics?.length) {
    throw new AwsError(
      'MissingRequiredParameterException',
      'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
    );
  }
  return input.Statistics.map((name: string) => {
    if (isStatistic(name)) return name;
    throw invalidValue(`The statistic '${name}' is not valid.`);
  });
}

function checkedRange({ StartTime, EndTime, Period }: StatisticsCall['input']) {
  const range = { start: StartTime.getTime(), end: EndTime.getTime(), period: Period * 1000 };
  if (!isPeriod(Period)) {
    throw invalidValue('The parameter Period must be 1, 5, 10, 30 or a multiple of 60.');
  }
  if (range.start >= range.end) {
    throw invalidCombination('The parameter StartTime must be less than the parameter EndTime.');
  }
  if ((range.end - range.start) / range.period > MOST_POINTS) {
    throw invalidCombination(
      `You have requested more than ${MOST_POINTS} datapoints. Take a longer Period or a ` +
        'shorter time range.',
    );
  }
  return range;
}
