// Events: what has changed, in so few words that they may go anywhere. Who wants to know more reads
// the resource, or the audit entry.

import type { EventType } from './event-types.ts';
import { kindInWords, kindOfId } from './ids.ts';

export interface Event {
  id: string;
  type: EventType;
  /** When it came about. The feed goes by when it became known, which may be in another order. */
  at: Date;
  subject: EventSubject;
  /** Who sees it besides staff. */
  customerId: string | null;
  state: StateChange;
  /** What an alarm or a notice is about. */
  alarm: AlarmName | null;
}

export interface EventSubject {
  /** In words, such as `endpoint service`; null for what has no id of ours. */
  kind: string | null;
  id: string;
}

/** The state before and after, for what has one; null for a thing that was not there. */
export interface StateChange {
  before: string | null;
  after: string | null;
}

/** An item of the drift report of a service, which has one of each. */
export interface AlarmName {
  kind: string;
  subject: string;
}

/** What is written in the transaction of a change. It has no place in the feed yet. */
export interface ToldEvent {
  type: EventType;
  at: Date;
  subjectId: string;
  customerId: string | null;
  state: StateChange;
  alarm: AlarmName | null;
}

export const noState: StateChange = { before: null, after: null };

export function subjectOf(id: string): EventSubject {
  const kind = kindOfId(id);
  return { kind: kind && kindInWords(kind), id };
}
