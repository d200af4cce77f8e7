// What an import in bulk has to know before its first row.

import type { Queryable } from './postgres/database.ts';

/** The names that rows give, each an id or a natural key. */
export interface NamedInRows {
  endpointServices: string[];
  customers: string[];
  connections: string[];
}

/** Imports go one after the other, so that no two wait for rows of each other. */
export async function lockImports(db: Queryable): Promise<void> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('imports in bulk', 0))`);
}

/**
 * Ids of the services whose allowlist or connections the rows may concern: those that are named,
 * those that the named customers have grants on, and those of the named connections.
 */
export async function servicesConcerned(db: Queryable, named: NamedInRows): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM endpoint_services
     WHERE id = ANY ($1) OR service_id = ANY ($1) OR service_name = ANY ($1)
     UNION SELECT g.endpoint_service_id FROM grants g JOIN customers c ON c.id = g.customer_id
     WHERE c.id = ANY ($2) OR c.external_id = ANY ($2)
     UNION SELECT endpoint_service_id FROM connections
     WHERE id = ANY ($3) OR vpc_endpoint_id = ANY ($3)
     ORDER BY id`,
    [named.endpointServices, named.customers, named.connections],
  );
  return rows.map(({ id }) => id);
}
