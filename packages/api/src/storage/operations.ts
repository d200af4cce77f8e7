// Long-running changes that callers follow.

import type { Operation, OperationKind } from '../domain/operation.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, listRows } from './statements.ts';

const select = 'SELECT t.* FROM operations t';

/** As stored: whether it is done follows from its state. */
export type OperationRow = Omit<Operation, 'done'>;

export function insert(db: Queryable, operation: OperationRow): Promise<void> {
  return insertRow(db, 'operations', operation);
}

export function find(
  db: Queryable,
  id: string,
  tenant: string | null,
): Promise<OperationRow | null> {
  return firstRow(db, `${select} WHERE t.id = $1 AND ($2::text IS NULL OR t.customer_id = $2)`, [
    id,
    tenant,
  ]);
}

/** The running operation of this kind on this subject, if there is one. */
export function findRunning(
  db: Queryable,
  kind: OperationKind,
  subjectId: string,
): Promise<OperationRow | null> {
  return firstRow(
    db,
    `${select} WHERE t.kind = $1 AND t.subject_id = $2 AND t.state = 'running'
     ORDER BY t.id LIMIT 1`,
    [kind, subjectId],
  );
}

export function list(
  db: Queryable,
  filter: { customerId: string | null; state?: string | undefined },
  page: PageRequest,
): Promise<OperationRow[]> {
  const where: [string, unknown][] = [
    ['t.customer_id = ?', filter.customerId],
    ['t.state = ?', filter.state],
  ];
  return listRows(db, { select, where, page, newestFirst: true });
}

export async function report(db: Queryable, id: string, message: string, at: Date): Promise<void> {
  await db.query(
    `UPDATE operations SET message = $2, updated_at = $3
     WHERE id = $1 AND state = 'running' AND message <> $2`,
    [id, message, at],
  );
}

export interface Outcome {
  state: 'succeeded' | 'failed';
  message: string;
  errorCode?: ErrorCode;
}

/** Ends an operation; one that has ended already stays as it is. */
export async function finish(db: Queryable, id: string, outcome: Outcome, at: Date): Promise<void> {
  await db.query(
    `UPDATE operations
     SET state = $2, message = $3, error_code = $4, updated_at = $5, finished_at = $5
     WHERE id = $1 AND state = 'running'`,
    [id, outcome.state, outcome.message, outcome.errorCode ?? null, at],
  );
}

/** Ends those of this kind that run on the subject. */
export async function finishRunning(
  db: Queryable,
  of: Pick<OperationRow, 'kind' | 'subjectId'>,
  outcome: Outcome,
  at: Date,
): Promise<void> {
  await db.query(
    `UPDATE operations
     SET state = $3, message = $4, error_code = $5, updated_at = $6, finished_at = $6
     WHERE kind = $1 AND subject_id = $2 AND state = 'running'`,
    [of.kind, of.subjectId, outcome.state, outcome.message, outcome.errorCode ?? null, at],
  );
}

/** The targets `t` that look after the service `s`, as `serviceTargets` of the domain says. */
const looksAfter = `(
  (t.kind IN ('principals', 'private_dns') AND t.key = s.id)
  OR (t.kind IN ('configurations', 'connections')
    AND t.key = s.provider_account_id || '/' || s.region))`;

/** Ends each `reconcile_service` whose targets have done all that was wanted of them. */
export async function finishReconciled(db: Queryable, at: Date): Promise<void> {
  await db.query(
    `UPDATE operations o
     SET state = 'succeeded', message = 'Read from AWS and brought in line.',
       updated_at = $1, finished_at = $1
     FROM endpoint_services s
     WHERE o.kind = 'reconcile_service' AND o.state = 'running' AND s.id = o.subject_id
       AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.done < t.wanted AND ${looksAfter})`,
    [at],
  );
}

/** Runs of one target in a row that fail before what waits for it is told so. */
const failuresMax = 3;

/**
 * Ends each `reconcile_service` that waits for a target which keeps failing, with what AWS said.
 */
export async function failReconciled(db: Queryable, at: Date): Promise<void> {
  const errorCode: ErrorCode = 'aws_call_failed';
  await db.query(
    `UPDATE operations o
     SET state = 'failed', message = 'Calls to AWS keep failing: ' || failing.reasons || '.',
       error_code = $2, updated_at = $1, finished_at = $1
     FROM (
       SELECT s.id, string_agg(t.kind || ': ' || coalesce(t.report->>'error', 'unknown'), ', '
         ORDER BY t.kind) AS reasons
       FROM endpoint_services s
       JOIN targets t ON t.done < t.wanted AND t.failures >= $3 AND ${looksAfter}
       GROUP BY s.id) failing
     WHERE o.kind = 'reconcile_service' AND o.state = 'running' AND failing.id = o.subject_id`,
    [at, errorCode, failuresMax],
  );
}
