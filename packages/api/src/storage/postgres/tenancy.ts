// The role under which requests of customers run: PostgreSQL itself shows it the rows of one
// customer only, whatever a statement asks for. See docs/decisions/0007-row-level-security.md.

import type { Database, Queryable } from './database.ts';
import type { Opening } from './queryable.ts';

/** The role that the policies of migrations/ are for. */
export const customerRole = 'sallyport_customer';

export interface Tenancy {
  customerId: string;
  /** The only services that are visible; none for all of the customer's. */
  serviceIds: readonly string[];
}

/** What one customer sees. */
export interface TenantView extends Queryable {
  /** For what belongs to no customer. */
  asService<T>(work: (db: Queryable) => Promise<T>): Promise<T>;
}

const enter = `
  SELECT set_config('role', '${customerRole}', true),
    set_config('sallyport.customer', $1, true), set_config('sallyport.services', $2, true)`;
const enterReading = `${enter}, set_config('transaction_read_only', 'on', true)`;

/** For reads, each of which enters the role by itself. Nothing can be changed through it. */
export function viewOf(database: Database, tenancy: Tenancy): TenantView {
  const { query } = database.after(entering(tenancy, enterReading));
  return { query, asService: (work) => work(database) };
}

/** Has a part of a transaction run in the role. */
export async function withView<T>(
  tx: Queryable,
  tenancy: Tenancy,
  work: (view: TenantView) => Promise<T>,
): Promise<T> {
  const { text, values } = entering(tenancy, enter);
  await tx.query(text, values, { prepare: true, unheard: true });
  const query: Queryable['query'] = (asked, given, options) =>
    tx.query(asked, given, { ...options, role: customerRole });
  const result = await work({ query, asService: (inside) => outside(tx, inside) });
  await leave(tx);
  return result;
}

/** Whether it shows one customer only. */
export function isView(db: Queryable): db is TenantView {
  return 'asService' in db;
}

function entering({ customerId, serviceIds }: Tenancy, text: string): Opening {
  return { text, values: [customerId, serviceIds.join(',')] };
}

async function outside<T>(tx: Queryable, work: (db: Queryable) => Promise<T>): Promise<T> {
  await leave(tx);
  try {
    return await work(tx);
  } finally {
    await tx.query(`set local role ${customerRole}`, undefined, { unheard: true });
  }
}

async function leave(tx: Queryable): Promise<void> {
  await tx.query('set local role none', undefined, { unheard: true });
}
