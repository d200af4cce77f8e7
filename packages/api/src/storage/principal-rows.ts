// How an entry of the allowlists is read: with who wants it, and what that makes of it.

import type { PrincipalState } from '../domain/principal.ts';

/**
 * A lapsed account keeps an entry that is there, but does not get one (invariant 9); the same goes
 * for one that an operator let go.
 */
const wanted = 'w.arn IS NOT NULL AND ((w.admits AND NOT t.released) OR t.observed)';
const restoring = `(t.restore OR s.on_external_removal = 'restore')`;
const contested = `t.owned AND t.confirmed AND t.missed_reads >= 2 AND NOT ${restoring}`;
const columns = `
  SELECT t.id, t.endpoint_service_id, t.arn, t.owned, t.observed, t.confirmed, t.withdrawn,
    t.missed_reads, t.released, ${restoring} AS restoring, t.since, t.unsettled_since,
    t.unwanted, w.customer_id,
    s.principals_read_at AS observed_at,
    ${wanted} AS wanted,
    CASE WHEN ${wanted} THEN w.grant_ids ELSE '{}' END AS grant_ids
  FROM principals t
  JOIN endpoint_services s ON s.id = t.endpoint_service_id`;

export const select = `${columns}
  LEFT JOIN wanted_principals w
    ON w.endpoint_service_id = t.endpoint_service_id AND w.arn = t.arn`;

/** The same for a few of many: who wants an entry is looked up for it alone, by its account. */
export const selectEach = `${columns}
  LEFT JOIN LATERAL (
    SELECT * FROM wanted_principals v
    WHERE v.endpoint_service_id = t.endpoint_service_id
      AND v.account_id = split_part(t.arn, ':', 5) AND v.arn = t.arn
    OFFSET 0) w ON true`;

/** The states of the domain as conditions; a test holds the two together. */
export const inState: Record<PrincipalState, string> = {
  allowed: `${wanted} AND t.observed`,
  pending: `${wanted} AND NOT t.observed AND NOT (${contested})`,
  contested: `${wanted} AND NOT t.observed AND ${contested}`,
  removing: `NOT (${wanted}) AND t.observed AND t.owned`,
  unmanaged: `NOT (${wanted}) AND t.observed AND NOT t.owned`,
  gone: `NOT (${wanted}) AND NOT t.observed`,
};

const openServices = `ARRAY(
  SELECT key FROM targets WHERE kind = 'principals' AND wanted > done)`;

/**
 * What may be `removing`: few of many. Of allowlists whose wishes may have changed since they were
 * read, the wishes are computed all at once, as many of their entries may have to be looked at.
 */
export const maybeRemoving = `t.id = ANY (ARRAY(
  SELECT id FROM principals WHERE unwanted
  UNION ALL
  SELECT p.id FROM principals p
  LEFT JOIN (
    SELECT endpoint_service_id, arn FROM wanted_principals
    WHERE endpoint_service_id = ANY (${openServices}) OFFSET 0) wish
    ON wish.endpoint_service_id = p.endpoint_service_id AND wish.arn = p.arn
  WHERE p.endpoint_service_id = ANY (${openServices})
    AND p.observed AND p.owned AND wish.arn IS NULL))`;
