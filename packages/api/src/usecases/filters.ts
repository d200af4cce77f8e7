// What a list is limited to: by who asks, and by what is asked for.

import { refuse } from '../domain/errors.ts';
import * as customers from '../storage/customers.ts';
import * as serviceIds from '../storage/service-ids.ts';
import { tenant, type Context } from './context.ts';
import { momentOf } from './moments.ts';

/** No row has this for an id, so a list that is limited to it is empty. */
const nothing = '';

/**
 * The id of the customer whose items are listed: the caller's own, or the one that staff name by id
 * or `external_id`. Null for those of every customer.
 */
export async function customerScope(
  context: Context,
  named: string | undefined,
): Promise<string | null> {
  const own = tenant(context);
  if (named === undefined) return own;
  return (await customers.find(context.db, named, own))?.id ?? nothing;
}

/** The id of the service that is named by any of its names; undefined when none is. */
export async function serviceScope(
  context: Context,
  named: string | undefined,
): Promise<string | undefined> {
  if (named === undefined) return undefined;
  return (await serviceIds.idOf(context.db, named)) ?? nothing;
}

/**
 * The ids of the services that a key is to be limited to, of those that the caller can see.
 * @throws Refusal `invalid_request`
 */
export async function servicesNamed(context: Context, named: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, name] of named.entries()) {
    const id = await serviceIds.idOf(context.db, name);
    if (id !== null) ids.push(id);
    else throw unknownService(index, name);
  }
  return [...new Set(ids)];
}

function unknownService(index: number, name: string) {
  const detail = `There is no endpoint service "${name}".`;
  const fields = [{ pointer: `/endpoint_service_ids/${index}`, detail }];
  return refuse('invalid_request', detail, { fields });
}

/** A moment that a list begins at. @throws Refusal `invalid_request` */
export function sinceOf(text: string | undefined, parameter: string): Date | undefined {
  return text === undefined ? undefined : momentOf(text, { parameter });
}
