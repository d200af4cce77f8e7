// Webhooks: where events are sent, by the Standard Webhooks specification, and when that is given
// up.

import { createHmac } from 'node:crypto';
import type { Event } from './event.ts';
import type { EventType } from './event-types.ts';
import { SealError, sealingKeyOf, type SecretSeals } from './sealed-secret.ts';

export interface Webhook {
  id: string;
  owner: 'vendor' | 'customer';
  /** Whose events it gets; null for those of everybody. */
  customerId: string | null;
  targetUrl: string;
  description: string;
  /** As they were named: a type, or all of a resource as `connection.*`; none for every type. */
  eventTypes: string[];
  /** The newest first; one that has a successor ends. */
  secrets: WebhookSecret[];
  disabledSince: Date | null;
  disabledReason: string | null;
  /** Since when no delivery has succeeded, though some were tried. */
  failingSince: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface WebhookSecret {
  /** Sealed; as it is, where it was made before there was a key to seal it with. */
  secret: string;
  createdAt: Date;
  endsAt: Date | null;
}

export const deliveryStates = ['pending', 'delivered', 'failed', 'cancelled'] as const;
/**
 * `pending`: it is still tried · `delivered`: the address has taken it · `failed`: it was tried
 * for about three days · `cancelled`: the webhook was switched off first.
 */
export type DeliveryState = (typeof deliveryStates)[number];

export interface Delivery {
  id: string;
  webhookId: string;
  /** The same for each time that an event is sent there: receivers tell repeats by it. */
  messageId: string;
  type: string;
  state: DeliveryState;
  attempts: Attempt[];
  nextAttemptAt: Date | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface Attempt {
  at: Date;
  /** Of the answer; null when there was none. */
  status: number | null;
  durationMs: number;
  error: string | null;
}

/** Addresses of one owner. */
export const webhooksMax = 20;
/** For how long two secrets are live, unless told otherwise. */
export const usualOverlapHours = 24;
/** An address that has taken nothing for so long is given up. */
const failingMaxMs = 5 * 86_400_000;

/**
 * Retries go on for about three days: 10 s, 20 s and so on, doubled up to eight hours, each with up
 * to half of it off by chance.
 */
export const retries = { limit: 20, delaySeconds: 10, delayMaxSeconds: 28_800 } as const;

/** `whsec_` and 256 bits in base64, as the specification has it. */
export function formatWebhookSecret(random: Uint8Array): string {
  return `whsec_${Buffer.from(random).toString('base64')}`;
}

/** Who is told of changes of it: what the vendor has about a customer is not the customer's. */
export function ownerOf({ owner, customerId }: Webhook): string | null {
  return owner === 'customer' ? customerId : null;
}

export function isLive({ endsAt }: WebhookSecret, now: Date): boolean {
  return endsAt === null || endsAt > now;
}

/** @throws SealError when one of them cannot be opened here */
export function liveSecrets(
  { id, secrets }: Pick<Webhook, 'id' | 'secrets'>,
  now: Date,
  seals: SecretSeals | null,
): string[] {
  return secrets
    .filter((secret) => isLive(secret, now))
    .map(({ secret }) => openSecret(secret, id, seals));
}

/** @throws SealError */
export function openSecret(stored: string, webhookId: string, seals: SecretSeals | null): string {
  if (sealingKeyOf(stored) === null) return stored;
  if (!seals) throw new SealError('There is no key to open this secret.');
  return seals.open(stored, webhookId);
}

/** The headers of a message: one signature for each secret that is live. */
export function signedHeaders(
  message: { id: string; at: Date; body: string },
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = Math.floor(message.at.getTime() / 1000);
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  return {
    'webhook-id': message.id,
    'webhook-timestamp': `${timestamp}`,
    'webhook-signature': signatures.join(' '),
  };
}

/** Whether the event is for this address, which does not hear of itself. */
export function wants(
  { id, eventTypes, customerId, createdAt }: Webhook,
  event: Pick<Event, 'type' | 'customerId' | 'at' | 'subject'>,
): boolean {
  if (event.at < createdAt || event.subject.id === id) return false;
  if (customerId !== null && event.customerId !== customerId) return false;
  return eventTypes.length === 0 || eventTypes.some((named) => names(named, event.type));
}

/** Whether it is the type, or all of its resource as `connection.*`. */
export function names(named: string, type: EventType): boolean {
  return named.endsWith('.*') ? type.startsWith(named.slice(0, -1)) : named === type;
}

/** The text that is sent: what happened, in the words of the API, and nothing more. */
export function payloadOf(event: Event): string {
  const { id, type, at, subject, customerId, state, alarm } = event;
  const data = { id, type, at, subject, customer_id: customerId, state, alarm };
  return JSON.stringify({ type, timestamp: at, data });
}

/** What is sent to try an address out. */
export function testPayload(webhookId: string, at: Date): string {
  const data = { webhook_id: webhookId };
  return JSON.stringify({ type: 'webhook.test', timestamp: at, data });
}

/** What becomes of a delivery, and of its address, after an attempt. */
export type Verdict = 'delivered' | 'gone' | 'again' | 'failed';

export function judge({ status }: Attempt, attemptsBefore: number): Verdict {
  if (status !== null && status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return attemptsBefore < retries.limit ? 'again' : 'failed';
}

export function isGivenUp(failingSince: Date | null, now: Date): boolean {
  return failingSince !== null && now.getTime() - failingSince.getTime() > failingMaxMs;
}
