// Grants, with what the customer needs to know of the service.

import type { Grant } from '../domain/grant.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, listRows, lockRow, updateRow, type ListQuery } from './statements.ts';

const select = `
  SELECT t.id, t.customer_id, t.endpoint_service_id, t.account_ids, t.role_names, t.acceptance,
    t.connections_max, t.endpoint_regions, t.dns, t.expires_at, t.expired_at, t.created_at,
    t.updated_at,
    jsonb_build_object(
      'serviceName', s.service_name,
      'region', s.region,
      'availabilityZoneIds', coalesce(s.observed->'availabilityZoneIds', '[]'),
      'privateDnsName', s.observed->'privateDns'->>'name'
    ) AS service
  FROM grants t JOIN endpoint_services s ON s.id = t.endpoint_service_id`;

export function insert(db: Queryable, grant: Omit<Grant, 'service'>): Promise<void> {
  return insertRow(db, 'grants', grant);
}

export function find(db: Queryable, id: string, tenant: string | null): Promise<Grant | null> {
  return firstRow(db, `${select} WHERE t.id = $1 AND ($2::text IS NULL OR t.customer_id = $2)`, [
    id,
    tenant,
  ]);
}

/** By the customer and the service, each by its id or its natural key. */
export function findBetween(
  db: Queryable,
  { customer, service }: { customer: string; service: string },
  tenant: string | null,
): Promise<Grant | null> {
  return firstRow(
    db,
    `${select} JOIN customers c ON c.id = t.customer_id
     WHERE (c.id = $1 OR c.external_id = $1) AND (s.id = $2 OR s.service_id = $2)
       AND ($3::text IS NULL OR t.customer_id = $3)`,
    [customer, service, tenant],
  );
}

/** Keeps others from changing it until the transaction ends. */
export function lock(db: Queryable, id: string): Promise<void> {
  return lockRow(db, 'grants', id);
}

export interface GrantFilter {
  customerId?: string | null | undefined;
  endpointServiceId?: string | undefined;
  updatedSince?: Date | undefined;
}

export function list(db: Queryable, filter: GrantFilter, page: PageRequest): Promise<Grant[]> {
  const by: ListQuery['by'] = [
    ['t.customer_id', filter.customerId],
    ['t.endpoint_service_id', filter.endpointServiceId],
  ];
  return listRows(db, { select, by, where: [['t.updated_at >= ?', filter.updatedSince]], page });
}

export function update(db: Queryable, id: string, changes: Partial<Omit<Grant, 'service'>>) {
  return updateRow(db, 'grants', id, changes);
}

export async function remove(db: Queryable, id: string): Promise<void> {
  await db.query('DELETE FROM grants WHERE id = $1', [id]);
}

/** Ids of the services that the customer has grants on. */
export async function serviceIdsOf(db: Queryable, customerId: string): Promise<string[]> {
  const rows = await db.query<{ endpointServiceId: string }>(
    'SELECT DISTINCT endpoint_service_id FROM grants WHERE customer_id = $1 ORDER BY 1',
    [customerId],
  );
  return rows.map((row) => row.endpointServiceId);
}
