// Changes of AWS: the intent is durable before the call, the outcome after it.

import type { Effect, EffectState } from '../domain/effect.ts';
import type { PageRequest } from '../domain/page.ts';
import type { TargetName } from '../domain/target.ts';
import type { Queryable } from './postgres/database.ts';
import { listRows, type ListQuery } from './statements.ts';

export interface Intent {
  id: string;
  target: TargetName;
  /** The service that it changes or creates. */
  endpointServiceId: string | null;
  /** The change in our words, such as `allow_principals`. */
  action: string;
  request: object;
}

export async function intend(db: Queryable, intent: Intent, at: Date): Promise<void> {
  await db.query(
    `WITH target AS (
       UPDATE targets SET changed_under = fence WHERE kind = $2 AND key = $3 RETURNING caused_by)
     INSERT INTO effects
       (id, target_kind, target_key, endpoint_service_id, action, request, intended_at, caused_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce((SELECT caused_by FROM target), '{}'))`,
    [
      intent.id,
      intent.target.kind,
      intent.target.key,
      intent.endpointServiceId,
      intent.action,
      JSON.stringify(intent.request),
      at,
    ],
  );
}

export interface EffectOutcome {
  outcome: Exclude<EffectState, 'open'>;
  detail: string | null;
  awsRequestId: string | null;
}

export async function conclude(
  db: Queryable,
  id: string,
  result: EffectOutcome,
  at: Date,
): Promise<void> {
  await db.query(
    `UPDATE effects SET outcome = $2, detail = $3, aws_request_id = $4, finished_at = $5
     WHERE id = $1`,
    [id, result.outcome, result.detail, result.awsRequestId, at],
  );
}

export interface EffectFilter {
  endpointServiceId?: string | undefined;
  outcome?: EffectState | undefined;
}

const select = `
  SELECT t.id, t.target_kind, t.target_key, t.endpoint_service_id, t.action, t.request,
    t.caused_by AS request_ids,
    ARRAY(SELECT DISTINCT a.trace_id FROM audit_entries a
      WHERE a.request_id = ANY (t.caused_by) AND a.trace_id IS NOT NULL
      ORDER BY a.trace_id) AS trace_ids,
    t.intended_at, coalesce(t.outcome, 'open') AS outcome, t.detail, t.aws_request_id, t.finished_at
  FROM effects t`;

export function list(db: Queryable, filter: EffectFilter, page: PageRequest): Promise<Effect[]> {
  const by: ListQuery['by'] = [
    ['t.endpoint_service_id', filter.endpointServiceId],
    ["coalesce(t.outcome, 'open')", filter.outcome],
  ];
  return listRows(db, { select, by, page, newestFirst: true });
}

/** By which AWS knows the calls of an action that were made of a service after a moment. */
export async function requestIdsOf(
  db: Queryable,
  endpointServiceId: string,
  action: string,
  after: Date | null,
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT aws_request_id AS id FROM effects
     WHERE endpoint_service_id = $1 AND action = $2 AND aws_request_id IS NOT NULL
       AND ($3::timestamptz IS NULL OR intended_at > $3) AND outcome <> 'refused'
     ORDER BY id`,
    [endpointServiceId, action, after],
  );
  return rows.map(({ id }) => id);
}

/**
 * A run that died left its intent open. What became of it is unknown, which is no loss: every run
 * reads AWS first and asks only for the difference.
 */
export async function concludeAbandoned(
  db: Queryable,
  target: TargetName,
  at: Date,
): Promise<void> {
  await db.query(
    `UPDATE effects SET outcome = 'unknown', detail = 'The run ended before AWS answered.',
       finished_at = $3
     WHERE target_kind = $1 AND target_key = $2 AND finished_at IS NULL`,
    [target.kind, target.key, at],
  );
}
