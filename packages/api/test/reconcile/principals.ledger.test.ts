// What the ledger of the allowlist claims to be ours, when calls are refused, repeated or
// overtaken.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Customer } from '../../src/domain/customer.ts';
import { observeAll, type EndpointService } from '../../src/domain/endpoint-service.ts';
import { principalsTarget } from '../../src/domain/target.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import * as principals from '../../src/storage/principals.ts';
import * as grants from '../../src/usecases/grants.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
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

/** A service with one account that a grant wants on it; nothing has run yet. */
beforeEach(async () => {
  const { scene, db } = world;
  await db.query('DELETE FROM targets');
  world.aws.calls.length = 0;
  world.aws.before = () => undefined;
  world.errors.length = 0;
  customer = await scene.customer();
  service = await scene.service();
  await scene.showService(service);
  const { accountId } = await scene.account(customer, 'proven');
  arn = `arn:aws:iam::${accountId}:root`;
  grantId = await scene.grant(customer, service);
  await world.nudge(principalsTarget(service.id));
});

const allowlist = () => world.aws.allowlists.get(service.serviceId!) ?? [];
const changes = () => world.aws.calls.filter((call) => call === 'changePrincipals').length;
const audited = () =>
  world.db.query<{ after: unknown }>(
    `SELECT after FROM audit_entries WHERE subject_id = $1 AND action = 'changePrincipals'
     ORDER BY id`,
    [service.id],
  );

async function factsOf(wanted: string) {
  return (await principals.facts(world.db, service.id)).find((fact) => fact.arn === wanted);
}

/** Our entry is there, and AWS has shown it. */
async function allowed() {
  await world.round();
  await world.pass(2_000);
  expect(allowlist()).toEqual([arn]);
}

describe('an entry that AWS refuses', () => {
  it('when AWS keeps refusing it, it is asked seldom and never counts as ours', async () => {
    world.aws.before = (call) => {
      if (call === 'changePrincipals') throw awsError('invalid', 'InvalidParameter');
    };
    await world.round();
    // The first read, and those of two minutes' reads that 90 seconds may hold.
    await world.pass(90_000);
    expect(changes()).toBeLessThanOrEqual(3);
    expect(await factsOf(arn)).toMatchObject({ owned: false });
    expect(await audited()).toEqual([]);
  });

  it('when another hand then adds it and the grant ends, it stays', async () => {
    world.aws.before = (call) => {
      if (call === 'changePrincipals') throw awsError('denied', 'UnauthorizedOperation');
    };
    await world.round();
    world.aws.allowlists.set(service.serviceId!, [arn]);
    world.aws.before = () => undefined;
    await world.pass(3_000);
    await world.change((context) => grants.remove(context, grantId));
    await world.pass(5_000);
    expect(allowlist()).toEqual([arn]);
  });

  it('when one of many is refused, the others land and are ours', async () => {
    const poison = `${arn.replace('root', 'role/')}poison`;
    const roleNames = ['a', 'b', 'c', 'poison', 'd', 'e', 'f'];
    await world.change((context) => grants.update(context, grantId, { roleNames }));
    world.aws.before = (call, details) => {
      if (call === 'changePrincipals' && (details as { add: string[] }).add.includes(poison)) {
        throw awsError('invalid', 'InvalidParameter');
      }
    };
    await world.pass(5_000);
    expect(allowlist()).toHaveLength(6);
    expect(await factsOf(poison)).toMatchObject({ owned: false, observed: false });
    expect(await audited()).toHaveLength(1);
  });
});

describe('the audit log', () => {
  it('when AWS shows our entry late, the change has one entry', async () => {
    const real = world.aws.endpointServices;
    world.aws.endpointServices = (...args) => {
      const stale = Promise.resolve([]);
      return { ...real(...args), listPrincipals: () => stale };
    };
    await world.round();
    await world.pass(20_000);
    world.aws.endpointServices = real;
    await world.pass(3_000);
    expect(await audited()).toMatchObject([{ after: { add: [arn], remove: [] } }]);
  });

  it('when the answer to our change is lost, the change has one entry all the same', async () => {
    const real = world.aws.endpointServices;
    let lost = 0;
    world.aws.endpointServices = (...args) => {
      const port = real(...args);
      return {
        ...port,
        changePrincipals: async (...request) => {
          await port.changePrincipals(...request);
          if (lost++ === 0) throw awsError('unavailable', 'ECONNRESET');
        },
      };
    };
    await world.round();
    await world.pass(5_000);
    world.aws.endpointServices = real;
    expect(changes()).toBe(1);
    expect(await audited()).toHaveLength(1);
  });

  it('when the grant ends and AWS shows that our entry has gone, that is told once', async () => {
    await allowed();
    await world.change((context) => grants.remove(context, grantId));
    await world.pass(5_000);
    expect(await audited()).toMatchObject([
      { after: { add: [arn], remove: [] } },
      { after: { add: [], remove: [arn] } },
    ]);
  });
});

