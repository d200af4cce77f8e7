// Sends events to webhooks: makes the deliveries that the feed asks for, and carries out those
// whose turn it is. It changes nothing in AWS, and is no target: the queue has the turns.

import type { IdKind } from '../domain/ids.ts';
import { SealError, type SecretSeals } from '../domain/sealed-secret.ts';
import {
  isGivenUp,
  judge,
  liveSecrets,
  ownerOf,
  payloadOf,
  signedHeaders,
  wants,
  type Attempt,
  type Webhook,
} from '../domain/webhook.ts';
import * as auditEntries from '../storage/audit-entries.ts';
import * as deliveries from '../storage/deliveries.ts';
import type { DeliveryQueue, Turn } from '../storage/delivery-queue.ts';
import * as deployments from '../storage/deployments.ts';
import * as events from '../storage/events.ts';
import type { Database, Queryable } from '../storage/postgres/database.ts';
import * as webhooks from '../storage/webhooks.ts';
import type { Post } from '../webhooks/post.ts';

export interface Delivering {
  db: Database;
  queue: DeliveryQueue;
  post: Post;
  /** What opens the secrets that sign; null where no key is set. */
  secretSeals: SecretSeals | null;
  now: () => Date;
  makeId: (kind: IdKind) => string;
}

/** Events of one transaction. */
const eventsMax = 200;
const queuedMax = 500;

/** A database that is a copy, or older than what it manages, has nothing to tell anybody. */
export async function isQuiet(db: Queryable): Promise<boolean> {
  return (await deployments.find(db))?.quarantine != null;
}

/**
 * Makes the deliveries of the events since the last time: each event goes to each webhook that
 * wants it once, whoever makes them, as the place in the feed moves on in the same transaction.
 * @returns whether there may be more
 */
export async function fanOut({ db, queue, now, makeId }: Delivering): Promise<boolean> {
  return db.transaction(async (tx) => {
    const position = await deliveries.lockPosition(tx);
    if (position === null) return false;
    const found = await events.listAfter(tx, {}, position, eventsMax);
    const enabled = found.length > 0 ? await webhooks.listEnabled(tx) : [];
    for (const event of found) {
      for (const webhook of enabled) {
        if (!wants(webhook, event)) continue;
        await deliveries.insert(tx, {
          id: makeId('delivery'),
          webhookId: webhook.id,
          messageId: event.id,
          type: event.type,
          payload: payloadOf(event),
          createdAt: now(),
        });
      }
    }
    if (found.length > 0) await deliveries.recordPosition(tx, found.at(-1)!.position);
    const unqueued = await deliveries.takeUnqueued(tx, queuedMax, now());
    await queue.add(tx, unqueued);
    return found.length === eventsMax || unqueued.length === queuedMax;
  });
}

/** Makes one attempt, and records what came of it. An attempt that is cut short comes again. */
export async function deliver(it: Delivering, turn: Turn, stop: AbortSignal): Promise<void> {
  const ready = await prepare(it, turn);
  if (!ready) return;
  const { webhook, parcel } = ready;
  const at = it.now();
  const message = { id: parcel.messageId, at, body: parcel.payload };
  const attempt = await attemptAt(it, at, async () => {
    const headers = signedHeaders(message, liveSecrets(webhook, at, it.secretSeals));
    return it.post({ url: webhook.targetUrl, headers, body: parcel.payload }, stop);
  });
  if (stop.aborted && attempt.status === null) {
    await it.db.transaction((tx) => it.queue.retry(tx, turn));
    return;
  }
  await it.db.transaction((tx) => settle(it, tx, turn, attempt));
}

