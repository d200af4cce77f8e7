// The role under which requests of customers run: PostgreSQL itself shows it the rows of one
// customer only, whatever a statement asks for. See docs/decisions/0007-row-level-security.md.

import type { Queryable } from './database.ts';

/** The role that the policies of migrations/ are for. */
export const customerRole = 'sallyport_customer';

export interface Tenancy {
  customerId: string;
  /** The only services that are visible; none for all of the customer's. */
  serviceIds: readonly string[];
}

/**
 * The statements that enter the customer's role until the transaction ends, in one text, so that
 * they cost one round trip at most.
 * @throws Error when an id is none: it is put into the text
 */
export function entering({ customerId, serviceIds }: Tenancy): string {
  for (const id of [customerId, ...serviceIds]) {
    if (!/^[a-z]+_[0-9a-z]+$/.test(id)) throw new Error('A tenancy takes ids of ours only.');
  }
  return (
    `set local role ${customerRole}; set local sallyport.customer = '${customerId}'; ` +
    `set local sallyport.services = '${serviceIds.join(',')}'`
  );
}

/** Back to the service's own role, for what belongs to no customer. */
export async function leave(tx: Queryable): Promise<void> {
  await tx.query('set local role none', undefined, { unheard: true });
}

/** The customer's role again, after `leave`. */
export async function enterAgain(tx: Queryable): Promise<void> {
  await tx.query(`set local role ${customerRole}`, undefined, { unheard: true });
}
