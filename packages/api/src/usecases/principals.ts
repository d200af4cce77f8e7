// Entries of the allowlists, to look at. They follow from grants and accounts, and are not written.

import { refuse } from '../domain/errors.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { principalStates, type Principal, type PrincipalState } from '../domain/principal.ts';
import * as storage from '../storage/principals.ts';
import { tenant, type Context } from './context.ts';
import { existing } from './existing.ts';

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
    endpointServiceId: filter.endpointServiceId,
    state: knownState(filter.state),
    customerId: tenant(context),
  };
  return toPage(await storage.list(context.db, scope, page), page.limit);
}

export async function get(context: Context, id: string): Promise<Principal> {
  return existing(await storage.find(context.db, id, tenant(context)), 'principal', id);
}

function knownState(state: string | undefined): PrincipalState | undefined {
  if (state === undefined) return undefined;
  const known = principalStates.find((candidate) => candidate === state);
  if (known) return known;
  const detail = `The states of a principal are ${principalStates.join(', ')}.`;
  throw refuse('invalid_request', detail, { fields: [{ parameter: 'state', detail }] });
}
