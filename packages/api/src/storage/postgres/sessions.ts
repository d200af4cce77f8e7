// Connections of the pool, for as long as somebody uses them: one of its own for most work, and a
// single one for all look-ups of a moment.

import type { ClientBase, Pool, PoolClient } from 'pg';
import type { Asking } from './asking.ts';
import {
  DatabaseUnavailableError,
  isStatementError,
  planIsStale,
  UnsendableValueError,
} from './errors.ts';
import type { Statement } from './queryable.ts';
import type { Decode, RawResult } from './rows.ts';
import type { SilenceWatch } from './silence.ts';
import { hangUp, sendTogether } from './sockets.ts';

/** One checked-out connection that knows whether it can go back to the pool. */
export interface Session {
  /** The result of each statement. */
  runAll(statement: Statement): Promise<RawResult[]>;
  /** Of several statements, the result of the last. */
  run(statement: Statement): Promise<RawResult>;
  isBroken(): boolean;
  decode: Decode;
}

/** Each throws DatabaseUnavailableError when there is no connection to be had. */
export interface Sessions {
  /** With one for this work alone. */
  withOne<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /**
   * With one that others use at the same time: what they send goes out together, and so do the
   * answers. For single statements that wait for nobody.
   */
  withShared<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

/** Where sessions come from. */
export interface Source {
  pool: Pool;
  watch: SilenceWatch;
  asking: Asking;
  /** One for all sessions, as column names come again and again. */
  decode: Decode;
  /** Whether it is from before the server was silent, and may have been forgotten there. */
  isStale: (client: ClientBase) => boolean;
}

export function createSessions(source: Source): Sessions {
  const open: Open = async () => {
    const client = await connect(source);
    const session = openSession(client, source);
    // `pool.query` of pg would close the connection after any error, a unique violation included.
    const isDone = () => !session.isBroken() && client.getTransactionStatus() === 'I';
    return { ...session, release: () => client.release(!isDone()) };
  };
  return {
    withOne: async (work) => {
      const session = await open();
      try {
        return await work(session);
      } finally {
        session.release();
      }
    },
    withShared: sharing(open),
  };
}

type Open = () => Promise<Session & { release(): void }>;

interface Shared {
  users: number;
  opening: ReturnType<Open>;
  timer: NodeJS.Timeout;
}

/**
 * How long others may join. Whoever waits for long, or in vain, keeps no more than these waiting,
 * and the connection goes back even if there is always somebody.
 */
const momentMs = 50;

/** It is held while anybody uses it. One that broke serves nobody new. */
function sharing(open: Open): Sessions['withShared'] {
  let current: Shared | null = null;
  const close = (shared: Shared) => {
    clearTimeout(shared.timer);
    if (current === shared) current = null;
  };
  const begin = () => {
    const timer = setTimeout(() => close(shared), momentMs);
    const shared: Shared = { users: 0, opening: open(), timer };
    return shared;
  };
  return async (work) => {
    const shared = (current ??= begin());
    shared.users += 1;
    let session: Awaited<typeof shared.opening> | null = null;
    try {
      session = await shared.opening;
      return await work(session);
    } finally {
      shared.users -= 1;
      const isOver = shared.users === 0;
      if (isOver || session === null || session.isBroken()) close(shared);
      if (isOver) session?.release();
    }
  };
}

/** While the server is silent it is asked by one connection for all, and no other one is tried. */
async function connect(source: Source): Promise<PoolClient> {
  try {
    await source.watch.untilHeard();
    for (;;) {
      const client = await checkOut(source);
      if (!source.isStale(client)) return client;
      hangUp(client);
    }
  } catch (error) {
    throw new DatabaseUnavailableError(error);
  }
}

async function checkOut({ pool, watch }: Source): Promise<PoolClient> {
  const connecting = pool.connect();
  try {
    return await watch.during(connecting);
  } catch (error) {
    // One that comes when nobody waits any more is for the next.
    connecting.then(
      (client) => client.release(),
      () => {},
    );
    throw error;
  }
}

function openSession(client: PoolClient, { watch, asking, decode }: Source): Session {
  let broken: DatabaseUnavailableError | null = null;
  const runAll = async (statement: Statement) => {
    // The statement that broke it may still be under way, and one more would wait behind it.
    if (broken) throw broken;
    try {
      sendTogether(client);
      return await watch.during(asking.ask(client, statement));
    } catch (error) {
      const isStalePlan = planIsStale(error);
      if (isStalePlan) asking.renew();
      if (isStatementError(error) && !isStalePlan) throw error;
      if (error instanceof UnsendableValueError) throw error;
      broken ??= new DatabaseUnavailableError(error);
      throw broken;
    }
  };
  return {
    isBroken: () => broken !== null,
    decode,
    run: async (statement) => (await runAll(statement)).at(-1) ?? nothing,
    runAll,
  };
}

const nothing: RawResult = { command: '', fields: [], rows: [] };
