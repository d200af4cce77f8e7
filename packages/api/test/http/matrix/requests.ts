// The requests of the matrix: for each operation the ways to ask for what one has, the same ways to
// ask for what another customer has, and for what nobody has.

import { randomUUID } from 'node:crypto';
import type { Customer } from '../../../src/domain/customer.ts';
import type { EndpointService } from '../../../src/domain/endpoint-service.ts';
import { kindOfId, type IdKind } from '../../../src/domain/ids.ts';
import { connectionsTarget, principalsTarget } from '../../../src/domain/target.ts';
import * as effects from '../../../src/storage/effects.ts';
import * as runs from '../../../src/storage/runs.ts';
import * as targets from '../../../src/storage/targets.ts';
import { wellSeen } from '../controllers/observation-requests.ts';
import { sample, type Sending } from '../controllers/requests.ts';
import { addInvite, addNote, type World } from '../controllers/world.ts';
import type { Api } from '../../harness.ts';

/** The world as one of its customers sees it, who is `acme` in it. */
export interface View extends World {
  /** A service that nobody else may use. */
  alone: EndpointService;
}

/** What shows a list to be about a customer, or about something of the vendor's. */
const narrowed: Record<string, Record<string, (view: View) => string>> = {
  listAccounts: { customer_id: customerOf, account_id: numberOf },
  listApiKeys: { customer_id: customerOf },
  listAuditEntries: { customer_id: customerOf, subject_id: customerOf },
  listConnections: {
    customer_id: customerOf,
    account_id: numberOf,
    endpoint_service_id: aloneOf,
  },
  listEffects: { endpoint_service_id: ({ service }) => service.id },
  listEvents: { customer_id: customerOf, subject_id: customerOf },
  listGrants: { customer_id: customerOf, endpoint_service_id: aloneOf },
  listOperations: { customer_id: customerOf },
  listPrincipals: { endpoint_service_id: aloneOf },
  listReconcileTargets: { endpoint_service_id: ({ service }) => service.id },
  listRuns: { endpoint_service_id: ({ service }) => service.id },
  listWebhooks: { customer_id: customerOf },
};

function customerOf({ acme }: View): string {
  return acme.customer.id;
}

function numberOf({ acme }: View): string {
  return acme.account.accountId;
}

function aloneOf({ alone }: View): string {
  return alone.id;
}

/** Adds to the world what lists show, and a service for each customer alone. */
export async function viewsOf(world: World): Promise<{ acme: View; globex: View }> {
  const { api, service, acme, globex } = world;
  for (const { connection } of [acme, globex]) {
    await addNote(api, connection.id);
    const path = `/v1/connections/${connection.id}/observations`;
    await api.request('operator').post(path).send(wellSeen).expect(201);
  }
  const now = api.clock.now();
  const target = connectionsTarget(service);
  const effect = { endpointServiceId: service.id, action: 'accept_connections', request: {} };
  await targets.add(api.db, target, now);
  await targets.add(api.db, principalsTarget(service.id), now);
  await effects.intend(api.db, { id: api.makeId('effect'), target, ...effect }, now);
  await runs.insert(api.db, { id: api.makeId('run'), ...target, endedAt: now, report: {} });
  const byHand = 'arn:aws:iam::999999999999:root';
  await world.scene.showPrincipals(service, [acme.arn, globex.arn, byHand]);
  return {
    acme: { ...world, alone: await serviceAlone(world, acme.customer) },
    globex: {
      ...world,
      acme: globex,
      globex: acme,
      alone: await serviceAlone(world, globex.customer),
    },
  };
}

async function serviceAlone(world: World, customer: Customer): Promise<EndpointService> {
  const { scene, api } = world;
  const service = await scene.service();
  await scene.grant(customer, service);
  const { accountId } = await scene.account(customer, 'proven');
  const { id } = await scene.showConnection(service, { ownerAccountId: accountId });
  await api.request('operator').post(`/v1/connections/${id}/accept`).expect(200);
  await addInvite(api, customer.id, randomUUID());
  const changed = { metadata: { plan_name: 'gold' } };
  await api.request('operator').patch(`/v1/customers/${customer.id}`).send(changed).expect(200);
  return service;
}

