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
  endpointServiceIds: string[];
  expiresAt: Date | null;
}

export function describe(caller: Caller): CallerFacts {
  const { id, role, customerId, scopes = [], serviceIds = [] } = caller;
  const { name = null, expiresAt = null } = caller;
  const limits = { scopes: [...scopes], endpointServiceIds: [...serviceIds] };
  return { id, name, role: role as Role, customerId, ...limits, expiresAt };
}
