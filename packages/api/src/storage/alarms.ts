// What the drift report of each service told when it was last looked at, so that what is new in it,
// and what is over, is told once.

import { alarmEvents } from '../domain/events-told.ts';
import type { Drift } from '../domain/drift.ts';
import * as events from './events.ts';
import type { Queryable } from './postgres/database.ts';

export type Alarm = Pick<Drift, 'kind' | 'subject' | 'severity'>;

export interface AlarmChange {
  raised: Alarm[];
  cleared: Alarm[];
}

/** What is known of these services, by service. */
export async function list(
  db: Queryable,
  endpointServiceIds: string[],
): Promise<Map<string, Alarm[]>> {
  const rows = await db.query<Alarm & { endpointServiceId: string }>(
    'SELECT * FROM alarms WHERE endpoint_service_id = ANY ($1) ORDER BY kind, subject',
    [endpointServiceIds],
  );
  return Map.groupBy(rows, ({ endpointServiceId }) => endpointServiceId);
}

/** Records the change, with an event for each. */
export async function change(
  db: Queryable,
  endpointServiceId: string,
  { raised, cleared }: AlarmChange,
  at: Date,
): Promise<void> {
  await db.query(
    `DELETE FROM alarms t USING unnest($2::text[], $3::text[]) AS over(kind, subject)
     WHERE t.endpoint_service_id = $1 AND t.kind = over.kind AND t.subject = over.subject`,
    [endpointServiceId, cleared.map(({ kind }) => kind), cleared.map(({ subject }) => subject)],
  );
  await db.query(
    `INSERT INTO alarms (endpoint_service_id, kind, subject, severity, raised_at)
     SELECT $1, kind, subject, severity, $5
     FROM unnest($2::text[], $3::text[], $4::text[]) AS news(kind, subject, severity)`,
    [
      endpointServiceId,
      raised.map(({ kind }) => kind),
      raised.map(({ subject }) => subject),
      raised.map(({ severity }) => severity),
      at,
    ],
  );
  const told = (what: 'raised' | 'cleared') => (alarm: Alarm) => ({
    type: alarmEvents[alarm.severity][what],
    at,
    subjectId: endpointServiceId,
    customerId: null,
    state: { before: null, after: null },
    alarm: { kind: alarm.kind, subject: alarm.subject },
  });
  await events.tell(db, [...cleared.map(told('cleared')), ...raised.map(told('raised'))]);
}
