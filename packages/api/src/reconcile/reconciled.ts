// Tells whoever asked for a service to be reconciled how far its targets are.

import { progressOf } from '../domain/reconciled.ts';
import * as operations from '../storage/operations.ts';
import type { Queryable } from '../storage/postgres/database.ts';

/** After each run: every `reconcile_service` that has come to its end, or a step further. */
export async function followReconciled(db: Queryable, at: Date): Promise<void> {
  for (const { operationId, service, targets } of await operations.listReconciling(db)) {
    const { state, message, heldUpBy, errorCode } = progressOf(service, targets);
    if (message === null) continue;
    if (state === 'running') await operations.report(db, operationId, { message }, at);
    else {
      const outcome = { state, message, heldUpBy, ...(errorCode && { errorCode }) };
      await operations.finish(db, operationId, outcome, at);
    }
  }
}
