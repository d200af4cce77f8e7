// How often AWS is asked about connections, and what one answer proves.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import type { ConnectionFilter } from '../../src/aws/ports.ts';
import { connectionsTarget } from '../../src/domain/target.ts';
import * as connections from '../../src/storage/connections.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let service: EndpointService;
let vpcEndpointId: string;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

beforeEach(async () => {
  const { scene, db, aws } = world;
  await db.query('DELETE FROM targets');
  aws.refusals.clear();
  service = await scene.service();
  await scene.showService(service);
  vpcEndpointId = scene.vpcEndpointId();
  await world.nudge(connectionsTarget(service));
});

/** AWS has an endpoint of a customer with standing and a grant. */
async function endpoint(awsState: string) {
  const { scene, clock, aws } = world;
  const customer = await scene.customer();
  const { accountId } = await scene.account(customer, 'proven');
  await scene.grant(customer, service);
  const shown = {
    serviceId: service.serviceId!,
    vpcEndpointId,
    ownerAccountId: accountId,
    endpointRegion: service.region,
    awsState,
    createdAt: clock.now(),
  };
  aws.connections = [shown];
  return shown;
}

async function callsIn(ms: number, name: string): Promise<number> {
  world.aws.calls.length = 0;
  await world.pass(ms);
  return world.aws.calls.filter((call) => call === name).length;
}

const state = async () => (await connections.find(world.db, vpcEndpointId, null))!.state;

describe('a read that does not show a connection', () => {
  it('when the next one shows it again, it never counted as deleted', async () => {
    const shown = await endpoint('available');
    await world.round();
    await world.pass(70_000);
    let fullReads = 0;
    world.aws.before = (call, details) => {
      if (call !== 'listConnections' || (details as { state?: string }).state) return;
      world.aws.connections = fullReads++ === 0 ? [] : [shown];
    };
    await world.pass(70_000);
    expect(fullReads).toBeGreaterThan(1);
    world.aws.before = () => undefined;
    const { id } = (await connections.find(world.db, vpcEndpointId, null))!;
    expect(await connections.transitions(world.db, id)).toMatchObject([{ to: 'available' }]);
  });

  it('when the next one does not show it either, it is deleted within seconds', async () => {
    await endpoint('available');
    await world.round();
    await world.pass(3_000);
    world.aws.connections = [];
    await world.nudge(connectionsTarget(service));
    await world.pass(1_000);
    expect(await state()).toBe('available');
    await world.pass(2_000);
    expect(await state()).toBe('deleted');
  });
});

describe('a read that shows a connection as it was', () => {
  it('when there is one every second, its row is not written every second', async () => {
    await endpoint('pending');
    await world.round();
    const versions = new Set<string>();
    for (let second = 0; second < 60; second++) {
      await world.pass(1_000);
      const [row] = await world.db.query<{ version: string }>(
        'SELECT xmin::text AS version FROM connections WHERE vpc_endpoint_id = $1',
        [vpcEndpointId],
      );
      versions.add(row!.version);
    }
    expect(versions.size).toBeLessThanOrEqual(3);
  });
});

describe('a region with more than a page of connections', () => {
  it('when AWS is at work on one, only what is under way is read until it is up', async () => {
    const shown = await endpoint('pending');
    const { aws, scene } = world;
    const others = Array.from({ length: 1_500 }, () => ({
      ...shown,
      serviceId: 'vpce-svc-0123456789abcdef0',
      vpcEndpointId: scene.vpcEndpointId(),
      awsState: 'available',
    }));
    aws.connections = [shown, ...others];
    await world.round();
    const asked: string[] = [];
    aws.before = (call, details) => {
      if (call === 'listConnections')
        asked.push((details as ConnectionFilter).states?.join() ?? '');
    };
    await world.pass(30_000);
    const moving = 'pendingAcceptance,pending,deleting';
    expect(asked.length).toBeGreaterThan(25);
    expect(asked.filter((states) => states !== moving).length).toBeLessThanOrEqual(1);
    asked.length = 0;
    aws.connections = [{ ...shown, awsState: 'available' }, ...others];
    await world.pass(1_000);
    expect(asked.slice(0, 2)).toEqual([moving, '']);
    expect(await state()).toBe('available');
    await world.pass(20_000);
    expect(new Set(asked.slice(2))).toEqual(new Set(['pendingAcceptance']));
    aws.before = () => undefined;
  });
});

describe('an accept that AWS refuses', () => {
  it('when it keeps refusing, it is asked once a minute', async () => {
    await endpoint('pendingAcceptance');
    world.aws.refusals.set(vpcEndpointId, 'InvalidState');
    expect(await callsIn(60_000, 'accept')).toBe(1);
    expect(await callsIn(60_000, 'accept')).toBe(1);
  });

  it('when somebody asks for it, it is tried at once', async () => {
    await endpoint('pendingAcceptance');
    world.aws.refusals.set(vpcEndpointId, 'InvalidState');
    await world.pass(10_000);
    world.aws.refusals.clear();
    await world.nudge(connectionsTarget(service));
    expect(await callsIn(1_000, 'accept')).toBe(1);
    expect(await state()).toBe('pendingAcceptance');
    await world.pass(1_000);
    expect(await state()).toBe('pending');
  });

  it('when another endpoint asks meanwhile, it is let in as quickly as ever', async () => {
    const refused = await endpoint('pendingAcceptance');
    world.aws.refusals.set(vpcEndpointId, 'InvalidState');
    await world.pass(10_000);
    const other = { ...refused, vpcEndpointId: world.scene.vpcEndpointId() };
    world.aws.connections.push(other);
    expect(await callsIn(6_000, 'accept')).toBe(1);
    expect(
      world.aws.connections.find((item) => item.vpcEndpointId === other.vpcEndpointId),
    ).toEqual({ ...other, awsState: 'pending' });
  });
});

describe('a state that should pass', () => {
  it('when it has not passed for long, it is watched as closely as the others', async () => {
    await endpoint('pending');
    await world.round();
    expect(await callsIn(60_000, 'listConnections')).toBe(60);
    world.clock.advance(600_000);
    expect(await callsIn(60_000, 'listConnections')).toBeLessThanOrEqual(13);
  });
});
