// Every change of AWS is told with the service that it was of, and the id by which AWS knows it.

import { expect, it } from 'vitest';
import * as auditEntries from '../../src/storage/audit-entries.ts';
import type { Effect } from '../../src/domain/effect.ts';
import * as effects from '../../src/storage/effects.ts';
import { acme, globex, letIn, serviceOnStage, stagesOfFile } from './harness.ts';
import { awsFailure } from './hooked-aws.ts';

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

it('when a run ends or fails, what is logged names the requests that it follows', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await stage.pass(5_000);
  const told: { target: string; request_ids: string[]; failed: boolean }[] = [];
  stage.worker.onRun = (run) => void told.push({ ...run, failed: false });
  stage.worker.onError = (_message, _error, run) => void told.push({ ...run!, failed: true });
  let isDenied = true;
  stage.hooks.before = ({ name }) => {
    if (name === 'changePrincipals' && isDenied) throw awsFailure('denied', 'Denied');
  };
  await letIn(stage, service, acme);
  await stage.pass(500);
  isDenied = false;
  await stage.pass(30_000);
  const entries = await auditEntries.list(stage.db, {}, page);
  const { requestId } = entries.find(({ action }) => action === 'createGrant')!;
  const ofGrant = told.filter(({ request_ids: ids }) => ids.includes(requestId!));
  const target = `principals ${service.id}`;
  for (const failed of [true, false]) {
    expect(ofGrant).toContainEqual({ target, request_ids: expect.anything(), failed });
  }
  expect(told.at(-1)!.request_ids).toEqual([]);
});

it('when a worker has changed AWS, its own entry has the ids of the changes', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  await stage.pass(10_000);
  const own = async () => {
    const entries = await auditEntries.list(stage.db, { subjectId: service.id }, page);
    return entries
      .filter(({ action }) => action === 'changePrincipals')
      .map(({ awsRequestIds }) => awsRequestIds);
  };
  const changes = async () => {
    const made: Effect[] = await effects.list(stage.db, { endpointServiceId: service.id }, page);
    return made
      .filter(({ action }) => action === 'change_principals')
      .map(({ awsRequestId }) => awsRequestId);
  };
  const first = await changes();
  expect(first).toHaveLength(1);
  expect(await own()).toEqual([first]);
  await letIn(stage, service, globex);
  await stage.pass(10_000);
  const [second, ...others] = await changes();
  expect(others).toEqual(first);
  expect(await own()).toEqual([[second], first]);
});

it('when a request is followed by changes of AWS, its audit entry has their ids', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  await stage.pass(10_000);
  const made: Effect[] = await effects.list(stage.db, { endpointServiceId: service.id }, page);
  const idsOf = (action: string) =>
    made.filter((effect) => effect.action === action).map(({ awsRequestId }) => awsRequestId);
  const entries = await auditEntries.list(stage.db, {}, page);
  const followed = (action: string) =>
    entries
      .filter((entry) => entry.action === action)
      .flatMap(({ awsRequestIds }) => awsRequestIds);
  expect(followed('createGrant')).toEqual(expect.arrayContaining(idsOf('change_principals')));
  const { requestId } = entries.find(({ action }) => action === 'createGrant')!;
  const found = await auditEntries.list(stage.db, { requestId: requestId! }, page);
  expect(found.map(({ action }) => action)).toEqual(['changePrincipals', 'createGrant']);
  expect(followed('createGrant')).not.toEqual(expect.arrayContaining(idsOf('create_service')));
  expect(followed('createEndpointService')).toEqual(
    expect.arrayContaining(idsOf('create_service')),
  );
  expect(followed('createEndpointService')).not.toEqual(
    expect.arrayContaining(idsOf('change_principals')),
  );
  expect(followed('createCustomer')).toEqual([]);
  const [{ waiting }] = (await stage.db.query<{ waiting: number }>(
    `SELECT count(*) AS waiting FROM targets WHERE caused_by <> '{}' AND key = $1`,
    [service.id],
  )) as [{ waiting: number }];
  expect(waiting).toBe(0);
});
