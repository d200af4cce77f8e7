import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { serviceTargets } from '../../src/domain/target.ts';
import * as operations from '../../src/storage/operations.ts';
import * as targets from '../../src/storage/targets.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
const { clock, makeId } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, ambience);
});
afterAll(() => db.close());

async function start(changes: Partial<operations.OperationRow> = {}) {
  const operation: operations.OperationRow = {
    id: makeId('operation'),
    kind: 'prove_account',
    subjectId: makeId('account'),
    customerId: null,
    state: 'running',
    message: 'Waiting.',
    heldUpBy: [],
    errorCode: null,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    finishedAt: null,
    ...changes,
  };
  await operations.insert(db, operation);
  return operation;
}

const stateOf = async (id: string) => (await operations.find(db, id, null))?.state;

describe('an operation', () => {
  it('when it runs, it is found by its kind and subject until it ends', async () => {
    const operation = await start();
    const { kind, subjectId } = operation;
    expect(await operations.findRunning(db, kind, subjectId)).toEqual(operation);
    const outcome = { state: 'succeeded', message: 'Done.' } as const;
    await operations.finish(db, operation.id, outcome, clock.now());
    expect(await operations.findRunning(db, kind, subjectId)).toBeNull();
  });

  it('when it has ended, neither a report nor another end changes it', async () => {
    const { id } = await start();
    const failed = { state: 'failed', message: 'No.', errorCode: 'proof_refused' } as const;
    await operations.finish(db, id, failed, clock.now());
    const ended = await operations.find(db, id, null);
    clock.advance(1_000);
    await operations.report(db, id, { message: 'Still at it.' }, clock.now());
    await operations.finish(db, id, { state: 'succeeded', message: 'Yes.' }, clock.now());
    expect(await operations.find(db, id, null)).toEqual(ended);
    expect(ended).toMatchObject({ state: 'failed', errorCode: 'proof_refused' });
  });

  it('when the same is reported again, it does not look newer', async () => {
    const { id, createdAt } = await start();
    clock.advance(1_000);
    await operations.report(db, id, { message: 'Waiting.' }, clock.now());
    expect((await operations.find(db, id, null))?.updatedAt).toEqual(createdAt);
    const heldUpBy = [{ by: 'frozen', action: 'Unfreeze it.', command: 'unfreeze' }];
    await operations.report(db, id, { message: 'Waiting.', heldUpBy }, clock.now());
    const told = { heldUpBy, updatedAt: clock.now() };
    expect(await operations.find(db, id, null)).toMatchObject(told);
  });

  it('when a tenant looks, it sees its own only', async () => {
    const customer = await scene.customer();
    const mine = await start({ customerId: customer.id });
    const other = await start({ customerId: (await scene.customer()).id });
    const page = { limit: 10, after: null };
    const listed = await operations.list(db, { customerId: customer.id }, page);
    expect(listed.map(({ id }) => id)).toEqual([mine.id]);
    expect(await operations.find(db, other.id, customer.id)).toBeNull();
  });
});

describe('what a reconcile_service is told by', () => {
  beforeEach(() => db.query('DELETE FROM targets'));

  const asked = async (id: string) => {
    const all = await operations.listReconciling(db);
    return all.find(({ operationId }) => operationId === id);
  };

  /** A worker runs each target of the service once. */
  async function runAll(service: EndpointService, report: object): Promise<void> {
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + 1_000);
    const leases = await targets.claim(db, { owner: 'a', now, leaseUntil, limit: 50 });
    for (const lease of leases) {
      const dueAt = new Date(now.getTime() + 60_000);
      await targets.release(db, lease, { report, dueAt, failures: 0, completed: true, now });
    }
    expect(leases).toHaveLength(serviceTargets(service).length);
  }

  it('when a target of the service has run since, it is served', async () => {
    const service = await scene.service();
    const { id } = await start({ kind: 'reconcile_service', subjectId: service.id });
    await targets.nudge(db, serviceTargets(service), clock.now());
    const served = async () => (await asked(id))?.targets.map((target) => target.served);
    expect(await served()).toEqual([false, false, false, false]);
    await runAll(service, {});
    expect(await served()).toEqual([true, true, true, true]);
    expect((await asked(id))?.service).toMatchObject({ id: service.id, modes: service.modes });
  });

  it('when AWS refused connections of two services, each is told of its own', async () => {
    const service = await scene.service();
    const { id } = await start({ kind: 'reconcile_service', subjectId: service.id });
    const shown = { ownerAccountId: scene.accountNumber() };
    const { vpcEndpointId } = await scene.showConnection(service, shown);
    const { vpcEndpointId: other } = await scene.showConnection(await scene.service(), shown);
    await targets.nudge(db, serviceTargets(service), clock.now());
    await runAll(service, { refused: [{ vpcEndpointId }, { vpcEndpointId: other }] });
    const region = (await asked(id))?.targets.find(({ kind }) => kind === 'connections');
    expect(region?.report).toMatchObject({ refused: [{ vpcEndpointId }] });
  });

  it('when a target of another region is behind, that is not its concern', async () => {
    const service = await scene.service();
    const { id } = await start({ kind: 'reconcile_service', subjectId: service.id });
    await targets.nudge(db, serviceTargets(await scene.service()), clock.now());
    expect(await asked(id)).toMatchObject({ targets: [] });
  });

  it('when an operation has ended, or is of another kind, it is not asked about', async () => {
    const service = await scene.service();
    const { id } = await start({ kind: 'offboard_customer', subjectId: service.id });
    const ended = await start({ kind: 'reconcile_service', subjectId: service.id });
    await operations.finish(db, ended.id, { state: 'succeeded', message: 'Done.' }, clock.now());
    expect([await asked(id), await asked(ended.id)]).toEqual([undefined, undefined]);
    expect(await stateOf(id)).toBe('running');
  });
});
