// The audit log: appended to, never changed.

import type { AuditEntry } from '../domain/audit.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { insertRow, listRows } from './statements.ts';

export function insert(db: Queryable, entry: AuditEntry): Promise<void> {
  return insertRow(db, 'audit_entries', entry);
}

export interface AuditFilter {
  subjectId?: string | undefined;
  customerId?: string | null | undefined;
}

export function list(db: Queryable, filter: AuditFilter, page: PageRequest): Promise<AuditEntry[]> {
  const where: [string, unknown][] = [
    ['t.subject_id = ?', filter.subjectId],
    ['t.customer_id = ?', filter.customerId],
  ];
  return listRows(db, {
    select: 'SELECT t.* FROM audit_entries t',
    where,
    page,
    newestFirst: true,
  });
}
