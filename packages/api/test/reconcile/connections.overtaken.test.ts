// A policy that lets in, while others change what it rests on.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import { observeAll, type EndpointService } from '../../src/domain/endpoint-service.ts';
import { connectionsTarget } from '../../src/domain/target.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as connections from '../../src/storage/connections.ts';
import { decide } from '../../src/usecases/connections.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let service: EndpointService;
let customer: Customer;
let account: Account;
let vpcEndpointId: string;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

/** An endpoint of an account with standing asks to be let in; nothing has run yet. */
beforeEach(async () => {
  const { scene, db, aws } = world;
  await db.query('DELETE FROM targets');
  aws.calls.length = 0;
  aws.before = () => undefined;
  service = await scene.service();
  await scene.showService(service);
  customer = await scene.customer();
  account = await scene.account(customer, 'proven');
  await scene.grant(customer, service);
  vpcEndpointId = scene.vpcEndpointId();
  aws.connections = [
    {
      serviceId: service.serviceId!,
      vpcEndpointId,
      ownerAccountId: account.accountId,
      endpointRegion: service.region,
      awsState: 'pendingAcceptance',
      createdAt: world.clock.now(),
    },
  ];
  await world.nudge(connectionsTarget(service));
});

const connection = async () => (await connections.find(world.db, vpcEndpointId, null))!;
const accepts = () => world.aws.calls.filter((call) => call === 'accept').length;

describe('an account that is given up', () => {
  it('when that has not ended as policy decides, the endpoint waits', async () => {
    await world.db.transaction(async (tx) => {
      await accounts.remove(tx, account.id);
      await world.round();
    });
    expect(accepts()).toBe(0);
    await world.pass(3_000);
    expect(await connection()).toMatchObject({
      decision: 'undecided',
      holdReason: 'unknown_owner',
    });
  });

  it('when it is only being read, the endpoint is let in', async () => {
    await world.db.transaction(async (tx) => {
      await accounts.find(tx, account.id, null);
      await world.round();
    });
    expect(accepts()).toBe(1);
  });
});

describe('a customer that begins to leave', () => {
  it('when that has not ended as policy decides, the endpoint waits', async () => {
    await world.db.transaction(async (tx) => {
      await tx.query(`UPDATE customers SET state = 'offboarding' WHERE id = $1`, [customer.id]);
      await world.round();
    });
    await world.pass(3_000);
    expect(accepts()).toBe(0);
    expect(await connection()).toMatchObject({ holdReason: 'customer_not_active' });
  });
});

describe('an aspect that is switched to observe', () => {
  it('when that comes after the read, policy decides nothing', async () => {
    world.aws.before = async (call) => {
      if (call !== 'listConnections') return;
      await world.change((context) => setModes(context, service.id, observeAll));
    };
    await world.round();
    expect(accepts()).toBe(0);
    expect(await connection()).toMatchObject({ decision: 'undecided' });
  });
});

describe('an operator who rejects', () => {
  it('when policy has just let it in, no accept is sent', async () => {
    const { query } = world.db;
    let rejected = false;
    world.db.query = async <Row extends object>(text: string, values?: readonly unknown[]) => {
      const rows = await query<Row>(text, values);
      const seen = rows.some((row) => 'decision' in row && row.decision === 'accept');
      if (seen && !rejected) {
        rejected = true;
        await world.change((context) => decide(context, vpcEndpointId, 'reject', 'No.'));
      }
      return rows;
    };
    await world.round();
    world.db.query = query;
    expect(rejected).toBe(true);
    await world.pass(3_000);
    expect(world.aws.calls).not.toContain('accept');
    expect(await connection()).toMatchObject({ decision: 'reject', state: 'rejected' });
    expect(world.errors).toEqual([]);
  });
});
