// The database of a simulation: PostgreSQL itself, spared what no history is about.

import { openDatabase, type Database } from '../../packages/api/src/storage/postgres/database.ts';

/**
 * Commits without waiting for the disk, as no history pulls the plug, and plans each statement once
 * for each connection.
 */
export function openSimulationDatabase(connectionString: string): Database {
  const url = new URL(connectionString);
  url.searchParams.set('options', '-c synchronous_commit=off');
  return openDatabase({ connectionString: url.href, poolSize: 5, prepares: true });
}
