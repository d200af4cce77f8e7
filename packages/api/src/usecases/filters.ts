// What a list is limited to: by who asks, and by what is asked for.

import { refuse } from '../domain/errors.ts';
import * as customers from '../storage/customers.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import { tenant, type Context } from './context.ts';

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
  return (await endpointServices.find(context.db, named))?.id ?? nothing;
}

/**
 * The value, when it is one of those that there are.
 * @throws Refusal `invalid_request`
 */
export function oneOf<Value extends string>(
  values: readonly Value[],
  given: string | undefined,
  parameter: string,
): Value | undefined {
  if (given === undefined) return undefined;
  const known = values.find((value) => value === given);
  if (known !== undefined) return known;
  const detail = `\`${parameter}\` must be one of ${values.join(', ')}.`;
  throw refuse('invalid_request', detail, { fields: [{ parameter, detail }] });
}
