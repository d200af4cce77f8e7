// Values of a series put together by period: average, sum, least, most, count.

import type { Point } from './metrics.ts';

export const statisticNames = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;

export type StatisticName = (typeof statisticNames)[number];

export interface Bucket {
  /** The beginning of the period, in milliseconds since 1970. */
  readonly at: number;
  readonly values: readonly number[];
}

/** A time range and its periods, all in milliseconds. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly period: number;
}

export function isStatistic(name: string): name is StatisticName {
  return (statisticNames as readonly string[]).includes(name);
}

/** The periods with values, oldest first. The start counts, the end does not. */
export function buckets(points: readonly Point[], { start, end, period }: Range): Bucket[] {
  const found = new Map<number, number[]>();
  const first = Math.floor(start / period) * period;
  for (const { at, value } of points) {
    if (at < first || at >= end) continue;
    const begin = Math.floor(at / period) * period;
    const values = found.get(begin) ?? [];
    values.push(value);
    found.set(begin, values);
  }
  return [...found].map(([at, values]) => ({ at, values })).sort((a, b) => a.at - b.at);
}

export function statistic(name: StatisticName, { values }: Bucket): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (name) {
    case 'SampleCount':
      return values.length;
    case 'Sum':
      return sum;
    case 'Average':
      return sum / values.length;
    case 'Minimum':
      return Math.min(...values);
    default:
      return Math.max(...values);
  }
}

/** Seconds that may be a period: 1, 5, 10, 30, 60 and multiples of 60 (API reference). */
export function isPeriod(seconds: number): boolean {
  return [1, 5, 10, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0);
}
