// The one way to change AWS: the intent is durable before the call, its outcome after it, and the
// mark of the service says before either that this database is the one that changes it.

import type { Queryable } from '../storage/postgres/database.ts';
import * as effects from '../storage/effects.ts';
import { failure, hasNoEffect, notSent, success } from './effect-outcome.ts';
import { intendMark, writeMark, type MarkedService } from './mark.ts';
import { Outdated, record, type Run } from './run.ts';

export interface Effect<Result> {
  /** In our words, such as `allow_principals`. */
  action: string;
  request: object;
  /** The service that it changes, whose mark comes first; null for one that it creates. */
  service: MarkedService | null;
  /** Our id of the service that it creates. */
  creates?: string;
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
 * @throws AwsError, LeaseLost, NotYet, Outdated, Unmarked
 */
export async function perform<Result>(run: Run, effect: Effect<Result>): Promise<Result> {
  const id = await intend(run, effect);
  try {
    const { result, awsRequestId } = await run.aws.traced(() => effect.call(run.signal));
    const outcome = success(awsRequestId, effect.refused?.(result));
    await effects.conclude(run.db, id, outcome, run.now());
    return result;
  } catch (error) {
    await effects.conclude(run.db, id, failure(error), run.now());
    if (effect.undo && hasNoEffect(error)) await record(run, effect.undo);
    throw error;
  }
}

/**
 * One transaction for the epoch and the intent: a copy of the database from before it knows
 * neither, and one from after it knows both.
 * @returns the id of the effect, whose call may be sent now
 */
async function intend<Result>(run: Run, effect: Effect<Result>): Promise<string> {
  const id = run.makeId('effect');
  const { action, request, service } = effect;
  const mark = await record(run, async (db) => {
    if (!(await effect.holds(db))) throw new Outdated(action);
    const intended = service && (await intendMark(run, db, service));
    const endpointServiceId = service?.service.id ?? effect.creates ?? null;
    const intent = { id, target: run.lease, endpointServiceId, action, request };
    await effects.intend(db, intent, run.now());
    await effect.before?.(db);
    return intended;
  });
  if (!service || !mark) return id;
  try {
    await writeMark(run, service, mark);
    return id;
  } catch (error) {
    await effects.conclude(run.db, id, notSent(error), run.now());
    if (effect.undo) await record(run, effect.undo);
    throw error;
  }
}
