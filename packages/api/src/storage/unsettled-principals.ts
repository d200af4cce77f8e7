// What a read of an allowlist showed against what is wanted: since when AWS does not show it so,
// and what is there though nobody wants it.

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

/** Entries of ours that are there and that nobody wants; those that no longer are. */
export async function recordUnwanted(
  db: Queryable,
  endpointServiceId: string,
  { unwanted, others }: { unwanted: string[]; others: string[] },
): Promise<void> {
  if (unwanted.length + others.length === 0) return;
  await db.query(
    `UPDATE principals SET unwanted = (arn = ANY ($2::text[]))
     WHERE endpoint_service_id = $1 AND arn = ANY ($2::text[] || $3::text[])`,
    [endpointServiceId, unwanted, others],
  );
}
