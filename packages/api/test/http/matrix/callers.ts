// Everybody who calls in the matrix, by the Authorization header that they send.

import { formatKey, hashSecret, type Role } from '../../../src/domain/api-key.ts';
import { addKey, type Api } from '../../harness.ts';
import type { CallerName } from './ledger.ts';

export interface Callers {
  /** Of malformed ones there are several kinds, which take turns. */
  authorizationOf: (caller: CallerName, turn: number) => string | null;
  /** An operator's key with these scopes and no others. */
  withScopes: (scopes: string[]) => Promise<string>;
  /** A key of `customer` that is limited to a service on which it has nothing. */
  withoutServices: () => Promise<string>;
}

export async function createCallers(api: Api): Promise<Callers> {
  const { operator, support } = api.keys;
  const revoked = await endedKey(api, 'revoked_at');
  const expired = await endedKey(api, 'expires_at');
  const last = operator.endsWith('0') ? '1' : '0';
  const malformed = [
    operator.slice(0, -1) + last,
    support.replace('_support_', '_operator_'),
    operator.slice(0, -1),
    `${operator}0`,
    formatKey('admin' as Role, api.random(32)),
  ];
  const limited = new Map<string, string>();
  const secrets: Record<CallerName, string[]> = {
    'no key': [],
    malformed,
    revoked: [revoked],
    expired: [expired],
    other: [api.keys.stranger],
    customer: [api.keys.customer],
    support: [support],
    operator: [operator],
  };
  return {
    authorizationOf: (caller, turn) => {
      const kinds = secrets[caller];
      return kinds.length === 0 ? null : `Bearer ${kinds[turn % kinds.length]}`;
    },
    withScopes: async (scopes) => {
      const name = scopes.join();
      const secret = limited.get(name) ?? (await addKey(api.db, api, 'operator', null, scopes));
      limited.set(name, secret);
      return `Bearer ${secret}`;
    },
    withoutServices: async () => {
      const secret = limited.get(nowhere) ?? (await addKey(api.db, api, 'customer', api.acme.id));
      const limit = `UPDATE api_keys SET endpoint_service_ids = $1 WHERE hash = $2`;
      if (!limited.has(nowhere)) await api.db.query(limit, [[nowhere], hashSecret(secret)]);
      limited.set(nowhere, secret);
      return `Bearer ${secret}`;
    },
  };
}

const nowhere = 'svc_00000000000000000000000000';

/** An operator's key that was good until now. */
async function endedKey(api: Api, column: 'revoked_at' | 'expires_at'): Promise<string> {
  const secret = await addKey(api.db, api, 'operator', null);
  const now = api.clock.now();
  await api.db.query(`UPDATE api_keys SET ${column} = $1 WHERE hash = $2`, [
    now,
    hashSecret(secret),
  ]);
  return secret;
}
