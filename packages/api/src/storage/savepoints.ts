// One part of a transaction that may fail without the rest of it.

import type { Queryable } from './postgres/database.ts';

/** Undoes what the work has written when it throws, and passes the error on. Not to be nested. */
export async function attempt<Result>(db: Queryable, work: () => Promise<Result>): Promise<Result> {
  await db.query('SAVEPOINT attempt');
  try {
    const result = await work();
    await db.query('RELEASE SAVEPOINT attempt');
    return result;
  } catch (error) {
    await db.query('ROLLBACK TO SAVEPOINT attempt');
    throw error;
  }
}
