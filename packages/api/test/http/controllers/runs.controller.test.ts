// What runs of workers told over HTTP: what is kept of them, for whom, and why a run failed.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EndpointService } from '../../../src/domain/endpoint-service.ts';
import { principalArns } from '../../../src/domain/principal.ts';
import { principalsTarget } from '../../../src/domain/target.ts';
import { startApi, type Api } from '../../harness.ts';
import { awsError } from '../../reconcile/imagined-aws.ts';
import { startWorkerScene, type WorkerScene } from '../../reconcile/worker-scene.ts';
import * as engine from '../../../src/usecases/engine.ts';

let api: Api;
let world: WorkerScene;
let service: EndpointService;
beforeAll(async () => {
  [api, world] = await Promise.all([startApi(), startWorkerScene()]);
});
afterAll(() => Promise.all([api.close(), world.close()]));
beforeEach(async () => {
  await world.db.query('DELETE FROM targets; DELETE FROM runs');
  world.aws.before = () => undefined;
  service = await world.scene.service();
  await world.wake(service);
});

const listed = async (filter: object = {}) => {
  const page = { limit: 50, after: null };
  return (await world.change((context) => engine.listRuns(context, filter, page))).items;
};
const reports = async () => (await listed({ kind: 'principals' })).map(({ report }) => report);

it('when nothing happens, one run is kept; when something does, each that tells it', async () => {
  await world.pass(300_000);
  expect(await reports()).toMatchObject([{ listed: 0, done: 0, plan: { add: [] } }]);
  const customer = await world.scene.customer();
  const account = await world.scene.account(customer, 'proven');
  await world.scene.grant(customer, service);
  await world.nudge(principalsTarget(service.id));
  await world.pass(300_000);
  const add = principalArns(account, []);
  expect(await reports()).toMatchObject([
    { listed: 1, done: 0, left: 0, plan: { add: [], absent: [] } },
    { listed: 0, done: 1, left: 0, plan: { add } },
    { listed: 0, done: 0, plan: { add: [] } },
  ]);
});

it('when AWS refuses a read, the run tells which one, and why', async () => {
  world.aws.before = (call) => {
    if (call === 'listPrincipals') throw awsError('denied', 'UnauthorizedOperation', 'Describe');
  };
  await world.pass(60_000);
  const error = {
    error: 'UnauthorizedOperation',
    detail: 'Describe: UnauthorizedOperation of the test',
  };
  expect(await reports()).toEqual([error]);
  world.aws.before = () => undefined;
  await world.pass(120_000);
  expect(await reports()).toEqual([
    expect.not.objectContaining({ error: expect.anything() }),
    error,
  ]);
});

it('when they are asked for by service or kind, others are not there', async () => {
  await world.pass(2_000);
  const other = await world.scene.service();
  const kinds = (await listed({ endpointServiceId: service.id })).map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['configurations', 'connections', 'principals']));
  expect(await listed({ endpointServiceId: other.id })).toEqual([]);
  expect(await listed({ kind: 'cleaning' })).toEqual([]);
});

it('when support asks, it may read them, and a kind that is none is named', async () => {
  const { body } = await api.request('support').get('/v1/runs').expect(200);
  expect(body).toEqual({ items: [], next_cursor: null });
  const wrong = await api.request('support').get('/v1/runs?kind=x').expect(400);
  expect(wrong.body.detail).toContain('configurations');
});
