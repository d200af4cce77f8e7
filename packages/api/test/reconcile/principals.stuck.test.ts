// Changes of the allowlist that AWS does not show: since when they wait, when they are stuck, and
// when the list counts as it is wanted.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Customer } from '../../src/domain/customer.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { principalsTarget } from '../../src/domain/target.ts';
import * as targets from '../../src/storage/targets.ts';
import * as drift from '../../src/usecases/drift.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
import * as grants from '../../src/usecases/grants.ts';
import * as principals from '../../src/usecases/principals.ts';
import { awsError } from './imagined-aws.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let customer: Customer;
let service: EndpointService;
let arn: string;
let grantId: string;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

beforeEach(async () => {
  const { scene, db } = world;
  await db.query('DELETE FROM targets');
  world.aws.before = () => undefined;
  world.aws.calls.length = 0;
  world.errors.length = 0;
  customer = await scene.customer();
  service = await scene.service();
  await scene.showService(service);
  const { accountId } = await scene.account(customer, 'proven');
  arn = `arn:aws:iam::${accountId}:root`;
  grantId = await scene.grant(customer, service);
  await world.nudge(principalsTarget(service.id));
});

const entry = async () => {
  const page = { limit: 10, after: null };
  const filter = { endpointServiceId: service.id };
  const { items } = await world.change((context) => principals.list(context, filter, page));
  return items.find((item) => item.arn === arn)!;
};
const alarms = async () =>
  (await world.change((context) => drift.report(context, service.id))).items;
const report = () => targets.lastReport(world.db, principalsTarget(service.id));
const ignoreChanges = () => {
  const real = world.aws.endpointServices;
  world.aws.endpointServices = (...args) => {
    return { ...real(...args), changePrincipals: () => Promise.resolve() };
  };
  return () => {
    world.aws.endpointServices = real;
  };
};

describe('an entry that AWS takes and never shows', () => {
  it('when ten minutes have passed, it is an alarm with an age and a reason', async () => {
    const heed = ignoreChanges();
    await world.leap(5_000);
    const early = await entry();
    expect(early).toMatchObject({ state: 'pending', stuckSince: null });
    expect(await alarms()).toEqual([]);
    world.clock.advance(600_000);
    const { stuckSince, unsettledSince } = await entry();
    expect(stuckSince!.getTime() - unsettledSince!.getTime()).toBe(600_000);
    expect(await alarms()).toMatchObject([
      {
        kind: 'stuck_principal',
        severity: 'alarm',
        subject: arn,
        detail: expect.stringContaining('does not show it'),
        since: stuckSince,
      },
    ]);
    heed();
    // Nothing is changed of a service that was last read long ago.
    await world.scene.showService(service);
    await world.leap(20_000);
    expect(await entry()).toMatchObject({ state: 'allowed', unsettledSince: null });
    expect(await alarms()).toEqual([]);
  });

  it('when it is one that shall go, it is told as well, and keeps nobody out', async () => {
    await world.leap(5_000);
    const heed = ignoreChanges();
    await world.change((context) => grants.remove(context, grantId));
    await world.leap(5_000);
    world.clock.advance(600_000);
    expect(await entry()).toMatchObject({ state: 'removing' });
    expect(await alarms()).toMatchObject([{ kind: 'stuck_principal', severity: 'notice' }]);
    heed();
  });
});

describe('an entry that cannot be added', () => {
  it('when AWS denies all, the reason is what the last run failed with', async () => {
    world.aws.before = (call) => {
      if (call === 'changePrincipals') throw awsError('denied', 'UnauthorizedOperation');
    };
    await world.leap(5_000);
    world.clock.advance(600_000);
    expect(await alarms()).toMatchObject([
      { kind: 'stuck_principal', detail: expect.stringContaining('UnauthorizedOperation') },
    ]);
  });

  it('when the service cannot be read at all, it is stuck all the same', async () => {
    const { scene } = world;
    const { accountId } = await scene.account(customer, 'claimed');
    world.aws.before = () => {
      throw awsError('unavailable', 'ECONNREFUSED');
    };
    await world.db.query(`UPDATE accounts SET standing = 'proven' WHERE account_id = $1`, [
      accountId,
    ]);
    arn = `arn:aws:iam::${accountId}:root`;
    await world.change((context) => grants.update(context, grantId, { accountIds: [accountId] }));
    world.clock.advance(600_000);
    await world.leap(1_000);
    expect((await entry()).stuckSince).not.toBeNull();
  });

  it('when AWS refuses this one, it is told as refused, once', async () => {
    world.aws.before = (call) => {
      if (call === 'changePrincipals') throw awsError('invalid', 'InvalidParameter');
    };
    await world.leap(5_000);
    world.clock.advance(600_000);
    await world.leap(1_000);
    expect((await alarms()).map(({ kind }) => kind)).toEqual(['refused_principal']);
  });

  it('when nobody manages the list, it does not count how long that lasts', async () => {
    const modes = (mode: 'observe' | 'manage') =>
      world.change((context) => setModes(context, service.id, { principals: mode }));
    await modes('observe');
    await world.leap(1_000);
    world.clock.advance(86_400_000);
    expect(await entry()).toMatchObject({ state: 'pending', stuckSince: null });
    await modes('manage');
    await world.leap(0);
    expect((await entry()).stuckSince).toBeNull();
  });
});

describe('a list that is as it is wanted', () => {
  it('when one read shows it so, a second one has to agree, and then they are seldom', async () => {
    const reads = () => world.aws.calls.filter((call) => call === 'listPrincipals').length;
    await world.leap(0);
    expect(await report()).toMatchObject({ agreeing: 0, syncedSince: null });
    await world.leap(1_000);
    expect(await report()).toMatchObject({ agreeing: 1, syncedSince: null });
    await world.leap(1_000);
    const { syncedSince } = (await report()) as { syncedSince: string };
    expect(syncedSince).toBe(world.clock.now().toISOString());
    const before = reads();
    await world.leap(120_000);
    expect(reads() - before).toBeLessThanOrEqual(3);
    expect(await report()).toMatchObject({ syncedSince });
  });

  it('when another hand takes an entry away, it is not', async () => {
    await world.leap(5_000);
    world.aws.allowlists.set(service.serviceId!, []);
    await world.leap(120_000);
    expect(await report()).toMatchObject({ agreeing: 0, syncedSince: null });
  });
});
