// Customers that leave, in the simulated AWS: the order of the steps, what holds them up, the end.

import { describe, expect, it } from 'vitest';
import type { Customer } from '../../src/domain/customer.ts';
import type { Operation } from '../../src/domain/operation.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as storage from '../../src/storage/customers.ts';
import { offboard } from '../../src/usecases/offboardings.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
import * as operations from '../../src/usecases/operations.ts';
import { aroundCalls, surviveDeaths } from './deaths.ts';
import {
  acme,
  changesDuring,
  globex,
  letIn,
  readAgain,
  rootArn,
  serviceOnStage,
  stagesOfFile,
  type PresentService,
} from './harness.ts';
import { awsFailure, type PortCall } from './hooked-aws.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const removal = 'ModifyVpcEndpointServicePermissions ok';
const rejection = 'RejectVpcEndpointConnections ok';

const leave = (stage: Stage, { id }: Customer): Promise<Operation> =>
  stage.change((context) => offboard(context, id));
const follow = (stage: Stage, { id }: Operation) =>
  stage.change((context) => operations.get(context, id));
const stateOf = async ({ db }: Stage, { id }: Customer) =>
  (await storage.find(db, id, null))!.state;

/** Acme and Globex, each with an endpoint that is up. */
async function bothConnected(stage: Stage, service: PresentService) {
  const parties = await letIn(stage, service, acme);
  await letIn(stage, service, globex);
  await stage.pass(3_000);
  const endpoints = [
    await stage.hands.connect(acme, service.serviceId),
    await stage.hands.connect(globex, service.serviceId),
  ] as const;
  await stage.pass(8_000);
  expect(endpoints.map(stage.glance.state)).toEqual(['available', 'available']);
  return { ...parties, endpoints };
}

describe('a customer that leaves', () => {
  it('when it goes well, principals go first, then connections, and nothing is left', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { customer, account, endpoints } = await bothConnected(stage, service);
    const allowed: string[][] = [];
    stage.hooks.before = ({ name }: PortCall) => {
      if (name === 'reject') allowed.push(stage.glance.allowlist(service.serviceId));
    };
    let operation: Operation;
    const calls = await changesDuring(stage, async () => {
      operation = await leave(stage, customer);
      await stage.pass(15_000);
    });
    expect(calls).toEqual([removal, rejection]);
    expect(allowed).toEqual([[rootArn(globex)]]);
    expect(await follow(stage, operation!)).toMatchObject({ state: 'succeeded' });
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(globex)]);
    expect(endpoints.map(stage.glance.state)).toEqual(['rejected', 'available']);
    expect(await stateOf(stage, customer)).toBe('offboarded');
    expect(await accounts.find(stage.db, account.id, null)).toMatchObject({ standing: 'claimed' });
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
  });

  it('when it has nothing in AWS, it still ends only on reads that are newer', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { customer } = await letIn(stage, service, acme);
    const silent = new Set(['listPrincipals', 'listConnections']);
    stage.hooks.before = ({ name }: PortCall) => {
      if (silent.has(name)) throw awsFailure('throttled', 'RequestLimitExceeded');
    };
    const operation = await leave(stage, customer);
    await stage.pass(10_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'running',
      message: 'Waiting for a fresh full read of AWS.',
    });
    silent.delete('listPrincipals');
    await stage.pass(40_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'running' });
    silent.delete('listConnections');
    await stage.pass(70_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when it has no grant and no account, it is gone at once', async () => {
    const stage = await stageOfTest();
    const customer = await stage.operator.customer('acme');
    const operation = await leave(stage, customer);
    await stage.pass(1_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
    expect(await stateOf(stage, customer)).toBe('offboarded');
  });

  it('when an endpoint of it still asks to be let in, it is rejected', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const customer = await stage.operator.customer('acme');
    await stage.operator.attest(customer, acme);
    await stage.operator.grant(customer, service, { acceptance: 'manual' });
    await stage.pass(3_000);
    const endpoint = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(6_000);
    const operation = await leave(stage, customer);
    await stage.pass(15_000);
    expect(stage.glance.state(endpoint)).toBe('rejected');
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });
});

describe('what holds a leaving up', () => {
  it('when an entry of the customer is of other hands, it waits until they remove it', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const role = `arn:aws:iam::${acme}:role/console`;
    await stage.hands.allow(service.serviceId, [role]);
    const { customer, endpoints } = await bothConnected(stage, service);
    const operation = await leave(stage, customer);
    await stage.pass(20_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'running',
      message: `Waiting for ${role}: added by other hands, remove or adopt it.`,
    });
    expect(stage.glance.allowlist(service.serviceId)).toEqual([role, rootArn(globex)].sort());
    expect(stage.glance.state(endpoints[0])).toBe('available');
    await stage.hands.disallow(service.serviceId, [role]);
    await stage.pass(80_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
    expect(stage.glance.state(endpoints[0])).toBe('rejected');
  });

  it.each([
    ['principals', `${rootArn(acme)}: principals are in observe mode`],
    ['acceptance', 'acceptance, which is in observe mode or stands still (con_'],
  ])(
    'when %s is in observe mode, the operation says so, and goes on later',
    async (aspect, said) => {
      const stage = await stageOfTest();
      const { service } = await serviceOnStage(stage);
      const { customer, endpoints } = await bothConnected(stage, service);
      await stage.change((context) => setModes(context, service.id, { [aspect]: 'observe' }));
      const operation = await leave(stage, customer);
      await stage.pass(15_000);
      expect(await follow(stage, operation)).toMatchObject({
        state: 'running',
        message: expect.stringContaining(said),
      });
      expect(stage.glance.state(endpoints[0])).toBe('available');
      await stage.change((context) => setModes(context, service.id, { [aspect]: 'manage' }));
      await stage.pass(20_000);
      expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
      expect(stage.glance.state(endpoints[0])).toBe('rejected');
      expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(globex)]);
    },
  );
});

describe('a worker that dies', () => {
  it('when it dies around any change, the leaving ends, and nothing is done twice', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    let customer: Customer;
    let operation: Operation;
    let endpoint = '';
    let [count, before] = [0, 0];
    const tried = await surviveDeaths(stage, {
      worksMs: 8_000,
      settlingMs: 15_000,
      moments: aroundCalls('changePrincipals', 'reject'),
      arrange: async () => {
        // The account is free again for each of them, as the one before has given it up.
        customer = await stage.operator.customer(`acme-${++count}`);
        await stage.operator.attest(customer, acme);
        await stage.operator.grant(customer, service);
        await stage.pass(3_000);
        endpoint = await stage.hands.connect(acme, service.serviceId);
        await stage.pass(8_000);
        before = stage.simulator.calls().at(-1)!.number;
        operation = await leave(stage, customer);
      },
      check: async () => {
        expect(stage.glance.ourChanges(before)).toEqual([removal, rejection]);
        expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
        expect(stage.glance.state(endpoint)).toBe('rejected');
        expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
        expect(await entriesOf(stage, customer)).toEqual([
          'finishOffboarding',
          'offboardCustomer',
          'rejectConnection',
        ]);
      },
    });
    expect(tried).toBe(4);
  });
});

/** What the audit log says of the leaving. */
async function entriesOf({ db }: Stage, { id }: Customer): Promise<string[]> {
  const rows = await db.query<{ action: string }>(
    `SELECT action FROM audit_entries WHERE customer_id = $1
       AND action IN ('offboardCustomer', 'rejectConnection', 'finishOffboarding')
     ORDER BY action`,
    [id],
  );
  return rows.map(({ action }) => action);
}
