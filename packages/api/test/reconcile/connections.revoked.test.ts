// Connections that may not stay: of customers that have left, and of accepts that landed too late.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import { observeAll, type EndpointService } from '../../src/domain/endpoint-service.ts';
import { connectionsTarget, serviceTargets } from '../../src/domain/target.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as connections from '../../src/storage/connections.ts';
import * as useAccounts from '../../src/usecases/accounts.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
import { offboard } from '../../src/usecases/offboardings.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let service: EndpointService;
let customer: Customer;
let account: Account;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

beforeEach(async () => {
  const { scene, db, aws } = world;
  await db.query('DELETE FROM targets');
  aws.connections = [];
  aws.calls.length = 0;
  aws.before = () => undefined;
  world.errors.length = 0;
  service = await scene.service();
  await scene.showService(service);
  customer = await scene.customer();
  account = await scene.account(customer, 'proven');
  await scene.grant(customer, service);
  await world.wake(service);
});

function connect(awsState: string): string {
  const vpcEndpointId = world.scene.vpcEndpointId();
  world.aws.connections.push({
    serviceId: service.serviceId!,
    vpcEndpointId,
    ownerAccountId: account.accountId,
    endpointRegion: service.region,
    awsState,
    createdAt: world.clock.now(),
  });
  return vpcEndpointId;
}

const stateOf = (id: string) =>
  world.aws.connections.find(({ vpcEndpointId }) => vpcEndpointId === id)?.awsState;
const known = async (id: string) => (await connections.find(world.db, id, null))!;
const giveUp = () => world.change((context) => useAccounts.remove(context, account.id));

async function entriesOf(connectionId: string) {
  return world.db.query<{ action: string; after: Record<string, unknown> }>(
    'SELECT action, after FROM audit_entries WHERE subject_id = $1 ORDER BY id',
    [connectionId],
  );
}

/** Once, just before AWS hears of the accept, whose intent is stored. */
function whileAccepting(work: () => Promise<unknown>): void {
  let done = false;
  world.aws.before = async (call) => {
    if (call !== 'accept' || done) return;
    done = true;
    await work();
  };
}

describe('an accept that lands late', () => {
  it('when the account is given up as it is sent, it is reversed, and that is timed', async () => {
    const id = connect('pendingAcceptance');
    whileAccepting(giveUp);
    await world.round();
    expect(stateOf(id)).toBe('pending');
    await world.pass(3_000);
    expect(stateOf(id)).toBe('rejected');
    const entries = await entriesOf((await known(id)).id);
    expect(entries.map(({ action }) => action)).toEqual([
      'acceptConnection',
      'withdrawAccept',
      'reverseLateAccept',
    ]);
    expect(entries[2]!.after).toEqual({
      decision: 'reject',
      msSinceWithdrawn: 1_000,
      msSinceSeen: 0,
    });
  });

  it('when the proof lapses as it is sent, the connection stays', async () => {
    const id = connect('pendingAcceptance');
    whileAccepting(() =>
      accounts.setStanding(world.db, account.id, { standing: 'lapsed' }, world.clock.now()),
    );
    await world.pass(15_000);
    expect(stateOf(id)).toBe('pending');
  });

  it('when the account is given up once AWS has taken it, the connection stays', async () => {
    const id = connect('pendingAcceptance');
    await world.round();
    expect(await known(id)).toMatchObject({ decision: 'accept', state: 'pendingAcceptance' });
    await giveUp();
    await world.pass(15_000);
    expect(stateOf(id)).toBe('pending');
    expect(world.errors).toEqual([]);
  });

  it('when the account is proven again before it is seen, the connection stays', async () => {
    const id = connect('pendingAcceptance');
    whileAccepting(async () => {
      await giveUp();
      account = await world.scene.account(customer, 'proven', { accountId: account.accountId });
    });
    await world.pass(15_000);
    expect(stateOf(id)).toBe('pending');
  });

  it('when it was lost and another hand lets it in long after, the connection stays', async () => {
    const id = connect('pendingAcceptance');
    whileAccepting(async () => {
      await giveUp();
      throw new Error('The call was lost.');
    });
    await world.pass(5_000);
    world.clock.advance(16 * 60_000);
    await world.pass(10_000);
    expect(stateOf(id)).toBe('pendingAcceptance');
    world.aws.connections[0]!.awsState = 'pending';
    await world.nudge(connectionsTarget(service));
    await world.pass(10_000);
    expect(stateOf(id)).toBe('pending');
  });
});

describe('an accept whose grounds go before it is sent', () => {
  it('when AWS does not answer meanwhile, it is withdrawn, and the endpoint waits', async () => {
    const id = connect('pendingAcceptance');
    await world.round();
    world.aws.connections[0]!.awsState = 'pendingAcceptance';
    await world.db.query(`UPDATE effects SET outcome = 'refused'`);
    await accounts.setStanding(world.db, account.id, { standing: 'lapsed' }, world.clock.now());
    await world.pass(5_000);
    expect(stateOf(id)).toBe('pendingAcceptance');
    expect(await known(id)).toMatchObject({
      decision: 'undecided',
      holdReason: 'account_without_standing',
    });
    expect(world.errors).toEqual([]);
  });
});

describe('a customer that has left', () => {
  async function leave(): Promise<void> {
    await world.change((context) => offboard(context, customer.id));
    await world.pass(20_000);
    expect(await accounts.find(world.db, account.id, null)).toMatchObject({ standing: 'claimed' });
  }

  it.each(['pendingAcceptance', 'pending', 'available'])(
    'when a connection of it shows up long after as %s, it is rejected by policy',
    async (awsState) => {
      await leave();
      await world.pass(120_000);
      const id = connect(awsState);
      await world.pass(65_000);
      expect(stateOf(id)).toBe('rejected');
      const { id: connectionId, ...decided } = await known(id);
      expect(decided).toMatchObject({ decidedBy: 'policy', decisionReason: expect.any(String) });
      const [entry] = await entriesOf(connectionId);
      expect(entry).toMatchObject({ action: 'rejectConnection' });
    },
  );

  it('when acceptance is in observe mode, it is left alone', async () => {
    await leave();
    await world.change((context) => setModes(context, service.id, observeAll));
    const id = connect('available');
    await world.pass(65_000);
    expect(stateOf(id)).toBe('available');
    expect(await known(id)).toMatchObject({ decision: 'undecided' });
  });

  it('when another customer has the account now, the connection is of that one', async () => {
    await leave();
    const next = await world.scene.customer();
    const claim = await world.scene.account(next, 'proven', { accountId: account.accountId });
    await world.scene.grant(next, service);
    const ids = [connect('available'), connect('pendingAcceptance')];
    await world.nudge(...serviceTargets(service));
    await world.pass(5_000);
    expect(ids.map(stateOf)).toEqual(['available', 'pending']);
    expect(await known(ids[0]!)).toMatchObject({ customerId: claim.customerId });
  });

  it('when another customer is still to prove the account, who asks is not cut off', async () => {
    await leave();
    await world.scene.account(await world.scene.customer(), 'claimed', {
      accountId: account.accountId,
    });
    const ids = [connect('available'), connect('pendingAcceptance')];
    await world.nudge(connectionsTarget(service));
    await world.pass(5_000);
    expect(ids.map(stateOf)).toEqual(['rejected', 'pendingAcceptance']);
  });

  it('when it only ever claimed the account, connections of it are nobody’s to cut', async () => {
    account = await world.scene.account(customer, 'claimed');
    await leave();
    const id = connect('available');
    await world.pass(65_000);
    expect(stateOf(id)).toBe('available');
  });
});
