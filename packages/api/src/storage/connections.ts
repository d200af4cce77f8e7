// Connections as AWS last showed them, what was decided about each, and every state it was in.

import type { Connection, Decision, DnsMode, Transition } from '../domain/connection.ts';
import { connectionEvents } from '../domain/events-told.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { tellSql } from './events.ts';
import { ownerSql } from './owners.ts';
import { firstRow, listRows, lockRow, type ListQuery } from './statements.ts';

/** A connection belongs to the customer whose account, with standing, owns the endpoint. */
export const select = `
  SELECT t.*, owner.customer_id, s.service_name
  FROM connections t
  JOIN endpoint_services s ON s.id = t.endpoint_service_id
  LEFT JOIN LATERAL (
    SELECT a.customer_id FROM accounts a WHERE ${ownerSql('a', 't')}
  ) owner ON true`;

/** By id or by AWS's `vpce-…`. */
export function find(
  db: Queryable,
  key: string,
  tenant: string | null,
): Promise<Connection | null> {
  return firstRow(
    db,
    `${select} WHERE (t.id = $1 OR t.vpc_endpoint_id = $1)
       AND ($2::text IS NULL OR owner.customer_id = $2)`,
    [key, tenant],
  );
}

/** Keeps others from changing it until the transaction ends. */
export function lock(db: Queryable, id: string): Promise<void> {
  return lockRow(db, 'connections', id);
}

export interface ConnectionFilter {
  customerId?: string | null | undefined;
  endpointServiceId?: string | undefined;
  state?: string | undefined;
  accountId?: string | undefined;
}

export function list(
  db: Queryable,
  filter: ConnectionFilter,
  page: PageRequest,
): Promise<Connection[]> {
  const { customerId, endpointServiceId, state, accountId } = filter;
  const isOfCustomer = customerId !== null && customerId !== undefined;
  const by: ListQuery['by'] = [
    ['t.owner_account_id', accountId],
    ['t.endpoint_service_id', endpointServiceId],
    ['t.state', state],
  ];
  const where: ListQuery['where'] = [['owner.customer_id = ?', customerId]];
  // Those of a customer are found by its accounts, which are few.
  const equal = by.map(([column, value]): [string, unknown] => [`${column} = ?`, value]);
  return isOfCustomer
    ? listRows(db, { select, where: [...where, ...equal], page })
    : listRows(db, { select, by, page });
}

/** Every connection of these services that AWS may still have. */
export function listPresent(db: Queryable, endpointServiceIds: string[]): Promise<Connection[]> {
  return db.query(
    `${select} WHERE t.endpoint_service_id = ANY ($1) AND t.state <> 'deleted' ORDER BY t.id`,
    [endpointServiceIds],
  );
}

/** Those of these endpoints, by AWS's id, that AWS had deleted when it was last asked. */
export async function listDeleted(db: Queryable, vpcEndpointIds: string[]): Promise<Connection[]> {
  if (vpcEndpointIds.length === 0) return [];
  return db.query(
    `${select} WHERE t.vpc_endpoint_id = ANY ($1) AND t.state = 'deleted' ORDER BY t.id`,
    [vpcEndpointIds],
  );
}

/** The newest ones, as a connection that goes up and down has thousands; the oldest first. */
export async function transitions(db: Queryable, connectionId: string): Promise<Transition[]> {
  const newest = await db.query<Transition>(
    `SELECT at, from_state AS "from", to_state AS "to" FROM connection_transitions
     WHERE connection_id = $1 ORDER BY seq DESC LIMIT ${transitionsMax}`,
    [connectionId],
  );
  return newest.reverse();
}

/** As many as the contract says. */
const transitionsMax = 500;

export type SeenConnection = Pick<
  Connection,
  | 'id'
  | 'endpointServiceId'
  | 'vpcEndpointId'
  | 'ownerAccountId'
  | 'endpointRegion'
  | 'state'
  | 'awsState'
  | 'createdAt'
>;

