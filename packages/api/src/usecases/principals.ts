// Entries of the allowlists, to look at. They follow from grants and accounts, and are not written.

import type { Condition } from '../domain/conditions/condition.ts';
import { principalConditions } from '../domain/conditions/principal.ts';
import { principalStuckSince } from '../domain/deadline.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import type { Principal, PrincipalState } from '../domain/principal.ts';
import * as storage from '../storage/principals.ts';
import { tenant, type Context } from './context.ts';
import { existing } from './existing.ts';
import { serviceScope } from './filters.ts';

export interface PrincipalFilter {
  endpointServiceId?: string | undefined;
  state?: PrincipalState | undefined;
  accountId?: string | undefined;
}

export interface WatchedPrincipal extends Principal {
  /** Since when AWS should have shown what is due. */
  stuckSince: Date | null;
  /** Of `ready`. */
  reason: string;
  conditions: Condition[];
}

export function watched({ now }: Context, principal: Principal): WatchedPrincipal {
  const stuckSince = principalStuckSince(principal.unsettledSince, now);
  const conditions = principalConditions(principal, stuckSince);
  return { ...principal, stuckSince, reason: conditions[0]!.reason, conditions };
}

export async function list(
  context: Context,
  filter: PrincipalFilter,
  page: PageRequest,
): Promise<Page<WatchedPrincipal>> {
  const scope = {
    endpointServiceId: await serviceScope(context, filter.endpointServiceId),
    state: filter.state,
    accountId: filter.accountId,
    customerId: tenant(context),
  };
  const found = await storage.list(context.db, scope, page);
  return toPage(
    found.map((principal) => watched(context, principal)),
    page.limit,
  );
}

export async function get(context: Context, id: string): Promise<WatchedPrincipal> {
  const found = await storage.find(context.db, id, tenant(context));
  return watched(context, existing(found, 'principal', id));
}
