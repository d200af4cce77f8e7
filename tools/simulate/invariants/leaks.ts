// Where signatures of customers are that should be nowhere: in what is kept for people to read.

import type { Scene } from '../scene.ts';

const kept = ['audit_entries', 'effects', 'operations', 'runs', 'targets', 'idempotency_keys'];

/** Tables with a signature in them, and errors that tell one. */
export async function leaks({ stage, secrets }: Scene): Promise<string[]> {
  if (secrets.size === 0) return [];
  // OFFSET has each row made a text once, and not for each of the signatures.
  const looks = kept.map(
    (table) => `SELECT '${table}' AS place FROM (SELECT t::text AS told FROM ${table} t OFFSET 0) t
      WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS secret
        WHERE position(secret IN told) > 0)`,
  );
  const rows = await stage.db.query<{ place: string }>(looks.join(' UNION ALL '), [[...secrets]]);
  const errors = stage.errors.filter((error) => {
    const text = error instanceof Error ? `${error.stack} ${JSON.stringify(error)}` : String(error);
    return [...secrets].some((secret) => text.includes(secret));
  });
  return [...rows.map(({ place }) => place), ...errors.map((error) => String(error))];
}
