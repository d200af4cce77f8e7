// Customers that are suspended, in the simulated AWS: what each policy takes away, and the return.

import { describe, expect, it } from 'vitest';
import type { Customer, SuspensionPolicy } from '../../src/domain/customer.ts';
import type { Operation } from '../../src/domain/operation.ts';
import * as connections from '../../src/storage/connections.ts';
import { offboard } from '../../src/usecases/offboardings.ts';
import * as operations from '../../src/usecases/operations.ts';
import { resume, suspend } from '../../src/usecases/suspensions.ts';
import { aroundCalls, surviveDeaths } from './deaths.ts';
import { acme, changesDuring, letIn, rootArn, serviceOnStage, stagesOfFile } from './harness.ts';
import { awsFailure, type PortCall } from './hooked-aws.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const addition = 'ModifyVpcEndpointServicePermissions ok';
const removal = 'ModifyVpcEndpointServicePermissions ok';
const rejection = 'RejectVpcEndpointConnections ok';
const reason = 'Unpaid since May';

const suspendFor = (stage: Stage, { id }: Customer, policy?: SuspensionPolicy) =>
  stage.change((context) => suspend(context, id, policy ? { reason, policy } : { reason }));
const follow = (stage: Stage, { id }: Operation) =>
  stage.change((context) => operations.get(context, id));

/** Acme with an endpoint that is up. */
async function connected(stage: Stage) {
  const { service } = await serviceOnStage(stage);
  const parties = await letIn(stage, service, acme);
  await stage.pass(3_000);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(endpoint)).toBe('available');
  return { ...parties, service, endpoint };
}

describe('a customer that is suspended', () => {
  it('when nothing is taken away, what is new waits, and comes in on its return', async () => {
    const stage = await stageOfTest();
    const { customer, service, endpoint } = await connected(stage);
    let operation: Operation;
    let late = '';
    const calls = await changesDuring(stage, async () => {
      operation = await suspendFor(stage, customer);
      await stage.pass(3_000);
      late = await stage.hands.connect(acme, service.serviceId);
      await stage.pass(10_000);
    });
    expect(calls).toEqual([]);
    expect(await follow(stage, operation!)).toMatchObject({ state: 'succeeded' });
    expect([endpoint, late].map(stage.glance.state)).toEqual(['available', 'pendingAcceptance']);
    expect(await connections.find(stage.db, late, null)).toMatchObject({
      holdReason: 'customer_not_active',
    });
    await stage.change((context) => resume(context, customer.id));
    await stage.pass(10_000);
    expect(stage.glance.state(late)).toBe('available');
  });

  it('when nothing is taken away, no principal is added either', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { customer } = await letIn(stage, service, acme);
    await suspendFor(stage, customer);
    await stage.pass(5_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  });

  it('when it is blocked, its principals go and come back, and its endpoint stays', async () => {
    const stage = await stageOfTest();
    const { customer, service, endpoint } = await connected(stage);
    const operation = await suspendFor(stage, customer, 'block');
    await stage.pass(12_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'succeeded',
      message: expect.stringMatching(/left alone: con_/),
    });
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
    await stage.change((context) => resume(context, customer.id));
    await stage.pass(5_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
    expect(stage.glance.state(endpoint)).toBe('available');
  });

  it('when it is cut off, principals go first, and only a new endpoint comes back', async () => {
    const stage = await stageOfTest();
    const { customer, service, endpoint } = await connected(stage);
    const allowed: string[][] = [];
    stage.hooks.before = ({ name }: PortCall) => {
      if (name === 'reject') allowed.push(stage.glance.allowlist(service.serviceId));
    };
    let operation: Operation;
    const calls = await changesDuring(stage, async () => {
      operation = await suspendFor(stage, customer, 'reject');
      await stage.pass(15_000);
    });
    expect(calls).toEqual([removal, rejection]);
    expect(allowed).toEqual([[]]);
    expect(await follow(stage, operation!)).toMatchObject({ state: 'succeeded' });
    const { rejectedConnectionIds } = await stage.change((context) => resume(context, customer.id));
    const { id } = (await connections.find(stage.db, endpoint, null))!;
    expect(rejectedConnectionIds).toEqual([id]);
    await stage.pass(5_000);
    const another = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    expect([endpoint, another].map(stage.glance.state)).toEqual(['rejected', 'available']);
  });

  it('when it is cut off and an endpoint of it shows up long after, that is cut too', async () => {
    const stage = await stageOfTest();
    const { customer, service } = await connected(stage);
    await suspendFor(stage, customer, 'reject');
    await stage.pass(15_000);
    await stage.hands.allow(service.serviceId, [rootArn(acme)]);
    const late = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    expect(stage.glance.state(late)).toBe('rejected');
    expect(await connections.find(stage.db, late, null)).toMatchObject({ decidedBy: 'policy' });
  });

  it('when it is back before its rejects were sent, they are not sent any more', async () => {
    const stage = await stageOfTest();
    const { customer, endpoint } = await connected(stage);
    stage.hooks.before = ({ name }: PortCall) => {
      if (name === 'listConnections') throw awsFailure('throttled', 'RequestLimitExceeded');
    };
    await suspendFor(stage, customer, 'reject');
    await stage.pass(8_000);
    expect(await connections.find(stage.db, endpoint, null)).toMatchObject({ decision: 'reject' });
    stage.hooks.before = () => undefined;
    const calls = await changesDuring(stage, async () => {
      await stage.change((context) => resume(context, customer.id));
      await stage.pass(15_000);
    });
    expect(calls).toEqual([addition]);
    expect(stage.glance.state(endpoint)).toBe('available');
    expect(await entriesOf(stage, customer)).toContain('withdrawReject');
  });

  it('when it leaves meanwhile, whoever follows the suspension is told', async () => {
    const stage = await stageOfTest();
    const { customer } = await connected(stage);
    const operation = await suspendFor(stage, customer, 'reject');
    const leaving = await stage.change((context) => offboard(context, customer.id));
    await stage.pass(15_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'failed' });
    expect(await follow(stage, leaving)).toMatchObject({ state: 'succeeded' });
  });
});

describe('a worker that dies while it suspends', () => {
  it('when it dies around the rejects, it ends, and nothing is done twice', async () => {
    const stage = await stageOfTest();
    const { customer, service } = await connected(stage);
    let operation: Operation;
    let endpoint = '';
    let before = 0;
    const tried = await surviveDeaths(stage, {
      worksMs: 8_000,
      settlingMs: 15_000,
      moments: aroundCalls('reject'),
      arrange: async () => {
        await stage.change((context) => resume(context, customer.id));
        await stage.pass(4_000);
        endpoint = await stage.hands.connect(acme, service.serviceId);
        await stage.pass(8_000);
        expect(stage.glance.state(endpoint)).toBe('available');
        before = stage.simulator.calls().at(-1)!.number;
        operation = await suspendFor(stage, customer, 'reject');
      },
      check: async () => {
        expect(stage.glance.ourChanges(before)).toEqual([removal, rejection]);
        expect(stage.glance.state(endpoint)).toBe('rejected');
        expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
      },
    });
    expect(tried).toBe(2);
  });
});

async function entriesOf({ db }: Stage, { id }: Customer): Promise<string[]> {
  const rows = await db.query<{ action: string }>(
    'SELECT action FROM audit_entries WHERE customer_id = $1 ORDER BY id',
    [id],
  );
  return rows.map(({ action }) => action);
}
