// Deleting what is gone already: answered as at the first time, as long as it was ever there.

import { Refusal } from '../domain/errors.ts';
import type { AuditAction } from '../domain/events-told.ts';
import * as auditEntries from '../storage/audit-entries.ts';
import { asService, tenant, type Context } from './context.ts';

/**
 * Runs a deletion; one whose subject the audit log knows as deleted has nothing left to do. Only
 * ids are known there: a natural key names what has it now, so nothing is what it was.
 * @throws Refusal `not_found` for what never was there, or belongs to another customer
 */
export async function once(
  context: Context,
  { action, id }: { action: AuditAction; id: string },
  remove: () => Promise<void>,
): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'not_found')) throw error;
    const entry = { action, subjectId: id, customerId: tenant(context) };
    if (!(await asService(context, ({ db }) => auditEntries.has(db, entry)))) throw error;
  }
}
