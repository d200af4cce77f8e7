// GetMetricData: the values of several series, in pages of data points.

import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Call, Given } from '../call.ts';
import { notSimulated } from '../ec2/errors.ts';
import { invalidNextToken, validationError } from './errors.ts';
import { dimensionMap, pointsOf, unitOf } from './metrics.ts';
import { buckets, isPeriod, isStatistic, type Range, statistic } from './statistics.ts';
import { placeOf, tokenFor } from './tokens.ts';

type DataCall = Call<Given<GetMetricDataInput, 'MetricDataQueries' | 'StartTime' | 'EndTime'>>;

interface Value {
  readonly result: number;
  readonly at: Date;
  readonly value: number;
}

const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;

export function getMetricData(call: DataCall): GetMetricDataOutput {
  const { input } = call;
  checkQueries(input.MetricDataQueries);
  if (input.LabelOptions) throw notSimulated('LabelOptions');
  const size = pageSize(input.MaxDatapoints);
  const queries = input.MetricDataQueries.filter(({ ReturnData }) => ReturnData !== false);
  const values = queries.flatMap((query, result) => valuesOf(call, query, result));
  const from = startOf(call);
  const page = values.slice(from, from + size);
  const more = values.length > from + size;
  const left = new Set(values.slice(from + size).map(({ result }) => result));
  return {
    MetricDataResults: queries.map((query, result) => resultOf(query, result, page, left)),
    Messages: [],
    NextToken: more ? tokenFor(call, 'GetMetricData', String(from + size)) : undefined,
  };
}

function resultOf(
  { Id, Label, MetricStat }: MetricDataQuery,
  result: number,
  page: readonly Value[],
  left: ReadonlySet<number>,
): MetricDataResult {
  const own = page.filter((value) => value.result === result);
  return {
    Id,
    Label: Label ?? MetricStat?.Metric?.MetricName,
    Timestamps: own.map(({ at }) => at),
    Values: own.map(({ value }) => value),
    StatusCode: left.has(result) ? 'PartialData' : 'Complete',
  };
}

function valuesOf(call: DataCall, query: MetricDataQuery, result: number): Value[] {
  const { account, input } = call;
  const { MetricStat: wanted } = query;
  if (query.AccountId !== undefined && query.AccountId !== account) {
    throw notSimulated('AccountId of another account');
  }
  const { Metric: metric, Stat: name = '', Unit: unit } = wanted ?? {};
  if (!isStatistic(name)) throw notSimulated(`the statistic '${name}'`);
  const { Namespace: namespace = '', MetricName = '' } = metric ?? {};
  const series = { namespace, name: MetricName, dimensions: dimensionMap(metric?.Dimensions) };
  if (unit !== undefined && unit !== unitOf(MetricName)) return [];
  const found = buckets(pointsOf(call, series), rangeOf(call, wanted?.Period ?? 0));
  const values = found.map((bucket) => ({
    result,
    at: new Date(bucket.at),
    value: statistic(name, bucket),
  }));
  return input.ScanBy === 'TimestampAscending' ? values : values.reverse();
}

function rangeOf({ input }: DataCall, seconds: number): Range {
  const start = input.StartTime.getTime();
  const end = input.EndTime.getTime();
  if (start >= end) {
    throw validationError('The parameter StartTime must be less than the parameter EndTime.');
  }
  if (isPeriod(seconds)) return { start, end, period: seconds * 1000 };
  throw validationError('The parameter Period must be 1, 5, 10, 30 or a multiple of 60.');
}

function checkQueries(queries: readonly MetricDataQuery[]): void {
  if (queries.length === 0 || queries.length > MOST_QUERIES) {
    throw validationError(`There must be 1 to ${MOST_QUERIES} MetricDataQueries.`);
  }
  const ids = new Set<string>();
  for (const { Id: id = '', Expression, MetricStat, Period } of queries) {
    if (Expression !== undefined) throw notSimulated('Expression (metric math)');
    if (Period !== undefined) throw notSimulated('Period of a query, which is for expressions');
    if (!/^[a-z]\w*$/.test(id) || ids.has(id)) {
      throw validationError(
        `The Id '${id}' must be unique, begin with a lower case letter and contain only letters, ` +
          'digits and underscores.',
      );
    }
    if (!MetricStat) throw validationError(`The query '${id}' must have a MetricStat.`);
    ids.add(id);
  }
}

function pageSize(wanted: number | undefined): number {
  if (wanted === undefined) return MOST_POINTS;
  if (wanted >= 1 && wanted <= MOST_POINTS) return wanted;
  throw validationError(`MaxDatapoints must be 1 to ${MOST_POINTS}.`);
}

function startOf(call: DataCall): number {
  const { NextToken: token } = call.input;
  if (token === undefined) return 0;
  const place = placeOf(call, 'GetMetricData', token);
  if (place === undefined) throw invalidNextToken();
  return Number(place);
}
