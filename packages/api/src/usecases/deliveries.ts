// Deliveries of a webhook: what was sent and what came of it, and sending it once more.

import { refuse } from '../domain/errors.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import {
  ownerOf,
  testPayload,
  type Delivery,
  type Webhook,
  type DeliveryState,
} from '../domain/webhook.ts';
import * as storage from '../storage/deliveries.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import { existing } from './existing.ts';
import * as webhooks from './webhooks.ts';

export async function list(
  context: Context,
  webhookId: string,
  filter: { state?: DeliveryState | undefined },
  page: PageRequest,
): Promise<Page<Delivery>> {
  const { id } = await webhooks.find(context, webhookId);
  const { state } = filter;
  return toPage(await storage.list(context.db, { webhookId: id, state }, page), page.limit);
}

export async function get(context: Context, webhookId: string, id: string): Promise<Delivery> {
  await webhooks.find(context, webhookId);
  return existing(await storage.find(context.db, webhookId, id), 'delivery', id);
}

/** Sends a message that tells of nothing, to see that it arrives. */
export async function test(context: Context, webhookId: string): Promise<Delivery> {
  const webhook = await usable(context, webhookId);
  const id = context.makeId('delivery');
  const payload = testPayload(webhook.id, context.now);
  const parcel = { id, messageId: id, type: 'webhook.test', payload };
  return send(context, webhook, parcel, { action: 'testWebhook' });
}

/** The same message once more, under the same message id, by which receivers tell repeats. */
export async function redeliver(
  context: Context,
  webhookId: string,
  id: string,
): Promise<Delivery> {
  const webhook = await usable(context, webhookId);
  await get(context, webhookId, id);
  // What is kept for a time only may have been deleted since.
  const kept = existing(await storage.findParcel(context.db, id), 'delivery', id);
  const { messageId, type, payload } = kept;
  const parcel = { id: context.makeId('delivery'), messageId, type, payload };
  return send(context, webhook, parcel, { action: 'redeliverEvent', of: id });
}

async function usable(context: Context, webhookId: string): Promise<Webhook> {
  const webhook = await webhooks.getHeld(context, webhookId);
  if (webhook.disabledSince === null) return webhook;
  throw refuse('invalid_state_transition', `Webhook ${webhook.id} is switched off.`, {
    command: `sallyport webhooks update ${webhook.id} --enabled`,
  });
}

type Parcel = Pick<storage.NewDelivery, 'id' | 'messageId' | 'type' | 'payload'>;

async function send(
  context: Context,
  webhook: Webhook,
  parcel: Parcel,
  { action, of = null }: { action: 'testWebhook' | 'redeliverEvent'; of?: string | null },
): Promise<Delivery> {
  const { id, messageId, type } = parcel;
  const createdAt = context.now;
  await storage.insert(context.db, { ...parcel, webhookId: webhook.id, createdAt });
  await audit(context, {
    action,
    subjectId: webhook.id,
    customerId: ownerOf(webhook),
    before: of === null ? null : { deliveryId: of },
    after: { deliveryId: id, messageId, type },
  });
  return existing(await storage.find(context.db, webhook.id, id), 'delivery', id);
}
