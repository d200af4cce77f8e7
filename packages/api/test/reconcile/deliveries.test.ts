// From an event to the receiver: signed, again when it did not arrive, and given up in the end.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Webhook as Verifier } from 'standardwebhooks';
import { SealError } from '../../src/domain/sealed-secret.ts';
import { deliver, fanOut, isQuiet, type Delivering } from '../../src/reconcile/deliveries.ts';
import * as deliveries from '../../src/storage/deliveries.ts';
import { openDeliveryQueue, type DeliveryQueue } from '../../src/storage/delivery-queue.ts';
import * as events from '../../src/storage/events.ts';
import * as storage from '../../src/storage/webhooks.ts';
import * as customers from '../../src/usecases/customers.ts';
import * as uses from '../../src/usecases/deliveries.ts';
import * as webhooks from '../../src/usecases/webhooks.ts';
import { createSecretSeals } from '../../src/usecases/secret-seals.ts';
import { resealAll } from '../../src/usecases/webhook-secrets.ts';
import { createPost } from '../../src/webhooks/post.ts';
import { testSeals } from '../secret-seals.ts';
import { startReceiver, type Receiver } from '../webhooks/receiver.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let queue: DeliveryQueue;
let it_: Delivering;
let receiver: Receiver;
beforeAll(async () => {
  world = await startWorkerScene();
  queue = await openDeliveryQueue(world.db, (error) => world.errors.push(error));
  const post = createPost({ anywhere: true });
  const { db, clock, makeId } = world;
  it_ = { db, queue, post, now: clock.now, makeId, secretSeals: testSeals };
  // What tests verify goes by the clock of this machine.
  world.clock.advance(Date.now() - world.clock.now().getTime());
});
afterAll(async () => {
  await queue.stop();
  await world.close();
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  // What the test has left is told to its own webhooks, and not to those of the next one.
  await publish();
  await world.db.query('DELETE FROM webhooks; DELETE FROM pgboss.job; DELETE FROM event_outbox');
});

const never = new AbortController().signal;
const create = (terms: Partial<Parameters<typeof webhooks.create>[1]> = {}) =>
  world.change((context) => {
    return webhooks.create(
      { ...context, webhooksAnywhere: true },
      { targetUrl: receiver.url, ...terms },
    );
  });

/** Something happens to a customer. @returns the customer */
async function happen(type: 'customer.updated' | 'grant.created' = 'customer.updated') {
  const { id } = await world.scene.customer();
  await events.tell(world.db, [
    { type, at: world.clock.now(), subjectId: id, customerId: id, state: nothing, alarm: null },
  ]);
  return id;
}
const nothing = { before: null, after: null };

/** Every attempt whose turn it is, by one worker. @returns how many there were */
async function work(stop = never): Promise<number> {
  await publish();
  const turns = await queue.take(100);
  for (const turn of turns) await deliver(it_, turn, stop);
  return turns.length;
}

async function publish(): Promise<void> {
  await events.publish(world.db, () => world.makeId('event'));
  while (await fanOut(it_));
}

/** What waits for its next turn, has it now. */
const hurry = () => world.db.query('UPDATE pgboss.job SET start_after = now()');

async function listed(webhookId: string) {
  return deliveries.list(world.db, { webhookId }, { limit: 50, after: null });
}
const reload = async (id: string) => (await storage.find(world.db, id, null))!;

const told = (resealed: number, unsealed: string[] = []) => ({ resealed, unsealed, lost: [] });

