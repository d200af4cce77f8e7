import type { DriftKind } from '../../domain/drift.ts';
import type { EndpointServiceId } from './ids.ts';
import type { Code, Prose, Timestamp } from './text.ts';

/** What differs from what is wanted, by what was last observed. */
export interface DriftReport {
  /** The service that it is about. */
  endpoint_service_id: EndpointServiceId;
  /** When AWS was last asked about the service; null before the first time. */
  observed_at: Timestamp | null;
  /**
   * How many of the items are alarms.
   * @isInt
   * @minimum 0
   */
  alarms: number;
  /**
   * How many of the items are notices.
   * @isInt
   * @minimum 0
   */
  notices: number;
  /** Alarms first, and what is oldest first. */
  items: Drift[];
  plan: PlanCounts;
}

/** One thing that is not as it should be. */
export interface Drift {
  kind: DriftKind;
  /**
   * `alarm`: somebody may get in, or is kept out, or is not noticed as soon as you have set up.
   * `notice`: to be decided in your own time.
   */
  severity: 'alarm' | 'notice';
  /**
   * The ARN, endpoint or name that it is about.
   * @minLength 1
   */
  subject: string;
  /** What is the matter, and what to do. */
  detail: Prose;
  /** Since when it is so; null when that is not known. */
  since: Timestamp | null;
}

/** What the plan would change if every aspect were in `manage`. */
export interface PlanCounts {
  /**
   * Entries to be put on the allowlist.
   * @isInt
   * @minimum 0
   */
  add_principals: number;
  /**
   * Entries of Sallyport's to be taken off the allowlist.
   * @isInt
   * @minimum 0
   */
  remove_principals: number;
  /**
   * Connections to be let in.
   * @isInt
   * @minimum 0
   */
  accept_connections: number;
  /**
   * Connections to be cut off.
   * @isInt
   * @minimum 0
   */
  reject_connections: number;
  /**
   * Connections that policy holds until somebody decides.
   * @isInt
   * @minimum 0
   */
  held_connections: number;
  /** The next step of the private DNS name, as the plan has it; `none` when there is none. */
  private_dns_step: Code;
}
