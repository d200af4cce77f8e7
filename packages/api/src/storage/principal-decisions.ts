// What operators say of single entries of the allowlists: theirs from now on, wanted back, let go.

import { agreeingReads } from '../domain/principal.ts';
import type { Queryable } from './postgres/database.ts';

/** Enters into the ledger that these, which other hands have made, are ours from now on. */
export async function recordAdopted(db: Queryable, ids: string[]): Promise<void> {
  await db.query(
    `UPDATE principals SET owned = true, confirmed = true, withdrawn = false, missed_reads = 0
     WHERE id = ANY ($1)`,
    [ids],
  );
}

/** An operator wants it back, this once. */
export async function recordRestoring(db: Queryable, id: string): Promise<void> {
  await db.query('UPDATE principals SET restore = NOT released, released = false WHERE id = $1', [
    id,
  ]);
}

/** An operator lets it go: it is ours no longer, and not put back while the same grants want it. */
export async function recordReleased(db: Queryable, id: string): Promise<void> {
  await db.query(
    `UPDATE principals SET released = true, restore = false, owned = false, confirmed = false
     WHERE id = $1`,
    [id],
  );
}

/** Entries of ours on these allowlists that reads agree to be gone, whoever wants them. */
export function listLost(
  db: Queryable,
  endpointServiceIds: string[],
): Promise<{ id: string; endpointServiceId: string }[]> {
  return db.query(
    `SELECT id, endpoint_service_id FROM principals
     WHERE endpoint_service_id = ANY ($1)
       AND owned AND confirmed AND NOT observed AND missed_reads >= $2
     ORDER BY id`,
    [endpointServiceIds, agreeingReads],
  );
}
