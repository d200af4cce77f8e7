// A dump of a database in memory and its restoration, row by row, as pg_dump and pg_restore do it.

import type { Database } from '../../src/storage/postgres/database.ts';
import { emptyDatabase } from './shared-database.ts';

/** Every row of the product, by table. */
export type Dump = Record<string, unknown[]>;

export async function dumpDatabase(db: Database): Promise<Dump> {
  const dump: Dump = {};
  for (const table of await tables(db)) {
    const rows = await db.query<{ row: unknown }>(`SELECT to_jsonb(t) AS row FROM ${table.name} t`);
    dump[table.name] = rows.map(({ row }) => row);
  }
  return dump;
}

/** Puts the dump in the place of whatever there is. */
export async function restoreDatabase(db: Database, dump: Dump): Promise<void> {
  await emptyDatabase(db);
  // In one statement, as the references between the rows are checked at its end.
  const insertions = (await tables(db)).map(
    ({ name, columns }) => `${name}_restored AS (
       INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE
       SELECT ${columns} FROM jsonb_populate_recordset(null::${name}, $1::jsonb->'${name}'))`,
  );
  await db.query(`WITH ${insertions.join(', ')} SELECT 1 AS one`, [JSON.stringify(dump)]);
}

/** Every table with those of its columns that are not computed. */
function tables(db: Database): Promise<{ name: string; columns: string }[]> {
  return db.query(
    `SELECT t.table_name AS name, string_agg(quote_ident(c.column_name), ', ') AS columns
     FROM information_schema.tables t JOIN information_schema.columns c USING (table_name)
     WHERE t.table_schema = 'public' AND c.table_schema = 'public' AND c.is_generated = 'NEVER'
       AND t.table_type = 'BASE TABLE' AND t.table_name <> 'schema_migrations'
     GROUP BY t.table_name`,
  );
}
