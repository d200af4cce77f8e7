// The composition root: everything is made here, once, and handed to what uses it.

import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { createAws } from './aws/aws.ts';
import { AwsError } from './aws/errors.ts';
import type { Config } from './config.ts';
import { createNameServers } from './dns/name-servers.ts';
import type { DatabaseQuarantine } from './domain/deployment.ts';
import { makeId, type IdKind } from './domain/ids.ts';
import { openAuditKey } from './audit-key.ts';
import type { SecretSeals } from './domain/sealed-secret.ts';
import { toWire } from './http/wire/names.ts';
import { createStaffTokens } from './oidc/staff-tokens.ts';
import { createListeners } from './listeners.ts';
import { createLog } from './log.ts';
import { startMetrics, type Metrics } from './metrics-listener.ts';
import { ensureOperatorKey } from './operator-key.ts';
import { arrive } from './reconcile/arrival.ts';
import { createCallBudget, usualPatienceMs } from './reconcile/call-budget.ts';
import { startDeliveryLoop } from './reconcile/delivery-loop.ts';
import { startLoop } from './reconcile/loop.ts';
import { keepSealed, secretSealsOf } from './secrets-key.ts';
import { openDeliveryQueue } from './storage/delivery-queue.ts';
import { openDatabase, type Database } from './storage/postgres/database.ts';
import { startEmbeddedPostgres } from './storage/postgres/embedded-postgres.ts';
import { migrate, pendingMigrations } from './storage/postgres/migrations.ts';
import { startSealing } from './usecases/audit-sealing.ts';
import { startEventFeed } from './usecases/event-feed.ts';
import { createPlaces, streamPlaces } from './usecases/places.ts';
import { startRateExchange } from './usecases/rate-exchange.ts';
import { createRateLimiter } from './usecases/rate-limiter.ts';
import { createRequests, type Requests } from './usecases/requests.ts';
import { createWaits } from './usecases/waits.ts';
import { createPost } from './webhooks/post.ts';

export interface App {
  /** Where it listens: `http://127.0.0.1:8080`. */
  address: string;
  /** Where it serves customers alone; null for nowhere. */
  open: string | null;
  /** Resolves when something without which the service cannot go on has ended. */
  failed: Promise<Error>;
  /** Ends what is under way, gives the rest back, and leaves nothing running. */
  close(): Promise<void>;
}

export const migrationsDirectory = fileURLToPath(new URL('../migrations', import.meta.url));

