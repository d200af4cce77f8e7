// Deliveries of events to webhooks: made as the feed goes on, and what became of each.

import type { PageRequest } from '../domain/page.ts';
import type { Attempt, Delivery, DeliveryState } from '../domain/webhook.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, listRows, takenRow, type ListQuery } from './statements.ts';

const select = `
  SELECT t.id, t.webhook_id, t.message_id, t.type, t.state, t.attempts, t.next_attempt_at,
    t.created_at, t.finished_at FROM deliveries t`;

export type NewDelivery = Pick<
  Delivery,
  'id' | 'webhookId' | 'messageId' | 'type' | 'createdAt'
> & { payload: string };

export function insert(db: Queryable, delivery: NewDelivery): Promise<void> {
  return insertRow(db, 'deliveries', { ...delivery, state: 'pending' });
}

export async function list(
  db: Queryable,
  filter: { webhookId: string; state?: DeliveryState | undefined },
  page: PageRequest,
): Promise<Delivery[]> {
  const by: ListQuery['by'] = [
    ['t.webhook_id', filter.webhookId],
    ['t.state', filter.state],
  ];
  const rows = await listRows<Delivery>(db, { select, by, page, newestFirst: true });
  return rows.map(withDates);
}

export async function find(db: Queryable, webhookId: string, id: string): Promise<Delivery | null> {
  const row = await firstRow<Delivery>(db, `${select} WHERE t.id = $1 AND t.webhook_id = $2`, [
    id,
    webhookId,
  ]);
  return row && withDates(row);
}

export type Parcel = Delivery & { payload: string };

/** The delivery with what is sent; nobody else changes it before the transaction ends. */
export async function findParcel(db: Queryable, id: string): Promise<Parcel | null> {
  const row = await takenRow<Parcel>(db, 'SELECT * FROM deliveries WHERE id = $1 FOR UPDATE', [id]);
  return row && { ...row, ...withDates(row) };
}

export async function webhookIdOf(db: Queryable, id: string): Promise<string | null> {
  const row = await firstRow<{ webhookId: string }>(
    db,
    'SELECT webhook_id FROM deliveries WHERE id = $1',
    [id],
  );
  return row?.webhookId ?? null;
}

/**
 * Those that have no place in the queue yet; they have one by the end of the transaction. `lane` is
 * what shares its turns: a webhook of the vendor's, or all webhooks of a customer, so that nobody
 * has more of them by having more addresses.
 */
export function takeUnqueued(
  db: Queryable,
  limit: number,
  at: Date,
): Promise<{ id: string; lane: string }[]> {
  return db.query(
    `UPDATE deliveries d SET queued_at = $2, next_attempt_at = $2 FROM webhooks w
     WHERE w.id = d.webhook_id AND d.id IN (
       SELECT id FROM deliveries WHERE queued_at IS NULL ORDER BY id LIMIT $1
       FOR UPDATE SKIP LOCKED)
     RETURNING d.id, CASE w.owner WHEN 'customer' THEN w.customer_id ELSE w.id END AS lane`,
    [limit, at],
  );
}

export interface Result {
  attempt: Attempt | null;
  state: DeliveryState;
  nextAttemptAt: Date | null;
}

export async function record(
  db: Queryable,
  id: string,
  { attempt, state, nextAttemptAt }: Result,
  at: Date,
): Promise<void> {
  await db.query(
    `UPDATE deliveries SET attempts = attempts || $2::jsonb, state = $3, next_attempt_at = $4,
       finished_at = CASE WHEN $3 = 'pending' THEN NULL ELSE $5::timestamptz END
     WHERE id = $1`,
    [id, JSON.stringify(attempt ? [attempt] : []), state, nextAttemptAt, at],
  );
}

/** The place in the feed up to which deliveries were made; null while somebody else makes some. */
export async function lockPosition(db: Queryable): Promise<number | null> {
  const row = await takenRow<{ position: number }>(
    db,
    'SELECT position FROM delivered_events FOR UPDATE SKIP LOCKED',
    [],
  );
  return row?.position ?? null;
}

export async function recordPosition(db: Queryable, position: number): Promise<void> {
  await db.query('UPDATE delivered_events SET position = $1', [position]);
}

/** Dates inside jsonb come back as text. */
function withDates<Row extends Delivery>(row: Row): Row {
  const attempts = row.attempts.map((attempt) => ({ ...attempt, at: new Date(attempt.at) }));
  return { ...row, attempts };
}
