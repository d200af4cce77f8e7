// The ledger of the allowlists: what grants want, what we added, what AWS last showed.

import {
  agreeingReads,
  principalAlarm,
  principalState,
  type Principal,
  type PrincipalFacts,
  type PrincipalState,
} from '../domain/principal.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { inState, maybeRemoving, select, selectEach } from './principal-rows.ts';
import { firstRow, listRows, type ListQuery } from './statements.ts';

type Row = LedgerFacts & Omit<Principal, 'state' | 'alarm'>;

/** Whose grant wants the entry, if any one's does. */
export type LedgerFacts = PrincipalFacts & {
  customerId: string | null;
  unsettledSince: Date | null;
  /** When the allowlist was last read, it was there and ours, and nobody wanted it. */
  unwanted: boolean;
};

export async function find(
  db: Queryable,
  id: string,
  tenant: string | null,
): Promise<Principal | null> {
  const row = await firstRow<Row>(
    db,
    `${select} WHERE t.id = $1 AND ($2::text IS NULL OR w.customer_id = $2)`,
    [id, tenant],
  );
  return row && toPrincipal(row);
}

export interface PrincipalFilter {
  customerId: string | null;
  endpointServiceId?: string | undefined;
  state?: PrincipalState | undefined;
  /** The AWS account that they let in. */
  accountId?: string | undefined;
  /** Only those that AWS shows and that are not ours. */
  unowned?: boolean;
}

export async function list(
  db: Queryable,
  filter: PrincipalFilter,
  page: PageRequest,
): Promise<Principal[]> {
  const by: ListQuery['by'] = [
    ["split_part(t.arn, ':', 5)", filter.accountId],
    ['t.endpoint_service_id', filter.endpointServiceId],
  ];
  const where: [string, unknown][] = [['w.customer_id = ?', filter.customerId]];
  if (filter.unowned) where.push(['(t.observed AND NOT t.owned) = ?', true]);
  if (filter.state) where.push([`(${inState[filter.state]}) = ?`, true]);
  // Those of a customer are found by what it wants; all others by their own order.
  const isOfAll = filter.customerId === null;
  if (isOfAll && filter.state === 'removing') where.push([`(${maybeRemoving}) = ?`, true]);
  const rows = await listRows<Row>(db, { select: isOfAll ? selectEach : select, by, where, page });
  return rows.map(toPrincipal);
}

/** Those entries of a service's allowlist that have one of these ids or ARNs. */
export function listNamed(
  db: Queryable,
  endpointServiceId: string,
  names: string[],
): Promise<Principal[]> {
  return read(db, '(t.id = ANY ($2) OR t.arn = ANY ($2)) ORDER BY t.id', [
    endpointServiceId,
    names,
  ]);
}

/** The entries of one account on a service's allowlist, whoever wants or made them. */
export function listOfAccount(
  db: Queryable,
  endpointServiceId: string,
  accountId: string,
): Promise<Principal[]> {
  const which = `split_part(t.arn, ':', 5) = $2 ORDER BY t.arn`;
  return read(db, which, [endpointServiceId, accountId]);
}

/** The whole of one service's allowlist. */
export function listAll(db: Queryable, endpointServiceId: string): Promise<Principal[]> {
  return read(db, 'true ORDER BY t.arn', [endpointServiceId]);
}

/** Everything known of one service's allowlist, for the set difference. */
export function facts(db: Queryable, endpointServiceId: string): Promise<LedgerFacts[]> {
  return db.query(`${select} WHERE t.endpoint_service_id = $1 ORDER BY t.arn`, [endpointServiceId]);
}

/** Gives each wanted ARN its row, so that it can be seen and followed before AWS has it. */
export async function addWanted(
  db: Queryable,
  endpointServiceIds: string[],
  makeId: () => string,
  now: Date,
): Promise<void> {
  const missing = await db.query<{ endpointServiceId: string; arn: string }>(
    `SELECT w.endpoint_service_id, w.arn FROM wanted_principals w
     LEFT JOIN principals p ON p.endpoint_service_id = w.endpoint_service_id AND p.arn = w.arn
     WHERE w.endpoint_service_id = ANY ($1) AND p.id IS NULL`,
    [endpointServiceIds],
  );
  await insertAll(
    db,
    missing.map((row) => ({ ...row, id: makeId(), observed: false })),
    now,
  );
}

/**
 * Records a full read of the allowlist: who was there, and who was missed once more, as far as that
 * tells anything. Entries for which nothing has changed are not written.
 * @returns entries of ours that AWS showed for the first time since they were added
 */
