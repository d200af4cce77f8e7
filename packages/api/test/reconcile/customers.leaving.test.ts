// A customer that leaves, while it makes another endpoint, and when a service cannot be left.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import { manageAll, type EndpointService } from '../../src/domain/endpoint-service.ts';
import type { Operation } from '../../src/domain/operation.ts';
import { serviceTargets } from '../../src/domain/target.ts';
import { attest } from '../../src/usecases/accounts.ts';
import { offboard } from '../../src/usecases/offboardings.ts';
import * as operations from '../../src/usecases/operations.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let customer: Customer;
let account: Account;
let arn: string;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

beforeEach(async () => {
  await world.db.query('DELETE FROM targets');
  world.aws.connections = [];
  world.aws.before = () => undefined;
  customer = await world.scene.customer();
  account = await world.scene.account(customer, 'proven');
  arn = `arn:aws:iam::${account.accountId}:root`;
});

/** A service that the customer may use, with its principal in place. */
async function used(changes: Partial<EndpointService> = {}): Promise<EndpointService> {
  const service = await world.scene.service(changes);
  await world.scene.grant(customer, service);
  await world.wake(service);
  await world.round();
  await world.pass(2_000);
  return service;
}

function connect(service: EndpointService, awsState: string) {
  const made = {
    serviceId: service.serviceId!,
    vpcEndpointId: world.scene.vpcEndpointId(),
    ownerAccountId: account.accountId,
    endpointRegion: service.region,
    awsState,
    createdAt: world.clock.now(),
  };
  world.aws.connections.push(made);
  return made.vpcEndpointId;
}

const leave = () => world.change((context) => offboard(context, customer.id));
const follow = ({ id }: Operation) => world.change((context) => operations.get(context, id));
const stateOf = (id: string) =>
  world.aws.connections.find(({ vpcEndpointId }) => vpcEndpointId === id)?.awsState;

describe('an addition that AWS does not show yet', () => {
  it('when the customer leaves, it holds nothing up, and goes when it shows', async () => {
    const service = await world.scene.service();
    await world.scene.grant(customer, service);
    const real = world.aws.endpointServices;
    const listPrincipals = async () => [];
    world.aws.endpointServices = (...args) => ({ ...real(...args), listPrincipals });
    await world.wake(service);
    await world.pass(2_000);
    expect(world.aws.allowlists.get(service.serviceId!)).toEqual([arn]);
    const operation = await leave();
    await world.pass(10_000);
    expect(await follow(operation)).toMatchObject({ state: 'succeeded' });
    world.aws.endpointServices = real;
    await world.pass(65_000);
    expect(world.aws.allowlists.get(service.serviceId!)).toEqual([]);
  });
});

describe('an endpoint that is made while the customer leaves', () => {
  it('when it comes after the read but before its principal goes, it is cut', async () => {
    const service = await used();
    await world.pass(61_000);
    const operation = await leave();
    let late: string | undefined;
    world.aws.before = (call, details) => {
      if (call !== 'changePrincipals') return;
      // Somebody has switched acceptance off, so the endpoint asks nobody.
      if ((details as { remove: string[] }).remove.includes(arn))
        late ??= connect(service, 'available');
    };
    await world.pass(20_000);
    expect(late).toBeDefined();
    expect(stateOf(late!)).toBe('rejected');
    expect(await follow(operation)).toMatchObject({ state: 'succeeded' });
  });
});

describe('a service that cannot be left yet', () => {
  it('when a principal is of other hands, connections of other services are cut', async () => {
    const stuck = await world.scene.service();
    world.aws.allowlists.set(stuck.serviceId!, [arn]);
    await world.nudge(...serviceTargets(stuck));
    const [there, elsewhere] = [await used(), await used()];
    const cut = [connect(there, 'available'), connect(elsewhere, 'available')];
    const operation = await leave();
    await world.pass(10_000);
    expect(cut.map(stateOf)).toEqual(['rejected', 'rejected']);
    expect(await follow(operation)).toMatchObject({
      state: 'running',
      message: expect.stringContaining(arn),
      heldUpBy: [{ by: 'unmanaged_principal', action: expect.stringContaining(arn) }],
    });
    world.aws.allowlists.set(stuck.serviceId!, []);
    await world.nudge(...serviceTargets(stuck));
    await world.pass(20_000);
    expect(await follow(operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when acceptance is observed, the operation says so and the others are cut', async () => {
    const modes = { ...manageAll, acceptance: 'observe' } as const;
    const [observed, managed] = [await used({ modes }), await used()];
    const left = connect(observed, 'available');
    const cut = connect(managed, 'available');
    const operation = await leave();
    await world.pass(10_000);
    expect([stateOf(left), stateOf(cut)]).toEqual(['available', 'rejected']);
    expect(await follow(operation)).toMatchObject({
      message: expect.stringContaining('observe mode'),
      heldUpBy: [{ by: 'acceptance_observed' }],
    });
  });
});

describe('a customer that has left', () => {
  it('when its accounts are free again, each of them has its entry in the audit log', async () => {
    const disputed = await world.scene.account(customer, 'disputed');
    await world.scene.account(customer, 'claimed');
    await used();
    await leave();
    await world.pass(20_000);
    const entries = await world.db.query<{ subjectId: string; before: unknown }>(
      `SELECT subject_id, before FROM audit_entries
       WHERE action = 'releaseAccount' AND customer_id = $1 ORDER BY id`,
      [customer.id],
    );
    const expected = [account, disputed].map(({ id, standing }) => {
      return { subjectId: id, before: { standing } };
    });
    expect(entries.toSorted((a, b) => (a.subjectId < b.subjectId ? -1 : 1))).toEqual(expected);
  });

  it('when another one has the same account, it can be attested for that one', async () => {
    await used();
    const operation = await leave();
    await world.pass(20_000);
    expect(await follow(operation)).toMatchObject({ state: 'succeeded' });
    const next = await world.scene.customer();
    const claim = await world.scene.account(next, 'claimed', { accountId: account.accountId });
    const attested = await world.change((context) => attest(context, claim.id, 'A letter.'));
    expect(attested).toMatchObject({ standing: 'attested', customerId: next.id });
  });
});
