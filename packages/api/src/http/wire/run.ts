import type { TargetKind } from '../../domain/target.ts';
import type { RunId } from './ids.ts';
import type { RunReport } from './reconcile-target.ts';
import type { Timestamp } from './text.ts';

/** A run of a worker that had something else to tell than the run before. */
export interface Run {
  /** The id of the run: `run_` and 26 characters. */
  id: RunId;
  /** The kind of the target that it looked after. */
  kind: TargetKind;
  /**
   * The id of what it looked after, or `<provider account>/<region>`.
   * @minLength 1
   */
  key: string;
  /** When it ended. */
  ended_at: Timestamp;
  report: RunReport;
}
