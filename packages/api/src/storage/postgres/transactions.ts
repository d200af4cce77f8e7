// Transactions over one checked-out connection. Where it comes from and goes to is in database.ts.

import { isAftermath } from './errors.ts';
import type { Queryable } from './queryable.ts';
import type { Session } from './sessions.ts';

/**
 * Nothing waits for its beginning, which goes out together with what comes first. What follows is
 * read by nobody before the beginning has been heard of: without it, there is no role either.
 */
export async function runTransaction<T>(
  session: Session,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  let open = true;
  const begun = session.run({ text: 'begin' });
  const unheard: Promise<unknown>[] = [];
  const heard = async <Answer>(asked: Promise<Answer>): Promise<Answer> => {
    await asked.catch(() => {});
    await hear([begun, ...unheard.splice(0)]);
    return asked;
  };
  const query: Queryable['query'] = async (text, values, options) => {
    if (!open) throw new Error('This transaction is over. Await every query inside its callback.');
    const asked = session.run({ text, values, ...options });
    if (options?.unheard) {
      asked.catch(() => {});
      unheard.push(asked);
      return [];
    }
    return session.decode(await heard(asked));
  };
  try {
    begun.catch(() => {});
    const result = await work({ query }).finally(() => (open = false));
    await heard(commit(session));
    return result;
  } catch (error) {
    const first = await heard(Promise.resolve()).then(
      () => error,
      (earlier: unknown) => earlier,
    );
    if (!session.isBroken()) await rollback(session);
    throw first;
  }
}

/**
 * Should it fail, the connection is still in the transaction, and so does not go back to the pool:
 * it is closed, which rolls back too.
 */
export async function rollback(session: Session): Promise<void> {
  await session.run({ text: 'rollback' }).catch(() => {});
}

/**
 * Waits for what nothing has waited for.
 * @throws what failed first of it, from which all that came after has failed as well; nothing when
 * even that failed of something else, which somebody has been told
 */
async function hear(sent: Promise<unknown>[]): Promise<void> {
  try {
    for (const asked of sent) await asked;
  } catch (error) {
    if (!isAftermath(error)) throw error;
  }
}

/** PostgreSQL answers COMMIT with ROLLBACK, and no error, when a statement before it had failed. */
async function commit(session: Session): Promise<void> {
  const { command } = await session.run({ text: 'commit' });
  if (command === 'COMMIT') return;
  throw new Error(
    'The transaction was rolled back: one of its statements failed and the error was swallowed.',
  );
}
