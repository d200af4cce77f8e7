// Grants: what a customer may use, and on which terms.

import type { Condition } from '../domain/conditions/condition.ts';
import { grantConditions } from '../domain/conditions/grant.ts';
import { refuse, refuseInput } from '../domain/errors.ts';
import type { DnsMode } from '../domain/connection.ts';
import { hasEnded, type Grant } from '../domain/grant.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { checkRoleNames, type Principal } from '../domain/principal.ts';
import { grantTarget } from '../domain/target.ts';
import * as storage from '../storage/grants.ts';
import { audit } from './audit.ts';
import { tenant, type Context } from './context.ts';
import * as customers from './customers.ts';
import * as endpointServices from './endpoint-services.ts';
import { once } from './deletions.ts';
import { difference, existing, held } from './existing.ts';
import { customerScope, serviceScope, sinceOf } from './filters.ts';
import { momentOf } from './moments.ts';
import { partsOfKey } from './natural-keys.ts';
import { nudgeServices, wakeServices } from '../storage/fan-out.ts';
import { listLost } from '../storage/principal-decisions.ts';
import * as principals from '../storage/principals.ts';
import * as targets from '../storage/targets.ts';

/** A grant as it is shown. */
export interface ShownGrant extends Grant {
  conditions: Condition[];
}

export interface NewGrant {
  customerId: string;
  endpointServiceId: string;
  accountIds?: string[];
  roleNames?: string[];
  acceptance?: Grant['acceptance'];
  connectionsMax?: number;
  endpointRegions?: string[];
  dns?: DnsMode | null;
  /** RFC 3339. */
  expiresAt?: string | null;
}

export async function create(context: Context, input: NewGrant): Promise<ShownGrant> {
  checkRoleNames(input.roleNames ?? []);
  const customer = await customers.getActive(context, input.customerId);
  const service = await endpointServices.get(context, input.endpointServiceId);
  const names = { customerId: customer.id, endpointServiceId: service.id };
  const [same] = await storage.list(context.db, names, { limit: 1, after: null });
  if (same)
    throw refuse('already_exists', `Grant ${same.id} is on this service already.`, {
      command: `sallyport grants get ${same.id}`,
    });
  const id = context.makeId('grant');
  await storage.insert(context.db, {
    id,
    ...names,
    accountIds: input.accountIds ?? [],
    roleNames: input.roleNames ?? [],
    acceptance: input.acceptance ?? 'automatic',
    connectionsMax: input.connectionsMax ?? null,
    endpointRegions: input.endpointRegions ?? [],
    dns: input.dns ?? null,
    expiresAt: expiryOf(context, input.expiresAt ?? null),
    expiredAt: null,
    createdAt: context.now,
    updatedAt: context.now,
  });
  await nudgeServices(context, [service.id]);
  await nudgeEnd(context, id, input);
  const after = await find(context, id);
  await audit(context, {
    action: 'createGrant',
    subjectId: id,
    customerId: customer.id,
    after,
  });
  return show(context, after);
}

export interface GrantFilter {
  customerId?: string | undefined;
  endpointServiceId?: string | undefined;
  updatedSince?: string | undefined;
}

export async function list(
  context: Context,
  filter: GrantFilter,
  page: PageRequest,
): Promise<Page<ShownGrant>> {
  const scope = {
    customerId: await customerScope(context, filter.customerId),
    endpointServiceId: await serviceScope(context, filter.endpointServiceId),
    updatedSince: sinceOf(filter.updatedSince, 'updated_since'),
  };
  const found = await storage.list(context.db, scope, page);
  return toPage(await showAll(context, found), page.limit);
}

export async function get(context: Context, id: string): Promise<ShownGrant> {
  return show(context, await find(context, id));
}

/** By id, or by customer and service as `acme:vpce-svc-…`. */
export function seek(context: Context, key: string): Promise<Grant | null> {
  const [customer, service] = partsOfKey(key) ?? [];
  if (customer === undefined || service === undefined) {
    return storage.find(context.db, key, tenant(context));
  }
  return storage.findBetween(context.db, { customer, service }, tenant(context));
}

async function find(context: Context, key: string): Promise<Grant> {
  return existing(await seek(context, key), 'grant', key);
}

