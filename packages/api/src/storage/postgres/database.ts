// The connection pool, behind the two shapes the rest of storage/ uses. No SQL of the product here.
import type { Socket } from 'node:net';
import { Pool } from 'pg';
import type { ClientBase, PoolConfig } from 'pg';
import { createAsking, type Prepares } from './asking.ts';
import { DatabaseUnavailableError, planIsStale } from './errors.ts';
import type { Opening, Queryable, QueryOptions, Statement } from './queryable.ts';
import { createDecoder, namedRows } from './rows.ts';
import { createSessions, type Session, type Sessions } from './sessions.ts';
import { createSilenceWatch } from './silence.ts';
import { closePool, dropUnheard, openSocket } from './sockets.ts';
import { rollback, runTransaction } from './transactions.ts';

export type { Queryable, QueryOptions };

export interface Database extends Queryable {
  /**
   * Runs `work` in one READ COMMITTED transaction, rolls back when it throws and passes the error
   * on. When the link breaks during the commit itself, the outcome is unknown to the caller.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * The same database, where each statement has this one before it, in a transaction of the two.
   * They go out together.
   */
  after(opening: Opening): Queryable;
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
  const isStale = (client: ClientBase) => madeAfter.get(client) !== watch.silences();
  const sessions = createSessions({ pool, watch, asking, decode, isStale });
  const { query } = queryable(sessions);

  return {
    query,
    after: (opening) => queryable(sessions, opening),
    foreign: (text, values) => sessions.withOne((session) => runForeign(session, { text, values })),
    transaction: (work) => sessions.withOne((session) => runTransaction(session, work)),
    usage: () => {
      const { totalCount: open, idleCount: idle, waitingCount: waiting } = pool;
      return { open, idle, waiting };
    },
    ping: async () => {
      await query('select 1', [], { timeoutMs: pingTimeoutMs });
    },
    close: () => (closed ??= closePool({ pool, watch }, sockets)),
  };
}

function queryable({ withOne, withShared }: Sessions, opening?: Opening): Queryable {
  return {
    query: <Row extends object>(
      text: string,
      values?: readonly unknown[],
      options: QueryOptions = {},
    ) => {
      const statement = { text, values, ...options, opening };
      const run = async (session: Session) => session.decode<Row>(await session.run(statement));
      return evenIfStale(() => (options.lookUp ? withShared(run) : withOne(run)));
    },
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

async function runForeign(
  session: Session,
  statement: Statement,
): Promise<Record<string, unknown>[]> {
  try {
    return (await session.runAll(statement)).flatMap(namedRows);
  } catch (error) {
    if (!session.isBroken()) await rollback(session);
    throw error;
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
