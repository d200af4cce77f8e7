// Transactions over one checked-out connection. Where it comes from and goes to is in database.ts.

import type { Queryable, QueryOptions } from './queryable.ts';
import type { Decode, RawResult } from './rows.ts';

/** One checked-out connection that knows whether it can go back to the pool. */
export interface Session {
  run(text: string, values?: readonly unknown[], options?: QueryOptions): Promise<RawResult>;
  isBroken(): boolean;
  decode: Decode;
}

export async function runTransaction<T>(
  session: Session,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  await session.run('begin');
  try {
    const result = await workWith(session, work);
    await commit(session);
    return result;
  } catch (error) {
    if (!session.isBroken()) await rollback(session);
    throw error;
  }
}

/** Begins with these statements in the same round trip; `rollback` ends it. */
export async function runReading<T>(
  session: Session,
  opening: string,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  await session.run(`begin read only; ${opening}`);
  return workWith(session, work);
}

/**
 * A rollback that fails marks the session broken: its connection is closed, which rolls back too.
 */
export async function rollback(session: Session): Promise<void> {
  await session.run('rollback').catch(() => {});
}

async function workWith<T>(session: Session, work: (tx: Queryable) => Promise<T>): Promise<T> {
  let open = true;
  const query: Queryable['query'] = async (text, values, options) => {
    if (open) return session.decode(await session.run(text, values, options));
    throw new Error('This transaction is over. Await every query inside its callback.');
  };
  try {
    return await work({ query });
  } finally {
    open = false;
  }
}

/** PostgreSQL answers COMMIT with ROLLBACK, and no error, when a statement before it had failed. */
async function commit(session: Session): Promise<void> {
  const { command } = await session.run('commit');
  if (command === 'COMMIT') return;
  throw new Error(
    'The transaction was rolled back: one of its statements failed and the error was swallowed.',
  );
}
