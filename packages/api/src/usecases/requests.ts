// What surrounds every request below HTTP: who is calling, and the transaction.

import { refuse, Refusal } from '../domain/errors.ts';
import type { IdKind } from '../domain/ids.ts';
import type { SecretSeals } from '../domain/sealed-secret.ts';
import type { SignIn } from '../domain/sign-in.ts';
import type { Database, Queryable } from '../storage/postgres/database.ts';
import { viewOf, withView } from '../storage/postgres/tenancy.ts';
import { violatedConstraint, wasUndone } from '../storage/postgres/errors.ts';
import * as deployments from '../storage/deployments.ts';
import * as targets from '../storage/targets.ts';
import { createAuthentication, type StaffTokens } from './authentication.ts';
import { tenancyOf, type Caller, type Context } from './context.ts';
import type { Answer, ChangeFacts, Outcome, RequestFacts } from './request-facts.ts';
import { answerOnce } from './stored-answers.ts';
import { tryOut } from './trials.ts';

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
          : answerOnce(db, facts, now(), working);
      }),
    ready: () => deployments.assertUsable(database),
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
