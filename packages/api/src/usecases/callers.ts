// Who is calling, told to the caller itself.

import type { Role } from '../domain/api-key.ts';
import type { Scope } from '../domain/scope.ts';
import type { Caller } from './context.ts';

export interface CallerFacts {
  id: string;
  /** The name of its key, or the subject of its token. */
  name: string | null;
  role: Role;
  customerId: string | null;
  scopes: Scope[];
  expiresAt: Date | null;
}

export function describe(caller: Caller): CallerFacts {
  const { id, role, customerId, scopes = [], name = null, expiresAt = null } = caller;
  return { id, name, role: role as Role, customerId, scopes: [...scopes], expiresAt };
}
