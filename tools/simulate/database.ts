// The database of a simulation: PostgreSQL itself, spared what no history is about.

import { openDatabase, type Database } from '../../packages/api/src/storage/postgres/database.ts';

/** Plans each statement once for each connection. */
export function openSimulationDatabase(connectionString: string): Database {
  return openDatabase({ connectionString, poolSize: 5, prepares: 'all' });
}
