// Decisions about connections that are taken back: accepts whose grounds have gone, rejects that
// were never sent, and what lives on of those who may not.

import { admits, standings } from '../domain/account.ts';
import type { Decision } from '../domain/connection.ts';
import type { CustomerState } from '../domain/customer.ts';
import { connectionsTarget } from '../domain/target.ts';
import { numberSql, ownerSql, ownsSql } from './owners.ts';
import type { Queryable } from './postgres/database.ts';
import * as targets from './targets.ts';

/**
 * How long after its accept was withdrawn a connection that still waits may be let in by the late
 * effect of a stalled process: EC2 takes a signature for minutes only.
 */
const late = `interval '15 minutes'`;

/** An active customer owns the account of the connection, be its proof lapsed or not. */
const isOwned = isOwnedSql('true');

function isOwnedSql(standing: string): string {
  return `EXISTS (SELECT 1 FROM accounts o
    JOIN customers oc ON oc.id = o.customer_id AND oc.state = 'active'
    WHERE ${ownerSql('o', 'n')} AND ${standing})`;
}

/** Whether a call that names the connection was sent, or may have been, and with what outcome. */
function sentSql(action: string, outcome: string): string {
  return `EXISTS (SELECT 1 FROM effects e WHERE e.target_kind = 'connections'
    AND e.target_key = s.provider_account_id || '/' || s.region AND e.action = '${action}'
    AND e.intended_at >= n.first_seen_at AND ${outcome}
    AND e.request->'vpcEndpointIds' @> to_jsonb(n.vpc_endpoint_id))`;
}

const accepted = sentSql('accept_connections', `e.outcome = 'done'`);
const mayBeAccepted = sentSql('accept_connections', `e.outcome IS DISTINCT FROM 'refused'`);
const mayBeRejected = sentSql('reject_connections', `e.outcome IS DISTINCT FROM 'refused'`);

export interface Groundless {
  id: string;
  /** AWS has said that it took the accept, so that there is nothing to withdraw. */
  accepted: boolean;
}

/**
 * Connections of these services whose accept is due, while nobody who may have it owns them, or
 * while the service retires.
 */
export function groundlessAccepts(
  db: Queryable,
  endpointServiceIds: string[],
): Promise<Groundless[]> {
  return db.query(
    `SELECT n.id, ${accepted} AS accepted FROM connections n
     JOIN endpoint_services s ON s.id = n.endpoint_service_id
     WHERE n.endpoint_service_id = ANY ($1) AND n.decision = 'accept'
       AND n.state = 'pendingAcceptance'
       AND (s.retiring_since IS NOT NULL OR NOT ${isOwnedSql('o.standing = ANY ($2)')})
     ORDER BY n.id FOR UPDATE OF n`,
    [endpointServiceIds, standings.filter(admits)],
  );
}

/** Whether all of these endpoints are of accounts that may have new connections now. */
export async function areGrounded(db: Queryable, vpcEndpointIds: string[]): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 AS one FROM connections n
     JOIN accounts a ON ${ownerSql('a', 'n')} AND a.standing = ANY ($2)
     JOIN customers c ON c.id = a.customer_id AND c.state = 'active'
     JOIN endpoint_services s ON s.id = n.endpoint_service_id AND s.retiring_since IS NULL
     WHERE n.vpc_endpoint_id = ANY ($1)`,
    [vpcEndpointIds, standings.filter(admits)],
  );
  return rows.length === vpcEndpointIds.length;
}

/** These are undecided again; of those that may be on their way to AWS it is remembered. */
export async function withdrawAccepts(db: Queryable, ids: string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await db.query(
    `INSERT INTO withdrawn_accepts (connection_id, withdrawn_at)
     SELECT n.id, $2 FROM connections n
     JOIN endpoint_services s ON s.id = n.endpoint_service_id
     WHERE n.id = ANY ($1) AND ${mayBeAccepted}
     ON CONFLICT (connection_id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at`,
    [ids, at],
  );
  await undecide(db, ids);
}

/**
 * Withdraws the accepts that AWS has not taken yet, before the account or customer of this id loses
 * what they rest on. The workers of the connections are woken first, so that none of them is just
 * about to send one.
 * @returns the ids of the connections
 */
export async function withdrawAcceptsOf(
  { db, now }: { db: Queryable; now: Date },
  ownerId: string,
): Promise<string[]> {
  const owned = `FROM connections n JOIN endpoint_services s ON s.id = n.endpoint_service_id
    JOIN accounts a ON ${ownerSql('a', 'n')}
    WHERE $1 IN (a.id, a.customer_id) AND n.decision = 'accept' AND n.state = 'pendingAcceptance'`;
  await wake(db, owned, ownerId, now);
  const rows = await db.query<{ id: string }>(
    `SELECT n.id ${owned} AND NOT ${accepted} ORDER BY n.id FOR UPDATE OF n`,
    [ownerId],
  );
  const ids = rows.map(({ id }) => id);
  await withdrawAccepts(db, ids, now);
  return ids;
}

/**
 * Takes back those rejects of a suspension or leaving that were never sent.
 * @returns the ids of the connections
 */
export async function withdrawRejectsOf(
  { db, now }: { db: Queryable; now: Date },
  customerId: string,
): Promise<string[]> {
  const owned = `FROM connections n JOIN endpoint_services s ON s.id = n.endpoint_service_id
    JOIN accounts a ON ${ownerSql('a', 'n')}
    WHERE a.customer_id = $1 AND n.decision = 'reject'
      AND n.decided_by IN ('policy', 'worker:customer')
      AND n.state IN ('pendingAcceptance', 'pending', 'available', 'partial', 'unknown')`;
  await wake(db, owned, customerId, now);
  const rows = await db.query<{ id: string }>(
    `SELECT n.id ${owned} AND NOT ${mayBeRejected} ORDER BY n.id FOR UPDATE OF n`,
    [customerId],
  );
  const ids = rows.map(({ id }) => id);
  await undecide(db, ids);
  return ids;
}

/** Connections of the customer that were rejected, or are about to be: they do not come back. */
export async function rejectedOf(db: Queryable, customerId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT n.id FROM connections n JOIN accounts a ON ${ownerSql('a', 'n')}
     WHERE a.customer_id = $1 AND n.decision = 'reject' AND n.state <> 'deleted' ORDER BY n.id`,
    [customerId],
  );
  return rows.map(({ id }) => id);
}

