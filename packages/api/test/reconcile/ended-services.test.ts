// A service that has failed in AWS, or that other hands delete: it is told, with whose turn it is,
// nothing is planned or changed against it, and it can be retired.

import { expect, it } from 'vitest';
import { report } from '../../src/usecases/drift.ts';
import * as operations from '../../src/usecases/operations.ts';
import { plan } from '../../src/usecases/plans.ts';
import * as privateDns from '../../src/usecases/private-dns.ts';
import { retire } from '../../src/usecases/retirements.ts';
import {
  acme,
  changesDuring,
  letIn,
  readAgain,
  serviceNow,
  serviceOnStage,
  stagesOfFile,
} from './harness.ts';
import { domain } from './other-hands.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const nothing = {
  principals: { add: [], remove: [] },
  connections: { accept: [], reject: [], held: [] },
  privateDns: { step: 'none' },
};
const alarms = async (stage: Stage, id: string) => {
  const { items } = await stage.change((context) => report(context, id));
  return items.filter(({ severity }) => severity === 'alarm');
};

/** A service whose load balancer fails before AWS has it available; much is wanted of it. */
async function failed() {
  const stage = await stageOfTest({ delays: { serviceAvailable: 20_000 } });
  const { service } = await serviceOnStage(stage);
  const [arn] = service.networkLoadBalancerArns;
  await fetch(`${stage.simulator.endpoint}/_simulator/load-balancers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ arn, state: 'failed' }),
  });
  await stage.pass(90_000);
  expect((await serviceNow(stage, service.id)).observed?.state).toBe('failed');
  return { stage, service };
}

it('when it has failed, nothing is added to it, and it is told what to look at', async () => {
  const { stage, service } = await failed();
  const calls = await changesDuring(stage, async () => {
    await letIn(stage, service, acme);
    await stage.change((context) => privateDns.put(context, service.id, `api.${domain}`));
    await stage.pass(130_000);
  });
  expect(calls).toEqual([]);
  expect(await stage.change((context) => plan(context, service.id))).toMatchObject(nothing);
  const [alarm, ...others] = await alarms(stage, service.id);
  expect(others).toEqual([]);
  expect(alarm).toMatchObject({
    kind: 'ended_service',
    detail: expect.stringContaining('Look at its load balancers'),
  });
  const ageMs = stage.clock.now().getTime() - alarm!.since!.getTime();
  expect(ageMs).toBeGreaterThan(130_000);
  const status = await stage.change((context) => privateDns.get(context, service.id));
  expect(status).toMatchObject({ state: 'blocked', next: { actor: 'vendor' } });
  expect(stage.errors).toEqual([]);
});

it('when one that has failed is retired, it goes', async () => {
  const { stage, service } = await failed();
  await letIn(stage, service, acme);
  const retiring = await stage.change((context) =>
    retire(context, service.id, { reason: 'Failed.' }),
  );
  await stage.pass(60_000);
  const operation = await stage.change((context) => operations.get(context, retiring.id));
  expect(operation).toMatchObject({ state: 'succeeded' });
  expect(stage.glance.serviceIds()).toEqual([]);
});

it('when other hands delete it, nothing is asked of it while it goes, nor after', async () => {
  const stage = await stageOfTest({ delays: { serviceDeleted: 90_000 } });
  const { service } = await serviceOnStage(stage);
  const { ec2 } = stage.hands.vendor();
  await ec2.deleteVpcEndpointServiceConfigurations({ ServiceIds: [service.serviceId] });
  await readAgain(stage, service);
  expect((await serviceNow(stage, service.id)).observed?.state).toBe('deleting');
  const calls = await changesDuring(stage, async () => {
    await letIn(stage, service, acme);
    await stage.pass(60_000);
    expect(await alarms(stage, service.id)).toMatchObject([
      { kind: 'ended_service', detail: expect.stringContaining('other hands') },
    ]);
    await stage.pass(120_000);
  });
  expect(calls).toEqual([]);
  expect((await serviceNow(stage, service.id)).observed?.state).toBe('missing');
  expect(await stage.change((context) => plan(context, service.id))).toMatchObject(nothing);
  expect(await alarms(stage, service.id)).toMatchObject([{ kind: 'ended_service' }]);
});