/** Records what AWS showed of one connection; a change of state makes one transition. */
export async function recordSeen(db: Queryable, seen: SeenConnection, now: Date): Promise<void> {
  if (await insertNew(db, seen, now)) return;
  // The lock gives the state as it is, and not as it was when the statement began.
  await db.query(
    `WITH old AS (
       SELECT id, state, owner_account_id, endpoint_region FROM connections
       WHERE vpc_endpoint_id = $1 FOR UPDATE),
     written AS (
       UPDATE connections t SET state = $2, aws_state = $3, observed_at = $4,
         state_since = CASE WHEN old.state = $2 THEN t.state_since ELSE $4 END
       FROM old WHERE t.id = old.id),
     changed AS (
       INSERT INTO connection_transitions (connection_id, at, from_state, to_state)
       SELECT id, $4, state, $2 FROM old WHERE state <> $2
       RETURNING *)
     ${tellTransition('$5', 'old')}`,
    [seen.vpcEndpointId, seen.state, seen.awsState, now, connectionEvents[seen.state]],
  );
}

/**
 * AWS showed these as they were before. When, is told to half a minute: while something is under
 * way a region is read every second, which is not to write all of its rows every second.
 */
export async function recordUnchanged(db: Queryable, ids: string[], now: Date): Promise<void> {
  await db.query(
    `UPDATE connections SET observed_at = $2
     WHERE id = ANY ($1) AND observed_at <= $2::timestamptz - interval '30 seconds'`,
    [ids, now],
  );
}

export async function setDns(db: Queryable, id: string, dns: DnsMode | null): Promise<void> {
  await db.query('UPDATE connections SET dns = $2 WHERE id = $1', [id, dns]);
}

export async function decide(
  db: Queryable,
  id: string,
  decision: { decision: Decision; decidedBy: string; reason: string | null },
): Promise<void> {
  await db.query(
    `UPDATE connections
     SET decision = $2, decided_by = $3, decision_reason = $4, hold_reason = NULL
     WHERE id = $1`,
    [id, decision.decision, decision.decidedBy, decision.reason],
  );
}

/** True when all of these are decided so, and the service leaves it to us to carry that out. */
export async function areDecided(
  db: Queryable,
  endpointServiceId: string,
  vpcEndpointIds: string[],
  decision: Decision,
): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 AS one FROM connections t JOIN endpoint_services s ON s.id = t.endpoint_service_id
     WHERE s.id = $1 AND s.manages_acceptance
       AND t.vpc_endpoint_id = ANY ($2) AND t.decision = $3`,
    [endpointServiceId, vpcEndpointIds, decision],
  );
  return rows.length === vpcEndpointIds.length;
}

/** Tells why policy lets these wait; those for which nothing has changed are not written. */
export async function hold(
  db: Queryable,
  held: { connectionId: string; reason: string }[],
): Promise<void> {
  if (held.length === 0) return;
  await db.query(
    `UPDATE connections t SET hold_reason = h.reason
     FROM unnest($1::text[], $2::text[]) AS h(id, reason)
     WHERE t.id = h.id AND t.decision = 'undecided' AND t.hold_reason IS DISTINCT FROM h.reason`,
    [held.map(({ connectionId }) => connectionId), held.map(({ reason }) => reason)],
  );
}

/** The event of each change, for the customer that the connection belongs to. */
function tellTransition(type: string, connections: string): string {
  return tellSql(
    `SELECT n.at, ${type}, n.connection_id,
       (SELECT a.customer_id FROM accounts a WHERE ${ownerSql('a', 't')}), n.from_state, n.to_state
     FROM changed n JOIN ${connections} t ON t.id = n.connection_id`,
  );
}

/** @returns false when it is known already, also when another worker has just made it known */
async function insertNew(db: Queryable, seen: SeenConnection, now: Date): Promise<boolean> {
  const rows = await db.query(
    `WITH written AS (
       INSERT INTO connections (id, endpoint_service_id, vpc_endpoint_id, owner_account_id,
         endpoint_region, state, aws_state, created_at, first_seen_at, state_since, observed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9)
       ON CONFLICT (vpc_endpoint_id) DO NOTHING
       RETURNING id, owner_account_id, endpoint_region),
     changed AS (
       INSERT INTO connection_transitions (connection_id, at, to_state)
       SELECT id, $9, $6 FROM written RETURNING *)
     ${tellTransition('$10', 'written')} RETURNING subject_id`,
    [
      seen.id,
      seen.endpointServiceId,
      seen.vpcEndpointId,
      seen.ownerAccountId,
      seen.endpointRegion,
      seen.state,
      seen.awsState,
      seen.createdAt,
      now,
      connectionEvents[seen.state],
    ],
  );
  return rows.length === 1;
}
