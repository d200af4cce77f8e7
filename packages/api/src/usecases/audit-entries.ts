// The audit log, to read. Entries are written by audit.ts.

import type { AuditEntry } from '../domain/audit.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import * as storage from '../storage/audit-entries.ts';
import type { Context } from './context.ts';

export async function list(
  context: Context,
  filter: storage.AuditFilter,
  page: PageRequest,
): Promise<Page<AuditEntry>> {
  return toPage(await storage.list(context.db, filter, page), page.limit);
}
