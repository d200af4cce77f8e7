// What metrics tell of the state of the world: counts and ages, never an id.

import type { Queryable } from './postgres/database.ts';

export interface Sample {
  metric: string;
  labels: Record<string, string>;
  value: number;
}

/** Long enough for large tables; a scrape that takes longer is of no use. */
const timeoutMs = 5_000;

export async function sample(db: Queryable, now: Date): Promise<Sample[]> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  return db.query<Sample>(samples, [now, dayAgo], { timeoutMs });
}

const samples = `
  SELECT 'sallyport_target_lag_seconds' AS metric, jsonb_build_object('kind', kind) AS labels,
    greatest(0, extract(epoch FROM $1::timestamptz - min(due_at)
      FILTER (WHERE lease_until IS NULL OR lease_until <= $1::timestamptz)))::float8 AS value
  FROM targets GROUP BY kind
  UNION ALL
  SELECT 'sallyport_targets_failing', jsonb_build_object('kind', kind),
    (count(*) FILTER (WHERE failures > 0))::float8
  FROM targets GROUP BY kind
  UNION ALL
  SELECT 'sallyport_connections', jsonb_build_object('state', state), count(*)::float8
  FROM connections GROUP BY state
  UNION ALL
  SELECT 'sallyport_connection_available_seconds', jsonb_build_object('percentile', q.name),
    percentile_cont(q.part) WITHIN GROUP (
      ORDER BY greatest(0, extract(epoch FROM t.at - c.created_at)::float8))
  FROM connection_transitions t JOIN connections c ON c.id = t.connection_id,
    (VALUES ('50', 0.5::float8), ('95', 0.95), ('100', 1)) AS q(name, part)
  WHERE t.at > $2 AND t.to_state = 'available' AND t.from_state IS NOT NULL
    AND NOT EXISTS (SELECT FROM connection_transitions before
      WHERE before.connection_id = t.connection_id AND before.to_state = 'available'
        AND before.seq < t.seq)
  GROUP BY q.name, q.part
  UNION ALL
  SELECT 'sallyport_alarms', jsonb_build_object('kind', kind, 'severity', severity),
    count(*)::float8
  FROM alarms GROUP BY kind, severity
  UNION ALL
  SELECT 'sallyport_deliveries', jsonb_build_object('state', state), count(*)::float8
  FROM deliveries GROUP BY state
  UNION ALL
  SELECT 'sallyport_audit_unsealed', '{}'::jsonb, count(*)::float8 FROM audit_unsealed`;
