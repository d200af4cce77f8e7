// What is behind a service, read by a worker over the simulator: health, traffic, and what that
// costs; and what is told when the role may not read it.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';
import { metricsOfConnection, trafficEveryMs } from '../../src/domain/backend-reads.ts';
import * as backends from '../../src/storage/backends.ts';
import { diagnose } from '../../src/usecases/diagnoses.ts';
import { awsFailure } from './hooked-aws.ts';
import { acme, letIn, serviceOnStage, stagesOfFile, type PresentService } from './harness.ts';
import { customerCaller } from './operator.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();
let stage: Stage;
let service: PresentService;
let endpoint: string;
let customer: Awaited<ReturnType<typeof letIn>>['customer'];
beforeEach(async () => {
  stage = await stageOfTest();
  stage.worker.readsBackends = true;
  ({ service } = await serviceOnStage(stage));
  ({ customer } = await letIn(stage, service, acme));
  await stage.pass(3_000);
  endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(15_000);
});

const tell = async (what: string, body: object) => {
  const url = `${stage.simulator.endpoint}/_simulator/${what}`;
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.ok).toBe(true);
};
const told = async (caller?: ReturnType<typeof customerCaller>) =>
  stage.change((context) => diagnose(context, endpoint), caller);
const check = ({ checks }: Diagnosis, name: string) => checks.find((one) => one.name === name)!;
const callsOf = (action: string) =>
  stage.glance.ourCalls().filter((call) => call.action === action).length;

describe('health of targets', () => {
  it('when all are healthy, it is told, with when it was read', async () => {
    const { observedAt, loadBalancers } = (await backends.find(stage.db, service.id))!;
    expect(loadBalancers).toHaveLength(1);
    const { result, evidence, observedAt: at } = check(await told(), 'targets');
    expect([result, at]).toEqual(['pass', observedAt]);
    expect(evidence).toMatch(/^\d+ of \d+ targets are healthy\.$/);
  });

  it('when none is healthy, the vendor is told the command with the group', async () => {
    await tell('targets', { healthy: false });
    await stage.pass(65_000);
    const diagnosis = await told();
    expect(diagnosis).toMatchObject({ works: 'no', turn: 'vendor' });
    const { next } = check(diagnosis, 'targets');
    expect(next!.command).toContain('describe-target-health --target-group-arn arn:aws:');
  });

  it('when a customer asks, it learns no name of what is behind', async () => {
    await tell('targets', { healthy: false });
    await stage.pass(65_000);
    const text = JSON.stringify(await told(customerCaller(customer)));
    expect(text).toContain('0 of ');
    expect(text).not.toMatch(/arn:aws:elasticloadbalancing/);
  });

  it('when the role may not read it, that is told, and nothing else fails', async () => {
    const { before } = stage.hooks;
    stage.hooks.before = (call) => {
      if (call.name === 'listeners') throw awsFailure('denied', 'AccessDenied');
      return before(call);
    };
    await stage.pass(65_000);
    const { result, evidence } = check(await told(), 'targets');
    expect([result, evidence]).toEqual([
      'unknown',
      expect.stringContaining('AccessDenied') as string,
    ]);
    expect(stage.errors).toEqual([]);
  });

  it('when it was not read for hours, it counts no more', async () => {
    stage.worker.readsBackends = false;
    stage.clock.advance(2 * 3_600_000);
    expect(check(await told(), 'targets').result).toBe('unknown');
  });
});

describe('traffic', () => {
  it('when some went through, it is told in bytes', async () => {
    await tell('traffic', { endpointId: endpoint, bytes: 4_711, newConnections: 3 });
    stage.clock.advance(240_000);
    await stage.pass(65_000);
    expect(check(await told(), 'traffic')).toMatchObject({
      result: 'pass',
      evidence: '4711 bytes, 3 new connections and 0 resets in 60 minutes.',
    });
  });

  it('when none went through for an hour, the customer is asked to look', async () => {
    stage.clock.advance(3_600_000);
    await stage.pass(65_000);
    expect(check(await told(), 'traffic')).toMatchObject({
      result: 'warn',
      next: { actor: 'customer' },
    });
  });
});

describe('what it costs', () => {
  it('when five minutes go by, the calls are as many as docs/diagnosis.md says', async () => {
    const calls = () => ['DescribeListeners', 'DescribeTargetHealth', 'GetMetricData'].map(callsOf);
    const before = calls();
    await stage.pass(300_000);
    const made = calls().map((count, index) => count - before[index]!);
    expect(made).toEqual([5, 5, 1]);
  });

  it('when there are many connections, no more than a thousand metrics an hour are asked', () => {
    for (const connections of [0, 1, 27, 28, 1_000, 100_000]) {
      const readsPerHour = 3_600_000 / trafficEveryMs(connections);
      const metrics = connections * metricsOfConnection * readsPerHour;
      expect([connections, metrics < 1_000.1, readsPerHour <= 12]).toEqual([
        connections,
        true,
        true,
      ]);
    }
  });
});
