// What a vendor has after a while: a service, and two customers with one of everything each.

import type { Account } from '../../../src/domain/account.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import type { EndpointService } from '../../../src/domain/endpoint-service.ts';
import { hashSecret } from '../../../src/domain/api-key.ts';
import { formatWebhookSecret } from '../../../src/domain/webhook.ts';
import * as apiKeys from '../../../src/storage/api-keys.ts';
import * as deliveries from '../../../src/storage/deliveries.ts';
import * as events from '../../../src/storage/events.ts';
import * as invites from '../../../src/storage/invites.ts';
import * as notes from '../../../src/storage/notes.ts';
import * as operations from '../../../src/storage/operations.ts';
import * as principals from '../../../src/storage/principals.ts';
import * as proofs from '../../../src/storage/proofs.ts';
import * as webhooks from '../../../src/storage/webhooks.ts';
import type { Ambience } from '../../ambience.ts';
import type { Api } from '../../harness.ts';
import { testSeals } from '../../secret-seals.ts';
import { createScene, type Scene } from '../../storage/scene.ts';

export interface Holdings {
  customer: Customer;
  account: Account;
  grantId: string;
  principalId: string;
  arn: string;
  connection: Connection;
  operationId: string;
  /** A key that no test sends requests with. */
  apiKeyId: string;
  eventId: string;
  webhookId: string;
  deliveryId: string;
}

/** Where things are put. */
export type Ground = Pick<Api, 'db' | keyof Ambience>;

/** All by which others would learn of these. */
export function tracesOf({ customer, account, connection, ...ids }: Holdings): string[] {
  const { id, externalId, name } = customer;
  const { accountId } = account;
  const { vpcEndpointId } = connection;
  const named = [id, externalId, name, account.id, accountId, connection.id, vpcEndpointId];
  return [...named, ...Object.values(ids)];
}

export interface World {
  api: Api;
  scene: Scene;
  service: EndpointService;
  acme: Holdings;
  globex: Holdings;
}

export async function createWorld(api: Api): Promise<World> {
  const scene = createScene(api.db, api);
  const service = await scene.service();
  await scene.showService(service);
  return {
    api,
    scene,
    service,
    acme: await hold(api, scene, service, api.acme),
    globex: await hold(api, scene, service, api.globex),
  };
}

/** Gives the customer one of everything on the service, with a connection that works. */
export async function hold(
  api: Ground,
  scene: Scene,
  service: EndpointService,
  customer: Customer,
): Promise<Holdings> {
  const account = await scene.account(customer, 'proven');
  const webhookId = await addWebhook(api, customer.id);
  const grantId = await scene.grant(customer, service);
  const arn = `arn:aws:iam::${account.accountId}:root`;
  const all = await principals.listOfAccount(api.db, service.id, account.accountId);
  const shown = { ownerAccountId: account.accountId, awsState: 'available' };
  return {
    customer,
    account,
    grantId,
    principalId: all[0]!.id,
    arn,
    connection: await scene.showConnection(service, shown),
    operationId: await addOperation(api, customer.id),
    apiKeyId: await addSpareKey(api, customer.id),
    eventId: await addEvent(api, customer.id),
    webhookId,
    deliveryId: await addDelivery(api, webhookId),
  };
}

export async function addOperation(api: Ground, customerId: string | null): Promise<string> {
  const id = api.makeId('operation');
  const now = api.clock.now();
  await operations.insert(api.db, {
    id,
    kind: 'reconcile_service',
    subjectId: 'svc_1',
    customerId,
    state: 'running',
    message: 'Waiting for a worker to read AWS.',
    heldUpBy: [],
    errorCode: null,
    createdAt: now,
    updatedAt: now,
    finishedAt: null,
  });
  return id;
}

async function addSpareKey(api: Ground, customerId: string): Promise<string> {
  const limits = { scopes: [], endpointServiceIds: [], rotatedFrom: null };
  const key = { id: api.makeId('apiKey'), name: 'spare', hint: 'spare', ...limits };
  const ends = { createdAt: api.clock.now(), expiresAt: null, revokedAt: null, lastUsedAt: null };
  const hash = hashSecret(key.id);
  await apiKeys.insert(api.db, { ...key, ...ends, role: 'customer', customerId, hash });
  return key.id;
}

/** An invite with this token. */
export async function addInvite(api: Ground, customerId: string, token: string): Promise<string> {
  const id = api.makeId('invite');
  const now = api.clock.now();
  await invites.insert(api.db, {
    id,
    customerId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
    redeemedAt: null,
    revokedAt: null,
    tokenHash: hashSecret(token),
  });
  return id;
}

/** A note of the vendor's about this connection. */
export async function addNote(api: Ground, connectionId: string): Promise<string> {
  const id = api.makeId('note');
  const written = { text: 'To be called.', author: 'key_operator', createdAt: api.clock.now() };
  await notes.insert(api.db, { id, connectionId, ...written });
  return id;
}

/** The body of a proof that is well formed and answers a fresh challenge. */
export async function proofFor(api: Api, account: Account) {
  const id = api.makeId('challenge');
  await proofs.insertChallenge(api.db, {
    id,
    accountId: account.id,
    challenge: Buffer.from(api.random(32)).toString('base64url'),
    audience: 'https://sallyport.test',
    expiresAt: new Date(api.clock.now().getTime() + 300_000),
    spentAt: null,
  });
  return {
    challenge_id: id,
    region: 'us-east-1',
    access_key_id: 'ASIAIOSFODNN7EXAMPLE',
    amz_date: api.clock
      .now()
      .toISOString()
      .replaceAll(/[-:]|\.\d+/g, ''),
    session_token: 'dG9rZW4tb2YtdGhlLXNlc3Npb24=',
    signature: '5ec7e75e'.repeat(8),
  };
}

/** @returns the id of an event of the customer that has its place in the feed */
export async function addEvent(api: Ground, customerId: string): Promise<string> {
  const at = api.clock.now();
  const told = { type: 'customer.updated', at, subjectId: customerId, customerId } as const;
  await events.tell(api.db, [{ ...told, state: { before: null, after: null }, alarm: null }]);
  await events.publish(api.db, () => api.makeId('event'));
  const last = await events.lastPosition(api.db);
  const [event] = await events.listAfter(api.db, {}, last - 1, 1);
  return event!.id;
}

/** @returns the id of a webhook that the customer has made */
export async function addWebhook(api: Ground, customerId: string): Promise<string> {
  const id = api.makeId('webhook');
  const at = api.clock.now();
  const sealed = testSeals.seal(formatWebhookSecret(api.random(32)), id, api.random(12));
  await webhooks.insert(api.db, {
    id,
    owner: 'customer',
    customerId,
    targetUrl: 'https://hooks.example.com/sallyport',
    description: '',
    eventTypes: [],
    secrets: [{ secret: sealed, createdAt: at, endsAt: null }],
    disabledSince: null,
    disabledReason: null,
    failingSince: null,
    createdAt: at,
    updatedAt: at,
  });
  return id;
}

export async function addDelivery(api: Ground, webhookId: string): Promise<string> {
  const id = api.makeId('delivery');
  const message = { messageId: id, type: 'webhook.test', payload: '{}' };
  await deliveries.insert(api.db, { id, webhookId, ...message, createdAt: api.clock.now() });
  return id;
}
