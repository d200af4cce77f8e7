// The feed: what tells an event, and that no reader misses one.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ToldEvent } from '../../src/domain/event.ts';
import * as events from '../../src/storage/events.ts';
import * as operations from '../../src/storage/operations.ts';
import type { Queryable } from '../../src/storage/postgres/database.ts';
import * as privateDns from '../../src/storage/private-dns.ts';
import { createAmbience } from '../ambience.ts';
import { untilSomebodyWaits } from './lock-wait.ts';
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

const makeEventId = () => makeId('event');
const publish = (to: Queryable = db) => events.publish(to, makeEventId);

function toldOf(subjectId: string): ToldEvent {
  const about = { subjectId, customerId: null, alarm: null };
  return {
    type: 'customer.updated',
    at: clock.now(),
    state: { before: null, after: null },
    ...about,
  };
}

/** A reader that goes on where it was. */
async function startReader(): Promise<() => Promise<string[]>> {
  await publish();
  let position = await events.lastPosition(db);
  return async () => {
    await publish();
    const found = await events.listAfter(db, {}, position, 1_000);
    position = found.at(-1)?.position ?? position;
    return found.map(({ subject }) => subject.id);
  };
}

/** What the work tells, as the feed has it. */
async function toldBy(work: () => Promise<unknown>) {
  await publish();
  const position = await events.lastPosition(db);
  await work();
  await publish();
  const found = await events.listAfter(db, {}, position, 1_000);
  return found.map(({ type, subject, customerId, state }) => {
    return { type, subject, customerId, ...state };
  });
}

/** A transaction that stays open until it is told to end. */
function openTransaction(work: (tx: Queryable) => Promise<void>) {
  let end: (failure?: Error) => void = () => {};
  const ready = Promise.withResolvers<void>();
  const ended = db.transaction(async (tx) => {
    await work(tx);
    const over = new Promise<void>((resolve, reject) => {
      end = (failure) => (failure ? reject(failure) : resolve());
    });
    ready.resolve();
    await over;
  });
  return ready.promise.then(() => ({ end: (failure?: Error) => end(failure), ended }));
}

it('when the feed grows from nothing in one session, it is not read over and over', async () => {
  const read = await db.transaction(async (tx) => {
    await tx.query('DELETE FROM events; ANALYZE events');
    const readSoFar = async () => {
      const [row] = await tx.query<{ rows: number }>(
        `SELECT seq_tup_read AS rows FROM pg_stat_xact_user_tables WHERE relname = 'events'`,
      );
      return row!.rows;
    };
    const before = await readSoFar();
    await tx.query(
      `INSERT INTO events (id, at, type, subject_id)
       SELECT 'evt_' || n, now(), 'customer.updated', 'cus_1' FROM generate_series(1, 500) n`,
    );
    const after = await readSoFar();
    await tx.query('DELETE FROM events');
    return after - before;
  });
  expect(read).toBeLessThan(50);
});

it('when moments go back in the feed, a reader since one begins where none is missed', async () => {
  const at = (seconds: number) => new Date(clock.now().getTime() + seconds * 1_000);
  await publish();
  for (const seconds of [10, 5, 12, 6]) {
    await events.tell(db, [{ ...toldOf(`cus_${seconds}`), at: at(seconds) }]);
    await publish();
  }
  const foundSince = async (seconds: number) => {
    const since = at(seconds);
    const place = await events.placeBefore(db, since);
    const all = await events.listAfter(db, {}, place, 10);
    const found = await events.listAfter(db, { since }, place, 10);
    return [all.length, found.map(({ subject }) => subject.id)];
  };
  expect(await foundSince(4)).toEqual([4, ['cus_10', 'cus_5', 'cus_12', 'cus_6']]);
  expect(await foundSince(9)).toEqual([4, ['cus_10', 'cus_12']]);
  expect(await foundSince(11)).toEqual([2, ['cus_12']]);
  expect(await foundSince(13)).toEqual([0, []]);
});

