// The audit log, to read. Entries are written by audit.ts.

import type { FollowedEntry } from '../domain/audit.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import * as storage from '../storage/audit-entries.ts';
import type { Context } from './context.ts';
import { customerScope } from './filters.ts';

export async function list(
  context: Context,
  filter: Partial<Record<'actor' | 'subjectId' | 'customerId' | 'requestId', string | undefined>>,
  page: PageRequest,
): Promise<Page<FollowedEntry>> {
  const scope = {
    actor: filter.actor,
    subjectId: filter.subjectId,
    requestId: filter.requestId,
    customerId: await customerScope(context, filter.customerId),
  };
  return toPage(await storage.list(context.db, scope, page), page.limit);
}