export interface LateAccept {
  id: string;
  withdrawnAt: Date;
  /** When it was first seen in the state that it is in. */
  stateSince: Date;
}

/**
 * Connections that an accept of ours has let in after it was withdrawn, and that nobody active
 * owns. Whatever else became of a withdrawn accept is forgotten.
 */
export async function lateAccepts(
  db: Queryable,
  endpointServiceIds: string[],
): Promise<LateAccept[]> {
  await db.query(
    `DELETE FROM withdrawn_accepts w USING connections n
     WHERE n.id = w.connection_id AND n.endpoint_service_id = ANY ($1)
       AND (n.decision <> 'undecided'
         OR n.state NOT IN ('pendingAcceptance', 'pending', 'available', 'partial', 'unknown')
         OR (n.state = 'pendingAcceptance' AND n.observed_at > w.withdrawn_at + ${late})
         OR (n.state IN ('pending', 'available') AND ${isOwned}))`,
    [endpointServiceIds],
  );
  return db.query(
    `SELECT n.id, w.withdrawn_at, n.state_since FROM withdrawn_accepts w
     JOIN connections n ON n.id = w.connection_id
     JOIN endpoint_services s ON s.id = n.endpoint_service_id AND s.manages_acceptance
     WHERE n.endpoint_service_id = ANY ($1) AND n.state IN ('pending', 'available')
     ORDER BY n.id FOR UPDATE OF n`,
    [endpointServiceIds],
  );
}

export interface LeftBehind {
  id: string;
  decision: Decision;
  customerId: string;
  customerState: CustomerState;
}

/**
 * Live connections that are to be rejected wherever they are seen: of accounts that a customer
 * owned until it had left and that nobody owns since, and of customers suspended with `reject`
 * whose suspension has come to its end; until then the order of its steps holds. What asks to be
 * let in while an active customer claims the account waits for the proof.
 */
export async function leftBehind(
  db: Queryable,
  endpointServiceIds: string[],
): Promise<LeftBehind[]> {
  const rows = await db.query<LeftBehind>(
    `SELECT n.id, n.decision, c.id AS customer_id, c.state AS customer_state FROM connections n
     JOIN endpoint_services s ON s.id = n.endpoint_service_id AND s.manages_acceptance
     JOIN accounts a ON ${numberSql('a', 'n')}
     JOIN customers c ON c.id = a.customer_id
     LEFT JOIN released_accounts r ON r.id = a.id
     WHERE n.endpoint_service_id = ANY ($1) AND n.decision <> 'reject'
       AND n.state IN ('pendingAcceptance', 'pending', 'available')
       AND ((c.state = 'suspended' AND c.suspension_policy = 'reject' AND ${ownsSql('a')}
           AND NOT EXISTS (SELECT 1 FROM operations p WHERE p.kind = 'suspend_customer'
             AND p.subject_id = c.id AND p.state = 'running'))
         OR (c.state = 'offboarded' AND r.id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM accounts o WHERE ${ownerSql('o', 'n')})
           AND NOT (n.state = 'pendingAcceptance' AND EXISTS (
             SELECT 1 FROM accounts o JOIN customers oc ON oc.id = o.customer_id
             WHERE oc.state = 'active' AND ${numberSql('o', 'n')}))))
     ORDER BY n.id, r.released_at DESC FOR UPDATE OF n`,
    [endpointServiceIds],
  );
  return [...Map.groupBy(rows, ({ id }) => id).values()].map(([latest]) => latest!);
}

async function undecide(db: Queryable, ids: string[]): Promise<void> {
  await db.query(
    `UPDATE connections SET decision = 'undecided', decided_by = NULL, decision_reason = NULL
     WHERE id = ANY ($1)`,
    [ids],
  );
}

/** Targets before rows, as workers lock them. */
async function wake(db: Queryable, owned: string, ownerId: string, now: Date): Promise<void> {
  const places = await db.query<{ providerAccountId: string; region: string }>(
    `SELECT DISTINCT s.provider_account_id, s.region ${owned}`,
    [ownerId],
  );
  const woken = places.map(connectionsTarget);
  if (woken.length > 0) await targets.nudge(db, woken, now);
}
