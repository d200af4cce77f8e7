// The one way to change AWS: the intent is durable before the call, its outcome after it.

import { AwsError } from '../aws/errors.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as effects from '../storage/effects.ts';
import { Outdated, record, type Run } from './run.ts';

export interface Effect<Result> {
  /** In our words, such as `allow_principals`. */
  action: string;
  request: object;
  /** Whether what was decided still holds, asked in the transaction of the intent. */
  holds: (db: Queryable) => Promise<boolean>;
  /** What must be durable together with the intent: the ledger. */
  before?: (db: Queryable) => Promise<void>;
  /** Takes back what `before` wrote, when AWS is known to have done nothing. */
  undo?: (db: Queryable) => Promise<void>;
  call: (signal: AbortSignal) => Promise<Result>;
  /** Items that AWS refused in an answer that was otherwise a success. */
  refused?: (result: Result) => readonly { code: string }[];
}

/**
 * Changes AWS once. An error of AWS is recorded and thrown on: the next run reads AWS again and
 * asks only for what is still missing, so that a call of unknown outcome is never blindly
 * repeated.
 * @throws AwsError, LeaseLost, Outdated
 */
export async function perform<Result>(run: Run, effect: Effect<Result>): Promise<Result> {
  const id = run.makeId('effect');
  const { action, request } = effect;
  await record(run, async (db) => {
    if (!(await effect.holds(db))) throw new Outdated(action);
    await effects.intend(db, { id, target: run.lease, action, request }, run.now());
    await effect.before?.(db);
  });
  try {
    const result = await effect.call(run.signal);
    await effects.conclude(run.db, id, success(effect.refused?.(result) ?? []), run.now());
    return result;
  } catch (error) {
    await effects.conclude(run.db, id, failure(error), run.now());
    if (effect.undo && hasNoEffect(error)) await record(run, effect.undo);
    throw error;
  }
}

/**
 * What is throttled, unavailable or aborted may have had an effect in an attempt before the last.
 */
function hasNoEffect(error: unknown): boolean {
  const said = error instanceof AwsError ? error.kind : null;
  return said === 'invalid' || said === 'denied' || said === 'conflict' || said === 'not_found';
}

function success(refused: readonly { code: string }[]): effects.EffectOutcome {
  if (refused.length === 0) return { outcome: 'done', detail: null, awsRequestId: null };
  const codes = [...new Set(refused.map(({ code }) => code))].join(', ');
  return {
    outcome: 'partial',
    detail: `${refused.length} refused: ${codes}`,
    awsRequestId: null,
  };
}

function failure(error: unknown): effects.EffectOutcome {
  if (!(error instanceof AwsError)) {
    return { outcome: 'unknown', detail: String(error), awsRequestId: null };
  }
  const open = error.kind === 'unavailable' || error.kind === 'aborted';
  return {
    outcome: open ? 'unknown' : 'refused',
    detail: `${error.code}: ${error.message}`,
    awsRequestId: error.awsRequestId,
  };
}
