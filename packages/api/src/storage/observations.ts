// Observations of connections, and the tokens that a script reports with: stored as hashes, spent
// once.

import {
  observationsKept,
  type Observation,
  type ObservationToken,
} from '../domain/observation.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { insertRow, listRows, takenRow } from './statements.ts';

const select = `
  SELECT t.id, t.connection_id, t.customer_id, t.source, t.observed_at, t.received_at, t.report
  FROM observations t`;

/** Inserts it, and deletes what is beyond the newest ones that are kept of the connection. */
export async function insert(db: Queryable, observation: Observation): Promise<void> {
  await insertRow(db, 'observations', observation);
  await db.query(
    `DELETE FROM observations WHERE connection_id = $1 AND id IN (
       SELECT id FROM observations WHERE connection_id = $1 ORDER BY id DESC OFFSET $2)`,
    [observation.connectionId, observationsKept],
  );
}

/** Those of the connection that this customer, or with null anybody, reported; newest first. */
export function list(
  db: Queryable,
  connectionId: string,
  tenant: string | null,
  page: PageRequest,
): Promise<Observation[]> {
  return listRows(db, {
    select,
    by: [
      ['t.connection_id', connectionId],
      ['t.customer_id', tenant],
    ],
    page,
    newestFirst: true,
  });
}

export function insertToken(
  db: Queryable,
  token: ObservationToken & { hash: string },
): Promise<void> {
  return insertRow(db, 'observation_tokens', token);
}

/** Spends the token if it is good; one of two racers gets it. */
export function spendToken(
  db: Queryable,
  hash: string,
  now: Date,
): Promise<ObservationToken | null> {
  return takenRow(
    db,
    `UPDATE observation_tokens t SET spent_at = $2
     WHERE t.hash = $1 AND t.spent_at IS NULL AND t.expires_at > $2
     RETURNING t.id, t.connection_id, t.customer_id, t.made_by, t.created_at, t.expires_at`,
    [hash, now],
  );
}
