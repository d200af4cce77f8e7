// Transactions over one checked-out connection. Where it comes from and goes to is in database.ts.

import type { Queryable } from './queryable.ts';
import type { Session } from './sessions.ts';

/**
 * Nothing waits for its beginning, which goes out together with what comes first. What follows is
 * read by nobody before the beginning has been heard of.
 */
export async function runTransaction<T>(
  session: Session,
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
    const asked = session.run({ text, values, ...options });
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
    send(session.run({ text: 'begin' }));
    const result = await work({ query }).finally(() => (open = false));
    const ended = commit(session);
    ended.catch(() => {});
    await hear(unheard);
    await ended;
    return result;
  } catch (error) {
    const first = await hear(unheard).then(
      () => error,
      (earlier: unknown) => earlier,
    );
    if (!session.isBroken()) await rollback(session);
    throw first;
  }
}

/**
 * A rollback that fails marks the session broken: its connection is closed, which rolls back too.
 */
export async function rollback(session: Session): Promise<void> {
  await session.run({ text: 'rollback' }).catch(() => {});
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
  const { command } = await session.run({ text: 'commit' });
  if (command === 'COMMIT') return;
  throw new Error(
    'The transaction was rolled back: one of its statements failed and the error was swallowed.',
  );
}
