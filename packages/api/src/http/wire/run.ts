import type { RunReport } from './reconcile-target.ts';

/** A run of a worker that had something else to tell than the run before. */
export interface Run {
  id: string;
  /** The kind of the target that it looked after. */
  kind: string;
  /** The id of what it looked after, or `<provider account>/<region>`. */
  key: string;
  /** @format date-time */
  ended_at: string;
  report: RunReport;
}