describe('an entry that we take away', () => {
  it('when it is wanted again while it goes, it is put back', async () => {
    await allowed();
    await world.change((context) => grants.remove(context, grantId));
    let again: Promise<unknown> | undefined;
    world.aws.before = async (call) => {
      if (call !== 'changePrincipals') return;
      again ??= world.change((context) => grants.create(context, names()));
      await again;
    };
    await world.pass(6_000);
    expect(allowlist()).toEqual([arn]);
    expect(await factsOf(arn)).toMatchObject({ wanted: true, owned: true, observed: true });
  });

  it('when slow reads still show it as it is wanted again, it is put back', async () => {
    await allowed();
    await world.change((context) => grants.remove(context, grantId));
    world.clock.advance(1_000);
    await world.round();
    expect(allowlist()).toEqual([]);
    await world.change((context) => grants.create(context, names()));
    world.aws.allowlists.set(service.serviceId!, [arn]);
    const real = world.aws.endpointServices;
    world.aws.endpointServices = (...args) => {
      const port = real(...args);
      const stale = async () => [{ arn, permissionId: null }];
      return { ...port, listPrincipals: stale };
    };
    world.aws.allowlists.set(service.serviceId!, []);
    await world.pass(2_000);
    world.aws.endpointServices = real;
    await world.pass(120_000);
    expect(allowlist()).toEqual([arn]);
  });

  const names = () => ({ customerId: customer.id, endpointServiceId: service.id });
});

describe('a change that is overtaken', () => {
  it('when the aspect is switched to observe after the read, nothing is sent', async () => {
    let switched: Promise<unknown> | undefined;
    world.aws.before = async (call) => {
      if (call !== 'listPrincipals') return;
      switched ??= world.change((context) => setModes(context, service.id, observeAll));
      await switched;
    };
    await world.round();
    await world.pass(3_000);
    expect(changes()).toBe(0);
    expect(world.errors).toEqual([]);
  });

  it('when the grant ends between the read and the call, nobody is added', async () => {
    let reads = 0;
    const { transaction } = world.db;
    world.db.transaction = async (work) => {
      const result = await transaction(work);
      // After the transaction that records the read, and before that of the intent.
      if (world.aws.calls.at(-1) === 'listPrincipals' && reads++ === 0) {
        await world.change((context) => grants.remove(context, grantId));
      }
      return result;
    };
    await world.round();
    world.db.transaction = transaction;
    expect(changes()).toBe(0);
    expect(world.errors).toEqual([]);
  });
});

describe('a service that was deleted in AWS', () => {
  it('when its allowlist is asked for, our entries count as gone', async () => {
    await allowed();
    await endpointServices.recordMissing(world.db, service.id, 'gone', world.clock.now());
    world.aws.before = (call) => {
      if (call === 'listPrincipals') throw awsError('not_found', 'InvalidVpcEndpointServiceId');
    };
    await world.nudge(principalsTarget(service.id));
    await world.pass(3_000);
    expect(await factsOf(arn)).toMatchObject({ observed: false });
    expect(world.errors).toEqual([]);
    expect(changes()).toBe(1);
  });

  it('when AWS does not know a service that it has shown, nothing counts as gone', async () => {
    await allowed();
    world.aws.before = (call) => {
      if (call === 'listPrincipals') throw awsError('not_found', 'InvalidVpcEndpointServiceId');
    };
    await world.nudge(principalsTarget(service.id));
    await world.pass(3_000);
    expect(await factsOf(arn)).toMatchObject({ observed: true });
  });
});
