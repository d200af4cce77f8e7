// The audit log: appended to, never changed.

import type { AuditEntry, FollowedEntry } from '../domain/audit.ts';
import { toldByEntry } from '../domain/events-told.ts';
import type { PageRequest } from '../domain/page.ts';
import * as events from './events.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, listRows, type ListQuery } from './statements.ts';

/** With it goes the event that it tells. */
export async function insert(db: Queryable, entry: AuditEntry): Promise<void> {
  await insertRow(db, 'audit_entries', entry);
  const told = toldByEntry(entry);
  if (told) await events.tell(db, [told]);
}

/** Whether there is an entry of this action about it, within the customer when one is given. */
export async function has(
  db: Queryable,
  entry: { action: string; subjectId: string; customerId: string | null },
): Promise<boolean> {
  const row = await firstRow(
    db,
    `SELECT 1 AS one FROM audit_entries WHERE subject_id = $1 AND action = $2
       AND ($3::text IS NULL OR customer_id = $3) LIMIT 1`,
    [entry.subjectId, entry.action, entry.customerId],
  );
  return row !== null;
}

/** When the last entry of this action about it was written; null for none. */
export async function lastAt(
  db: Queryable,
  { action, subjectId }: { action: string; subjectId: string },
): Promise<Date | null> {
  const row = await firstRow<{ at: Date | null }>(
    db,
    'SELECT max(at) AS at FROM audit_entries WHERE subject_id = $1 AND action = $2',
    [subjectId, action],
  );
  return row?.at ?? null;
}

export interface AuditFilter {
  actor?: string | undefined;
  subjectId?: string | undefined;
  customerId?: string | null | undefined;
  /** The id of a request, or of a trace. */
  requestId?: string | undefined;
}

const columns = `t.id, t.at, t.actor, t.action, t.subject_id, t.customer_id, t.reason, t.change_ref,
  t.before, t.after, t.request_id, t.trace_id, t.caused_by AS request_ids`;

/** Changes of AWS know the requests that they follow; an entry is never written again. */
const followed = `t.aws_request_ids || ARRAY(
  SELECT e.aws_request_id FROM effects e
  WHERE e.caused_by @> ARRAY[t.request_id] AND e.intended_at >= t.at
    AND e.aws_request_id IS NOT NULL
  ORDER BY e.id) AS aws_request_ids`;

/** The entries of the request, or of those of the trace, and of what workers did that follows. */
const following = `t.id = ANY (ARRAY(
  WITH named AS MATERIALIZED (
    SELECT ? AS request_id UNION SELECT request_id FROM audit_entries WHERE trace_id = ?)
  SELECT e.id FROM named JOIN audit_entries e ON e.request_id = named.request_id
  UNION ALL
  SELECT e.id FROM audit_entries e
  WHERE e.caused_by && ARRAY(SELECT request_id FROM named) AND e.caused_by <> '{}'))`;

export function list(
  db: Queryable,
  filter: AuditFilter,
  page: PageRequest,
): Promise<FollowedEntry[]> {
  const by: ListQuery['by'] = [
    ['t.actor', filter.actor],
    ['t.subject_id', filter.subjectId],
    ['t.customer_id', filter.customerId],
  ];
  return listRows(db, {
    select: `SELECT ${columns}, ${followed} FROM audit_entries t`,
    by,
    where: [[following, filter.requestId]],
    page,
    newestFirst: true,
  });
}