/** What is to be sent, unless that is over by now. */
async function prepare({ db, queue, now }: Delivering, turn: Turn) {
  return db.transaction(async (tx) => {
    const parcel = await deliveries.findParcel(tx, turn.deliveryId);
    const webhook = parcel && (await webhooks.find(tx, parcel.webhookId, null));
    if (parcel?.state === 'pending' && webhook && webhook.disabledSince === null) {
      return { parcel, webhook };
    }
    if (parcel?.state === 'pending') {
      const cancelled = { attempt: null, state: 'cancelled', nextAttemptAt: null } as const;
      await deliveries.record(tx, parcel.id, cancelled, now());
    }
    await queue.finish(tx, turn);
    return null;
  });
}

async function attemptAt(
  { now }: Delivering,
  at: Date,
  send: () => Promise<number>,
): Promise<Attempt> {
  const passed = () => now().getTime() - at.getTime();
  try {
    const status = await send();
    const error = status >= 200 && status < 300 ? null : `It answered with status ${status}.`;
    return { at, status, durationMs: passed(), error };
  } catch (error) {
    return { at, status: null, durationMs: passed(), error: inWords(error) };
  }
}

/** The words of an error, short enough to keep. */
function inWords(error: unknown): string {
  if (error instanceof SealError) return 'Nothing was sent: the service has no key to sign it.';
  const { code, message } = error as NodeJS.ErrnoException;
  return (message || code || String(error)).slice(0, 300);
}

async function settle(it: Delivering, tx: Queryable, turn: Turn, attempt: Attempt): Promise<void> {
  const { queue } = it;
  const found = await findHeld(tx, turn);
  if (!found) return queue.finish(tx, turn);
  const { webhook, parcel } = found;
  const verdict = judge(attempt, parcel.attempts.length);
  await tellWebhook(it, tx, webhook, attempt, verdict === 'gone');
  const nextAttemptAt = verdict === 'again' ? await queue.retry(tx, turn) : null;
  const isOver = nextAttemptAt === null;
  if (isOver && verdict !== 'again') await queue.finish(tx, turn);
  const state = verdict === 'delivered' ? 'delivered' : isOver ? 'failed' : 'pending';
  await deliveries.record(tx, parcel.id, { attempt, state, nextAttemptAt }, it.now());
}

/** Webhooks are locked before their deliveries, as these are deleted with them. */
async function findHeld(tx: Queryable, { deliveryId }: Turn) {
  const id = await deliveries.webhookIdOf(tx, deliveryId);
  if (id === null) return null;
  await webhooks.lock(tx, id);
  const webhook = await webhooks.find(tx, id, null);
  const parcel = webhook && (await deliveries.findParcel(tx, deliveryId));
  return webhook && parcel ? { webhook, parcel } : null;
}

/** What the attempt says of the address: it works, it fails since when, or it is given up. */
async function tellWebhook(
  it: Delivering,
  tx: Queryable,
  webhook: Webhook,
  { status, at }: Attempt,
  isGone: boolean,
): Promise<void> {
  const hasArrived = status !== null && status >= 200 && status < 300;
  const failingSince = hasArrived ? null : (webhook.failingSince ?? at);
  if (failingSince?.getTime() !== webhook.failingSince?.getTime()) {
    await webhooks.update(tx, webhook.id, { failingSince });
  }
  if (webhook.disabledSince !== null) return;
  if (isGone) await disable(it, tx, webhook, 'The address answered that it is gone (410).');
  else if (isGivenUp(failingSince, it.now())) {
    await disable(it, tx, webhook, 'Nothing has arrived for five days.');
  }
}

async function disable(
  { now, makeId }: Delivering,
  tx: Queryable,
  webhook: Webhook,
  reason: string,
): Promise<void> {
  const at = now();
  const disabled = { disabledSince: at, disabledReason: reason };
  await webhooks.update(tx, webhook.id, { ...disabled, updatedAt: at });
  await auditEntries.insert(tx, {
    id: makeId('auditEntry'),
    at,
    actor: 'worker:deliveries',
    action: 'disableWebhook',
    subjectId: webhook.id,
    customerId: ownerOf(webhook),
    reason,
    changeRef: null,
    before: { disabledSince: null, disabledReason: null },
    after: disabled,
    requestId: null,
  });
}
