// Whether rows have changed, without reading them: by the transaction that wrote them last, which
// PostgreSQL keeps as `xmin`.

import type { Queryable } from './postgres/database.ts';

/** What can be watched, by the last word of its path. */
export type Watched = 'operations' | 'connections' | 'accounts' | 'private-dns';

/** By id and by natural key. A row that is not there has none. */
const queries: Record<Watched, string> = {
  operations: `
    SELECT id, NULL AS name, xmin::text AS version FROM operations WHERE id = ANY ($1)`,
  connections: `
    SELECT id, vpc_endpoint_id AS name, xmin::text AS version FROM connections
    WHERE id = ANY ($1) OR vpc_endpoint_id = ANY ($1)`,
  accounts: `
    SELECT id, account_id AS name, xmin::text AS version FROM accounts
    WHERE id = ANY ($1) OR account_id = ANY ($1) ORDER BY id`,
  'private-dns': `
    SELECT s.id, s.service_id AS name, concat(s.xmin, '/', p.xmin) AS version
    FROM endpoint_services s LEFT JOIN private_dns p ON p.endpoint_service_id = s.id
    WHERE s.id = ANY ($1) OR s.service_id = ANY ($1)`,
};

/** The versions of those that are there, by each of their names. */
export async function versionsOf(
  db: Queryable,
  watched: Watched,
  keys: string[],
): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; name: string | null; version: string }>(
    queries[watched],
    [keys],
  );
  const versions = new Map<string, string>();
  for (const { id, name, version } of rows) {
    versions.set(id, version);
    // Several customers may claim one account number.
    if (name !== null) versions.set(name, `${versions.get(name) ?? ''} ${version}`);
  }
  return versions;
}
