// Which endpoint service a name is of: no more than a customer's request may read of services.

import type { Queryable } from './postgres/database.ts';
import { firstRow } from './statements.ts';

/** The id of the service with this name, of those that the database shows to who asks. */
export async function idOf(db: Queryable, key: string): Promise<string | null> {
  const row = await firstRow<{ id: string }>(
    db,
    'SELECT id FROM endpoint_services WHERE id = $1 OR service_id = $1 OR service_name = $1',
    [key],
  );
  return row?.id ?? null;
}
