/**
 * Something that has changed, in few words: read the resource, or the audit log, for more. The
 * types are in docs/event-types.md; new ones may come.
 */
export interface Event {
  id: string;
  /** Such as `connection.available`. */
  type: string;
  /**
   * When it came about. Events are in the order in which they became known, which may differ.
   * @format date-time
   */
  at: string;
  subject: EventSubject;
  /** Whose it is, if a customer’s. */
  customer_id: string | null;
  state: StateChange;
  /** Of `alarm.…` and `notice.…`: which item of the drift report of the subject. */
  alarm: EventAlarm | null;
}

/** The resource that has changed. */
export interface EventSubject {
  /** In words, such as `endpoint service`. */
  kind: string | null;
  id: string;
}

/** The state of a resource that has one. */
export interface StateChange {
  before: string | null;
  after: string | null;
}

/** By `kind` and `subject`, as the drift report has them. */
export interface EventAlarm {
  kind: string;
  subject: string;
}
