// Every operation comes to an end, also when AWS or the service is not there any more.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import type { Operation } from '../../src/domain/operation.ts';
import { reconcile, remove } from '../../src/usecases/endpoint-services.ts';
import * as operations from '../../src/usecases/operations.ts';
import { awsError } from './imagined-aws.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let service: EndpointService;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

beforeEach(async () => {
  await world.db.query('DELETE FROM targets');
  world.aws.before = () => undefined;
  service = await world.scene.service();
  await world.wake(service);
});

const start = () => world.change((context) => reconcile(context, service.id));
const follow = ({ id }: Operation) => world.change((context) => operations.get(context, id));

describe('reconcile_service', () => {
  it('when everything could be read, it succeeds', async () => {
    const operation = await start();
    await world.pass(2_000);
    expect(await follow(operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when one target keeps failing, it fails and names what AWS said', async () => {
    world.aws.before = (call) => {
      if (call === 'listPrincipals') throw awsError('denied', 'UnauthorizedOperation');
    };
    const operation = await start();
    await world.round();
    expect(await follow(operation)).toMatchObject({ state: 'running' });
    await world.pass(20_000);
    expect(await follow(operation)).toMatchObject({
      state: 'failed',
      errorCode: 'aws_call_failed',
      message: expect.stringContaining('principals: UnauthorizedOperation'),
    });
  });

  it('when a failure passes by itself, it succeeds', async () => {
    let failures = 0;
    world.aws.before = (call) => {
      if (call === 'listPrincipals' && failures++ < 2) throw awsError('throttled', 'Throttling');
    };
    const operation = await start();
    await world.pass(60_000);
    expect(await follow(operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when another service keeps failing, that is not its concern', async () => {
    const other = await world.scene.service();
    await world.wake(other);
    world.aws.before = (call, details) => {
      const { id } = details as { id?: string };
      if (call === 'listPrincipals' && id === other.serviceId) throw awsError('denied', 'Denied');
    };
    const operation = await start();
    await world.pass(20_000);
    expect(await follow(operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when there is more than one run can do, it goes on until all is done', async () => {
    const customer = await world.scene.customer();
    await world.scene.account(customer, 'proven');
    const roleNames = Array.from({ length: 1_050 }, (_, index) => `role-${index}`);
    await world.scene.grant(customer, service, { roleNames });
    const operation = await start();
    await world.round();
    expect(await follow(operation)).toMatchObject({
      state: 'running',
      message: expect.stringContaining('50 changes are left'),
    });
    await world.pass(5_000);
    expect(world.aws.allowlists.get(service.serviceId!)).toHaveLength(1_050);
    expect(await follow(operation)).toMatchObject({ state: 'succeeded', heldUpBy: [] });
  });

  it('when other hands keep removing an entry, it ends, and says what it leaves', async () => {
    const customer = await world.scene.customer();
    const { accountId } = await world.scene.account(customer, 'proven');
    await world.scene.grant(customer, service);
    await world.pass(3_000);
    expect(world.aws.allowlists.get(service.serviceId!)).toHaveLength(1);
    world.aws.allowlists.set(service.serviceId!, []);
    const operation = await start();
    await world.round();
    expect(await follow(operation)).toMatchObject({ state: 'running' });
    await world.pass(3_000);
    expect(await follow(operation)).toMatchObject({
      state: 'succeeded',
      message: expect.stringContaining(accountId),
      heldUpBy: [{ by: 'contested_principal' }],
    });
  });

  it('when the service is removed meanwhile, it fails', async () => {
    const operation = await start();
    await world.change((context) => remove(context, service.id));
    expect(await follow(operation)).toMatchObject({ state: 'failed', errorCode: 'not_found' });
  });
});
