// What is behind services and went through connections, as AWS last showed it. One row of each.

import type { Backend, Traffic } from '../domain/backend.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow } from './statements.ts';

export function find(db: Queryable, endpointServiceId: string): Promise<Backend | null> {
  return firstRow(
    db,
    `SELECT load_balancers, observed_at, problem FROM backends WHERE endpoint_service_id = $1`,
    [endpointServiceId],
  );
}

/** One that could not be read keeps nothing of what was seen before: it may be so no longer. */
export async function record(
  db: Queryable,
  endpointServiceId: string,
  { loadBalancers, observedAt, problem }: Backend,
): Promise<void> {
  await db.query(
    `INSERT INTO backends (endpoint_service_id, load_balancers, observed_at, problem)
     SELECT id, $2, $3, $4 FROM endpoint_services WHERE id = $1
     ON CONFLICT (endpoint_service_id) DO UPDATE SET load_balancers = excluded.load_balancers,
       observed_at = excluded.observed_at, problem = excluded.problem`,
    [endpointServiceId, loadBalancers && JSON.stringify(loadBalancers), observedAt, problem],
  );
}

export function findTraffic(db: Queryable, connectionId: string): Promise<Traffic | null> {
  return firstRow(
    db,
    `SELECT observed_at, window_seconds, bytes, new_connections, resets
     FROM connection_traffic WHERE connection_id = $1`,
    [connectionId],
  );
}

/** All of a region's at once; connections that are gone meanwhile are left out. */
export async function recordTraffic(
  db: Queryable,
  counted: (Pick<Traffic, 'bytes' | 'newConnections' | 'resets'> & { connectionId: string })[],
  { observedAt, windowSeconds }: Pick<Traffic, 'observedAt' | 'windowSeconds'>,
): Promise<void> {
  await db.query(
    `INSERT INTO connection_traffic
       (connection_id, observed_at, window_seconds, bytes, new_connections, resets)
     SELECT n.id, $2, $3, t.bytes, t.new_connections, t.resets
     FROM unnest($1::text[], $4::float8[], $5::float8[], $6::float8[])
       AS t (id, bytes, new_connections, resets)
     JOIN connections n ON n.id = t.id ORDER BY n.id
     ON CONFLICT (connection_id) DO UPDATE SET observed_at = excluded.observed_at,
       window_seconds = excluded.window_seconds, bytes = excluded.bytes,
       new_connections = excluded.new_connections, resets = excluded.resets`,
    [
      counted.map(({ connectionId }) => connectionId),
      observedAt,
      windowSeconds,
      counted.map(({ bytes }) => bytes),
      counted.map(({ newConnections }) => newConnections),
      counted.map(({ resets }) => resets),
    ],
  );
}
