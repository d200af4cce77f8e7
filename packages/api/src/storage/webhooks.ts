// Webhooks: the addresses that events are sent to, with the secrets that sign.

import type { PageRequest } from '../domain/page.ts';
import type { Webhook, WebhookSecret } from '../domain/webhook.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, listRows, lockRow, updateRow, type ListQuery } from './statements.ts';

const select = 'SELECT t.* FROM webhooks t';

export function insert(db: Queryable, webhook: Webhook): Promise<void> {
  return insertRow(db, 'webhooks', webhook);
}

/** Customers have their own; those that the vendor has about them are not theirs. */
export async function find(
  db: Queryable,
  id: string,
  tenant: string | null,
): Promise<Webhook | null> {
  const row = await firstRow<Webhook>(
    db,
    `${select} WHERE t.id = $1
       AND ($2::text IS NULL OR (t.owner = 'customer' AND t.customer_id = $2))`,
    [id, tenant],
  );
  return row && withDates(row);
}

export function lock(db: Queryable, id: string): Promise<void> {
  return lockRow(db, 'webhooks', id);
}

export interface WebhookFilter {
  customerId?: string | null | undefined;
  owner?: Webhook['owner'] | undefined;
}

export async function list(
  db: Queryable,
  filter: WebhookFilter,
  page: PageRequest,
): Promise<Webhook[]> {
  const by: ListQuery['by'] = [
    ['t.customer_id', filter.customerId],
    ['t.owner', filter.owner],
  ];
  return (await listRows<Webhook>(db, { select, by, page })).map(withDates);
}

export async function listIds(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ id: string }>('SELECT id FROM webhooks ORDER BY id');
  return rows.map(({ id }) => id);
}

export async function listEnabled(db: Queryable): Promise<Webhook[]> {
  const rows = await db.query<Webhook>(`${select} WHERE t.disabled_since IS NULL ORDER BY t.id`);
  return rows.map(withDates);
}

/** How many addresses the owner has; nobody else adds one before the transaction ends. */
export async function countOfOwner(db: Queryable, customerId: string | null): Promise<number> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('webhooks of ' || $1, 0))`, [
    customerId ?? 'the vendor',
  ]);
  const row = await firstRow<{ count: number }>(
    db,
    `SELECT count(*)::int FROM webhooks
     WHERE CASE WHEN $1::text IS NULL THEN owner = 'vendor'
       ELSE owner = 'customer' AND customer_id = $1 END`,
    [customerId],
  );
  return row!.count;
}

export function update(
  db: Queryable,
  id: string,
  changes: Partial<Omit<Webhook, 'id' | 'owner' | 'customerId' | 'createdAt'>>,
): Promise<void> {
  return updateRow(db, 'webhooks', id, changes);
}

export async function remove(db: Queryable, id: string): Promise<void> {
  await db.query('DELETE FROM webhooks WHERE id = $1', [id]);
}

type StoredSecret = { secret: string; createdAt: string; endsAt: string | null };

/** Dates inside jsonb come back as text. */
function withDates(row: Webhook): Webhook {
  const stored = row.secrets as unknown as StoredSecret[];
  const secrets = stored.map(
    ({ secret, createdAt, endsAt }): WebhookSecret => ({
      secret,
      createdAt: new Date(createdAt),
      endsAt: endsAt === null ? null : new Date(endsAt),
    }),
  );
  return { ...row, secrets };
}
