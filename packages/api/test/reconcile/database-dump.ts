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
  await countOn(db);
}

/** What numbers rows goes on after the last one that there is. */
async function countOn(db: Database): Promise<void> {
  const counted = await db.query<{ name: string; column: string }>(
    `SELECT attrelid::regclass::text AS name, attname::text AS column
     FROM pg_attribute WHERE attidentity <> '' ORDER BY 1`,
    [],
  );
  const counts = counted.map(({ name, column }) => {
    const last = `greatest((SELECT max("${column}") FROM ${name}), nextval(s))`;
    return `(SELECT setval(s, ${last}) FROM pg_get_serial_sequence('${name}', '${column}') AS s)`;
  });
  await db.query(`SELECT ARRAY[${counts.join(', ')}] AS counts`, []);
}

/** Every table with those of its columns that are not computed. */
function tables(db: Database): Promise<{ name: string; columns: string }[]> {
  return db.query(
    `SELECT t.relname::text AS name, string_agg(quote_ident(c.attname), ', ') AS columns
     FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid
     WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r'
       AND t.relname <> 'schema_migrations'
       AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = ''
     GROUP BY t.relname`,
    [],
  );
}
