// Connections that wait for a decision, with all that policy needs to know about each.

import { standings, admits } from '../domain/account.ts';
import type { Candidate, Grant } from '../domain/grant.ts';
import { ownerSql } from './owners.ts';
import type { Queryable } from './postgres/database.ts';

/** JSON has no dates, so the grant's comes beside it. */
type Row = Omit<Candidate, 'grant'> & {
  grant: Omit<NonNullable<Candidate['grant']>, 'expiresAt'> | null;
  expiresAt: Date | null;
};

/**
 * Undecided connections of these services that wait for acceptance, oldest first. In a transaction
 * they stay undecided until its end, so that policy never writes over what a person decided; who
 * only looks at them says so, and neither waits nor is waited for.
 */
export async function candidates(
  db: Queryable,
  endpointServiceIds: string[],
  purpose: 'decide' | 'look' = 'decide',
): Promise<Candidate[]> {
  const rows = await db.query<Row>(
    `SELECT n.id AS connection_id, n.vpc_endpoint_id, n.endpoint_region, c.id AS customer_id,
       c.state AS customer_state, a.standing,
       CASE WHEN g.id IS NULL THEN NULL ELSE jsonb_build_object('id', g.id,
         'acceptance', g.acceptance, 'connectionsMax', g.connections_max,
         'endpointRegions', g.endpoint_regions) END AS grant,
       g.expires_at,
       ${liveSql('c.id', 'n.endpoint_service_id')} AS live_connections
     FROM connections n
     LEFT JOIN accounts a ON ${ownerSql('a', 'n')}
     LEFT JOIN customers c ON c.id = a.customer_id
     LEFT JOIN grants g ON g.customer_id = c.id
       AND g.endpoint_service_id = n.endpoint_service_id
       AND (g.account_ids = '{}' OR n.owner_account_id = ANY (g.account_ids))
     JOIN endpoint_services s ON s.id = n.endpoint_service_id AND s.retiring_since IS NULL
     WHERE n.endpoint_service_id = ANY ($1) AND n.decision = 'undecided'
       AND n.state = 'pendingAcceptance'
     ORDER BY n.created_at, n.id ${purpose === 'decide' ? 'FOR UPDATE OF n' : ''}`,
    [endpointServiceIds],
  );
  return rows.map(({ expiresAt, grant, ...row }) => ({
    ...row,
    grant: grant && { ...grant, expiresAt },
  }));
}

/** How many connections under the grant are let in. */
export async function liveConnections(
  db: Queryable,
  { customerId, endpointServiceId }: Pick<Grant, 'customerId' | 'endpointServiceId'>,
): Promise<number> {
  const [row] = await db.query<{ live: number }>(`SELECT ${liveSql('$1', '$2')}::integer AS live`, [
    customerId,
    endpointServiceId,
  ]);
  return row!.live;
}

function liveSql(customerId: string, endpointServiceId: string): string {
  return `(SELECT count(*) FROM connections l
    JOIN accounts o ON ${ownerSql('o', 'l')} AND o.customer_id = ${customerId}
    WHERE l.endpoint_service_id = ${endpointServiceId}
      AND (l.state IN ('pending', 'available', 'partial', 'unknown')
        OR (l.state = 'pendingAcceptance' AND l.decision = 'accept')))`;
}

/**
 * Keeps what the admission of these rests on as it is until the transaction ends: customer,
 * account, grant and service. What another transaction is changing is not waited for: it has no
 * grounds for now.
 * @returns the ids of those connections that may still be let in
 */
export async function lockGrounds(
  db: Queryable,
  admissible: Pick<Candidate, 'connectionId'>[],
  now: Date,
): Promise<Set<string>> {
  if (admissible.length === 0) return new Set();
  const rows = await db.query<{ id: string }>(
    `SELECT n.id FROM connections n
     JOIN accounts a ON ${ownerSql('a', 'n')} AND a.standing = ANY ($2)
     JOIN customers c ON c.id = a.customer_id AND c.state = 'active'
     JOIN grants g ON g.customer_id = c.id AND g.endpoint_service_id = n.endpoint_service_id
       AND g.acceptance = 'automatic'
       AND (g.account_ids = '{}' OR n.owner_account_id = ANY (g.account_ids))
       AND (g.endpoint_regions = '{}' OR n.endpoint_region = ANY (g.endpoint_regions))
       AND (g.expires_at IS NULL OR g.expires_at > $3)
     JOIN endpoint_services s ON s.id = n.endpoint_service_id
       AND s.manages_acceptance AND s.retiring_since IS NULL
     WHERE n.id = ANY ($1)
     FOR SHARE OF a, c, g, s SKIP LOCKED`,
    [admissible.map(({ connectionId }) => connectionId), standings.filter(admits), now],
  );
  return new Set(rows.map(({ id }) => id));
}
