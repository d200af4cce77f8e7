// The feed of events. A change tells its event into the outbox, in its own transaction; from there
// it gets its place in the feed, which is given under a lock and only to what has committed. So
// whoever has read up to a place has missed nothing before it, in whichever order transactions
// ended. Transaction ids would give such an order as well, but not over a dump and a restore.

import type { Event, ToldEvent } from '../domain/event.ts';
import { subjectOf } from '../domain/event.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow } from './statements.ts';

/** Told by the transaction that makes the change, and by nobody if it is rolled back. */
export async function tell(db: Queryable, told: readonly ToldEvent[]): Promise<void> {
  if (told.length === 0) return;
  await db.query(
    `INSERT INTO event_outbox (at, type, subject_id, customer_id, before, after, alarm)
     SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[],
       $6::text[], $7::jsonb[])`,
    [
      told.map(({ at }) => at),
      told.map(({ type }) => type),
      told.map(({ subjectId }) => subjectId),
      told.map(({ customerId }) => customerId),
      told.map(({ state }) => state.before),
      told.map(({ state }) => state.after),
      told.map(({ alarm }) => alarm && JSON.stringify(alarm)),
    ],
    { prepare: true, unheard: true },
  );
}

/**
 * The same for a statement that makes the change itself.
 * @param rows a query for at, type, subject, customer, and the state before and after
 */
export function tellSql(rows: string): string {
  return `INSERT INTO event_outbox (at, type, subject_id, customer_id, before, after) ${rows}`;
}

/** Events that get their places at once. */
export const batchSize = 500;

/**
 * Gives what was told a place in the feed. Whoever reads the feed does this first.
 * @returns how many were waiting, up to a batch
 */
export async function publish(db: Queryable, makeId: () => string): Promise<number> {
  const row = await firstRow<{ waiting: number }>(
    db,
    'SELECT count(*) AS waiting FROM (SELECT FROM event_outbox LIMIT $1) AS first',
    [batchSize],
  );
  const waiting = row?.waiting ?? 0;
  if (waiting === 0) return 0;
  const ids = Array.from({ length: waiting }, makeId);
  // What another replica has placed meanwhile is deleted by then, and not placed twice. Numbers are
  // drawn under the lock, which ends after the commit is to be seen.
  await db.query(
    `WITH turn AS (SELECT pg_advisory_xact_lock(hashtextextended('places of events', 0))),
     waiting AS MATERIALIZED (
       SELECT o.seq, row_number() OVER (ORDER BY o.seq) AS nth
       FROM (SELECT seq FROM event_outbox ORDER BY seq LIMIT $1) o, turn),
     taken AS (
       DELETE FROM event_outbox o USING waiting w WHERE o.seq = w.seq RETURNING o.*, w.nth)
     INSERT INTO events (id, at, type, subject_id, customer_id, before, after, alarm)
     SELECT ($2::text[])[nth], at, type, subject_id, customer_id, before, after, alarm
     FROM taken ORDER BY nth`,
    [waiting, ids],
  );
  return waiting;
}

export interface EventFilter {
  types?: readonly string[] | undefined;
  subjectId?: string | undefined;
  customerId?: string | null | undefined;
  since?: Date | undefined;
}

const select = `
  SELECT t.position, t.id, t.at, t.type, t.subject_id, t.customer_id, t.before, t.after, t.alarm
  FROM events t`;

/** An event with its place in the feed. */
export type PlacedEvent = Event & { position: number };

/** The events after a place, oldest first. */
export async function listAfter(
  db: Queryable,
  filter: EventFilter,
  position: number,
  limit: number,
): Promise<PlacedEvent[]> {
  // As in `listRows`: the index of the subject or of the customer, whatever the statistics say.
  const leading = filter.subjectId ? 't.subject_id,' : filter.customerId ? 't.customer_id,' : '';
  const rows = await db.query<EventRow>(
    `${select}
     WHERE t.position > $1
       AND ($2::text[] IS NULL OR t.type = ANY ($2))
       AND ($3::text IS NULL OR t.subject_id = ANY (ARRAY[$3]))
       AND ($4::text IS NULL OR t.customer_id = ANY (ARRAY[$4]))
       AND ($5::timestamptz IS NULL OR t.at >= $5)
     ORDER BY ${leading} t.position LIMIT $6`,
    [
      position,
      filter.types ?? null,
      filter.subjectId ?? null,
      filter.customerId ?? null,
      filter.since ?? null,
      limit,
    ],
  );
  return rows.map(eventOf);
}

/** The event, unless it is another customer's. */
export async function find(
  db: Queryable,
  id: string,
  tenant: string | null,
): Promise<PlacedEvent | null> {
  const row = await firstRow<EventRow>(
    db,
    `${select} WHERE t.id = $1 AND ($2::text IS NULL OR t.customer_id = $2)`,
    [id, tenant],
  );
  return row && eventOf(row);
}

/** A place with no event of this moment, or of a later one, up to it. */
export async function placeBefore(db: Queryable, moment: Date): Promise<number> {
  const row = await firstRow<{ position: number }>(
    db,
    'SELECT position FROM events WHERE latest_at >= $1 ORDER BY latest_at, position LIMIT 1',
    [moment],
  );
  return row ? row.position - 1 : lastPosition(db);
}

/** The place of the newest event, 0 before there is any. */
export async function lastPosition(db: Queryable): Promise<number> {
  const row = await firstRow<{ position: number | null }>(
    db,
    'SELECT max(position) AS position FROM events',
    [],
  );
  return row?.position ?? 0;
}

interface EventRow {
  position: number;
  id: string;
  at: Date;
  type: Event['type'];
  subjectId: string;
  customerId: string | null;
  before: string | null;
  after: string | null;
  alarm: Event['alarm'];
}

function eventOf({ subjectId, before, after, ...row }: EventRow): PlacedEvent {
  return { ...row, subject: subjectOf(subjectId), state: { before, after } };
}
