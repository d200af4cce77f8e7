// On which terms a customer leaves, in the simulated AWS: its connections drain, or are kept.

import { describe, expect, it } from 'vitest';
import type { Customer, OffboardingPolicy } from '../../src/domain/customer.ts';
import type { Operation } from '../../src/domain/operation.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as customers from '../../src/storage/customers.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
import { offboard, preview, type OffboardingTerms } from '../../src/usecases/offboardings.ts';
import * as operations from '../../src/usecases/operations.ts';
import { aroundCalls, surviveDeaths } from './deaths.ts';
import { acme, letIn, rootArn, serviceOnStage, stagesOfFile } from './harness.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const leave = (stage: Stage, { id }: Customer, terms?: OffboardingTerms): Promise<Operation> =>
  stage.change((context) => offboard(context, id, terms));
const follow = (stage: Stage, { id }: Operation) =>
  stage.change((context) => operations.get(context, id));
const look = (stage: Stage, { id }: Customer, policy?: OffboardingPolicy) =>
  stage.change((context) => preview(context, id, policy));
const inMs = (stage: Stage, ms: number) => new Date(stage.clock.now().getTime() + ms).toISOString();

async function connected(stage: Stage) {
  const { service } = await serviceOnStage(stage);
  const parties = await letIn(stage, service, acme);
  await stage.pass(3_000);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  return { ...parties, service, endpoint };
}

describe('connections that drain', () => {
  it('when the customer deletes them in time, nothing is rejected', async () => {
    const stage = await stageOfTest();
    const { customer, service, endpoint } = await connected(stage);
    const terms = { policy: 'drain', drainUntil: inMs(stage, 3_600_000) } as const;
    const operation = await leave(stage, customer, terms);
    await stage.pass(20_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
    expect(stage.glance.state(endpoint)).toBe('available');
    expect(await follow(stage, operation)).toMatchObject({
      state: 'running',
      message: expect.stringMatching(
        `the customer to delete its connections.*rejected at ${terms.drainUntil}`,
      ),
    });
    const before = stage.simulator.calls().at(-1)!.number;
    await stage.hands.deleteEndpoint(endpoint);
    await stage.pass(75_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
    expect(stage.glance.ourChanges(before)).toEqual([]);
  });

  it('when the deadline passes, what still lives is rejected, whoever works then', async () => {
    const stage = await stageOfTest();
    const { customer, endpoint } = await connected(stage);
    const terms = { policy: 'drain', drainUntil: inMs(stage, 60_000) } as const;
    const operation = await leave(stage, customer, terms);
    await stage.pass(50_000);
    expect(stage.glance.state(endpoint)).toBe('available');
    await stage.pass(40_000, { ...stage.worker, name: 'worker-2' });
    expect(stage.glance.state(endpoint)).toBe('rejected');
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when it is to be over at once after all, they are rejected', async () => {
    const stage = await stageOfTest();
    const { customer, endpoint } = await connected(stage);
    const terms = { policy: 'drain', drainUntil: inMs(stage, 3_600_000) } as const;
    const first = await leave(stage, customer, terms);
    await stage.pass(10_000);
    expect(await leave(stage, customer)).toMatchObject({ id: first.id });
    expect(await leave(stage, customer, { policy: 'reject' })).toMatchObject({ id: first.id });
    await stage.pass(15_000);
    expect(stage.glance.state(endpoint)).toBe('rejected');
    expect(await follow(stage, first)).toMatchObject({ state: 'succeeded' });
  });
});

describe('connections that are kept', () => {
  it('when the principals have gone, it is over, and the accounts stay with it', async () => {
    const stage = await stageOfTest();
    const { customer, account, service, endpoint } = await connected(stage);
    const operation = await leave(stage, customer, { policy: 'keep' });
    await stage.pass(15_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'succeeded',
      message: expect.stringMatching(/left alone: con_/),
    });
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
    expect(await customers.find(stage.db, customer.id, null)).toMatchObject({
      state: 'offboarded',
      offboardingPolicy: 'keep',
    });
    expect(await accounts.find(stage.db, account.id, null)).toMatchObject({ standing: 'attested' });
    await stage.pass(70_000);
    expect(stage.glance.state(endpoint)).toBe('available');
  });

  it('when a worker dies around the change, it ends all the same', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    let customer: Customer;
    let operation: Operation;
    let count = 0;
    const tried = await surviveDeaths(stage, {
      worksMs: 8_000,
      settlingMs: 15_000,
      moments: aroundCalls('changePrincipals'),
      arrange: async () => {
        const accountId = ['222222222222', '333333333333', '444444444444'][count++]!;
        customer = await stage.operator.customer(`customer-${count}`);
        await stage.operator.attest(customer, accountId);
        await stage.operator.grant(customer, service);
        await stage.pass(4_000);
        operation = await leave(stage, customer, { policy: 'keep' });
      },
      check: async () => {
        expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
        expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
      },
    });
    expect(tried).toBe(2);
  });
});

describe('what a leaving looks like before and meanwhile', () => {
  it('when something holds it up, the service says what, and what would be done', async () => {
    const stage = await stageOfTest();
    const { customer, service } = await connected(stage);
    const role = `arn:aws:iam::${acme}:role/console`;
    await stage.hands.allow(service.serviceId, [role]);
    await stage.pass(61_000);
    await stage.change((context) => setModes(context, service.id, { acceptance: 'observe' }));
    const before = stage.simulator.calls().length;
    expect(await look(stage, customer)).toMatchObject({
      state: 'active',
      policy: 'reject',
      next: { step: 'wait' },
      services: [
        {
          serviceId: service.serviceId,
          principals: [
            { arn: role, owned: false },
            { arn: rootArn(acme), owned: true },
          ].toSorted((a, b) => (a.arn < b.arn ? -1 : 1)),
          connections: [{ decision: 'accept' }],
          steps: ['remove_principals', 'reject_connections', 'read_again'],
          heldUpBy: [{ by: 'unmanaged_principal' }, { by: 'acceptance_observed' }],
        },
      ],
    });
    expect(await look(stage, customer, 'keep')).toMatchObject({
      services: [
        {
          steps: ['remove_principals', 'leave_connections', 'read_again'],
          heldUpBy: [{ by: 'unmanaged_principal' }],
        },
      ],
    });
    expect(stage.simulator.calls()).toHaveLength(before);
  });

  it('when it goes on, the services show less and less, and nothing in the end', async () => {
    const stage = await stageOfTest();
    const { customer } = await connected(stage);
    await leave(stage, customer, { policy: 'drain', drainUntil: inMs(stage, 30_000) });
    await stage.pass(10_000);
    expect(await look(stage, customer, 'keep')).toMatchObject({
      state: 'offboarding',
      policy: 'drain',
      services: [{ principals: [], steps: ['wait_for_customer', 'read_again'] }],
    });
    await stage.pass(60_000);
    expect(await look(stage, customer)).toMatchObject({
      state: 'offboarded',
      next: { step: 'done' },
      services: [],
    });
  });
});
