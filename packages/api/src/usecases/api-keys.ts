// API keys of staff and customers. A secret is shown once and kept as a hash.

import { formatKey, hashSecret, type ApiKey, type Role } from '../domain/api-key.ts';
import { refuse } from '../domain/errors.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import * as storage from '../storage/api-keys.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import * as customers from './customers.ts';
import { existing } from './existing.ts';

export type NewKey = ApiKey & { secret: string };

/** Characters of the secret that are kept, to recognise it by: the kind and a few that follow. */
const hintTail = 6;

export interface KeyRequest {
  name: string;
  role: Role;
  customerId?: string;
  expiresAt?: string;
}

export async function create(context: Context, input: KeyRequest): Promise<NewKey> {
  if ((input.role === 'customer') !== (input.customerId !== undefined)) {
    const detail = 'Give `customer_id` for the role `customer`, and for no other.';
    throw refuse('invalid_request', detail, { fields: [{ pointer: '/customer_id', detail }] });
  }
  const expiresAt = expiryOf(input, context.now);
  const customer =
    input.customerId === undefined ? null : await customers.getActive(context, input.customerId);
  return issue(context, {
    action: 'createApiKey',
    name: input.name,
    role: input.role,
    customerId: customer?.id ?? null,
    expiresAt,
  });
}

export interface Issue {
  action: string;
  name: string;
  role: Role;
  customerId: string | null;
  expiresAt: Date | null;
}

/** Makes and stores a key, with its audit entry. */
export async function issue(context: Context, request: Issue): Promise<NewKey> {
  const { action, ...described } = request;
  const secret = formatKey(request.role, context.random(32));
  const key: ApiKey = {
    id: context.makeId('apiKey'),
    ...described,
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

export async function list(context: Context, page: PageRequest): Promise<Page<ApiKey>> {
  return toPage(await storage.list(context.db, page), page.limit);
}

export async function get(context: Context, id: string): Promise<ApiKey> {
  return existing(await storage.find(context.db, id), 'apiKey', id);
}

export async function revoke(context: Context, id: string): Promise<void> {
  const key = await get(context, id);
  if (!(await storage.revoke(context.db, id, context.now))) return;
  await audit(context, {
    action: 'revokeApiKey',
    subjectId: id,
    customerId: key.customerId,
    before: key,
  });
}

/** RFC 3339 knows leap seconds, which a Date does not: it is no time at all then. */
function expiryOf({ expiresAt }: KeyRequest, now: Date): Date | null {
  if (expiresAt === undefined) return null;
  const expiry = new Date(expiresAt);
  if (expiry > now) return expiry;
  const detail = Number.isNaN(expiry.getTime())
    ? '`expires_at` is a leap second; take the second before or after it.'
    : '`expires_at` has passed already, so the key would be of no use.';
  throw refuse('invalid_request', detail, { fields: [{ pointer: '/expires_at', detail }] });
}