describe('a secret', () => {
  it('when the database is read, it is not there, and it still signs', async () => {
    const { id, secret } = await create();
    const [{ row }] = (await world.db.query('SELECT w::text AS row FROM webhooks w')) as [
      { row: string },
    ];
    expect(row).toContain('sealed1.');
    for (const part of [secret, secret.slice(6)]) expect(row).not.toContain(part);
    await happen();
    await work();
    const { body, headers } = receiver.received[0]!;
    new Verifier(secret).verify(body, headers as Record<string, string>);
    expect(await listed(id)).toMatchObject([{ state: 'delivered' }]);
  });

  it('when it is from before there was a key, it signs, and is sealed soon', async () => {
    const { id, secret } = await create();
    const inTheClear = [{ secret, createdAt: world.clock.now(), endsAt: null }];
    await storage.update(world.db, id, { secrets: inTheClear });
    const { db, random, clock } = world;
    const { now } = clock;
    expect(await resealAll({ db, now, random, seals: null })).toEqual(told(0, [id]));
    await happen();
    await work();
    expect(await resealAll({ db, now, random, seals: testSeals })).toEqual(told(1));
    expect(await resealAll({ db, now, random, seals: testSeals })).toEqual(told(0));
    expect((await reload(id)).secrets[0]!.secret).toMatch(/^sealed1\./);
    await happen();
    await work();
    expect(receiver.received).toHaveLength(2);
    for (const { body, headers } of receiver.received) {
      new Verifier(secret).verify(body, headers as Record<string, string>);
    }
  });

  it('when there is no key to keep it under, no webhook is made', async () => {
    const made = world.change((context) =>
      webhooks.create({ ...context, secretSeals: null }, { targetUrl: 'https://a.example/' }),
    );
    await expect(made).rejects.toMatchObject({ code: 'secrets_key_missing' });
    expect(await storage.listIds(world.db)).toEqual([]);
  });

  it('when the key is changed, it is sealed anew, and the old key can go', async () => {
    const { id, secret } = await create();
    const { db, random, clock } = world;
    const { now } = clock;
    const [before, after] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
    await resealAll({ db, now, random, seals: createSecretSeals([after, before]) });
    const { secrets } = await reload(id);
    const stored = secrets[0]!.secret;
    expect(createSecretSeals([after]).open(stored, id)).toBe(secret);
    expect(() => testSeals.open(stored, id)).toThrow(SealError);
  });

  it('when its key is not there, nothing is sent, and the delivery says so', async () => {
    const { id } = await create();
    const { db, random, clock } = world;
    const { now } = clock;
    const seals = createSecretSeals([Buffer.alloc(32, 9)]);
    expect(await resealAll({ db, now, random, seals })).toMatchObject({ lost: [id] });
    it_ = { ...it_, secretSeals: seals };
    await happen();
    await work();
    it_ = { ...it_, secretSeals: testSeals };
    expect(receiver.received).toEqual([]);
    const error = 'Nothing was sent: the service has no key to sign it.';
    expect(await listed(id)).toMatchObject([{ state: 'pending', attempts: [{ error }] }]);
    await hurry();
    await work();
    expect(await listed(id)).toMatchObject([{ state: 'delivered' }]);
    await world.change((context) =>
      webhooks.rotateSecret({ ...context, secretSeals: seals }, id, { overlapHours: 0 }),
    );
    expect(await resealAll({ db, now, random, seals })).toEqual(told(0));
  });
});

