import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    await operations.report(db, id, 'Still at it.', clock.now());
    await operations.finish(db, id, { state: 'succeeded', message: 'Yes.' }, clock.now());
    expect(await operations.find(db, id, null)).toEqual(ended);
    expect(ended).toMatchObject({ state: 'failed', errorCode: 'proof_refused' });
  });

  it('when the same is reported again, it does not look newer', async () => {
    const { id, createdAt } = await start();
    clock.advance(1_000);
    await operations.report(db, id, 'Waiting.', clock.now());
    expect((await operations.find(db, id, null))?.updatedAt).toEqual(createdAt);
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

describe('finishReconciled', () => {
  /** A worker runs each target of the service once. */
  async function runAll(service: EndpointService): Promise<void> {
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + 1_000);
    const leases = await targets.claim(db, { owner: 'a', now, leaseUntil, limit: 50 });
    for (const lease of leases) {
      const dueAt = new Date(now.getTime() + 60_000);
      await targets.release(db, lease, { report: {}, dueAt, failures: 0, completed: true, now });
    }
    expect(leases).toHaveLength(serviceTargets(service).length);
  }

  it('when each target of the service has run since, and only then, it ends', async () => {
    const service = await scene.service();
    const { id } = await start({ kind: 'reconcile_service', subjectId: service.id });
    await targets.nudge(db, serviceTargets(service), clock.now());
    await operations.finishReconciled(db, clock.now());
    expect(await stateOf(id)).toBe('running');
    await runAll(service);
    await operations.finishReconciled(db, clock.now());
    expect(await stateOf(id)).toBe('succeeded');
  });

  it('when a target of another region is behind, it ends all the same', async () => {
    const service = await scene.service();
    const { id } = await start({ kind: 'reconcile_service', subjectId: service.id });
    await targets.nudge(db, serviceTargets(await scene.service()), clock.now());
    await operations.finishReconciled(db, clock.now());
    expect(await stateOf(id)).toBe('succeeded');
  });

  it('when operations of another kind run, they go on', async () => {
    const service = await scene.service();
    const { id } = await start({ kind: 'offboard_customer', subjectId: service.id });
    await operations.finishReconciled(db, clock.now());
    expect(await stateOf(id)).toBe('running');
  });
});
