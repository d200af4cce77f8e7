import { expect, test } from 'vitest';
import { metricLedger } from '../../packages/api/src/metrics/ledger.ts';
import { metricsPage } from './metrics-page.ts';

test('when there is a metric, the page has one row for it', () => {
  const lines = metricsPage().split('\n');
  for (const name of Object.keys(metricLedger)) {
    expect(lines.filter((line) => line.startsWith(`| \`${name}\` | `))).toHaveLength(1);
  }
});

test('when an alert names a metric, there is one', () => {
  const named = metricsPage().matchAll(/^ +(?:expr:.*|\(rate.*)$/gm);
  const names = [...named].flatMap(([line]) => line.match(/sallyport_[a-z_]+/g) ?? []);
  const known = Object.keys(metricLedger);
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !known.includes(name.replace(/_(count|bucket)$/, '')))).toEqual([]);
});