describe('a message', () => {
  it('when something happens, it arrives and is verified by the specification', async () => {
    const { id, secret } = await create();
    const customerId = await happen();
    await work();
    const [message] = receiver.received;
    const headers = message!.headers as Record<string, string>;
    const payload = new Verifier(secret).verify(message!.body, headers);
    expect(payload).toEqual({
      type: 'customer.updated',
      timestamp: world.clock.now().toISOString(),
      data: {
        id: headers['webhook-id'],
        type: 'customer.updated',
        at: world.clock.now().toISOString(),
        subject: { kind: 'customer', id: customerId },
        customer_id: customerId,
        state: nothing,
        alarm: null,
      },
    });
    expect(await listed(id)).toMatchObject([
      { state: 'delivered', messageId: headers['webhook-id'], attempts: [{ status: 200 }] },
    ]);
    expect(await work()).toBe(0);
  });

  it('when the secret was rotated, both verify it until the old one ends', async () => {
    const { id, secret: old } = await create();
    const { secret } = await world.change((context) =>
      webhooks.rotateSecret(context, id, { overlapHours: 1 }),
    );
    const verified = async () => {
      receiver.received = [];
      await happen();
      await work();
      const { body, headers } = receiver.received[0]!;
      return [old, secret].map((one) => {
        try {
          return Boolean(new Verifier(one).verify(body, headers as Record<string, string>));
        } catch {
          return false;
        }
      });
    };
    expect(await verified()).toEqual([true, true]);
    await storage.update(world.db, id, {
      secrets: (await reload(id)).secrets.map((one) => ({
        ...one,
        endsAt: one.endsAt && world.clock.now(),
      })),
    });
    expect(await verified()).toEqual([false, true]);
  });

  it('when it is limited to types or a customer, nothing else is sent', async () => {
    const mine = await happen();
    await work();
    await create({ eventTypes: ['grant.*'] });
    const { id } = await create({ customerId: mine });
    await happen('customer.updated');
    await happen('grant.created');
    const body = { name: 'Renamed' };
    await world.change((context) => customers.update(context, mine, body));
    await work();
    expect((await listed(id)).map(({ type }) => type)).toEqual(['customer.updated']);
    const bodies = receiver.received.map(({ body: text }) => JSON.parse(text) as { type: string });
    expect(bodies.map(({ type }) => type).sort()).toEqual(['customer.updated', 'grant.created']);
  });

  it('when two workers make deliveries at once, each event is sent once', async () => {
    await create();
    for (let n = 0; n < 5; n++) await happen();
    await events.publish(world.db, () => world.makeId('event'));
    await Promise.all([fanOut(it_), fanOut(it_), fanOut(it_)]);
    await fanOut(it_);
    const turns = (await Promise.all([queue.take(3), queue.take(3)])).flat();
    await Promise.all(turns.map((turn) => deliver(it_, turn, never)));
    while ((await work()) > 0);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(5);
  });

  it('when all webhooks of a customer are slow, the others have their turns', async () => {
    const customerId = await happen();
    const theirs: string[] = [];
    for (let n = 0; n < 5; n++) theirs.push((await create({ customerId })).id);
    await world.db.query(`UPDATE webhooks SET owner = 'customer'`);
    const ours = [(await create()).id, (await create()).id];
    const told = { type: 'customer.updated' as const, subjectId: customerId, customerId };
    const event = { ...told, at: world.clock.now(), state: nothing, alarm: null };
    await events.tell(
      world.db,
      Array.from({ length: 5 }, () => event),
    );
    await events.publish(world.db, () => world.makeId('event'));
    while (await fanOut(it_));
    const taken: string[] = [];
    for (let look = 0; look < 20; look++) {
      for (const { deliveryId } of await queue.take(16)) {
        taken.push((await deliveries.webhookIdOf(world.db, deliveryId))!);
      }
    }
    const of = (ids: string[]) => taken.filter((id) => ids.includes(id)).length;
    expect([of(theirs), ...ours.map((id) => of([id]))]).toEqual([4, 4, 4]);
  });

  it('when the database is quarantined, workers keep quiet, and what waits is kept', async () => {
    expect(await isQuiet(world.db)).toBe(false);
    await world.db.query(`UPDATE deployment SET quarantine = 'older_database'`);
    expect(await isQuiet(world.db)).toBe(true);
    await create();
    await happen();
    await events.publish(world.db, () => world.makeId('event'));
    while (await fanOut(it_));
    // As the queue does once a day, a year later.
    await world.db.query(`DELETE FROM pgboss.job WHERE keep_until < now() + interval '1 year'`);
    await world.db.query('UPDATE deployment SET quarantine = NULL');
    expect(await work()).toBe(1);
  });
});