export async function recordRead(
  db: Queryable,
  endpointServiceId: string,
  arns: string[],
  makeId: () => string,
  now: Date,
): Promise<string[]> {
  const confirmed = await db.query<{ arn: string }>(
    `WITH confirmed AS (
       SELECT arn FROM principals
       WHERE endpoint_service_id = $1 AND arn = ANY ($2)
         AND owned AND NOT withdrawn AND NOT confirmed),
     written AS (
       UPDATE principals SET observed = (arn = ANY ($2)),
         confirmed = confirmed OR (owned AND NOT withdrawn AND arn = ANY ($2)),
         missed_reads = CASE WHEN arn = ANY ($2) THEN 0 ELSE missed_reads + 1 END,
         restore = restore AND arn <> ALL ($2),
         since = CASE WHEN observed = (arn = ANY ($2)) THEN since ELSE $3 END
       WHERE endpoint_service_id = $1 AND (
         observed <> (arn = ANY ($2))
         OR (arn <> ALL ($2) AND missed_reads < $4)
         OR arn IN (SELECT arn FROM confirmed)))
     SELECT arn FROM confirmed ORDER BY arn`,
    [endpointServiceId, arns, now, agreeingReads],
  );
  const found = await db.query<{ arn: string }>(
    `SELECT arn FROM unnest($2::text[]) AS arn
     WHERE NOT EXISTS (SELECT 1 FROM principals p
       WHERE p.endpoint_service_id = $1 AND p.arn = arn.arn)`,
    [endpointServiceId, arns],
  );
  const rows = found.map(({ arn }) => ({ endpointServiceId, arn, id: makeId(), observed: true }));
  await insertAll(db, rows, now);
  return confirmed.map(({ arn }) => arn);
}

/**
 * Enters into the ledger that these are ours to remove, before AWS is asked to add them.
 * @returns those that were not ours before
 */
export async function recordOwned(
  db: Queryable,
  endpointServiceId: string,
  arns: string[],
): Promise<string[]> {
  const taken = await db.query<{ arn: string }>(
    `WITH taken AS (
       SELECT arn FROM principals
       WHERE endpoint_service_id = $1 AND arn = ANY ($2) AND NOT owned),
     written AS (
       UPDATE principals SET owned = true, withdrawn = false, confirmed = false, missed_reads = 0,
         restore = false
       WHERE endpoint_service_id = $1 AND arn = ANY ($2))
     SELECT arn FROM taken`,
    [endpointServiceId, arns],
  );
  return taken.map(({ arn }) => arn);
}

/** AWS has refused to add these: what may appear under their names is of other hands. */
export async function recordRefused(
  db: Queryable,
  endpointServiceId: string,
  arns: string[],
): Promise<void> {
  await db.query(
    'UPDATE principals SET owned = false WHERE endpoint_service_id = $1 AND arn = ANY ($2)',
    [endpointServiceId, arns],
  );
}

/** Enters into the ledger that we take these away ourselves, before AWS is asked to. */
export async function recordWithdrawn(
  db: Queryable,
  endpointServiceId: string,
  arns: string[],
): Promise<void> {
  await db.query(
    `UPDATE principals SET withdrawn = true, confirmed = false, missed_reads = 0
     WHERE endpoint_service_id = $1 AND arn = ANY ($2)`,
    [endpointServiceId, arns],
  );
}

/**
 * Those that AWS no longer shows and nobody wants are no longer ours. One that we have asked AWS to
 * add since `lateSince`, and that it has not shown yet, may still appear, and stays ours till then.
 * @returns those of them that we had taken away
 */
export async function releaseGone(
  db: Queryable,
  endpointServiceId: string,
  lateSince: Date,
): Promise<string[]> {
  await db.query(
    `UPDATE principals t SET released = false
     WHERE t.endpoint_service_id = $1 AND t.released
       AND NOT EXISTS (SELECT 1 FROM wanted_principals w
         WHERE w.endpoint_service_id = t.endpoint_service_id AND w.arn = t.arn)`,
    [endpointServiceId],
  );
  const released = await db.query<{ arn: string; withdrawn: boolean }>(
    `UPDATE principals t SET owned = false, confirmed = false
     WHERE t.endpoint_service_id = $1 AND t.owned AND NOT t.observed AND t.missed_reads >= 2
       AND NOT EXISTS (SELECT 1 FROM wanted_principals w
         WHERE w.endpoint_service_id = t.endpoint_service_id AND w.arn = t.arn)
       AND (t.confirmed OR t.withdrawn OR NOT EXISTS (SELECT 1 FROM effects e
         WHERE e.target_kind = 'principals' AND e.target_key = $1 AND e.intended_at >= $2
           AND e.request->'add' ? t.arn))
     RETURNING t.arn, t.withdrawn`,
    [endpointServiceId, lateSince],
  );
  return released.filter(({ withdrawn }) => withdrawn).map(({ arn }) => arn);
}

interface NewRow {
  id: string;
  endpointServiceId: string;
  arn: string;
  observed: boolean;
}

async function insertAll(db: Queryable, rows: NewRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `INSERT INTO principals (id, endpoint_service_id, arn, observed, since, unsettled_since)
     SELECT id, service, arn, observed, $5::timestamptz, CASE WHEN NOT observed THEN $5 END
     FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) AS r(id, service, arn, observed)
     ON CONFLICT (endpoint_service_id, arn) DO NOTHING`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.endpointServiceId),
      rows.map((row) => row.arn),
      rows.map((row) => row.observed),
      now,
    ],
  );
}

/** Of the service that the first value names. */
async function read(db: Queryable, which: string, values: unknown[]): Promise<Principal[]> {
  const rows = await db.query<Row>(
    `${select} WHERE t.endpoint_service_id = $1 AND ${which}`,
    values,
  );
  return rows.map(toPrincipal);
}

function toPrincipal(row: Row): Principal {
  const { wanted: _w, confirmed: _c, withdrawn: _t, missedReads: _m, ...rest } = row;
  const { customerId: _i, restoring: _r, unwanted: _u, ...principal } = rest;
  return { ...principal, state: principalState(row), alarm: principalAlarm(row) };
}
