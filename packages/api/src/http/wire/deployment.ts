import type { DeploymentId } from './ids.ts';
import type { Timestamp } from './text.ts';

/** This Sallyport as a whole: which one it is, and whether its database may change anything. */
export interface Deployment {
  /**
   * What its marks in AWS begin with, in the tag `sallyport:deployment` of each service that it has
   * changed; null until a worker has started.
   */
  id: DeploymentId | null;
  /**
   * `ready`, or `new` until a worker has started. In `moved_database` (the database is a copy, or
   * was moved) and `older_database` (it was put back from before a change that AWS shows) nothing
   * is changed in AWS.
   */
  state: 'new' | 'ready' | 'moved_database' | 'older_database';
  /** Since when nothing is changed in AWS for that; null when it may be. */
  quarantined_since: Timestamp | null;
  /** How many endpoint services are in each quarantine. */
  quarantined: QuarantinedServices;
}

/** Endpoint services that nothing is changed of, by the reason. */
export interface QuarantinedServices {
  /**
   * Their mark is of another Sallyport.
   * @isInt
   * @minimum 0
   */
  another_deployment: number;
  /**
   * They were changed after this database was copied or saved.
   * @isInt
   * @minimum 0
   */
  older_database: number;
  /**
   * This database is a copy in another place.
   * @isInt
   * @minimum 0
   */
  moved_database: number;
}

/** Says that this database is the one that shall manage its services. */
export interface DeploymentConfirm {
  /**
   * Why this database is the one that shall manage its services, for the audit log.
   * @minLength 1
   * @maxLength 500
   */
  reason: string;
}
