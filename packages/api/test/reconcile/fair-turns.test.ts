// Many requests of one customer, and few of others: everybody has a turn in the first call.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import type { Customer } from '../../src/domain/customer.ts';
import { connectionsTarget, principalsTarget } from '../../src/domain/target.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let service: EndpointService;
/** What AWS was asked, call by call. */
let asked: string[][];
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

beforeEach(async () => {
  const { scene, db, aws } = world;
  await db.query('DELETE FROM targets; DELETE FROM effects');
  aws.connections = [];
  aws.refusals.clear();
  asked = [];
  aws.before = (call, details) => {
    if (call === 'accept') asked.push((details as { ids: string[] }).ids);
    if (call === 'changePrincipals') asked.push((details as { add: string[] }).add);
  };
  service = await scene.service();
  await scene.showService(service);
});

/** Endpoints of a customer with standing wait for acceptance. @returns their ids */
async function endpoints(customer: Customer, count: number): Promise<string[]> {
  const { scene, clock, aws } = world;
  const { accountId } = await scene.account(customer, 'proven');
  const ids = Array.from({ length: count }, () => scene.vpcEndpointId());
  aws.connections.push(
    ...ids.map((vpcEndpointId) => ({
      serviceId: service.serviceId!,
      vpcEndpointId,
      ownerAccountId: accountId,
      endpointRegion: service.region,
      awsState: 'pendingAcceptance',
      createdAt: clock.now(),
    })),
  );
  return ids;
}

async function granted(): Promise<Customer> {
  const customer = await world.scene.customer();
  await world.scene.grant(customer, service);
  return customer;
}

describe('connections that wait for acceptance', () => {
  it('when one customer has 250 and another 1, the one is in the first call', async () => {
    await endpoints(await granted(), 250);
    const [one] = await endpoints(await granted(), 1);
    await world.nudge(connectionsTarget(service));
    await world.round();
    expect(asked.map((ids) => ids.length)).toEqual([100, 100, 51]);
    expect(asked[0]).toContain(one);
    const outcomes = await world.db.query<{ outcome: string }>(
      `SELECT outcome FROM effects WHERE action = 'accept_connections'`,
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
  });

  it('when one of them is refused, the other calls are as they would have been', async () => {
    const [bad] = await endpoints(await granted(), 150);
    world.aws.refusals.set(bad!, 'InvalidState');
    await world.nudge(connectionsTarget(service));
    await world.round();
    const outcomes = await world.db.query<{ outcome: string }>(
      `SELECT outcome FROM effects WHERE action = 'accept_connections' ORDER BY id`,
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['partial', 'done']);
  });

  it('when there are more than ten calls, a run sends ten and comes again', async () => {
    await endpoints(await granted(), 1_050);
    await world.nudge(connectionsTarget(service));
    await world.round();
    expect(asked).toHaveLength(10);
    const late = await endpoints(await granted(), 1);
    await world.pass(2_000);
    expect(asked).toHaveLength(11);
    expect(asked[10]).toContain(late[0]);
    expect(new Set(asked.flat()).size).toBe(1_051);
  });
});

describe('principals', () => {
  it("when one customer has 250 and another 1, the other's is in the first call", async () => {
    const { scene } = world;
    const many = await scene.customer();
    await scene.account(many, 'proven');
    await scene.grant(many, service, {
      roleNames: Array.from({ length: 250 }, (_, index) => `role-${index}`),
    });
    const { accountId } = await scene.account(await granted(), 'proven');
    await world.nudge(principalsTarget(service.id));
    await world.round();
    expect(asked.map((arns) => arns.length)).toEqual([100, 100, 51]);
    expect(asked[0]).toContain(`arn:aws:iam::${accountId}:root`);
  });

  it('when another comes while AWS is being asked, its turn is in the next call', async () => {
    const { scene, aws } = world;
    const many = await scene.customer();
    await scene.account(many, 'proven');
    await scene.grant(many, service, {
      roleNames: Array.from({ length: 450 }, (_, index) => `role-${index}`),
    });
    const late = await scene.customer();
    const { accountId } = await scene.account(late, 'proven');
    const { before } = aws;
    aws.before = async (call, details) => {
      before(call, details);
      if (call !== 'changePrincipals' || asked.length > 1) return;
      await scene.grant(late, service);
      await world.nudge(principalsTarget(service.id));
    };
    await world.nudge(principalsTarget(service.id));
    await world.round();
    expect(asked.map((arns) => arns.length)).toEqual([100]);
    await world.round();
    expect(asked.map((arns) => arns.length)).toEqual([100, 100, 100, 100, 51]);
    expect(asked[1]).toContain(`arn:aws:iam::${accountId}:root`);
  });
});