export type GrantChanges = Partial<
  Pick<
    Grant,
    'accountIds' | 'roleNames' | 'acceptance' | 'connectionsMax' | 'endpointRegions' | 'dns'
  >
> &
  Pick<NewGrant, 'expiresAt'>;

export async function update(
  context: Context,
  key: string,
  wanted: GrantChanges,
): Promise<ShownGrant> {
  checkRoleNames(wanted.roleNames ?? []);
  const before = await getToChange(context, key);
  const { id } = before;
  await customers.getActive(context, before.customerId);
  const changes = difference(before, termsOf(context, before, wanted));
  if (!changes) return show(context, before);
  const after = { ...before, ...changes, updatedAt: context.now };
  await storage.update(context.db, id, { ...changes, updatedAt: context.now });
  await nudgeServices(context, [before.endpointServiceId]);
  await nudgeEnd(context, id, wanted);
  await audit(context, {
    action: 'updateGrant',
    subjectId: id,
    customerId: before.customerId,
    before,
    after,
  });
  return show(context, after);
}

export function remove(context: Context, key: string): Promise<void> {
  return once(context, { action: 'deleteGrant', id: key }, () => removePresent(context, key));
}

async function removePresent(context: Context, key: string): Promise<void> {
  const before = await getToChange(context, key);
  const { id } = before;
  await storage.remove(context.db, id);
  await nudgeServices(context, [before.endpointServiceId]);
  await audit(context, {
    action: 'deleteGrant',
    subjectId: id,
    customerId: before.customerId,
    before,
  });
}

/**
 * The changes as terms of a grant. One that has ended lets in again once it ends later, or never.
 * @throws Refusal `invalid_request` when it would end in the past
 */
export function termsOf(
  context: Context,
  before: Grant,
  { expiresAt, ...terms }: GrantChanges,
): Partial<Grant> {
  if (expiresAt === undefined) return terms;
  const same = expiresAt !== null && before.expiresAt?.getTime() === Date.parse(expiresAt);
  if (same) return terms;
  return { ...terms, expiresAt: expiryOf(context, expiresAt), expiredAt: null };
}

function expiryOf({ now }: Context, text: string | null): Date | null {
  const expiresAt = text === null ? null : momentOf(text, { pointer: '/expires_at' });
  if (!hasEnded({ expiresAt }, now)) return expiresAt;
  const detail = '`expires_at` must be in the future; to end a grant now, delete it.';
  throw refuseInput({ pointer: '/expires_at' }, detail);
}

/** Has a worker look when the grant ends. */
async function nudgeEnd(
  { db, now }: Context,
  id: string,
  { expiresAt }: Pick<NewGrant, 'expiresAt'>,
): Promise<void> {
  if (expiresAt) await targets.nudge(db, [grantTarget(id)], now);
}

/** What looks after the service is woken before the grant is locked, as an import does. */
async function getToChange(context: Context, key: string): Promise<Grant> {
  const { id, endpointServiceId } = await find(context, key);
  await wakeServices(context, [endpointServiceId]);
  return held(
    context,
    id,
    (name) => find(context, name),
    () => storage.lock(context.db, id),
  );
}

async function show(context: Context, grant: Grant): Promise<ShownGrant> {
  const [shown] = await showAll(context, [grant]);
  return shown!;
}

/** Each with those entries of its own that other hands have removed. */
async function showAll(context: Context, grants: Grant[]): Promise<ShownGrant[]> {
  const contested = await contestedOf(context, grants);
  return grants.map((grant) => {
    const own = contested.filter(({ grantIds }) => grantIds.includes(grant.id));
    return { ...grant, conditions: grantConditions(grant, own, context.now) };
  });
}

/** Next to none, found by what they are themselves; only then is it asked who wants them. */
async function contestedOf({ db }: Context, grants: Grant[]): Promise<Principal[]> {
  const services = new Set(grants.map(({ endpointServiceId }) => endpointServiceId));
  const lost = Map.groupBy(
    await listLost(db, [...services]),
    ({ endpointServiceId }) => endpointServiceId,
  );
  const found: Principal[] = [];
  for (const [endpointServiceId, entries] of lost) {
    const ids = entries.map(({ id }) => id);
    found.push(...(await principals.listNamed(db, endpointServiceId, ids)));
  }
  return found.filter(({ state }) => state === 'contested');
}
