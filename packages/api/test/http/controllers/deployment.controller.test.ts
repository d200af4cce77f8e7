// The deployment over HTTP: what it says of its database, and an operator's word.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import * as deployments from '../../../src/storage/deployments.ts';
import * as serviceMarks from '../../../src/storage/service-marks.ts';
import { createScene, type Scene } from '../../storage/scene.ts';

let api: Api;
let scene: Scene;
beforeAll(async () => {
  api = await startApi();
  scene = createScene(api.db, api);
});
afterAll(() => api.close());
const emptied = ['deployment', 'endpoint_services', 'targets'];
beforeEach(() => api.db.query(emptied.map((name) => `DELETE FROM ${name}`).join('; ')));

const get = async () => (await api.request('support').get('/v1/deployment').expect(200)).body;
const confirm = async (reason = 'Restored on purpose') =>
  (await api.request('operator').post('/v1/deployment/confirm').send({ reason }).expect(200)).body;
const none = { another_deployment: 0, older_database: 0, moved_database: 0 };

it('when no worker has ever started, it is new, and there is nothing to confirm', async () => {
  const fresh = { id: null, state: 'new', quarantined_since: null, quarantined: none };
  expect(await get()).toEqual(fresh);
  expect(await api.audited(confirm)).toEqual([]);
  expect(await get()).toEqual(fresh);
});

it('when all is well, it says so, and there is nothing to confirm', async () => {
  const id = api.makeId('deployment');
  await deployments.settle(api.db, id);
  expect(await get()).toEqual({ id, state: 'ready', quarantined_since: null, quarantined: none });
  expect(await api.audited(confirm)).toEqual([]);
});

it('when the database is in another place than it was, it says so before any worker', async () => {
  await deployments.settle(api.db, api.makeId('deployment'));
  await api.db.query("UPDATE deployment SET home = 'elsewhere/5'");
  expect(await get()).toMatchObject({ state: 'moved_database' });
});

it('when services stand still, it counts them, and one word of an operator ends it', async () => {
  const before = api.makeId('deployment');
  await deployments.settle(api.db, before);
  const [one, other] = [await scene.service(), await scene.service()];
  await serviceMarks.recordStrange(api.db, one.id, 'by hand', 'another_deployment');
  await serviceMarks.recordStrange(api.db, other.id, `${before}/9`, 'older_database');
  await deployments.quarantine(api.db, 'older_database', api.clock.now());
  expect(await get()).toEqual({
    id: before,
    state: 'older_database',
    quarantined_since: api.clock.now().toISOString(),
    quarantined: { ...none, another_deployment: 1, older_database: 1 },
  });
  const service = await api.request('support').get(`/v1/endpoint-services/${one.id}`);
  expect(service.body).toMatchObject({
    quarantine: 'another_deployment',
    problem: 'Its mark in AWS is "by hand".',
  });

  const entries = await api.audited(() => confirm('INC-4711'));
  const after = await get();
  expect(after).toMatchObject({ state: 'ready', quarantined_since: null, quarantined: none });
  expect(after.id).not.toBe(before);
  // Epochs go on from the highest that was seen, as a person who compares marks would expect.
  expect(await deployments.find(api.db)).toMatchObject({ epoch: 9 });
  expect(entries).toMatchObject([
    {
      action: 'confirmDeployment',
      subjectId: after.id,
      reason: 'INC-4711',
      before: { id: before, state: 'older_database' },
      after: { id: after.id, state: 'ready' },
    },
  ]);
  const woken = await api.db.query<{ key: string }>(
    "SELECT key FROM targets WHERE kind = 'principals'",
  );
  expect(woken.map(({ key }) => key).sort()).toEqual([one.id, other.id].sort());
});

it('when a service is registered while all stands still, it stands still as well', async () => {
  await deployments.settle(api.db, api.makeId('deployment'));
  await deployments.quarantine(api.db, 'moved_database', api.clock.now());
  const { id: providerAccountId } = await scene.providerAccount();
  const { body } = await api
    .request('operator')
    .post('/v1/endpoint-services')
    .send({
      name: 'late',
      provider_account_id: providerAccountId,
      region: 'us-east-1',
      service_id: 'vpce-svc-0123456789abcdef0',
    })
    .expect(201);
  expect(body).toMatchObject({ quarantine: 'moved_database' });
});

it('when nobody says why, it is not confirmed', async () => {
  const request = api.request('operator').post('/v1/deployment/confirm');
  await request.send({ reason: '' }).expect(400);
});
