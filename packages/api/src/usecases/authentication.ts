// Who is calling, by a secret. Nothing is remembered from one request to the next, so that a key
// that is revoked in one replica is of no use in any other from then on.

import { hashSecret, isCustomerToken, isKey } from '../domain/api-key.ts';
import { refuse } from '../domain/errors.ts';
import { keysOnly, type SignIn } from '../domain/sign-in.ts';
import * as apiKeys from '../storage/api-keys.ts';
import * as customerTokens from '../storage/customer-tokens.ts';
import type { Database } from '../storage/postgres/database.ts';
import { inBatches } from './batches.ts';
import type { Caller } from './context.ts';

/** The use of a key is told to the minute, so that a busy key does not write with every request. */
const usedEveryMs = 60_000;

/** Tokens of staff, which an identity provider has signed. */
export interface StaffTokens {
  /** @throws Refusal when it is not accepted */
  verify(token: string): Promise<Omit<Caller, 'customerId'>>;
}

export interface AuthenticationOptions {
  database: Database;
  now: () => Date;
  signIn?: SignIn;
  staffTokens?: StaffTokens | null;
}

/** Three parts with dots between: what no secret of ours has. */
const tokenOfProvider = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/**
 * Tells the caller of a secret, or null when it is unknown, expired or revoked, or its customer has
 * left. It throws `unauthenticated` when the text is no secret at all; the database is not asked.
 */
export function createAuthentication(options: AuthenticationOptions) {
  const { database, now, signIn = keysOnly, staffTokens } = options;
  const findKey = inBatches((hashes) => apiKeys.findUsable(database, hashes, now()));
  return async (secret: string): Promise<Caller | null> => {
    if (isKey(secret)) {
      const key = await findKey(hashSecret(secret));
      return key && admitted(await usedBy(database, key, now()), signIn);
    }
    if (isCustomerToken(secret)) return byToken(database, secret, now());
    if (staffTokens && tokenOfProvider.test(secret)) {
      return { ...(await staffTokens.verify(secret)), customerId: null };
    }
    const detail = 'This is no API key: it is mistyped, cut off, or of something else.';
    throw refuse('unauthenticated', detail);
  };
}

/** @throws Refusal `unauthenticated` for a key of staff where those are switched off */
function admitted(caller: Caller, { staffKeys }: SignIn): Caller {
  if (staffKeys || caller.role === 'customer') return caller;
  const detail = 'Keys of staff are switched off here; sign in with the identity provider.';
  throw refuse('unauthenticated', detail, { command: 'sallyport sign-in get' });
}

/** Who uses the key, which is told to the minute. */
async function usedBy(database: Database, key: apiKeys.UsedKey, now: Date): Promise<Caller> {
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
