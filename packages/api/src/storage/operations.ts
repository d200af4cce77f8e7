// Long-running changes that callers follow.

import { operationEvents } from '../domain/events-told.ts';
import type { Hindrance } from '../domain/hindrance.ts';
import type { Operation, OperationKind } from '../domain/operation.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { AskedService, AskedTarget } from '../domain/reconciled.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { tellSql } from './events.ts';
import { firstRow, insertRow, listRows, type ListQuery } from './statements.ts';

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

/** How many run for the customer; nobody else starts one like it before the transaction ends. */
export async function countRunning(
  db: Queryable,
  { kind, customerId }: { kind: OperationKind; customerId: string },
): Promise<number> {
  await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${kind} ${customerId}`,
  ]);
  const row = await firstRow<{ count: number }>(
    db,
    `SELECT count(*)::int FROM operations
     WHERE customer_id = $1 AND kind = $2 AND state = 'running'`,
    [customerId, kind],
  );
  return row!.count;
}

export function list(
  db: Queryable,
  filter: {
    customerId: string | null;
    state?: string | undefined;
    updatedSince?: Date | undefined;
  },
  page: PageRequest,
): Promise<OperationRow[]> {
  const by: ListQuery['by'] = [
    ['t.customer_id', filter.customerId],
    ['t.state', filter.state],
  ];
  const where: ListQuery['where'] = [['t.updated_at >= ?', filter.updatedSince]];
  return listRows(db, { select, by, where, page, newestFirst: true });
}

/** What it does or waits for now, and what somebody has to do about it, if anything. */
export async function report(
  db: Queryable,
  id: string,
  { message, heldUpBy = [] }: { message: string; heldUpBy?: Hindrance[] },
  at: Date,
): Promise<void> {
  await db.query(
    `UPDATE operations SET message = $2, held_up_by = $3, updated_at = $4
     WHERE id = $1 AND state = 'running' AND (message <> $2 OR held_up_by <> $3::jsonb)`,
    [id, message, JSON.stringify(heldUpBy), at],
  );
}

export interface Outcome {
  state: 'succeeded' | 'failed';
  message: string;
  errorCode?: ErrorCode;
  /** What it leaves open for somebody to do. */
  heldUpBy?: Hindrance[];
}

/** Ends an operation; one that has ended already stays as it is. */
export async function finish(db: Queryable, id: string, outcome: Outcome, at: Date): Promise<void> {
  await db.query(
    `WITH ended AS (
       UPDATE operations
       SET state = $2, message = $3, error_code = $4, held_up_by = $6, updated_at = $5,
         finished_at = $5
       WHERE id = $1 AND state = 'running' RETURNING *)
     ${tellEnd('$7')}`,
    [
      id,
      outcome.state,
      outcome.message,
      outcome.errorCode ?? null,
      at,
      heldUpBy(outcome),
      operationEvents[outcome.state],
    ],
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
    `WITH ended AS (
       UPDATE operations
       SET state = $3, message = $4, error_code = $5, held_up_by = $7, updated_at = $6,
         finished_at = $6
       WHERE kind = $1 AND subject_id = $2 AND state = 'running' RETURNING *)
     ${tellEnd('$8')}`,
    [
      of.kind,
      of.subjectId,
      outcome.state,
      outcome.message,
      outcome.errorCode ?? null,
      at,
      heldUpBy(outcome),
      operationEvents[outcome.state],
    ],
  );
}

/** The event of each that has just ended. */
function tellEnd(type: string): string {
  return tellSql(`SELECT finished_at, ${type}, id, customer_id, 'running', state FROM ended`);
}

function heldUpBy(outcome: Outcome): string {
  return JSON.stringify(outcome.heldUpBy ?? []);
}

/** The targets `t` that look after the service `s`, as `serviceTargets` of the domain says. */
const looksAfter = `(
  (t.kind IN ('principals', 'private_dns') AND t.key = s.id)
  OR (t.kind IN ('configurations', 'connections')
    AND t.key = s.provider_account_id || '/' || s.region))`;

const refusedHere = `jsonb_build_object('refused', (
  SELECT coalesce(jsonb_agg(item), '[]') FROM jsonb_array_elements(t.report->'refused') item
  JOIN connections n ON n.vpc_endpoint_id = item->>'vpcEndpointId'
    AND n.endpoint_service_id = s.id))`;

export interface Asked {
  operationId: string;
  service: AskedService;
  targets: AskedTarget[];
}

/**
 * Each `reconcile_service` that runs, with what looks after its service. Of what AWS refused in a
 * region, the report has only what is of the service.
 */
export function listReconciling(db: Queryable): Promise<Asked[]> {
  return db.query(
    `SELECT o.id AS operation_id,
       jsonb_build_object('id', s.id, 'modes', s.modes, 'frozenSince', s.frozen_since,
         'quarantine', s.quarantine) AS service,
       coalesce((SELECT jsonb_agg(jsonb_build_object('kind', t.kind, 'served', t.done >= t.wanted,
           'failures', t.failures,
           'report', CASE t.kind WHEN 'connections' THEN t.report || ${refusedHere}
             ELSE t.report END) ORDER BY t.kind)
         FROM targets t WHERE ${looksAfter}), '[]') AS targets
     FROM operations o JOIN endpoint_services s ON s.id = o.subject_id
     WHERE o.kind = 'reconcile_service' AND o.state = 'running'
     ORDER BY o.id`,
    [],
  );
}
