/** A place in AWS that workers look after, or the database itself. */
export interface ReconcileTarget {
  /** Kind and key. */
  id: string;
  /**
   * `configurations` and `connections` (of a region), `hints` (its notification queue),
   * `principals` and `private_dns` (of a service), `grant` (one with an end), `proof`,
   * `customer` (one that leaves),
   * `retirement` (of a service), `alarms` (of the drift reports) or `cleaning` (of the database).
   */
  kind: string;
  /** The id of what it looks after, or `<provider account>/<region>`. */
  key: string;
  /**
   * When a worker takes it next.
   * @format date-time
   */
  due_at: string;
  /** The worker that runs it at the moment. */
  lease_owner: string | null;
  /** @format date-time */
  lease_until: string | null;
  /**
   * How often a run was asked for.
   * @isInt
   */
  wanted: number;
  /**
   * How many of these have been served; behind `wanted`, a run is still to come.
   * @isInt
   */
  done: number;
  /**
   * Runs in a row that have failed.
   * @isInt
   */
  failures: number;
  /**
   * How old what it reads of AWS gets at most when nothing is under way, while workers run and AWS
   * answers. It grows with the services and entries of the provider account in the region, so that
   * reads take no more than a tenth of AWS's request rate. Null for a target that has an end.
   * @isInt
   */
  max_age_seconds: number | null;
  report: RunReport | null;
  /**
   * When the last run ended.
   * @format date-time
   */
  reported_at: string | null;
}

/** What the last run has seen and done. Its members depend on the kind, and may change. */
export interface RunReport {
  [member: string]: unknown;
}
