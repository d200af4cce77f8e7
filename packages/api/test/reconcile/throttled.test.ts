// AWS throttles more than its rates say: another account of the organisation has spent what they
// share. Nothing is lost, AWS is asked no more than a few times in vain, and all of it ends.

import { expect, it } from 'vitest';
import { acme, globex, letIn, rootArn, serviceOnStage, stagesOfFile } from './harness.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const refusedFor = (stage: Stage, since: number) =>
  stage.glance.ourCalls(since).filter(({ outcome }) => outcome === 'RequestLimitExceeded').length;

it('when others of the organisation spend all for a while, all is done after it', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  const { throttle } = stage.simulator.simulation;
  const since = stage.simulator.calls().at(-1)!.number;
  throttle.set({ throttling: 'aws', organization: { bucket: 0, refill: 0 } });
  await letIn(stage, service, acme);
  await letIn(stage, service, globex);
  await stage.pass(15_000);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  const inVain = refusedFor(stage, since);
  expect(inVain).toBeGreaterThan(0);
  expect(inVain).toBeLessThanOrEqual(24);
  throttle.set({ throttling: 'aws' });
  await stage.pass(30_000);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([acme, globex].map(rootArn));
  const endpoints = [];
  for (const account of [acme, globex]) {
    endpoints.push(await stage.hands.connect(account, service.serviceId));
  }
  await stage.pass(12_000);
  expect(endpoints.map(stage.glance.state)).toEqual(['available', 'available']);
  expect(refusedFor(stage, since)).toBe(inVain);
});

it('when what they leave is little, the work goes on within it', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  const { throttle } = stage.simulator.simulation;
  throttle.set({ throttling: 'aws', organization: { bucket: 3, refill: 0.5 } });
  const since = stage.simulator.calls().at(-1)!.number;
  await letIn(stage, service, acme);
  await stage.pass(120_000);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(120_000);
  expect(stage.glance.state(endpoint)).toBe('available');
  const asked = stage.glance.ourCalls(since).length;
  expect(refusedFor(stage, since)).toBeLessThanOrEqual(Math.min(9, asked / 4));
  expect(stage.glance.ourChanges(since).filter((change) => change.endsWith(' ok'))).toEqual([
    'ModifyVpcEndpointServicePermissions ok',
    'AcceptVpcEndpointConnections ok',
  ]);
});