/** The ways to send the operation about what the customer of this view has. */
export async function about(view: View, operationId: string): Promise<Sending[]> {
  const sending = await sample(view, operationId);
  const filters = Object.entries(narrowed[operationId] ?? {});
  if (filters.length === 0) return [sending];
  return filters.map(([name, valueOf]) => ({
    ...sending,
    path: `${sending.path}?${name}=${encodeURIComponent(valueOf(view))}`,
  }));
}

/** The same by AWS's names and those of the vendor, where there are some and they count. */
export async function byNaturalKeys(api: Api, sendings: Sending[]): Promise<Sending[]> {
  const named = sendings.filter(({ path }) => !path.includes('subject_id='));
  const renamed = named.map(async (sending) => {
    const names = new Map<string, string>();
    for (const id of keysIn(sending)) {
      const name = await naturalKey(api, id);
      if (name !== null) names.set(id, name);
    }
    return names.size === 0 ? [] : [rewritten(sending, (id) => names.get(id) ?? id)];
  });
  return (await Promise.all(renamed)).flat();
}

/** The part that the other request names, in the whole that one's own names; null of a whole. */
export function within(own: Sending, other: Sending): Sending | null {
  const [whole, part] = other.path.match(pathIds) ?? [];
  const [ownWhole] = own.path.match(pathIds) ?? [];
  if (part === undefined) return null;
  return { ...other, path: other.path.replace(whole!, ownWhole!) };
}

/** The same request of what is not there. */
export function ofNothing(sending: Sending): Sending {
  return rewritten(sending, absentKey);
}

/** The same request by the ids of things of another kind. */
export function ofAnotherKind(sending: Sending): Sending {
  return rewritten(sending, (key) => key.replace(/^[a-z]+_/, 'inv_'));
}

/** What the request names. */
export function keysIn({ path, body }: Sending): string[] {
  return `${path} ${JSON.stringify(body ?? {})}`.match(keys) ?? [];
}

const pathIds = /(?<=\/)[a-z]+_[0-9a-z]{26}/g;

/** Ids of ours, tokens of invites, account numbers and endpoints. */
const keys = new RegExp(
  [
    '[a-z]+_[0-9a-hjkmnp-tv-z]{26}',
    '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
    '\\bvpce-(?:svc-)?[0-9a-f]{17}',
    '\\b[23][0-9]{11}\\b',
    '\\b(?:acme|globex|customer-[0-9]+)\\b',
  ].join('|'),
  'g',
);

function rewritten(sending: Sending, change: (key: string) => string): Sending {
  const { body } = sending;
  const replace = (text: string) => text.replaceAll(keys, change);
  return {
    ...sending,
    path: replace(sending.path),
    ...(body && { body: JSON.parse(replace(JSON.stringify(body))) as object }),
  };
}

/** One of the same form that nothing has. */
export function absentKey(key: string): string {
  const at = Math.max(key.lastIndexOf('-'), key.lastIndexOf('_')) + 1;
  const other = /[0-9]/.test(key[at]!) ? '9' : key[at] === 'z' ? 'y' : 'z';
  const hex = key.startsWith('vpce-') || key.includes('-') ? 'f' : other;
  return key.slice(0, at) + (key[at] === hex ? 'e' : hex) + key.slice(at + 1);
}

const naturalKeys: Partial<Record<IdKind, string>> = {
  account: 'SELECT account_id AS name FROM accounts WHERE id = $1',
  connection: 'SELECT vpc_endpoint_id AS name FROM connections WHERE id = $1',
  customer: `SELECT external_id AS name FROM customers WHERE id = $1`,
  grant: `SELECT c.external_id || ':' || s.service_id AS name FROM grants g
    JOIN customers c ON c.id = g.customer_id JOIN endpoint_services s
    ON s.id = g.endpoint_service_id WHERE g.id = $1`,
};

async function naturalKey({ db }: Api, id: string): Promise<string | null> {
  const query = naturalKeys[kindOfId(id)!];
  if (query === undefined) return null;
  const [row] = await db.query<{ name: string }>(query, [id]);
  return row?.name ?? null;
}
