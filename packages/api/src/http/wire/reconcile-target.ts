import type { TargetKind } from '../../domain/target.ts';
import type { Timestamp } from './text.ts';

/** A place in AWS that workers look after, or the database itself. */
export interface ReconcileTarget {
  /**
   * Kind and key, with a slash in between.
   * @minLength 1
   */
  id: string;
  kind: TargetKind;
  /**
   * The id of what it looks after, or `<provider account>/<region>`.
   * @minLength 1
   */
  key: string;
  /** When a worker takes it next. */
  due_at: Timestamp;
  /**
   * The worker that runs it at the moment; null while none does.
   * @minLength 1
   */
  lease_owner: string | null;
  /** Until when that worker has it, unless it says that it is still alive; null while none has. */
  lease_until: Timestamp | null;
  /**
   * How often a run was asked for.
   * @isInt
   * @minimum 0
   */
  wanted: number;
  /**
   * How many of these have been served; behind `wanted`, a run is still to come.
   * @isInt
   * @minimum 0
   */
  done: number;
  /**
   * Runs in a row that have failed.
   * @isInt
   * @minimum 0
   */
  failures: number;
  /**
   * How old what it reads of AWS gets at most when nothing is under way, while workers run and AWS
   * answers, in seconds. It grows with the services and entries of the provider account in the
   * region, so that reads take no more than a tenth of AWS's request rate. Null for a target that
   * has an end.
   * @isInt
   * @minimum 0
   */
  max_age_seconds: number | null;
  /** What the last run told; null before the first has ended. */
  report: RunReport | null;
  /** When the last run ended; null before the first has. */
  reported_at: Timestamp | null;
}

/** What the last run has seen and done. Its members depend on the kind, and may change. */
export interface RunReport {
  [member: string]: unknown;
}
