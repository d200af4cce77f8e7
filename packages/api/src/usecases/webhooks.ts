// Webhooks: addresses that events are sent to. Workers send; what is checked here of an address is
// only its form, as what its name stands for may change at any time.

import { refuse, refuseInput } from '../domain/errors.ts';
import { sealingNonceBytes } from '../domain/sealed-secret.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import {
  formatWebhookSecret,
  ownerOf,
  usualOverlapHours,
  webhooksMax,
  type Webhook,
} from '../domain/webhook.ts';
import * as storage from '../storage/webhooks.ts';
import { audit } from './audit.ts';
import { tenant, type Context } from './context.ts';
import * as customers from './customers.ts';
import { typesOf } from './events.ts';
import { difference, existing, held } from './existing.ts';
import { customerScope } from './filters.ts';
import { once } from './deletions.ts';

/** A webhook as it is shown: without its secrets. */
export type ShownWebhook = Omit<Webhook, 'secrets'> & { secretEndsAt: Date | null };
export type WebhookWithSecret = ShownWebhook & { secret: string };

export interface WebhookTerms {
  targetUrl: string;
  description?: string;
  eventTypes?: string[];
}

export async function create(
  context: Context,
  input: WebhookTerms & { customerId?: string },
): Promise<WebhookWithSecret> {
  const own = tenant(context);
  refuseLimited(context);
  const customerId = await customerOf(context, input.customerId);
  check(context, input);
  if ((await storage.countOfOwner(context.db, own)) >= webhooksMax) {
    throw refuse('limit_reached', `There are ${webhooksMax} webhooks already.`, {
      command: 'sallyport webhooks list',
    });
  }
  const id = context.makeId('webhook');
  const { secret, sealed } = makeSecret(context, id);
  const webhook: Webhook = {
    id,
    owner: own === null ? 'vendor' : 'customer',
    customerId,
    targetUrl: input.targetUrl,
    description: input.description ?? '',
    eventTypes: input.eventTypes ?? [],
    secrets: [{ secret: sealed, createdAt: context.now, endsAt: null }],
    disabledSince: null,
    disabledReason: null,
    failingSince: null,
    createdAt: context.now,
    updatedAt: context.now,
  };
  await storage.insert(context.db, webhook);
  await tell(context, 'createWebhook', null, webhook);
  return { ...shown(webhook, context.now), secret };
}

export async function list(
  context: Context,
  filter: { customerId?: string | undefined },
  page: PageRequest,
): Promise<Page<ShownWebhook>> {
  const scope = {
    customerId: await customerScope(context, filter.customerId),
    owner: tenant(context) === null ? undefined : ('customer' as const),
  };
  const found = await storage.list(context.db, scope, page);
  return toPage(
    found.map((webhook) => shown(webhook, context.now)),
    page.limit,
  );
}

export async function get(context: Context, id: string): Promise<ShownWebhook> {
  return shown(await find(context, id), context.now);
}

/** Switching one on again gives it another few days, and nothing of what it has missed. */
export async function update(
  context: Context,
  id: string,
  changes: Partial<WebhookTerms> & { enabled?: boolean },
): Promise<ShownWebhook> {
  const before = await getHeld(context, id);
  check(context, changes);
  const { enabled = before.disabledSince === null, ...terms } = changes;
  const isSwitched = enabled !== (before.disabledSince === null);
  const after: Webhook = { ...before, ...terms, ...(isSwitched && switched(enabled, context.now)) };
  if (difference(before, after) === null) return shown(before, context.now);
  const { targetUrl, description, eventTypes, disabledSince, disabledReason, failingSince } = after;
  const written = {
    targetUrl,
    description,
    eventTypes,
    disabledSince,
    disabledReason,
    failingSince,
  };
  await storage.update(context.db, id, { ...written, updatedAt: context.now });
  await tell(context, 'updateWebhook', before, { ...after, updatedAt: context.now });
  return shown({ ...after, updatedAt: context.now }, context.now);
}

export function remove(context: Context, id: string): Promise<void> {
  return once(context, { action: 'deleteWebhook', id }, () => removePresent(context, id));
}

async function removePresent(context: Context, id: string): Promise<void> {
  const before = await getHeld(context, id);
  await storage.remove(context.db, id);
  await tell(context, 'deleteWebhook', before, null);
}

