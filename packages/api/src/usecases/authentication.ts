// Who is calling, by a secret. Nothing is remembered from one request to the next, so that a key
// that is revoked in one replica is of no use in any other from then on.

import { hashSecret, isCustomerToken, isKey } from '../domain/api-key.ts';
import { refuse } from '../domain/errors.ts';
import * as apiKeys from '../storage/api-keys.ts';
import * as customerTokens from '../storage/customer-tokens.ts';
import type { Database } from '../storage/postgres/database.ts';
import type { Caller } from './context.ts';

/** The use of a key is told to the minute, so that a busy key does not write with every request. */
const usedEveryMs = 60_000;

/**
 * The caller of a key or a token, or null when it is unknown, expired or revoked, or its customer
 * has left.
 * @throws Refusal `unauthenticated` when the text is neither; the database is not asked
 */
export async function authenticate(
  database: Database,
  secret: string,
  now: Date,
): Promise<Caller | null> {
  if (isKey(secret)) return byKey(database, secret, now);
  if (isCustomerToken(secret)) return byToken(database, secret, now);
  const detail = 'This is no API key: it is mistyped, cut off, or of something else.';
  throw refuse('unauthenticated', detail);
}

async function byKey(database: Database, secret: string, now: Date): Promise<Caller | null> {
  const key = await apiKeys.findUsable(database, hashSecret(secret), now);
  if (!key) return null;
  const used = key.lastUsedAt?.getTime() ?? 0;
  if (now.getTime() - used > usedEveryMs) await apiKeys.markUsed(database, key.id, now);
  const { id, role, customerId, scopes, endpointServiceIds: serviceIds, name, expiresAt } = key;
  return { id, role, customerId, scopes, serviceIds, name, expiresAt };
}

async function byToken(database: Database, secret: string, now: Date): Promise<Caller | null> {
  const token = await customerTokens.findUsable(database, hashSecret(secret), now);
  if (!token) return null;
  const { id, customerId, scopes, endpointServiceIds, subject: name, expiresAt } = token;
  const limits = { scopes, serviceIds: endpointServiceIds };
  return { id, role: 'customer', customerId, ...limits, name, expiresAt };
}