describe('a message that does not arrive', () => {
  it('when the receiver fails, it comes again later, with the same id and text', async () => {
    const { id } = await create();
    receiver.answer = (response) => void response.writeHead(503).end();
    await happen();
    await work();
    const [waiting] = await listed(id);
    expect(waiting).toMatchObject({
      state: 'pending',
      attempts: [{ status: 503, error: 'It answered with status 503.' }],
    });
    expect(waiting!.nextAttemptAt!.getTime()).toBeGreaterThan(Date.now());
    expect((await reload(id)).failingSince).toEqual(world.clock.now());
    expect(await work()).toBe(0);
    receiver.answer = (response) => void response.end();
    await hurry();
    await work();
    expect(await listed(id)).toMatchObject([{ state: 'delivered', nextAttemptAt: null }]);
    const [first, second] = receiver.received;
    expect(second!.body).toBe(first!.body);
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect((await reload(id)).failingSince).toBeNull();
  });

  it('when it fails again and again, the pauses grow, over about three days in all', async () => {
    const { id } = await create();
    receiver.answer = (response) => void response.writeHead(500).end();
    await happen();
    await work();
    const pauses: number[] = [];
    for (let turn = 0; turn < 30; turn++) {
      const [delivery] = await listed(id);
      if (delivery!.state !== 'pending') break;
      pauses.push(delivery!.nextAttemptAt!.getTime() - Date.now());
      await hurry();
      await work();
    }
    expect(pauses).toHaveLength(20);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(28_800_000);
    const days = pauses.reduce((sum, ms) => sum + ms) / 86_400_000;
    expect(days).toBeGreaterThan(1);
    expect(days).toBeLessThan(4);
    expect(await listed(id)).toMatchObject([{ state: 'failed', nextAttemptAt: null }]);
    expect(await work()).toBe(0);
  });

  it('when the receiver says that it is gone, it is disabled, and that is told', async () => {
    const { id } = await create();
    receiver.answer = (response) => void response.writeHead(410).end();
    for (const _ of [1, 2]) await happen();
    await work();
    expect(await reload(id)).toMatchObject({
      disabledSince: world.clock.now(),
      disabledReason: expect.stringContaining('410'),
    });
    expect((await listed(id)).map(({ state }) => state).sort()).toEqual(['cancelled', 'failed']);
    expect(receiver.received).toHaveLength(1);
    await events.publish(world.db, () => world.makeId('event'));
    const filter = { subjectId: id, types: ['webhook.disabled'] };
    expect(await events.listAfter(world.db, filter, 0, 9)).toHaveLength(1);
  });

  it('when nothing has arrived for five days, it is given up', async () => {
    const { id } = await create();
    receiver.answer = (response) => void response.writeHead(500).end();
    const before = new Date(world.clock.now().getTime() - 4.9 * 86_400_000);
    await storage.update(world.db, id, { failingSince: before });
    await happen();
    await work();
    expect((await reload(id)).disabledSince).toBeNull();
    world.clock.advance(0.2 * 86_400_000);
    await hurry();
    await work();
    expect((await reload(id)).disabledReason).toContain('five days');
    world.clock.advance(Date.now() - world.clock.now().getTime());
  });

  it('when the worker is stopped, the attempt is not counted and comes again', async () => {
    const { id } = await create();
    receiver.answer = () => {};
    await happen();
    const stop = new AbortController();
    const working = work(stop.signal);
    while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await working;
    expect(await listed(id)).toMatchObject([{ state: 'pending', attempts: [] }]);
    receiver.answer = (response) => void response.end();
    await hurry();
    await work();
    expect(await listed(id)).toMatchObject([{ state: 'delivered' }]);
  });
});

describe('a message that is asked for', () => {
  it('when an address is tried out, it gets a message that says so', async () => {
    const { id } = await create({ eventTypes: ['grant.*'] });
    const { id: deliveryId } = await world.change((context) => uses.test(context, id));
    await work();
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({
      type: 'webhook.test',
      data: { webhook_id: id },
    });
    expect(await deliveries.find(world.db, id, deliveryId)).toMatchObject({ state: 'delivered' });
  });

  it('when a delivery is asked for again, the same message comes once more', async () => {
    const { id } = await create({ eventTypes: ['customer.*'] });
    await happen();
    await work();
    const [first] = await listed(id);
    await world.change((context) => uses.redeliver(context, id, first!.id));
    await work();
    const [one, two] = receiver.received;
    expect(two!.body).toBe(one!.body);
    expect(two!.headers['webhook-id']).toBe(one!.headers['webhook-id']);
    expect(await listed(id)).toHaveLength(2);
  });
});

it('when all is said and done, nothing has failed that should not', () => {
  expect(world.errors).toEqual([]);
});
