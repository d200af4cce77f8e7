// Who is calling, told to the caller itself.

import type { Role } from '../domain/api-key.ts';
import type { Scope } from '../domain/scope.ts';
import * as storage from '../storage/api-keys.ts';
import type { Context } from './context.ts';

export interface CallerFacts {
  id: string;
  /** The name of its key; null for what is no key. */
  name: string | null;
  role: Role;
  customerId: string | null;
  scopes: Scope[];
  expiresAt: Date | null;
}

export async function describe(context: Context): Promise<CallerFacts> {
  const { id, role, customerId, scopes = [] } = context.caller;
  const key = await storage.find(context.db, id);
  return {
    id,
    name: key?.name ?? null,
    role: role as Role,
    customerId,
    scopes: [...scopes],
    expiresAt: key?.expiresAt ?? null,
  };
}
