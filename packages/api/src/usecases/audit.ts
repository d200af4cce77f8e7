// The audit entry of a change, written in the transaction that makes the change.

import type { AuditAction } from '../domain/events-told.ts';
import * as auditEntries from '../storage/audit-entries.ts';
import { asService, type Context } from './context.ts';

export interface Change {
  /** The operation id, such as `createCustomer`. */
  action: AuditAction;
  subjectId: string;
  customerId?: string | null;
  reason?: string | null;
  before?: object | null;
  after?: object | null;
}

export function audit(context: Context, change: Change): Promise<void> {
  const entry = {
    id: context.makeId('auditEntry'),
    at: context.now,
    actor: context.caller.id,
    action: change.action,
    subjectId: change.subjectId,
    customerId: change.customerId ?? null,
    reason: change.reason ?? null,
    changeRef: context.changeRef,
    before: (change.before as Record<string, unknown>) ?? null,
    after: (change.after as Record<string, unknown>) ?? null,
    requestId: context.requestId,
    traceId: context.traceId ?? null,
  };
  return asService(context, ({ db }) => auditEntries.insert(db, entry));
}
