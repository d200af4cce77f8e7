// What a whole database has, as text, for tests to compare or to search.

import type { Queryable } from '../../src/storage/postgres/database.ts';

/** Every row of every table; sealed bytes are in hex. */
export function dump(db: Queryable): Promise<string> {
  return ofEachTable(
    db,
    (name) => `(SELECT string_agg(row, E'\\n' ORDER BY row)
      FROM (SELECT row_to_json(t)::text AS row FROM ${name} t) AS rows)`,
  );
}

/**
 * Of each table how many rows it has and which were written last: the same text while nothing is
 * committed, at a fraction of the cost of a dump. PostgreSQL keeps with each row which transaction
 * wrote it, and their numbers grow.
 */
export function written(db: Queryable): Promise<string> {
  return ofEachTable(
    db,
    (name) => `(SELECT count(*)::text FROM ${name}), (SELECT string_agg(row, E'\\n' ORDER BY row)
      FROM (SELECT t.xmin || ' ' || row_to_json(t)::text AS row FROM ${name} t
        WHERE t.xmin::text::bigint = (SELECT max(xmin::text::bigint) FROM ${name})) AS rows)`,
  );
}

/** In one statement, planned once, as some tests look at everything again and again. */
async function ofEachTable(db: Queryable, textOf: (name: string) => string): Promise<string> {
  const tables = await db.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    [],
  );
  const texts = tables.map(({ name }) => `'# ${name}', ${textOf(name)}`);
  const [row] = await db.query<{ text: string }>(
    `SELECT array_to_string(ARRAY[${texts.join(', ')}], E'\\n') AS text`,
    [],
  );
  return row!.text;
}
