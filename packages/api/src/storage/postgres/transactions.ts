// Transactions over one checked-out connection. Where it comes from and goes to is in database.ts.

import type { Queryable, QueryOptions } from './queryable.ts';
import type { Decode, RawResult } from './rows.ts';

/** One checked-out connection that knows whether it can go back to the pool. */
export interface Session {
  /** Of several statements, the result of the last. */
  run(text: string, values?: readonly unknown[], options?: QueryOptions): Promise<RawResult>;
  /** The result of each statement. */
  runAll(text: string, values?: readonly unknown[]): Promise<RawResult[]>;
  isBroken(): boolean;
  decode: Decode;
}

/** Nothing waits for its beginning, which goes out together with what comes first. */
export async function runTransaction<T>(
  session: Session,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  try {
    return await workWith(session, { opening: 'begin', end: () => commit(session) }, work);
  } catch (error) {
    if (!session.isBroken()) await rollback(session);
    throw error;
  }
}

/** Begins with these statements; `rollback` ends it. */
export function runReading<T>(
  session: Session,
  opening: string,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  return workWith(session, { opening: `begin read only; ${opening}` }, work);
}

/**
 * A rollback that fails marks the session broken: its connection is closed, which rolls back too.
 */
export async function rollback(session: Session): Promise<void> {
  await session.run('rollback').catch(() => {});
}

interface Frame {
  opening: string;
  end?: () => Promise<void>;
}

/**
 * The opening is one text: a part of it that fails leaves a transaction in which every statement
 * fails. What follows it is read by nobody before the opening has been heard of.
 */
async function workWith<T>(
  session: Session,
  { opening, end }: Frame,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  let open = true;
  const unheard: Promise<unknown>[] = [];
  const send = (asked: Promise<unknown>): void => {
    asked.catch(() => {});
    unheard.push(asked);
  };
  const query: Queryable['query'] = async (text, values, options) => {
    if (!open) throw new Error('This transaction is over. Await every query inside its callback.');
    const asked = session.run(text, values, options);
    if (options?.unheard) {
      send(asked);
      return [];
    }
    try {
      return session.decode(await asked);
    } catch (error) {
      await hear(unheard);
      throw error;
    }
  };
  try {
    send(session.run(opening));
    const result = await work({ query }).finally(() => (open = false));
    const ended = end?.();
    ended?.catch(() => {});
    await hear(unheard);
    await ended;
    return result;
  } catch (error) {
    await hear(unheard);
    throw error;
  }
}

/**
 * Waits for what nothing has waited for, and forgets it.
 * @throws what failed first of it, from which all that came after has failed as well
 */
async function hear(unheard: Promise<unknown>[]): Promise<void> {
  for (const asked of unheard.splice(0)) await asked;
}

/** PostgreSQL answers COMMIT with ROLLBACK, and no error, when a statement before it had failed. */
async function commit(session: Session): Promise<void> {
  const { command } = await session.run('commit');
  if (command === 'COMMIT') return;
  throw new Error(
    'The transaction was rolled back: one of its statements failed and the error was swallowed.',
  );
}
