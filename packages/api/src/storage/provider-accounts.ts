// The vendor's own AWS accounts.

import type { PageRequest } from '../domain/page.ts';
import type { ProviderAccount } from '../domain/provider-account.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, listRows, lockRow, updateRow } from './statements.ts';

const select = 'SELECT t.* FROM provider_accounts t';

export function insert(db: Queryable, account: ProviderAccount): Promise<void> {
  return insertRow(db, 'provider_accounts', account);
}

/** By id or by account number. */
export function find(db: Queryable, key: string): Promise<ProviderAccount | null> {
  return firstRow(db, `${select} WHERE t.id = $1 OR t.account_id = $1`, [key]);
}

/** Keeps others from changing it until the transaction ends. */
export function lock(db: Queryable, id: string): Promise<void> {
  return lockRow(db, 'provider_accounts', id);
}

export function list(
  db: Queryable,
  filter: { updatedSince?: Date | undefined },
  page: PageRequest,
): Promise<ProviderAccount[]> {
  return listRows(db, { select, where: [['t.updated_at >= ?', filter.updatedSince]], page });
}

/** The oldest first. */
export function listAll(db: Queryable): Promise<ProviderAccount[]> {
  return db.query(`${select} ORDER BY t.id`, []);
}

export function update(db: Queryable, id: string, changes: Partial<ProviderAccount>) {
  return updateRow(db, 'provider_accounts', id, changes);
}

export async function remove(db: Queryable, id: string): Promise<void> {
  await db.query('DELETE FROM provider_accounts WHERE id = $1', [id]);
}
