// Lists that EC2 answers otherwise than documented: a filter that is refused, a first page that is
// empty. None of the work depends on them.

import { expect, it } from 'vitest';
import { remove } from '../../src/usecases/grants.ts';
import { acme, letIn, rootArn, serviceOnStage, stagesOfFile } from './harness.ts';

const stageOfTest = stagesOfFile();

it('when filters by principal and by endpoint are refused, all is done without them', async () => {
  const stage = await stageOfTest({ knobs: { connectionsByEndpointId: 'refused' } });
  const { service } = await serviceOnStage(stage);
  const answer = { code: 'InvalidFilter', message: 'The filter is invalid' };
  for (const filter of ['principal', 'principal-type', 'vpc-endpoint-id', 'vpc-endpoint-owner']) {
    const match = { service: 'ec2', resource: `"Name":"${filter}"` } as const;
    stage.simulator.setFault({ name: filter, match, answer });
  }
  const { grant } = await letIn(stage, service, acme);
  await stage.pass(5_000);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(endpoint)).toBe('available');
  await stage.change((context) => remove(context, grant.id));
  await stage.pass(5_000);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  const outcomes = new Set(stage.glance.ourCalls().map(({ outcome }) => outcome));
  expect([...outcomes]).toEqual(['ok']);
  expect(stage.errors).toEqual([]);
});

it('when filtered lists begin with an empty page, what is behind it is found', async () => {
  const stage = await stageOfTest({ knobs: { emptyPages: true } });
  const { service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  await stage.pass(5_000);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(endpoint)).toBe('available');
  expect(stage.errors).toEqual([]);
});
