// Every change of AWS is told with the service that it was of, and the id by which AWS knows it.

import { expect, it } from 'vitest';
import type { Effect } from '../../src/domain/effect.ts';
import * as effects from '../../src/storage/effects.ts';
import { acme, letIn, serviceOnStage, stagesOfFile } from './harness.ts';

const stageOfTest = stagesOfFile();
const page = { limit: 100, after: null };

it('when a service is made and a customer let in, each change has AWS’s id', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  await stage.pass(2_000);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(10_000);
  expect(stage.glance.state(endpoint)).toBe('available');
  const made: Effect[] = await effects.list(stage.db, { endpointServiceId: service.id }, page);
  const actions = new Set(made.map(({ action }) => action));
  expect([...actions].sort()).toEqual([
    'accept_connections',
    'change_principals',
    'create_service',
    'mark_service',
  ]);
  for (const { outcome, awsRequestId } of made) {
    expect([outcome, awsRequestId]).toEqual(['done', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  }
  expect(new Set(made.map(({ awsRequestId }) => awsRequestId)).size).toBe(made.length);
});
