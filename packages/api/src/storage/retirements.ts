// Endpoint services that retire: what is still there of each.

import type { Leftovers } from '../domain/retirement.ts';
import { isNothing } from '../domain/private-dns.ts';
import * as privateDns from './private-dns.ts';
import type { Queryable } from './postgres/database.ts';

export async function begin(
  db: Queryable,
  id: string,
  { reason, at }: { reason: string; at: Date },
): Promise<void> {
  await db.query(
    `UPDATE endpoint_services SET retiring_since = $2, retire_reason = $3, updated_at = $2
     WHERE id = $1`,
    [id, at, reason],
  );
}

/** AWS shows it no more. */
export async function finish(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query('UPDATE endpoint_services SET retired_at = $2, updated_at = $2 WHERE id = $1', [
    id,
    at,
  ]);
}

/** By what AWS last showed. */
export async function leftovers(db: Queryable, id: string): Promise<Leftovers> {
  const principals = await db.query<{ arn: string }>(
    `SELECT arn FROM principals WHERE endpoint_service_id = $1 AND owned AND observed ORDER BY arn`,
    [id],
  );
  const connections = await db.query<Leftovers['connections'][number]>(
    `SELECT id, vpc_endpoint_id, decision FROM connections
     WHERE endpoint_service_id = $1
       AND state IN ('pendingAcceptance', 'pending', 'available', 'partial', 'unknown')
     ORDER BY id`,
    [id],
  );
  const dns = await privateDns.find(db, id);
  return {
    principals: principals.map(({ arn }) => arn),
    connections,
    privateDns: dns !== null && !isNothing(dns),
  };
}
