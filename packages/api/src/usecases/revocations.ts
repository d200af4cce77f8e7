// Decisions about connections that a change of their owner takes back, each with its audit entry.

import * as storage from '../storage/revocations.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';

/**
 * Before the account or customer of this id loses what accepts rest on: those that AWS has not
 * taken yet are undecided again.
 */
export async function withdrawAccepts(
  context: Context,
  ownerId: string,
  reason: string,
): Promise<void> {
  const ids = await storage.withdrawAcceptsOf(context, ownerId);
  for (const subjectId of ids) {
    await audit(context, {
      action: 'withdrawAccept',
      subjectId,
      reason,
      before: { decision: 'accept' },
      after: { decision: 'undecided' },
    });
  }
}

/** Rejects of a suspension or leaving that were never sent are not sent any more. */
export async function returnRejects(context: Context, customerId: string): Promise<void> {
  const ids = await storage.withdrawRejectsOf(context, customerId);
  for (const subjectId of ids) {
    await audit(context, {
      action: 'withdrawReject',
      subjectId,
      customerId,
      before: { decision: 'reject' },
      after: { decision: 'undecided' },
    });
  }
}
