// API keys of staff and customers. A secret is shown once and kept as a hash. How one key takes
// another's place is in rotations.ts.

import type { AuditAction } from '../domain/events-told.ts';
import { formatKey, hashSecret, type ApiKey, type Role } from '../domain/api-key.ts';
import { refuse, refuseInput } from '../domain/errors.ts';
import { kindOfId } from '../domain/ids.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { beyond, type Scope } from '../domain/scope.ts';
import * as storage from '../storage/api-keys.ts';
import { audit } from './audit.ts';
import { tenant, type Context } from './context.ts';
import * as customers from './customers.ts';
import { existing } from './existing.ts';
import { customerScope, servicesNamed } from './filters.ts';
import { momentOf } from './moments.ts';

export type NewKey = ApiKey & { secret: string };

/** Characters of the secret that are kept, to recognise it by: the kind and a few that follow. */
const hintTail = 6;

export interface KeyRequest {
  name: string;
  role: Role;
  customerId?: string;
  scopes?: Scope[];
  /** By id or by AWS's names. */
  endpointServiceIds?: string[];
  expiresAt?: string;
}

export async function create(context: Context, input: KeyRequest): Promise<NewKey> {
  const customerId = await customerOf(context, input);
  const scopes = [...new Set(input.scopes)];
  refuseMore(context, { role: input.role, scopes });
  return issue(context, {
    action: 'createApiKey',
    name: input.name,
    role: input.role,
    customerId,
    scopes,
    endpointServiceIds: await limitOf(context, input.role, input.endpointServiceIds ?? []),
    expiresAt: expiryOf(input.expiresAt, context.now),
  });
}

export interface Issue {
  action: AuditAction;
  name: string;
  role: Role;
  customerId: string | null;
  scopes?: Scope[];
  endpointServiceIds?: string[];
  rotatedFrom?: string;
  expiresAt: Date | null;
}

/** Makes and stores a key, with its audit entry. */
export async function issue(context: Context, request: Issue): Promise<NewKey> {
  const {
    action,
    scopes = [],
    endpointServiceIds = [],
    rotatedFrom = null,
    ...described
  } = request;
  const secret = formatKey(request.role, context.random(32));
  const key: ApiKey = {
    id: context.makeId('apiKey'),
    ...described,
    scopes,
    endpointServiceIds,
    rotatedFrom,
    hint: secret.slice(0, `sallyport_${request.role}_`.length + hintTail),
    createdAt: context.now,
    revokedAt: null,
    lastUsedAt: null,
  };
  await storage.insert(context.db, { ...key, hash: hashSecret(secret) });
  await audit(context, {
    action,
    subjectId: key.id,
    customerId: key.customerId,
    after: key,
  });
  return { ...key, secret };
}

export async function list(
  context: Context,
  filter: { customerId?: string | undefined },
  page: PageRequest,
): Promise<Page<ApiKey>> {
  const customerId = await customerScope(context, filter.customerId);
  return toPage(await storage.list(context.db, { customerId }, page), page.limit);
}

export async function get(context: Context, id: string): Promise<ApiKey> {
  const key = await storage.find(context.db, id);
  const owner = tenant(context);
  return existing(owner === null || key?.customerId === owner ? key : null, 'apiKey', id);
}

export async function revoke(context: Context, id: string): Promise<void> {
  await storage.lock(context.db, (await get(context, id)).id);
  const key = await get(context, id);
  if (key.revokedAt !== null) return;
  await context.recheck?.();
  await storage.revoke(context.db, id, context.now);
  await audit(context, {
    action: 'revokeApiKey',
    subjectId: id,
    customerId: key.customerId,
    before: key,
  });
}

/** @throws Refusal `invalid_request` */
export function expiryOf(expiresAt: string | undefined, now: Date): Date | null {
  if (expiresAt === undefined) return null;
  const pointer = '/expires_at';
  const expiry = momentOf(expiresAt, { pointer });
  if (expiry > now) return expiry;
  throw refuseInput({ pointer }, '`expires_at` has passed already, so the key would be of no use.');
}

/**
 * A key of staff, or of a customer made by itself, gives no more than the key that makes it. One
 * that a vendor makes for a customer is limited by its role: `api-keys:write` is enough for it.
 */
export function refuseMore(context: Context, { role, scopes }: Pick<ApiKey, 'role' | 'scopes'>) {
  if (kindOfId(context.caller.id) === 'customerToken') {
    throw refuse('forbidden', 'A token of minutes makes no key, which would outlive it.');
  }
  if (role === 'customer' && context.caller.role !== 'customer') return;
  const more = beyond(context.caller.scopes ?? [], scopes);
  if (more === null) return;
  throw refuse('insufficient_scope', `The key that asks is limited itself, and lacks: ${more}.`);
}

/** A key of a customer that shows some services only makes keys that show no other ones. */
async function limitOf(context: Context, role: Role, named: string[]): Promise<string[]> {
  if (role !== 'customer' && named.length > 0) {
    throw refuseInput(
      { pointer: '/endpoint_service_ids' },
      'Only keys of customers are limited to services.',
    );
  }
  const ids = await servicesNamed(context, named);
  return ids.length > 0 ? ids : [...(context.caller.serviceIds ?? [])];
}

/** Whose key it is to be: that of nobody for staff, and for a customer never of another one. */
async function customerOf(context: Context, input: KeyRequest): Promise<string | null> {
  const own = tenant(context);
  if (own !== null && input.role !== 'customer') {
    throw refuseInput({ pointer: '/role' }, 'A customer makes keys of the role `customer` only.');
  }
  const named = input.customerId ?? own ?? undefined;
  if ((input.role === 'customer') !== (named !== undefined)) {
    throw refuseInput(
      { pointer: '/customer_id' },
      'Give `customer_id` for the role `customer`, and no other.',
    );
  }
  return named === undefined ? null : (await customers.getActive(context, named)).id;
}
