// The one way to change AWS: the intent is durable before the call, its outcome after it.

import { AwsError } from '../aws/errors.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as effects from '../storage/effects.ts';
import { record, type Run } from './run.ts';

export interface Effect<Result> {
  /** In our words, such as `allow_principals`. */
  action: string;
  request: object;
  /** What must be durable together with the intent: the ledger, an audit entry. */
  before?: (db: Queryable) => Promise<void>;
  call: (signal: AbortSignal) => Promise<Result>;
  /** Items that AWS refused in an answer that was otherwise a success. */
  refused?: (result: Result) => readonly { code: string }[];
}

/**
 * Changes AWS once. An error of AWS is recorded and thrown on: the next run reads AWS again and
 * asks only for what is still missing, so that a call of unknown outcome is never blindly
 * repeated.
 * @throws AwsError, LeaseLost
 */
export async function perform<Result>(run: Run, effect: Effect<Result>): Promise<Result> {
  const id = run.makeId('effect');
  const { action, request } = effect;
  await record(run, async (db) => {
    await effects.intend(db, { id, target: run.lease, action, request }, run.now());
    await effect.before?.(db);
  });
  try {
    const result = await effect.call(run.signal);
    await effects.conclude(run.db, id, success(effect.refused?.(result) ?? []), run.now());
    return result;
  } catch (error) {
    await effects.conclude(run.db, id, failure(error), run.now());
    throw error;
  }
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
