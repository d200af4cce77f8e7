// The statements that every table needs. Table and column names come from our code only.

import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';

/** Columns of type jsonb, which pg would otherwise send as PostgreSQL arrays or records. */
const jsonColumns = new Set([
  'after',
  'before',
  'contacts',
  'fields',
  'held_up_by',
  'hosted_zones',
  'metadata',
  'modes',
  'record',
  'report',
  'request',
  'secrets',
]);

type Row = Record<string, unknown>;

/** Planned once for a connection; lists are not, as filters and places decide how to find them. */
const once = { prepare: true };
/** What comes next waits for it in the database, and fails when it does. */
const written = { prepare: true, unheard: true };

/**
 * Inserts one row, whose members are the columns in camelCase. In a transaction it may be a later
 * statement, or the end, that throws what the database has against it.
 */
export async function insertRow(db: Queryable, table: string, row: object): Promise<void> {
  const columns = Object.keys(row).map(columnName);
  const places = columns.map((_, index) => `$${index + 1}`);
  const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`;
  await db.query(text, columnValues(row), written);
}

/** Sets the given members of the row with this id. It throws when `insertRow` does. */
export async function updateRow(
  db: Queryable,
  table: string,
  id: string,
  changes: object,
): Promise<void> {
  const sets = Object.keys(changes).map((member, index) => `${columnName(member)} = $${index + 2}`);
  if (sets.length === 0) return;
  const values = [id, ...columnValues(changes)];
  await db.query(`UPDATE ${table} SET ${sets.join(', ')} WHERE id = $1`, values, written);
}

/** Keeps others from changing the row until the transaction ends; what comes next waits for it. */
export async function lockRow(db: Queryable, table: string, id: string): Promise<void> {
  await db.query(`SELECT 1 AS one FROM ${table} WHERE id = $1 FOR UPDATE`, [id], written);
}

export interface ListQuery {
  /** `SELECT …` without WHERE; the table of the list has the alias `t`. */
  select: string;
  /**
   * Columns of text that are to have these values, as far as those are given. Each has an index
   * that goes on with the id, and the first one is read by it, whatever the statistics say.
   */
  by?: [column: string, value: string | null | undefined][];
  /** Conditions with `?` for their value; one whose value is null or undefined is left out. */
  where?: [condition: string, value: unknown][];
  page: PageRequest;
  newestFirst?: boolean;
}

/** Reads one row more than the page holds, so that the caller sees whether there is a next page. */
export function listRows<Item extends object>(db: Queryable, list: ListQuery): Promise<Item[]> {
  const { page, newestFirst = false } = list;
  const [leading, ...others] = (list.by ?? []).filter(isGiven);
  // PostgreSQL drops a column from an order if it must equal a value, and may then read the whole
  // table in the order of its ids to find a few. That it is one of a list, it leaves as it is.
  const given = [
    ...(leading ? [[`${leading[0]} = ANY (ARRAY[?])`, leading[1]] as const] : []),
    ...others.map(([column, value]) => [`${column} = ?`, value] as const),
    ...(list.where ?? []),
    [`t.id ${newestFirst ? '<' : '>'} ?`, page.after] as const,
  ].filter(isGiven);
  const clauses = given.map(([condition], index) => condition.replaceAll('?', `$${index + 1}`));
  const where = clauses.length > 0 ? `WHERE ${clauses.join(' AND ')}` : '';
  const direction = newestFirst ? 'DESC' : 'ASC';
  const order = [...(leading ? [leading[0]] : []), 't.id'].map((by) => `${by} ${direction}`);
  return db.query<Item>(
    `${list.select} ${where} ORDER BY ${order.join(', ')} LIMIT ${page.limit + 1}`,
    given.map(([, value]) => value),
  );
}

function isGiven([, value]: readonly [string, unknown]): boolean {
  return value !== null && value !== undefined;
}

/** The first row, or null. What is asked for like this is found by a key, and nothing is locked. */
export async function firstRow<Item extends object>(
  db: Queryable,
  text: string,
  values: readonly unknown[],
): Promise<Item | null> {
  const [row] = await db.query<Item>(text, values, { lookUp: true });
  return row ?? null;
}

/** The one row that a statement locks or changes, or null. */
export async function takenRow<Item extends object>(
  db: Queryable,
  text: string,
  values: readonly unknown[],
): Promise<Item | null> {
  const [row] = await db.query<Item>(text, values, once);
  return row ?? null;
}

/** The members of our rows are few. */
const columnNames = new Map<string, string>();

function columnName(member: string): string {
  let name = columnNames.get(member);
  if (name === undefined) {
    name = member.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    columnNames.set(member, name);
  }
  return name;
}

function columnValues(row: object): unknown[] {
  return Object.entries(row as Row).map(([member, value]) =>
    jsonColumns.has(columnName(member)) && value !== null ? JSON.stringify(value) : value,
  );
}