/** A new secret signs beside the old one, which ends after a while. */
export async function rotateSecret(
  context: Context,
  id: string,
  { overlapHours = usualOverlapHours }: { overlapHours?: number },
): Promise<WebhookWithSecret> {
  const { now } = context;
  const before = await getHeld(context, id);
  const [newest, ...older] = before.secrets;
  if (older.some(({ endsAt }) => endsAt !== null && endsAt > now)) {
    const detail = 'Two secrets are live already: wait until the older one ends.';
    throw refuse('invalid_state_transition', detail);
  }
  const { secret, sealed } = makeSecret(context, before.id);
  const endsAt = new Date(now.getTime() + overlapHours * 3_600_000);
  const secrets = [
    { secret: sealed, createdAt: now, endsAt: null },
    { ...newest!, endsAt },
  ];
  const after = { ...before, secrets, updatedAt: now };
  await storage.update(context.db, id, { secrets, updatedAt: now });
  await tell(context, 'rotateWebhookSecret', before, after);
  return { ...shown(after, now), secret };
}

export async function find(context: Context, id: string): Promise<Webhook> {
  return existing(await storage.find(context.db, id, tenant(context)), 'webhook', id);
}

export function getHeld(context: Context, id: string): Promise<Webhook> {
  const lock = (key: string) => storage.lock(context.db, key);
  return held(context, id, (key) => find(context, key), lock);
}

/** It would outlive the key, and tell of services that the key does not see. */
function refuseLimited({ caller }: Context): void {
  if ((caller.serviceIds ?? []).length === 0) return;
  const detail = 'This key is limited to some services, and a webhook tells of all of them.';
  throw refuse('insufficient_scope', detail);
}

/** @throws Refusal `secrets_key_missing` */
function makeSecret({ random, secretSeals }: Context, webhookId: string) {
  if (!secretSeals) {
    throw refuse('secrets_key_missing', 'This deployment has no key to keep a secret under.');
  }
  const secret = formatWebhookSecret(random(32));
  return { secret, sealed: secretSeals.seal(secret, webhookId, random(sealingNonceBytes)) };
}

/** A customer gets its own events; staff say whose, or those of everybody. */
async function customerOf(context: Context, named: string | undefined): Promise<string | null> {
  const own = tenant(context);
  if (named === undefined && own === null) return null;
  return (await customers.getActive(context, named ?? own!)).id;
}

function check(
  { webhooksAnywhere = false }: Context,
  { targetUrl, eventTypes = [] }: Partial<WebhookTerms>,
): void {
  for (const [index, named] of eventTypes.entries()) {
    typesOf(named, { pointer: `/event_types/${index}` });
  }
  if (targetUrl === undefined) return;
  const detail = whatIsWrongWith(targetUrl, webhooksAnywhere ? ['https:', 'http:'] : ['https:']);
  if (detail === null) return;
  throw refuseInput({ pointer: '/target_url' }, detail);
}

function whatIsWrongWith(url: string, protocols: readonly string[]): string | null {
  if (!URL.canParse(url)) return '`target_url` is no address, such as https://example.com/hooks.';
  const { protocol, username, password, hash } = new URL(url);
  if (!protocols.includes(protocol)) return '`target_url` must begin with https://.';
  if (username !== '' || password !== '') {
    return '`target_url` has a user or a password in it: messages are signed instead.';
  }
  return hash === '' ? null : '`target_url` has a fragment, which is never sent: leave it out.';
}

function switched(enabled: boolean, now: Date): Partial<Webhook> {
  return enabled
    ? { disabledSince: null, disabledReason: null, failingSince: null }
    : { disabledSince: now, disabledReason: 'It was switched off.' };
}

function shown({ secrets, ...webhook }: Webhook, now: Date): ShownWebhook {
  const ending = secrets.find(({ endsAt }) => endsAt !== null && endsAt > now);
  return { ...webhook, secretEndsAt: ending?.endsAt ?? null };
}

type WebhookAction = 'createWebhook' | 'updateWebhook' | 'deleteWebhook' | 'rotateWebhookSecret';

async function tell(
  context: Context,
  action: WebhookAction,
  before: Webhook | null,
  after: Webhook | null,
): Promise<void> {
  await audit(context, {
    action,
    subjectId: (after ?? before)!.id,
    customerId: ownerOf((after ?? before)!),
    before: before && shown(before, context.now),
    after: after && shown(after, context.now),
  });
}
