// Keeps all workers together within AWS's rates, by token buckets in the database. A call whose
// turn comes soon waits; any other one is refused, and its target comes again when it is its turn.

import { setTimeout as pause } from 'node:timers/promises';
import type { BudgetedCall, CallBudget } from '../aws/budget.ts';
import { AwsError } from '../aws/errors.ts';
import { callLimit, turnInMs, type CallLimit } from '../domain/call-limit.ts';
import * as callBudgets from '../storage/call-budgets.ts';
import type { Database } from '../storage/postgres/database.ts';

export interface CallBudgetOptions {
  db: Database;
  now: () => Date;
  /** How long a call may wait for its turn, in milliseconds. */
  patienceMs: number;
}

/** Long enough for a burst, and well within a lease. */
export const usualPatienceMs = 2_000;

export function createCallBudget({ db, now, patienceMs }: CallBudgetOptions): CallBudget {
  return {
    enter: async (call) => {
      const limit = callLimit(call.service, call.action);
      if (!limit) return;
      const waitMs = waitOf(await callBudgets.take(db, placeOf(call), limit, now()), limit, now());
      if (waitMs > patienceMs) {
        await callBudgets.giveBack(db, placeOf(call), limit);
        throw notYet(call, waitMs);
      }
      if (waitMs > 0) await pause(waitMs);
    },
    exceeded: async (call) => {
      const limit = callLimit(call.service, call.action);
      if (limit) await callBudgets.drain(db, placeOf(call), limit, now());
    },
  };
}

function waitOf({ tokens, at }: callBudgets.Taken, limit: CallLimit, now: Date): number {
  const turnMs = turnInMs(tokens, limit);
  return turnMs === 0 ? 0 : turnMs + Math.max(0, at.getTime() - now.getTime());
}

/** Route 53 counts an account's calls wherever they are made. */
function placeOf({ service, accountId, region }: BudgetedCall): callBudgets.BudgetPlace {
  return { accountId, region: service === 'route53' ? 'global' : region };
}

function notYet({ action }: BudgetedCall, retryAfterMs: number): AwsError {
  const message = `${action} keeps to AWS's request rate: its turn is in ${retryAfterMs} ms.`;
  const details = { kind: 'throttled', code: 'BudgetSpent', action, retryAfterMs } as const;
  return new AwsError(message, { ...details, awsRequestId: null });
}
