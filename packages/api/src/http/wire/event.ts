import type { EventType } from '../../domain/event-types.ts';
import type { CustomerId, EventId } from './ids.ts';
import type { Code, Timestamp } from './text.ts';

/**
 * Something that has changed, in few words: read the resource, or the audit log, for more. The
 * types are in docs/event-types.md; new ones may come.
 */
export interface Event {
  /** The id of the event: `evt_` and 26 characters. It is the `webhook-id` of its messages, too. */
  id: EventId;
  type: EventType;
  /** When it came about. Events are in the order in which they became known, which may differ. */
  at: Timestamp;
  subject: EventSubject;
  /** Whose it is, if a customer’s; null for what only staff see. */
  customer_id: CustomerId | null;
  state: StateChange;
  /**
   * Of `alarm.…` and `notice.…`: which item of the drift report of the subject. Null for all other
   * events.
   */
  alarm: EventAlarm | null;
}

/** The resource that has changed. */
export interface EventSubject {
  /**
   * In words, such as `endpoint service`; null for what has no id of ours.
   * @minLength 1
   */
  kind: string | null;
  /**
   * Its id, to read it by.
   * @minLength 1
   */
  id: string;
}

/** The state of a resource that has one. */
export interface StateChange {
  /**
   * The state until then; null for what has none, or was not there.
   * @minLength 1
   */
  before: string | null;
  /**
   * The state from then on; null for what has none, or is no longer there.
   * @minLength 1
   */
  after: string | null;
}

/** By `kind` and `subject`, as the drift report has them. */
export interface EventAlarm {
  /** What is wrong, such as `contested_principal`. */
  kind: Code;
  /**
   * The ARN, endpoint or name that it is about.
   * @minLength 1
   */
  subject: string;
}