describe('a reader of the feed', () => {
  it('when a transaction began first and commits last, its event is not missed', async () => {
    const read = await startReader();
    const slow = await openTransaction((tx) => events.tell(tx, [toldOf('slow')]));
    await db.transaction((tx) => events.tell(tx, [toldOf('quick')]));
    expect(await read()).toEqual(['quick']);
    slow.end();
    await slow.ended;
    expect(await read()).toEqual(['slow']);
    expect(await read()).toEqual([]);
  });

  it('when places are being given and not committed, those after them wait', async () => {
    const read = await startReader();
    await events.tell(db, [toldOf('first')]);
    const giving = await openTransaction(async (tx) => void (await publish(tx)));
    await events.tell(db, [toldOf('second')]);
    const reading = read();
    await untilSomebodyWaits(db);
    giving.end();
    await giving.ended;
    expect(await reading).toEqual(['first', 'second']);
  });

  it('when the change is rolled back, nobody is told', async () => {
    const read = await startReader();
    const undone = await openTransaction((tx) => events.tell(tx, [toldOf('undone')]));
    undone.end(new Error('undone'));
    await expect(undone.ended).rejects.toThrow('undone');
    expect(await read()).toEqual([]);
  });

  it('when many tell and many give places at once, each event comes once', async () => {
    const read = await startReader();
    const subjects = Array.from({ length: 60 }, (_, index) => `at once ${index}`);
    const seen: string[] = [];
    const readers = ['a', 'b', 'c'].map(async () => {
      for (let turn = 0; turn < 10; turn++) await publish();
    });
    const telling = subjects.map((subject) =>
      db.transaction((tx) => events.tell(tx, [toldOf(subject)])),
    );
    for (let turn = 0; turn < 10; turn++) seen.push(...(await read()));
    await Promise.all([...readers, ...telling]);
    seen.push(...(await read()));
    expect(seen.toSorted()).toEqual(subjects.toSorted());
  });
});

describe('what is told', () => {
  it('when a connection changes its state, its customer is told from which to which', async () => {
    const customer = await scene.customer();
    const { accountId: ownerAccountId } = await scene.account(customer, 'proven');
    const service = await scene.service();
    const vpcEndpointId = scene.vpcEndpointId();
    const shown = { ownerAccountId, vpcEndpointId };
    const told = await toldBy(async () => {
      for (const awsState of ['pendingAcceptance', 'pendingAcceptance', 'available']) {
        await scene.showConnection(service, { ...shown, awsState });
      }
    });
    const about = {
      subject: { kind: 'connection', id: expect.stringMatching(/^con_/) },
      customerId: customer.id,
    };
    expect(told).toEqual([
      { type: 'connection.pending_acceptance', ...about, before: null, after: 'pendingAcceptance' },
      { type: 'connection.available', ...about, before: 'pendingAcceptance', after: 'available' },
    ]);
  });

  it('when the owner of a connection is nobody we know, staff alone are told', async () => {
    const service = await scene.service();
    const told = await toldBy(() =>
      scene.showConnection(service, { ownerAccountId: scene.accountNumber() }),
    );
    expect(told).toMatchObject([{ type: 'connection.pending_acceptance', customerId: null }]);
  });

  it('when an operation ends, that is told once', async () => {
    const id = makeId('operation');
    const times = { createdAt: clock.now(), updatedAt: clock.now(), finishedAt: null };
    const about = { subjectId: 'acct_1', customerId: 'cus_1', message: 'M', heldUpBy: [] };
    const state = { state: 'running', errorCode: null } as const;
    await operations.insert(db, { id, kind: 'prove_account', ...state, ...about, ...times });
    const told = await toldBy(async () => {
      const outcome = { state: 'failed', message: 'No', errorCode: 'proof_refused' } as const;
      await operations.finish(db, id, outcome, clock.now());
      await operations.finish(db, id, outcome, clock.now());
    });
    expect(told).toEqual([
      {
        type: 'operation.failed',
        subject: { kind: 'operation', id },
        customerId: 'cus_1',
        before: 'running',
        after: 'failed',
      },
    ]);
  });

  it('when a private DNS name gets on or is blocked, each phase is told once', async () => {
    const { id } = await scene.service();
    await privateDns.want(db, id, 'api.example.com', clock.now());
    const step = async (phase: 'publishing' | 'verifying' | 'verified') => {
      const before = (await privateDns.find(db, id))!;
      await privateDns.record(db, before, { ...before, phase, phaseSince: clock.now() });
    };
    const told = await toldBy(async () => {
      for (const phase of ['publishing', 'publishing', 'verifying', 'verified'] as const) {
        await step(phase);
      }
      for (const problem of ['no zone', 'no zone']) {
        const before = (await privateDns.find(db, id))!;
        await privateDns.recordProblem(db, before, problem, clock.now());
      }
    });
    expect(told.map(({ type, before, after }) => [type, before, after])).toEqual([
      ['private_dns.publishing', 'configuring', 'publishing'],
      ['private_dns.verifying', 'publishing', 'verifying'],
      ['private_dns.blocked', 'verified', 'blocked'],
    ]);
  });
});