/** @throws Error that says what to do, when the database is not usable or the port is taken */
export async function startApp(config: Config, log: Logger = createLog(config)): Promise<App> {
  const closers = new Closers();
  try {
    const store = await openStore(config, log);
    closers.add(store.close);
    const ids = createIds();
    let address = '';
    const secretSeals = await secretSealsOf(config);
    const audience = () => config.publicUrl ?? address;
    const requests = createRequests({
      database: store.database,
      ...ids,
      audience,
      ...staffAccess(config, ids),
      secretSeals,
      webhooksAnywhere: config.webhooksAnywhere,
    });
    const warn = (message: string, error: unknown) => log.warn({ err: error }, message);
    const feed = startEventFeed({
      db: store.database,
      makeId: () => ids.makeId('event'),
      onError: warn,
    });
    closers.add(() => feed.stop());
    const limiter = createRateLimiter({
      db: store.database,
      now: ids.now,
      limits: config.access.rateLimits,
    });
    closers.add(startRateExchange({ db: store.database, now: ids.now, limiter, onError: warn }));
    const metrics = await startMetrics(config, store.database, log);
    closers.add(metrics.close);
    const waits = createWaits({ db: store.database, pause });
    const streaming = { feed, places: createPlaces('event streams', streamPlaces) };
    const makeRequestId = () => ids.makeId('request');
    const { onAnswer } = metrics;
    const parts = { requests, limiter, waits, onAnswer, streaming };
    const serving = { ...parts, makeRequestId, logger: log };
    const listeners = await createListeners(config, serving);
    closers.add(() => listeners.close());
    if (config.role !== 'front') {
      const worker = { config, db: store.database, ids, log, metrics, secretSeals };
      closers.add(await startWorker(worker));
    }
    await announceFirstKey(config, requests, log);
    const { main, open } = await listeners.listen();
    address = open ?? main;
    log.info({ address: main, ...(open && { open }), role: config.role }, 'listening');
    return { address: main, open, failed: store.failed, close: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

export interface Store {
  database: Database;
  failed: Promise<Error>;
  close: () => Promise<void>;
}

/**
 * The database: embedded and brought up to date by itself, or a server whose schema must be up to
 * date already, because migrating a shared server is somebody's decision.
 */
export async function openStore(config: Config, log: Logger, toMigrate = false): Promise<Store> {
  const embedded = config.databaseUrl === null ? await startEmbedded(config, log) : null;
  const database = openDatabase({
    connectionString: embedded?.connectionString ?? config.databaseUrl!,
    onError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  const close = async () => {
    await database.close();
    await embedded?.stop();
  };
  try {
    if (embedded || toMigrate) await migrateNow(database, log);
    else await refuseOldSchema(database);
  } catch (error) {
    await close();
    throw error;
  }
  const ended = embedded?.exited.then(() => new Error('The embedded PostgreSQL has ended.'));
  return { database, close, failed: ended ?? new Promise(() => {}) };
}

/** Everything that is to be closed, in the order that is the reverse of the making. */
class Closers {
  readonly #closers: (() => Promise<unknown>)[] = [];

  add(closer: () => Promise<unknown>): void {
    this.#closers.unshift(closer);
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.splice(0)) await closer();
  }
}

/** How staff sign in, and what checks their tokens. */
function staffAccess({ access }: Config, { now }: Ids) {
  const { oidc, staffKeys } = access;
  if (oidc === null) return { signIn: { staffKeys, oidc } };
  const { issuer, clientId, audience } = oidc;
  const staffTokens = createStaffTokens(oidc, { now });
  return { signIn: { staffKeys, oidc: { issuer, clientId, audience } }, staffTokens };
}

const pause = (ms: number, signal: AbortSignal) => setTimeout(ms, undefined, { signal });

interface Ids {
  now: () => Date;
  makeId: (kind: IdKind) => string;
  random: (bytes: number) => Uint8Array;
}

export function createIds(): Ids {
  const random = createRandomness(10);
  return {
    now: () => new Date(),
    makeId: (kind) => makeId(kind, Date.now(), random()),
    random: (bytes) => randomBytes(bytes),
  };
}

/** So many random bytes at a time, drawn for many times at once: each request takes some. */
function createRandomness(bytes: number): () => Uint8Array {
  const drawn = 400 * bytes;
  let pool: Uint8Array = new Uint8Array();
  let taken = 0;
  return () => {
    if (taken === pool.length) [pool, taken] = [randomBytes(drawn), 0];
    taken += bytes;
    return pool.subarray(taken - bytes, taken);
  };
}

function startEmbedded(config: Config, log: Logger) {
  return startEmbeddedPostgres({
    dataDirectory: config.dataDirectory,
    log: (line) => log.debug({ postgres: line }, 'postgres'),
  });
}

async function migrateNow(database: Database, log: Logger): Promise<void> {
  const { applied } = await migrate(database, { directory: migrationsDirectory });
  if (applied.length > 0) log.info({ applied }, 'migrated the database');
  else log.info('the database is up to date');
}

async function refuseOldSchema(database: Database): Promise<void> {
  const pending = await pendingMigrations(database, { directory: migrationsDirectory });
  if (pending.length === 0) return;
  throw new Error(
    `The database lacks ${pending.join(', ')}. ` +
      'Run `sallyport-api migrate` with this DATABASE_URL.',
  );
}

interface WorkerParts {
  config: Config;
  db: Database;
  ids: Ids;
  log: Logger;
  metrics: Pick<Metrics, 'onCall' | 'onAvailable'>;
  secretSeals: SecretSeals | null;
}

async function startWorker({ config, db, ids, log, metrics, secretSeals }: WorkerParts) {
  const startedAt = ids.now();
  const { auditKeyFile, nameServerCheck: resolvers } = config;
  const sign = auditKeyFile === null ? null : await openAuditKey(auditKeyFile);
  const quarantine = await arrive({ db, ...ids, alone: config.databaseUrl === null });
  if (quarantine) log.warn({ quarantine }, `nothing is changed in AWS: ${whyStill[quarantine]}`);
  const aws = createAws({
    ...config.aws,
    now: ids.now,
    onCall: (call) => {
      metrics.onCall(call);
      log.debug({ aws: call }, 'aws');
    },
    budget: createCallBudget({ db, now: ids.now, patienceMs: usualPatienceMs }),
  });
  const loop = startLoop({
    db,
    aws,
    now: ids.now,
    makeId: ids.makeId,
    startedAt,
    retentionDays: config.retentionDays,
    auditRetentionDays: config.auditRetentionDays,
    proofLifetimeDays: config.proofLifetimeDays,
    readsBackends: config.readsBackends,
    nameServers: resolvers && createNameServers({ resolvers }),
    name: `${hostname()}/${process.pid}`,
    onAvailable: metrics.onAvailable,
    onRun: (run) => log.debug(run, 'a run has ended'),
    onError: (message, error, run) => log.warn({ ...factsOf(error), ...run }, message),
  });
  const deliveries = startDeliveryLoop({
    db,
    secretSeals,
    post: createPost({ anywhere: config.webhooksAnywhere }),
    now: ids.now,
    makeId: ids.makeId,
    openQueue: () => openDeliveryQueue(db, (error) => log.warn({ err: error }, 'queue')),
    onError: (message, error) => log.warn({ err: error }, message),
  });
  const sealing = startSealing({
    db,
    now: ids.now,
    documentOf: toWire,
    sign,
    onError: (message, error) => log.warn(factsOf(error), message),
  });
  const stopResealing = keepSealed({ db, seals: secretSeals, ...ids }, log);
  return async () => {
    await Promise.all([loop.stop(), deliveries.stop(), sealing.stop(), stopResealing()]);
    aws.close();
  };
}

const whyStill: Record<DatabaseQuarantine, string> = {
  moved_database: 'the database is a copy, or was moved; see `sallyport deployment get`',
  older_database: 'the database is older than a mark in AWS; see `sallyport deployment get`',
};

/** A refusal by AWS is no defect: its words are enough, and a stack would hide them. */
function factsOf(error: unknown): object {
  if (!(error instanceof AwsError)) return { err: error };
  const { kind, code, action, message, awsRequestId } = error;
  return { aws: { action, kind, code, message, request_id: awsRequestId } };
}

async function announceFirstKey(config: Config, requests: Requests, log: Logger): Promise<void> {
  if (config.databaseUrl !== null) return;
  const path = await ensureOperatorKey(requests, config.dataDirectory);
  if (path) log.info({ path }, 'made the first operator key');
}
