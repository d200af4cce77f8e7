// Targets as people look at them: what is looked after, when it is due and what its last run told.

import type { PageRequest } from '../domain/page.ts';
import { maxAgeOfTarget, pagesOf } from '../domain/read-tier.ts';
import { targetKinds, type ReconcileTarget, type TargetKind } from '../domain/target.ts';
import { allowlistPages } from './endpoint-services.ts';
import type { Queryable } from './postgres/database.ts';
import { listRows } from './statements.ts';

export interface TargetFilter {
  endpointServiceId?: string | undefined;
  kind?: TargetKind | undefined;
}

/** A target of a service is of the service's place; the key of any other one may be its place. */
const select = `
  SELECT * FROM (
    SELECT kind || '/' || key AS id, kind, key, due_at, lease_owner, lease_until, wanted, done,
      failures, report - 'at' AS report, (report->>'at')::timestamptz AS reported_at,
      coalesce((report->>'listed')::integer, 0) AS connections_listed,
      coalesce(pages.allowlist_pages, 1) AS allowlist_pages
    FROM targets
    LEFT JOIN endpoint_services s ON s.id = key
    CROSS JOIN LATERAL ${allowlistPages(
      "coalesce(s.provider_account_id, split_part(key, '/', 1))",
      "coalesce(s.region, split_part(key, '/', 2))",
    )} pages) t`;

interface Row extends Omit<ReconcileTarget, 'maxAgeSeconds'> {
  connectionsListed: number;
  allowlistPages: number;
}

/** Of what looks after the service `s`, or after its region. */
const itsKeys = `unnest(ARRAY[s.id, s.provider_account_id || '/' || s.region])`;

/** Those `t` that look after a service, or after its region. */
export const ofService = `t.key IN (SELECT ${itsKeys} FROM endpoint_services s WHERE s.id = ?)`;

/** The same, by all ids that they could have: PostgreSQL 15 would read every target for a key. */
const idsOfService = `t.id = ANY (ARRAY(
  SELECT kinds.kind || '/' || keys.key
  FROM endpoint_services s, ${itsKeys} AS keys (key),
    unnest('{${targetKinds.join(',')}}'::text[]) AS kinds (kind) WHERE s.id = ?))`;

/** Those of a service include the ones of its region. */
export async function list(
  db: Queryable,
  filter: TargetFilter,
  page: PageRequest,
): Promise<ReconcileTarget[]> {
  const where: [string, unknown][] = [
    [idsOfService, filter.endpointServiceId],
    ['t.kind = ?', filter.kind],
  ];
  const rows = await listRows<Row>(db, { select, where, page });
  return rows.map(({ connectionsListed, allowlistPages: pages, ...target }) => {
    const read = { allowlistPages: pages, connectionPages: pagesOf(connectionsListed) };
    return { ...target, maxAgeSeconds: maxAgeOfTarget(target.kind, read) };
  });
}
