/** This Sallyport as a whole: which one it is, and whether its database may change anything. */
export interface Deployment {
  /**
   * What its marks in AWS begin with, in the tag `sallyport:deployment` of each service that it has
   * changed; null until a worker has started.
   */
  id: string | null;
  /**
   * `ready`, or `new` until a worker has started. In `moved_database` (the database is a copy, or
   * was moved) and `older_database` (it was put back from before a change that AWS shows) nothing
   * is changed in AWS.
   */
  state: string;
  /** @format date-time */
  quarantined_since: string | null;
  /** How many endpoint services are in each quarantine. */
  quarantined: QuarantinedServices;
}

export interface QuarantinedServices {
  /** Their mark is of another Sallyport. */
  another_deployment: number;
  older_database: number;
  moved_database: number;
}

export interface DeploymentConfirm {
  /**
   * Why this database is the one that shall manage its services, for the audit log.
   * @minLength 1
   * @maxLength 500
   */
  reason: string;
}
