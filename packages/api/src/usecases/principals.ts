// Entries of the allowlists, to look at. They follow from grants and accounts, and are not written.

import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { principalStates, type Principal } from '../domain/principal.ts';
import * as storage from '../storage/principals.ts';
import { tenant, type Context } from './context.ts';
import { existing } from './existing.ts';
import { oneOf, serviceScope } from './filters.ts';

export interface PrincipalFilter {
  endpointServiceId?: string | undefined;
  state?: string | undefined;
}

export async function list(
  context: Context,
  filter: PrincipalFilter,
  page: PageRequest,
): Promise<Page<Principal>> {
  const scope = {
    endpointServiceId: await serviceScope(context, filter.endpointServiceId),
    state: oneOf(principalStates, filter.state, 'state'),
    customerId: tenant(context),
  };
  return toPage(await storage.list(context.db, scope, page), page.limit);
}

export async function get(context: Context, id: string): Promise<Principal> {
  return existing(await storage.find(context.db, id, tenant(context)), 'principal', id);
}
