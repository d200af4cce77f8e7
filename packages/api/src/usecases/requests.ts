// What surrounds every request below HTTP: the transaction, and the answer given only once.

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { refuse, Refusal } from '../domain/errors.ts';
import type { IdKind } from '../domain/ids.ts';
import type { PlannedChange } from '../domain/planned-change.ts';
import type { SecretSeals } from '../domain/sealed-secret.ts';
import type { SignIn } from '../domain/sign-in.ts';
import * as idempotencyKeys from '../storage/idempotency-keys.ts';
import type { Database, Queryable } from '../storage/postgres/database.ts';
import { viewOf, withView } from '../storage/postgres/tenancy.ts';
import { violatedConstraint, wasUndone } from '../storage/postgres/errors.ts';
import * as targets from '../storage/targets.ts';
import { createAuthentication, type StaffTokens } from './authentication.ts';
import { tenancyOf, type Caller, type Context } from './context.ts';
import { tryOut } from './trials.ts';

/** The facts of a request that a use case may need. */
export interface RequestFacts {
  caller: Caller;
  requestId: string;
  /** Of the trace that the request is part of, if it is. */
  traceId?: string | null;
  changeRef: string | null;
}

/** The facts that make a change safe to send again. */
export interface ChangeFacts extends RequestFacts {
  /** Do everything, then roll back: the answer tells what the change would give. */
  validateOnly: boolean;
  idempotencyKey: string | null;
  /**
   * Whether what another request made at the same moment is as good as made by this one. It is then
   * begun anew, and finds it.
   */
  isUpsert?: boolean;
  /** Method, path and body in one string: the same key with another one is refused. */
  fingerprint: string;
}

export interface Answer {
  status: number;
  /** Undefined for an answer without content. */
  body: unknown;
}

/** What came of a change, or of its trial. */
export interface Outcome extends Answer {
  /** The idempotency key had this answer before. */
  replayed: boolean;
  /** Of a change that staff only try: what would be changed in AWS. */
  planned?: PlannedChange[];
}

export interface Requests {
  /**
   * The caller of a key, or null when it is unknown, expired or revoked.
   * @throws Refusal `unauthenticated` when the text is no key at all
   */
  authenticate(secret: string): Promise<Caller | null>;
  read<Result>(facts: RequestFacts, work: (context: Context) => Promise<Result>): Promise<Result>;
  /**
   * Runs a change in one transaction with its audit entries and, under an idempotency key, with its
   * answer; the same key gives the stored answer (`replayed`).
   * @throws Refusal `idempotency_mismatch`, `idempotency_in_progress`
   */
  change(facts: ChangeFacts, work: (context: Context) => Promise<Answer>): Promise<Outcome>;
  /** Throws when the database does not answer. */
  ready(): Promise<void>;
}

export interface RequestsOptions {
  database: Database;
  now: () => Date;
  makeId: (kind: IdKind) => string;
  random: (bytes: number) => Uint8Array;
  /** Our own address as customers know it. */
  audience: () => string;
  signIn?: SignIn;
  /** Checks tokens of staff, where staff sign in with an identity provider. */
  staffTokens?: StaffTokens | null;
  /** What keeps the secrets of webhooks; none are made without it. */
  secretSeals?: SecretSeals | null;
  /** Whether webhooks may be plain http: not unless given. */
  webhooksAnywhere?: boolean;
}

export function createRequests(options: RequestsOptions): Requests {
  const { database, now } = options;
  const context = (db: Queryable, facts: RequestFacts): Context => ({
    db,
    now: now(),
    makeId: options.makeId,
    random: options.random,
    audience: options.audience(),
    ...(options.signIn && { signIn: options.signIn }),
    secretSeals: options.secretSeals ?? null,
    webhooksAnywhere: options.webhooksAnywhere ?? false,
    ...facts,
  });
  return {
    authenticate: createAuthentication(options),
    read: (facts, work) => {
      const tenancy = tenancyOf(facts.caller);
      if (tenancy === null) return work(context(database, facts));
      return work(context(viewOf(database, tenancy), facts));
    },
    change: (facts, work) =>
      inTransaction(database, facts, (db) => {
        const working = async () => {
          await targets.actFor(db, facts.requestId);
          return asCaller(db, facts.caller, (seen) => work(context(seen, facts)));
        };
        return facts.validateOnly
          ? trial(db, facts, now(), working)
          : once(db, facts, now(), working);
      }),
    ready: () => database.ping(),
  };
}

/** Carries the answer of a trial past the rollback. */
class Trial extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('validate_only: rolled back on purpose');
    this.outcome = outcome;
  }
}

