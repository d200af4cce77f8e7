// What all replicas together have let through, by bucket.

import type { Queryable } from './postgres/database.ts';

export interface Spending {
  bucket: string;
  /** In milliseconds: how much later the bucket is whole again. */
  spentMs: number;
}

/** Adds what this replica has let through, and tells when each bucket is whole again. */
export function add(
  db: Queryable,
  spendings: Spending[],
  now: Date,
): Promise<{ bucket: string; wholeAt: Date }[]> {
  const sorted = spendings.toSorted((a, b) => (a.bucket < b.bucket ? -1 : 1));
  return db.query(
    `INSERT INTO rate_usage AS t (bucket, whole_at)
     SELECT bucket, $3::timestamptz + ms * interval '1 millisecond'
     FROM unnest($1::text[], $2::double precision[]) AS s(bucket, ms)
     ON CONFLICT (bucket) DO UPDATE
     SET whole_at = greatest(t.whole_at, $3) + (excluded.whole_at - $3)
     RETURNING bucket, whole_at`,
    [sorted.map(({ bucket }) => bucket), sorted.map(({ spentMs }) => spentMs), now],
  );
}

/** Buckets that are whole. */
export async function removeWhole(db: Queryable, now: Date): Promise<void> {
  await db.query('DELETE FROM rate_usage WHERE whole_at <= $1', [now]);
}
