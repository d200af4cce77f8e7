// The connections of a service that AWS does not show as it was decided, among those that it does,
// which may be all of ten thousand.

import type { Connection } from '../domain/connection.ts';
import { select } from './connections.ts';
import type { Queryable } from './postgres/database.ts';

/** As `isSettled` of the domain says; a test holds the two together. An index has these words. */
const unsettled = `t.state <> 'deleted'
  AND NOT (t.decision = 'accept' AND t.state = 'available')
  AND NOT (t.decision = 'reject' AND t.state = 'rejected')`;

/** Those that AWS may still have. */
export function listUnsettled(db: Queryable, endpointServiceId: string): Promise<Connection[]> {
  return db.query(`${select} WHERE t.endpoint_service_id = $1 AND ${unsettled} ORDER BY t.id`, [
    endpointServiceId,
  ]);
}