async function inTransaction(
  database: Database,
  { validateOnly, isUpsert = false }: Pick<ChangeFacts, 'validateOnly' | 'isUpsert'>,
  work: (db: Queryable) => Promise<Outcome>,
  attemptsLeft = 5,
): Promise<Outcome> {
  try {
    return await database.transaction(async (db) => {
      const outcome = await work(db);
      if (validateOnly) throw new Trial(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Trial) return error.outcome;
    const refusal = lostRace(error) ?? error;
    const isMade = refusal instanceof Refusal && refusal.code === 'already_exists';
    const isRemoved = hasLostReference(error);
    const isToRepeat = isRemoved || wasUndone(error) || (isUpsert && isMade);
    if (isRemoved && attemptsLeft === 1) throw refuse('in_use', keepsChanging);
    if (!isToRepeat || attemptsLeft === 1) throw refusal;
    return inTransaction(database, { validateOnly, isUpsert }, work, attemptsLeft - 1);
  }
}

/**
 * What a change refers to was removed before it landed, or what it removes is referred to since.
 * It is begun anew, and then finds so itself: what is gone, or that it did not need it.
 */
function hasLostReference(error: unknown): boolean {
  return violatedConstraint(error)?.endsWith('_fkey') ?? false;
}

const keepsChanging =
  'What this depends on, or what depends on this, keeps changing: send it again.';

/**
 * What was checked before a write may have changed before it landed: another request took the name.
 * The database's constraints have the last word.
 */
export function lostRace(error: unknown): Refusal | null {
  const constraint = violatedConstraint(error);
  if (constraint === undefined || hasLostReference(error)) return null;
  if (constraint === 'accounts_one_owner') {
    return refuse('account_disputed', 'Another customer has got standing for this account.');
  }
  return refuse('already_exists', 'Another request created the same at the same moment.');
}

/** The stored answers are not the customer's: only what the change itself does runs as its own. */
function asCaller(
  db: Queryable,
  caller: Caller,
  work: (seen: Queryable) => Promise<Answer>,
): Promise<Answer> {
  const tenancy = tenancyOf(caller);
  return tenancy === null ? work(db) : withView(db, tenancy, work);
}

/** What is changed in AWS is the vendor's: a customer is not told of it. */
async function trial(
  db: Queryable,
  { caller, requestId }: ChangeFacts,
  now: Date,
  work: () => Promise<Answer>,
): Promise<Outcome> {
  if (tenancyOf(caller) !== null || caller.role === 'anyone') {
    return { ...(await work()), replayed: false };
  }
  const { result, changes } = await tryOut(db, { requestId, now }, work);
  return { ...result, replayed: false, planned: changes };
}

/** Gives the stored answer of this key, or works and stores it with the change itself. */
async function once(
  db: Queryable,
  facts: ChangeFacts,
  now: Date,
  work: () => Promise<Answer>,
): Promise<Outcome> {
  const { idempotencyKey } = facts;
  if (idempotencyKey === null) return { ...(await work()), replayed: false };
  const key = sha256(`${facts.caller.id}\n${idempotencyKey}`);
  const fingerprint = sha256(facts.fingerprint);
  // They go out together, and the answer is looked for once the key is taken: whoever had it before
  // has stored its answer by then.
  const [isMine, stored] = await Promise.all([
    idempotencyKeys.lock(db, key),
    idempotencyKeys.find(db, key),
  ]);
  if (!isMine) {
    throw refuse('idempotency_in_progress', 'The first request with this key has not ended.');
  }
  if (stored && stored.fingerprint !== fingerprint) {
    throw refuse('idempotency_mismatch', 'This Idempotency-Key came with another request before.');
  }
  if (stored) {
    const sealing = sealingKey(facts, idempotencyKey, stored.createdAt);
    return { status: stored.status, body: unseal(sealing, stored.sealed), replayed: true };
  }
  const answer = await work();
  const sealed = seal(sealingKey(facts, idempotencyKey, now), answer.body);
  await idempotencyKeys.insert(db, {
    key,
    fingerprint,
    status: answer.status,
    sealed,
    createdAt: now,
  });
  return { ...answer, replayed: false };
}

/**
 * An answer may hold a secret that is shown once, so it is readable only to who has the key and the
 * request: that of `redeem`, whose callers are all one, has the invite's token in it.
 */
function sealingKey(
  { caller, fingerprint }: ChangeFacts,
  idempotencyKey: string,
  createdAt: Date,
): Buffer {
  const parts = ['seal', caller.id, idempotencyKey, fingerprint, createdAt.toISOString()];
  return createHash('sha256').update(parts.join('\n')).digest();
}

/**
 * One sealing key seals one answer, so that a fixed nonce is never used twice with the same key: an
 * idempotency key that comes back after its answer was deleted seals at another time.
 */
const nonce = Buffer.alloc(12);

function seal(key: Buffer, body: unknown): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = JSON.stringify({ body });
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Buffer, sealed: Buffer): unknown {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return (JSON.parse(text.toString('utf8')) as { body: unknown }).body;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
