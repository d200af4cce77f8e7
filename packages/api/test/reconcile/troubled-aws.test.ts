// What AWS and clocks do at times, from the first wish to the end: a service that takes its time,
// signatures and workers that are of another time. Nothing is lost, and nothing is done twice.

import { remove } from '../../src/usecases/grants.ts';
import { expect, it } from 'vitest';
import {
  acme,
  globex,
  letIn,
  readAgain,
  rootArn,
  serviceNow,
  serviceOnStage,
  stagesOfFile,
} from './harness.ts';

const stageOfTest = stagesOfFile();

it('when AWS takes its time with a new service, all that is wanted of it waits', async () => {
  const stage = await stageOfTest({ delays: { serviceAvailable: 20_000 } });
  const { service } = await serviceOnStage(stage);
  expect(service.observed?.state).toBe('pending');
  await letIn(stage, service, acme);
  await stage.pass(65_000);
  expect((await serviceNow(stage, service.id)).observed?.state).toBe('available');
  expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(endpoint)).toBe('available');
});

it('when AWS finds the time of signatures wrong, it is asked again, and all is done', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  const before = stage.simulator.calls().at(-1)!.number;
  const match = { service: 'ec2' } as const;
  const answer = { code: 'RequestExpired', status: 400 };
  stage.simulator.setFault({ name: 'skew', match, times: 6, answer });
  await letIn(stage, service, acme);
  await stage.pass(20_000);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  const done = stage.glance.ourChanges(before).filter((change) => change.endsWith(' ok'));
  expect(done).toEqual(['ModifyVpcEndpointServicePermissions ok']);
});

it('when the clock of one worker is a minute ahead, nothing is done twice', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  const now = () => new Date(stage.clock.now().getTime() + 60_000);
  const ahead = { ...stage.worker, name: 'ahead', now };
  const before = stage.simulator.calls().at(-1)!.number;
  for (const accountId of [acme, globex]) {
    await letIn(stage, service, accountId);
    let endpoint = '';
    for (let rounds = 0; rounds < 20; rounds++) {
      await Promise.all([stage.round(), stage.round(ahead)]);
      stage.clock.advance(1_000);
      if (rounds === 5) endpoint = await stage.hands.connect(accountId, service.serviceId);
    }
    expect(stage.glance.state(endpoint)).toBe('available');
  }
  await readAgain(stage, service);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([acme, globex].map(rootArn));
  expect(stage.glance.ourChanges(before).toSorted()).toEqual([
    'AcceptVpcEndpointConnections ok',
    'AcceptVpcEndpointConnections ok',
    'ModifyVpcEndpointServicePermissions ok',
    'ModifyVpcEndpointServicePermissions ok',
  ]);
});

it.each([
  ['all answers', {}, 3],
  ['every other answer', { every: 2 }, 3],
])('when %s of AWS lag by 12 s, a change is asked for a few times only', async (_, how, most) => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  const match = { mutating: false };
  stage.simulator.setFault({ name: 'stale', match, staleMs: 12_000, ...how });
  const before = stage.simulator.calls().at(-1)!.number;
  const { grant } = await letIn(stage, service, acme);
  await stage.pass(16_000);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(25_000);
  expect(stage.glance.state(endpoint)).toBe('available');
  await stage.change((context) => remove(context, grant.id));
  await stage.pass(25_000);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  const count = (action: string) =>
    stage.glance.ourChanges(before).filter((change) => change.startsWith(action)).length;
  expect(count('AcceptVpcEndpointConnections')).toBeLessThanOrEqual(most);
  expect(count('ModifyVpcEndpointServicePermissions')).toBeLessThanOrEqual(2 * most);
});
