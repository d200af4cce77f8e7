// Who could reach a service at a moment in the past: periods that the database keeps by itself, the
// states that connections were in, and what the audit log says about either.

import type { Standing } from '../domain/account.ts';
import type { ConnectionState } from '../domain/connection.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow } from './statements.ts';

/** Whose it was, and who let it in, as far as that is known. */
interface Attributed {
  accountId: string | null;
  customerId: string | null;
  standing: Standing | null;
  allowedBy: string | null;
  allowedReason: string | null;
  allowedAt: Date | null;
}

export interface PastPrincipal extends Attributed {
  arn: string;
  since: Date;
}

export interface PastConnection extends Attributed {
  id: string;
  vpcEndpointId: string;
  /** Null when the states from that time are no longer kept. */
  state: ConnectionState | null;
  since: Date | null;
}

export async function beganAt(db: Queryable): Promise<Date | null> {
  const row = await firstRow<{ beganAt: Date }>(db, 'SELECT began_at FROM access_history', []);
  return row?.beganAt ?? null;
}

/** Of the time before, something is no longer kept. */
export async function beginAt(db: Queryable, moment: Date): Promise<void> {
  await db.query('UPDATE access_history SET began_at = $1 WHERE began_at < $1', [moment]);
}

/** The standing that counted at the moment: an account has one owner, and others only claim it. */
const ownerAt = (account: string, partition: string) => `
  LEFT JOIN LATERAL (
    SELECT p.customer_id, p.standing FROM account_periods p
    WHERE p.account_id = ${account} AND p.partition = ${partition}
      AND p.standing IN ('proven', 'attested', 'imported', 'lapsed')
      AND p.from_at <= $2 AND (p.until_at IS NULL OR p.until_at > $2)
    ORDER BY p.seq DESC LIMIT 1) owner ON true`;

/** Whether terms of a grant, as the audit log has them, ask for the entry `t` of an allowlist. */
const covers = (terms: string) => `coalesce(
  (${terms}->'accountIds' = '[]'
    OR ${terms}->'accountIds' @> to_jsonb(split_part(t.arn, ':', 5)))
  AND CASE WHEN t.arn LIKE '%:root' THEN ${terms}->'roleNames' = '[]'
    ELSE ${terms}->'roleNames' @> to_jsonb(split_part(t.arn, ':role/', 2)) END, false)`;

/** What made a grant cover it that still did then, or the adoption. */
const allowingPrincipal = `
  LEFT JOIN LATERAL (
    SELECT e.id, e.actor, e.reason, e.at FROM audit_entries e
    WHERE e.customer_id = owner.customer_id AND e.at <= $2
      AND e.action IN ('createGrant', 'updateGrant') AND e.after->>'endpointServiceId' = $1
      AND ${covers('e.after')} AND NOT ${covers('e.before')}
      AND NOT EXISTS (SELECT FROM audit_entries later
        WHERE later.customer_id = owner.customer_id AND later.subject_id = e.subject_id
          AND later.id > e.id AND later.at <= $2
          AND later.action IN ('updateGrant', 'deleteGrant', 'expireGrant')
          AND NOT (later.action = 'updateGrant' AND ${covers('later.after')}))
    UNION ALL
    SELECT e.id, e.actor, e.reason, e.at
    FROM principals p JOIN audit_entries e ON e.subject_id = p.id
    WHERE p.endpoint_service_id = $1 AND p.arn = t.arn AND e.at <= $2
      AND e.action IN ('adoptPrincipal', 'adoptPrincipals')
    ORDER BY id DESC LIMIT 1) allowing ON true`;

const allowingConnection = `
  LEFT JOIN LATERAL (
    SELECT e.actor, e.reason, e.at FROM audit_entries e
    WHERE e.subject_id = c.id AND e.action = 'acceptConnection' AND e.at <= $2
    ORDER BY e.id DESC LIMIT 1) allowing ON true`;

const attributes = `owner.customer_id, owner.standing, allowing.actor AS allowed_by,
  allowing.reason AS allowed_reason, allowing.at AS allowed_at`;

/** The allowlist as AWS showed it, its entries made by hand among them. */
export function principalsAt(db: Queryable, serviceId: string, at: Date): Promise<PastPrincipal[]> {
  return db.query(
    `SELECT t.arn, t.from_at AS since, nullif(split_part(t.arn, ':', 5), '') AS account_id,
       ${attributes}
     FROM principal_periods t
     ${ownerAt(`split_part(t.arn, ':', 5)`, `split_part(t.arn, ':', 2)`)}
     ${allowingPrincipal}
     WHERE t.endpoint_service_id = $1 AND t.from_at <= $2
       AND (t.until_at IS NULL OR t.until_at > $2)
     ORDER BY t.arn`,
    [serviceId, at],
  );
}

/** Those that had been seen by then and had not ended, or of which that is no longer known. */
export function connectionsAt(
  db: Queryable,
  serviceId: string,
  at: Date,
): Promise<PastConnection[]> {
  return db.query(
    `SELECT c.id, c.vpc_endpoint_id, c.owner_account_id AS account_id, past.state, past.since,
       ${attributes}
     FROM connections c
     LEFT JOIN LATERAL (
       SELECT t.to_state AS state, t.at AS since FROM connection_transitions t
       WHERE t.connection_id = c.id AND t.at <= $2 ORDER BY t.seq DESC LIMIT 1) past ON true
     ${ownerAt(
       'c.owner_account_id',
       `CASE WHEN c.endpoint_region LIKE 'cn-%' THEN 'aws-cn'
          WHEN c.endpoint_region LIKE 'us-gov-%' THEN 'aws-us-gov' ELSE 'aws' END`,
     )}
     ${allowingConnection}
     WHERE c.endpoint_service_id = $1 AND c.first_seen_at <= $2
       AND (past.state IS NULL
         OR past.state NOT IN ('deleted', 'rejected', 'failed', 'expired'))
     ORDER BY c.id`,
    [serviceId, at],
  );
}
