// What Prometheus reads, over a database and calls that are made for it.

import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createMetricsServer } from '../../src/metrics-listener.ts';
import { metricLedger } from '../../src/metrics/ledger.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import * as targets from '../../src/storage/targets.ts';
import { createAmbience } from '../ambience.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';
import { createScene } from '../storage/scene.ts';

const ambience = createAmbience();
const { clock } = ambience;
let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());

const start = () => createMetrics({ db, now: clock.now });
const linesOf = (text: string) => text.split('\n').filter((line) => line && line[0] !== '#');

it('when requests were answered and AWS was called, each is counted by its kind', async () => {
  const metrics = start();
  const route = '/v1/customers/:id';
  metrics.answered({ method: 'GET', route, status: 200, seconds: 0.02, waits: false });
  metrics.answered({ method: 'GET', route, status: 200, seconds: 25, waits: true });
  metrics.answered({ method: 'GET', route: null, status: 404, seconds: 0.001, waits: false });
  const action = 'DescribeVpcEndpoints';
  metrics.called({ action, code: 'ok', throttled: false, seconds: 0.1 });
  metrics.called({ action, code: 'RequestLimitExceeded', throttled: true, seconds: 0.1 });
  metrics.called({ action, code: 'a code\nwith a line', throttled: false, seconds: 0.1 });
  metrics.cameUp(42);
  const lines = linesOf(await metrics.text());
  const up = 'sallyport_connection_time_to_available_seconds';
  const http = 'sallyport_http_request_duration_seconds';
  expect(lines).toEqual(
    expect.arrayContaining([
      `${http}_bucket{le="0.01",method="GET",route="${route}",status="200",waits="false"} 0`,
      `${http}_bucket{le="0.025",method="GET",route="${route}",status="200",waits="false"} 1`,
      `${http}_sum{method="GET",route="${route}",status="200",waits="true"} 25`,
      `${up}_bucket{le="30"} 0`,
      `${up}_bucket{le="60"} 1`,
      `${http}_count{method="GET",route="none",status="404",waits="false"} 1`,
      `sallyport_aws_calls_total{action="${action}",code="ok"} 1`,
      `sallyport_aws_calls_total{action="${action}",code="RequestLimitExceeded"} 1`,
      `sallyport_aws_calls_total{action="${action}",code="other"} 1`,
      `sallyport_aws_throttled_total{action="${action}"} 1`,
    ]),
  );
});

it('when AWS has ever new codes, they do not become ever new series', async () => {
  const metrics = start();
  for (let index = 0; index < 500; index++) {
    metrics.called({ action: 'A', code: `Code${index}`, throttled: false, seconds: 0 });
  }
  const lines = linesOf(await metrics.text());
  expect(lines.filter((line) => line.startsWith('sallyport_aws_calls_total'))).toHaveLength(101);
  expect(lines).toContain('sallyport_aws_calls_total{action="A",code="other"} 400');
});

it('when the world has something in it, its states are told without any id', async () => {
  const scene = createScene(db, ambience);
  const service = await scene.service();
  const vpcEndpointId = scene.vpcEndpointId();
  const shown = { ownerAccountId: '222222222222', vpcEndpointId };
  await scene.showConnection(service, { ...shown, awsState: 'pendingAcceptance' });
  clock.advance(40_000);
  await scene.showConnection(service, { ...shown, awsState: 'available' });
  await targets.nudge(db, [{ kind: 'connections', key: 'x' }], clock.now());
  clock.advance(90_000);
  const text = await start().text();
  const lines = linesOf(text);
  expect(lines).toEqual(
    expect.arrayContaining([
      'sallyport_connections{state="available"} 1',
      'sallyport_connection_available_seconds{percentile="95"} 40',
      'sallyport_target_lag_seconds{kind="connections"} 90',
      'sallyport_targets_failing{kind="connections"} 0',
      'sallyport_audit_unsealed 0',
      'sallyport_database_up 1',
    ]),
  );
  expect(text).not.toMatch(/vpce|[a-z]+_[0-9a-z]{26}|\d{12}/);
  const told = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]);
  const written = Object.entries(metricLedger).map(([name, { type }]) => [name, type]);
  expect(told.toSorted()).toEqual(written.toSorted());
});

it('when Prometheus checks the names, it has nothing to say', async () => {
  const text = await createMetrics({ db, now: clock.now, ofProcess: true }).text();
  const told = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => ({
    name,
    type,
  }));
  expect(told.length).toBeGreaterThan(20);
  // Two of the rules of `promtool check metrics`: what counters and what summaries have alone.
  const odd = told.filter(({ name, type }) => name!.endsWith('_total') !== (type === 'counter'));
  expect(odd).toEqual([]);
  expect(linesOf(text).filter((line) => line.includes('quantile='))).toEqual([]);
});

it('when the database does not answer, what comes from it is missing and not zero', async () => {
  const broken = { query: () => Promise.reject(new Error('away')), usage: db.usage };
  const metrics = createMetrics({ db: broken, now: clock.now });
  const lines = linesOf(await metrics.text());
  expect(lines).toContain('sallyport_database_up 0');
  expect(lines.filter((line) => /connections\{state="av|audit|targets/.test(line))).toEqual([]);
});

it('when something else than metrics is asked for, it is refused', async () => {
  const server = createMetricsServer({ text: async () => 'x 1\n', contentType: 'text/plain' });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close().closeAllConnections();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asked = await Promise.all([
    fetch(`${base}/metrics`),
    fetch(`${base}/v1/customers`),
    fetch(`${base}/metrics`, { method: 'POST' }),
  ]);
  expect(asked.map(({ status }) => status)).toEqual([200, 404, 405]);
  expect(await asked[0].text()).toBe('x 1\n');
});
