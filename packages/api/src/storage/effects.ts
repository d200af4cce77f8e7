// Changes of AWS: the intent is durable before the call, the outcome after it.

import type { TargetName } from '../domain/target.ts';
import type { Queryable } from './postgres/database.ts';

export interface Intent {
  id: string;
  target: TargetName;
  /** The change in our words, such as `allow_principals`. */
  action: string;
  request: object;
}

export async function intend(db: Queryable, intent: Intent, at: Date): Promise<void> {
  await db.query(
    `INSERT INTO effects (id, target_kind, target_key, action, request, intended_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      intent.id,
      intent.target.kind,
      intent.target.key,
      intent.action,
      JSON.stringify(intent.request),
      at,
    ],
  );
}

export interface EffectOutcome {
  /** `unknown` when the call may have taken effect, as after a timeout or a crash. */
  outcome: 'done' | 'partial' | 'refused' | 'unknown';
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
