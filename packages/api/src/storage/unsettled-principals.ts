// Since when entries of the allowlists are to be added or removed, and AWS does not show it so.

import type { Queryable } from './postgres/database.ts';

/** Written only where it turns, as most reads show what the last one has shown. */
export async function recordUnsettled(
  db: Queryable,
  endpointServiceId: string,
  { unsettled, settled }: { unsettled: string[]; settled: string[] },
  now: Date,
): Promise<void> {
  if (unsettled.length + settled.length === 0) return;
  await db.query(
    `UPDATE principals
     SET unsettled_since = CASE WHEN arn = ANY ($2::text[]) THEN $3::timestamptz END
     WHERE endpoint_service_id = $1 AND arn = ANY ($2::text[] || $4::text[])`,
    [endpointServiceId, unsettled, now, settled],
  );
}
