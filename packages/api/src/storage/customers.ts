// Customers, and what is still there of one that leaves.

import {
  leavingSince,
  type Customer,
  type CustomerState,
  type Remains,
} from '../domain/customer.ts';
import { isLive, type ConnectionState, type Decision } from '../domain/connection.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { ownerSql, ownsSql, principalSql } from './owners.ts';
import { firstRow, insertRow, listRows, lockRow, updateRow, type ListQuery } from './statements.ts';

const select = 'SELECT t.* FROM customers t';

export function insert(db: Queryable, customer: Customer): Promise<void> {
  return insertRow(db, 'customers', customer);
}

/** By id or `external_id`, within `tenant` when it is not null. */
export function find(db: Queryable, key: string, tenant: string | null): Promise<Customer | null> {
  return firstRow(
    db,
    `${select} WHERE (t.id = $1 OR t.external_id = $1) AND ($2::text IS NULL OR t.id = $2)`,
    [key, tenant],
  );
}

/** Keeps others from changing it until the transaction ends. */
export function lock(db: Queryable, id: string): Promise<void> {
  return lockRow(db, 'customers', id);
}

export function list(
  db: Queryable,
  filter: { state?: string | undefined; updatedSince?: Date | undefined },
  page: PageRequest,
): Promise<Customer[]> {
  const where: ListQuery['where'] = [['t.updated_at >= ?', filter.updatedSince]];
  return listRows(db, { select, by: [['t.state', filter.state]], where, page });
}

export function update(db: Queryable, id: string, changes: Partial<Customer>): Promise<void> {
  return updateRow(db, 'customers', id, changes);
}

export async function setState(
  db: Queryable,
  id: string,
  state: CustomerState,
  at: Date,
): Promise<void> {
  await db.query(
    `UPDATE customers SET state = $2, updated_at = $3,
       offboarding_since = CASE WHEN $2 = 'offboarding' THEN $3 ELSE offboarding_since END
     WHERE id = $1`,
    [id, state, at],
  );
}

/** What AWS was last seen to have of a customer that leaves. */
export async function remains(db: Queryable, customer: Customer): Promise<Remains> {
  return {
    principals: await remainingPrincipals(db, customer.id),
    connections: await remainingConnections(db, customer.id),
    readSince: (await unreadServiceIds(db, customer)).length === 0,
  };
}

/**
 * Services of a customer that leaves, by grant, principal or connection, which are still to be read
 * in full. A read of connections tells nothing of an endpoint that could still be made after it, so
 * it must be newer than the read of the allowlist that first showed no principal of the customer.
 */
export async function unreadServiceIds(db: Queryable, customer: Customer): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `WITH entries AS (
       SELECT p.* FROM principals p JOIN accounts a ON ${principalSql('a', 'p')}
       WHERE a.customer_id = $1 AND ${ownsSql('a')}),
     concerned AS (
       SELECT endpoint_service_id AS id FROM grants WHERE customer_id = $1
       UNION SELECT endpoint_service_id FROM entries
       UNION SELECT n.endpoint_service_id FROM connections n
         JOIN accounts a ON ${ownerSql('a', 'n')} WHERE a.customer_id = $1)
     SELECT s.id FROM concerned
     JOIN endpoint_services s USING (id)
     LEFT JOIN targets t ON t.kind = 'connections'
       AND t.key = s.provider_account_id || '/' || s.region
     WHERE s.service_id IS NOT NULL
       AND (s.principals_read_at IS NULL OR s.principals_read_at <= $2
         OR t.report->>'fullReadAt' IS NULL
         OR (t.report->>'fullReadAt')::timestamptz <= greatest($2,
           (SELECT max(since) FROM entries WHERE endpoint_service_id = s.id AND NOT observed)))
     ORDER BY s.id`,
    [customer.id, leavingSince(customer)],
  );
  return rows.map(({ id }) => id);
}

function remainingPrincipals(db: Queryable, customerId: string): Promise<Remains['principals']> {
  return db.query(
    `SELECT p.arn, p.endpoint_service_id, p.owned, s.manages_principals AS managed
     FROM principals p
     JOIN endpoint_services s ON s.id = p.endpoint_service_id
     JOIN accounts a ON ${principalSql('a', 'p')}
     WHERE a.customer_id = $1 AND ${ownsSql('a')} AND p.observed
     ORDER BY p.arn, p.endpoint_service_id`,
    [customerId],
  );
}

async function remainingConnections(
  db: Queryable,
  customerId: string,
): Promise<Remains['connections']> {
  const rows = await db.query<{
    id: string;
    endpointServiceId: string;
    state: ConnectionState;
    decision: Decision;
    managed: boolean;
  }>(
    `SELECT n.id, n.endpoint_service_id, n.state, n.decision,
       s.manages_acceptance AS managed
     FROM connections n
     JOIN endpoint_services s ON s.id = n.endpoint_service_id
     JOIN accounts a ON ${ownerSql('a', 'n')}
     WHERE a.customer_id = $1 ORDER BY n.id`,
    [customerId],
  );
  return rows.map(({ state, ...row }) => ({ ...row, live: isLive(state) }));
}
