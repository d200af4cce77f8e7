// Several things that a text may name, each with whose it is: what one chooses by.

import type { CallOptions, Customer, Sallyport } from '@sallyport/sdk';
import { type Match, unlessHidden } from './search.ts';

export interface Choice extends Match {
  customer: Customer | null;
}

type Options = Pick<CallOptions, 'signal'>;

/** A customer that the key may not see is null. */
export async function choicesOf(
  client: Sallyport,
  matches: readonly Match[],
  call: Options,
): Promise<Choice[]> {
  const owners = new Set(
    matches.flatMap(({ kind, customer_id: id }) => (kind === 'customer' ? [] : (id ?? []))),
  );
  const found = await Promise.all(
    Array.from(owners, (id) => unlessHidden(client.customers.get(id, call))),
  );
  const customers = new Map(found.map((customer) => [customer?.id, customer]));
  return matches.map((match) => ({
    ...match,
    customer: customers.get(match.customer_id ?? '') ?? null,
  }));
}
