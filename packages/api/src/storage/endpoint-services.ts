// Endpoint services: what was registered, and what AWS last said of each.

import type {
  EndpointService,
  ExternalRemoval,
  Modes,
  ObservedService,
} from '../domain/endpoint-service.ts';
import type { PageRequest } from '../domain/page.ts';
import { itemsOfPage, pagesOf, readsOf } from '../domain/read-tier.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, listRows, lockRow, updateRow } from './statements.ts';

/** Pages that the allowlists of a provider account take in a region; both are SQL. */
export function allowlistPages(providerAccountId: string, region: string): string {
  return `(
    SELECT sum(greatest(1, ceil(o.principals_listed / ${itemsOfPage}.0)))::integer
      AS allowlist_pages
    FROM endpoint_services o
    WHERE o.provider_account_id = ${providerAccountId} AND o.region = ${region})`;
}

const select = `
  SELECT t.id, t.name, t.provider_account_id, t.region, t.service_id, t.service_name,
    t.network_load_balancer_arns, t.modes, t.observed, t.observed_at,
    t.state_since,
    coalesce(t.problem, t.mark_problem,
      'Its mark in AWS is "' || t.strange_mark || '".') AS problem,
    t.frozen_since, t.frozen_reason, t.quarantine, t.on_external_removal,
    t.retiring_since, t.retire_reason, t.retired_at,
    t.principals_read_at, place.allowlist_pages,
    (read.report->>'fullReadAt')::timestamptz AS connections_read_at,
    coalesce((read.report->>'listed')::integer, 0) AS connections_listed, t.created_at, t.updated_at
  FROM endpoint_services t
  CROSS JOIN LATERAL ${allowlistPages('t.provider_account_id', 't.region')} place
  LEFT JOIN targets read
    ON read.kind = 'connections' AND read.key = t.provider_account_id || '/' || t.region`;

interface Row extends Omit<EndpointService, 'reads'> {
  principalsReadAt: Date | null;
  allowlistPages: number;
  connectionsReadAt: Date | null;
  connectionsListed: number;
}

export function insert(db: Queryable, service: EndpointService): Promise<void> {
  const { observed: _observed, reads: _reads, stateSince: _since, ...row } = service;
  return insertRow(db, 'endpoint_services', row);
}

/** By id, by AWS's `vpce-svc-…`, or by the service name. */
export async function find(db: Queryable, key: string): Promise<EndpointService | null> {
  const row = await firstRow<Row>(
    db,
    `${select} WHERE t.id = $1 OR t.service_id = $1 OR t.service_name = $1`,
    [key],
  );
  return row && toService(row);
}

/** Keeps others from changing it until the transaction ends. */
export function lock(db: Queryable, id: string): Promise<void> {
  return lockRow(db, 'endpoint_services', id);
}

export async function list(
  db: Queryable,
  filter: { region?: string | undefined; updatedSince?: Date | undefined },
  page: PageRequest,
): Promise<EndpointService[]> {
  const where: [string, unknown][] = [
    ['t.region = ?', filter.region],
    ['t.updated_at >= ?', filter.updatedSince],
  ];
  const rows = await listRows<Row>(db, { select, where, page });
  return rows.map(toService);
}

/** Every service of one region of a provider account. */
export async function listInRegion(
  db: Queryable,
  providerAccountId: string,
  region: string,
): Promise<EndpointService[]> {
  const rows = await db.query<Row>(
    `${select} WHERE t.provider_account_id = $1 AND t.region = $2 ORDER BY t.id`,
    [providerAccountId, region],
  );
  return rows.map(toService);
}

export function update(
  db: Queryable,
  id: string,
  changes: {
    name?: string;
    onExternalRemoval?: ExternalRemoval;
    modes?: Modes;
    frozenSince?: Date | null;
    frozenReason?: string | null;
    updatedAt: Date;
  },
): Promise<void> {
  return updateRow(db, 'endpoint_services', id, changes);
}

export async function remove(db: Queryable, id: string): Promise<void> {
  await db.query('DELETE FROM endpoint_services WHERE id = $1', [id]);
}

/**
 * What AWS said of the service, and its AWS id once it has one.
 *
 * @param at when AWS was asked
 * @returns false when it has been asked since: then nothing is recorded
 */
export async function recordObserved(
  db: Queryable,
  id: string,
  seen: { serviceId: string; serviceName: string; observed: ObservedService },
  at: Date,
): Promise<boolean> {
  const rows = await db.query(
    `UPDATE endpoint_services
     SET service_id = $2, service_name = $3, observed = $4, observed_at = $5, problem = NULL,
       state_since = CASE WHEN observed->'state' = $4::jsonb->'state'
         THEN state_since ELSE $5 END,
       acceptance_since = CASE WHEN observed->'acceptanceRequired' = $4::jsonb->'acceptanceRequired'
         THEN acceptance_since ELSE $5 END,
       private_dns_since = CASE
         WHEN observed->'privateDns'->'name' IS NOT DISTINCT FROM $4::jsonb->'privateDns'->'name'
         THEN private_dns_since ELSE $5 END
     WHERE id = $1 AND (observed_at IS NULL OR observed_at <= $5)
     RETURNING id`,
    [id, seen.serviceId, seen.serviceName, JSON.stringify(seen.observed), at],
  );
  return rows.length > 0;
}

export interface Sinces {
  stateSince: Date | null;
  acceptanceSince: Date | null;
  privateDnsSince: Date | null;
}

/** Since when AWS shows the state, acceptance and private DNS name of a service as they are. */
export async function sinces(db: Queryable, id: string): Promise<Sinces> {
  const row = await firstRow<Sinces>(
    db,
    'SELECT state_since, acceptance_since, private_dns_since FROM endpoint_services WHERE id = $1',
    [id],
  );
  return row ?? { stateSince: null, acceptanceSince: null, privateDnsSince: null };
}

/** Why AWS could not be asked about the service, or refused to create it. */
export async function recordProblem(db: Queryable, id: string, problem: string): Promise<void> {
  await db.query('UPDATE endpoint_services SET problem = $2 WHERE id = $1', [id, problem]);
}

/** AWS was asked at this time and shows no such service; unless it has been asked since. */
export async function recordMissing(
  db: Queryable,
  id: string,
  problem: string,
  at: Date,
): Promise<void> {
  await db.query(
    `UPDATE endpoint_services
     SET problem = $2, observed_at = $3, observed = jsonb_set(observed, '{state}', '"missing"'),
       state_since = CASE WHEN observed->>'state' = 'missing' THEN state_since ELSE $3 END
     WHERE id = $1 AND (observed_at IS NULL OR observed_at <= $3)`,
    [id, problem, at],
  );
}

/** The allowlist of the service was read to its end, and showed so many entries. */
export async function recordPrincipalsRead(
  db: Queryable,
  id: string,
  listed: number,
  at: Date,
): Promise<void> {
  await db.query(
    'UPDATE endpoint_services SET principals_read_at = $2, principals_listed = $3 WHERE id = $1',
    [id, at, listed],
  );
}

function toService(row: Row): EndpointService {
  const { principalsReadAt, allowlistPages, connectionsReadAt, connectionsListed, ...service } =
    row;
  const reads = readsOf({
    configurationReadAt: service.observedAt,
    principalsReadAt,
    connectionsReadAt,
    allowlistPages,
    connectionPages: pagesOf(connectionsListed),
  });
  return { ...service, reads };
}
