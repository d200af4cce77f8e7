// The database under the worker, as days go by: what goes, what stays, and how much at a time.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cleaningTarget } from '../../src/domain/target.ts';
import * as auditEntries from '../../src/storage/audit-entries.ts';
import * as connections from '../../src/storage/connections.ts';
import * as deliveries from '../../src/storage/deliveries.ts';
import * as effects from '../../src/storage/effects.ts';
import * as events from '../../src/storage/events.ts';
import * as idempotencyKeys from '../../src/storage/idempotency-keys.ts';
import * as operations from '../../src/storage/operations.ts';
import * as proofs from '../../src/storage/proofs.ts';
import * as runs from '../../src/storage/runs.ts';
import * as webhooks from '../../src/storage/webhooks.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

const dayMs = 86_400_000;
let world: WorkerScene;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());
beforeEach(() =>
  world.db.query(`DELETE FROM targets; DELETE FROM effects; DELETE FROM operations;
    DELETE FROM idempotency_keys; DELETE FROM challenges`),
);

/** Days later, the worker is to clean. */
async function cleanAfter(days: number): Promise<void> {
  world.clock.advance(days * dayMs);
  await world.nudge(cleaningTarget);
  await world.round();
}

const count = async (table: string) => {
  const [row] = await world.db.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`);
  return row!.count;
};

const deleted = async () => {
  const [row] = await world.db.query<{ report: { deleted: object } }>(
    `SELECT report FROM targets WHERE kind = 'cleaning'`,
  );
  return row!.report.deleted;
};

async function addKey(key: string): Promise<void> {
  const createdAt = world.clock.now();
  const answer = { fingerprint: 'f', status: 201, sealed: Buffer.from('x'), createdAt };
  await idempotencyKeys.insert(world.db, { key, ...answer });
}

async function addEffect(ended: boolean): Promise<string> {
  const { db, clock, makeId } = world;
  const id = makeId('effect');
  const target = { kind: 'principals', key: 'svc_1' } as const;
  const change = { action: 'change_principals', request: {} };
  await effects.intend(db, { id, target, endpointServiceId: null, ...change }, clock.now());
  const done = { outcome: 'done', detail: null, awsRequestId: null } as const;
  if (ended) await effects.conclude(db, id, done, clock.now());
  return id;
}

async function addRun(id: string): Promise<void> {
  const ended = { kind: 'principals', key: 'svc_1', endedAt: world.clock.now() } as const;
  await runs.insert(world.db, { id, ...ended, report: { left: 0 } });
}

async function addOperation(): Promise<string> {
  const { db, clock, makeId } = world;
  const id = makeId('operation');
  const at = { createdAt: clock.now(), updatedAt: clock.now(), finishedAt: null };
  const about = { subjectId: 'svc_1', customerId: null, message: 'M', heldUpBy: [] };
  const state = { state: 'running', errorCode: null } as const;
  await operations.insert(db, { id, kind: 'prove_account', ...state, ...about, ...at });
  return id;
}

async function addProof(): Promise<string> {
  const { db, clock, makeId, scene } = world;
  const account = await scene.account(await scene.customer(), 'claimed');
  const challengeId = makeId('challenge');
  await proofs.insertChallenge(db, {
    id: challengeId,
    accountId: account.id,
    challenge: challengeId,
    audience: 'https://sallyport.test',
    expiresAt: new Date(clock.now().getTime() + 300_000),
    spentAt: clock.now(),
  });
  const id = makeId('proof');
  const given = { operationId: 'op_1', fields: null, submittedAt: clock.now(), judgedAt: null };
  await proofs.insertProof(db, { id, accountId: account.id, challengeId, ...given });
  return id;
}

describe('what is kept for a time only', () => {
  it('when an answer is a week old, its key is free again', async () => {
    await addKey('old');
    await cleanAfter(6);
    await addKey('young');
    await cleanAfter(1.5);
    expect(await idempotencyKeys.find(world.db, 'old')).toBeNull();
    expect(await idempotencyKeys.find(world.db, 'young')).not.toBeNull();
  });

  it('when a proof was judged a month ago, it goes with its challenge, not before', async () => {
    const judged = await addProof();
    await addProof();
    await proofs.markJudged(world.db, judged, world.clock.now());
    await cleanAfter(29);
    expect([await count('proofs'), await count('challenges')]).toEqual([2, 2]);
    await cleanAfter(2);
    expect(await proofs.findProof(world.db, judged)).toBeNull();
    expect([await count('proofs'), await count('challenges')]).toEqual([1, 1]);
  });

  it('when a change of AWS ended long ago, it goes; one that is open stays', async () => {
    await addEffect(true);
    const open = await addEffect(false);
    await cleanAfter(399);
    expect(await count('effects')).toBe(2);
    await cleanAfter(2);
    const left = await world.db.query<{ id: string }>('SELECT id FROM effects');
    expect(left).toEqual([{ id: open }]);
  });

  it('when an event is old, it goes, and a newer one stays', async () => {
    const tell = async () => {
      const about = { subjectId: 'cus_1', customerId: null, alarm: null };
      const state = { before: null, after: null };
      const told = { type: 'customer.updated', at: world.clock.now(), state, ...about } as const;
      await events.tell(world.db, [told]);
      await events.publish(world.db, () => world.makeId('event'));
    };
    await tell();
    await cleanAfter(399);
    await tell();
    await cleanAfter(2);
    const filter = { subjectId: 'cus_1' };
    expect(await events.listAfter(world.db, filter, 0, 10)).toHaveLength(1);
  });

  it('when a delivery ended a month ago, it goes; one that waits stays', async () => {
    const { db, clock, makeId } = world;
    const times = { createdAt: clock.now(), updatedAt: clock.now() };
    const off = { disabledSince: null, disabledReason: null, failingSince: null };
    const where = {
      targetUrl: 'https://example.com/',
      description: '',
      eventTypes: [],
      secrets: [],
    };
    const webhookId = makeId('webhook');
    const whose = { id: webhookId, owner: 'vendor', customerId: null } as const;
    await webhooks.insert(db, { ...whose, ...where, ...off, ...times });
    const add = async () => {
      const id = makeId('delivery');
      const message = { messageId: id, type: 'webhook.test', payload: '{}' };
      await deliveries.insert(db, { id, webhookId, ...message, createdAt: clock.now() });
      return id;
    };
    const [ended, waiting] = [await add(), await add()];
    const result = { attempt: null, state: 'failed', nextAttemptAt: null } as const;
    await deliveries.record(db, ended, result, clock.now());
    await cleanAfter(29);
    expect(await count('deliveries')).toBe(2);
    await cleanAfter(2);
    expect(await deliveries.find(db, webhookId, ended)).toBeNull();
    expect(await deliveries.find(db, webhookId, waiting)).not.toBeNull();
  });

  it('when a report of a run is a month old, it goes, and a newer one stays', async () => {
    await addRun('run_old');
    await cleanAfter(29);
    await addRun('run_young');
    await cleanAfter(2);
    const left = await world.db.query<{ id: string }>(
      `SELECT id FROM runs WHERE id IN ('run_old', 'run_young')`,
    );
    expect(left).toEqual([{ id: 'run_young' }]);
  });

  it('when an operation ended long ago, it goes; one that runs stays', async () => {
    const [ended, running] = [await addOperation(), await addOperation()];
    const outcome = { state: 'succeeded', message: 'Done.' } as const;
    await operations.finish(world.db, ended, outcome, world.clock.now());
    await cleanAfter(401);
    expect(await operations.find(world.db, ended, null)).toBeNull();
    expect(await operations.find(world.db, running, null)).not.toBeNull();
  });

  it('when a connection has long been in a state, that state stays, its past goes', async () => {
    const { scene, db } = world;
    const service = await scene.service();
    const ownerAccountId = scene.accountNumber();
    const shown = await scene.showConnection(service, { ownerAccountId, awsState: 'pending' });
    await scene.showConnection(service, { ...shown, awsState: 'available' });
    await cleanAfter(401);
    expect(await connections.transitions(db, shown.id)).toMatchObject([{ to: 'available' }]);
  });

  it('when audit entries are ever so old, they stay', async () => {
    const { db, clock, makeId } = world;
    const id = makeId('auditEntry');
    const nothing = { customerId: null, reason: null, changeRef: null, requestId: null };
    await auditEntries.insert(db, {
      id,
      at: clock.now(),
      actor: 'key_1',
      action: 'createCustomer',
      subjectId: 'cus_1',
      before: null,
      after: null,
      ...nothing,
    });
    await cleanAfter(40_000);
    const page = { limit: 10, after: null };
    const [entry] = await auditEntries.list(db, { subjectId: 'cus_1' }, page);
    expect(entry).toMatchObject({ id });
  });
});

describe('a run of the cleaning', () => {
  it('when it has cleaned, it says how much, and comes again in an hour', async () => {
    await addKey('one');
    await cleanAfter(8);
    expect(await deleted()).toMatchObject({ idempotencyKeys: 1, operations: 0 });
    await addKey('other');
    world.clock.advance(3_599_000);
    expect(await world.round()).not.toContain('cleaning');
    world.clock.advance(1_000);
    expect(await world.round()).toContain('cleaning');
    expect(await deleted()).toMatchObject({ idempotencyKeys: 0 });
  });

  it('when there is more than one run takes, it goes on within seconds', async () => {
    await world.db.query(
      `INSERT INTO idempotency_keys (key, fingerprint, status, sealed, created_at)
       SELECT 'k' || n, 'f', 200, 'x', $1 FROM generate_series(1, 10500) AS n`,
      [world.clock.now()],
    );
    await cleanAfter(8);
    expect(await count('idempotency_keys')).toBe(500);
    await world.pass(1_000);
    expect(await count('idempotency_keys')).toBe(0);
  });

  it('when a worker arrives, the cleaning is there, and stays when it was due before', async () => {
    const { arrive } = await import('../../src/reconcile/arrival.ts');
    const due = async () =>
      (await world.db.query(`SELECT due_at, wanted FROM targets WHERE kind = 'cleaning'`))[0];
    const arrival = { db: world.db, now: world.clock.now, makeId: world.makeId };
    await arrive(arrival);
    const first = await due();
    expect(first).toBeDefined();
    world.clock.advance(60_000);
    await arrive(arrival);
    expect(await due()).toEqual(first);
  });
});
