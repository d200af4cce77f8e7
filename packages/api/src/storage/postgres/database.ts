// The connection pool, behind the two shapes the rest of storage/ uses. No SQL of the product here.
import type { Socket } from 'node:net';
import { Pool } from 'pg';
import type { ClientBase, PoolClient, PoolConfig } from 'pg';
import { createAsking, type Asking, type Prepares } from './asking.ts';
import { DatabaseUnavailableError, isStatementError, planIsStale } from './errors.ts';
import type { Queryable, QueryOptions } from './queryable.ts';
import { createDecoder, namedRows } from './rows.ts';
import type { RawResult } from './rows.ts';
import { createSilenceWatch, type SilenceWatch } from './silence.ts';
import { closePool, dropUnheard, hangUp, openSocket, sendTogether } from './sockets.ts';
import { rollback, runReading, runTransaction, type Session } from './transactions.ts';

export type { Queryable, QueryOptions };

export interface Database extends Queryable {
  /**
   * Runs `work` in one READ COMMITTED transaction, rolls back when it throws and passes the error
   * on. When the link breaks during the commit itself, the outcome is unknown to the caller.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one READ ONLY transaction that begins with these statements, in the same round
   * trip. Its end is not waited for, as nothing depends on it.
   */
  reading<T>(opening: string, work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * One statement, or several without values, of somebody else's making: the rows of all of them,
   * with their column names as they are. A transaction that it leaves open is rolled back.
   */
  foreign(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Connections of the pool: all, those that nothing uses, and who waits for one. */
  usage(): { open: number; idle: number; waiting: number };
  /** Resolves when the server answers within two seconds, throws otherwise. */
  ping(): Promise<void>;
  /**
   * Waits for what is running, then closes every connection. A server that is silent is not waited
   * for. May be called twice.
   */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`, as in DATABASE_URL. */
  connectionString: string;
  /** The most connections open at once. Default 10. */
  poolSize?: number;
  /** Shown in pg_stat_activity. Default `sallyport`. */
  applicationName?: string;
  /**
   * Told about connections that break while nobody waits for them. They never crash the process.
   */
  onError?: (error: Error) => void;
  /** Milliseconds to wait for a connection, a new one or a free one. Default 5 000. */
  connectTimeoutMs?: number;
  /** Milliseconds after which the server ends a statement. Default 30 000. */
  statementTimeoutMs?: number;
  /**
   * Milliseconds without an answer after which the server is asked whether it is there at all; when
   * it is not, nobody waits for the other limits. Default 1 500.
   */
  silenceMs?: number;
  /** Which statements a connection parses and plans once. Default `marked`. */
  prepares?: Prepares;
}

/** Where sessions come from. */
interface Source {
  pool: Pool;
  watch: SilenceWatch;
  asking: Asking;
  /** One for all sessions, as column names come again and again. */
  decode: ReturnType<typeof createDecoder>;
  /** Whether it is from before the server was silent, and may have been forgotten there. */
  isStale: (client: ClientBase) => boolean;
}

const defaultPoolSize = 10;
const defaultConnectTimeoutMs = 5_000;
const defaultStatementTimeoutMs = 30_000;
const defaultSilenceMs = 1_500;
/** What this side waits beyond the server's own limit: when it passes, the link is half-open. */
const timeoutGraceMs = 5_000;
const pingTimeoutMs = 2_000;

/** Makes a pool. It connects lazily: an unreachable server shows at the first query or `ping`. */
export function openDatabase(options: DatabaseOptions): Database {
  const sockets = new Set<Socket>();
  const stream = () => openSocket(sockets);
  const pool = new Pool({ ...poolConfig(options), stream });
  const onError = options.onError ?? (() => {});
  // The listener on each client already reports; the pool repeats it for idle ones, and an `error`
  // event nobody listens to would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', onError));
  let closed: Promise<void> | undefined;
  const { connectionString, silenceMs: patienceMs = defaultSilenceMs } = options;
  const onSilence = () => dropUnheard(sockets);
  const watch = createSilenceWatch({ connectionString, patienceMs, onSilence });
  const asking = createAsking(options.prepares ?? 'marked');
  const decode = createDecoder();
  const madeAfter = new WeakMap<ClientBase, number>();
  pool.on('connect', (client) => madeAfter.set(client, watch.silences()));
  const isStale: Source['isStale'] = (client) => madeAfter.get(client) !== watch.silences();
  const source: Source = { pool, watch, asking, decode, isStale };

  const query: Queryable['query'] = (text, values, queryOptions) =>
    evenIfStale(() =>
      withSession(source, async (session) => decode(await session.run(text, values, queryOptions))),
    );

  return {
    query,
    foreign: (text, values) => withSession(source, (session) => runForeign(session, text, values)),
    transaction: (work) => withSession(source, (session) => runTransaction(session, work)),
    reading: (opening, work) => evenIfStale(() => withReadingSession(source, opening, work)),
    usage: () => {
      const { totalCount: open, idleCount: idle, waitingCount: waiting } = pool;
      return { open, idle, waiting };
    },
    ping: async () => {
      await query('select 1', [], { timeoutMs: pingTimeoutMs });
    },
    close: () => (closed ??= closePool(source, sockets)),
  };
}

function poolConfig(options: DatabaseOptions): PoolConfig {
  const statementTimeoutMs = options.statementTimeoutMs ?? defaultStatementTimeoutMs;
  return {
    connectionString: options.connectionString,
    max: options.poolSize ?? defaultPoolSize,
    application_name: options.applicationName ?? 'sallyport',
    connectionTimeoutMillis: options.connectTimeoutMs ?? defaultConnectTimeoutMs,
    // A statement need not wait for the answer to the one before it.
    pipeline: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + timeoutGraceMs,
    // A replica that stalls inside a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
    // Left to itself, PostgreSQL plans the first five times anew, and goes on when it sees a gain.
    ...(options.prepares === 'all' && { options: '-c plan_cache_mode=force_generic_plan' }),
  };
}

async function withSession<T>(source: Source, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await connect(source);
  const session = openSession(client, source);
  try {
    return await work(session);
  } finally {
    // `pool.query` of pg would close the connection after any error, a unique violation included.
    client.release(session.isBroken());
  }
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

function openSession(client: PoolClient, source: Source): Session {
  const { watch, asking, decode } = source;
  let broken: DatabaseUnavailableError | null = null;
  const run = async (...[text, values, options]: Parameters<Session['run']>) => {
    // The statement that broke it may still be under way, and one more would wait behind it.
    if (broken) throw broken;
    try {
      sendTogether(client);
      return await watch.during(asking.ask(client, text, values, options));
    } catch (error) {
      const isStalePlan = planIsStale(error);
      if (isStalePlan) asking.renew();
      if (isStatementError(error) && !isStalePlan) throw error;
      broken ??= new DatabaseUnavailableError(error);
      throw broken;
    }
  };
  return {
    isBroken: () => broken !== null,
    decode,
    run: async (...statement) => (await run(...statement)).at(-1) ?? nothing,
    runAll: run,
  };
}

const nothing: RawResult = { command: '', fields: [], rows: [] };

async function runForeign(
  session: Session,
  text: string,
  values: readonly unknown[] | undefined,
): Promise<Record<string, unknown>[]> {
  try {
    return (await session.runAll(text, values)).flatMap(namedRows);
  } catch (error) {
    if (!session.isBroken()) await rollback(session);
    throw error;
  }
}

/** The connection goes back to the pool once the transaction has ended; the answer goes before. */
async function withReadingSession<T>(
  source: Source,
  opening: string,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  const client = await connect(source);
  const session = openSession(client, source);
  try {
    return await runReading(session, opening, work);
  } finally {
    void rollback(session).then(() => client.release(session.isBroken()));
  }
}

/** What reads alone can be asked for once more, with plans that are made anew. */
async function evenIfStale<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailableError && planIsStale(error.cause)) return work();
    throw error;
  }
}
