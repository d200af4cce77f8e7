// What every use case gets: who is calling, the transaction, and all that would otherwise be
// ambient.

import type { Role } from '../domain/api-key.ts';
import { refuse } from '../domain/errors.ts';
import type { IdKind } from '../domain/ids.ts';
import { allows, type Scope } from '../domain/scope.ts';
import type { SecretSeals } from '../domain/sealed-secret.ts';
import type { SignIn } from '../domain/sign-in.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { isView, type Tenancy } from '../storage/postgres/tenancy.ts';

export interface Caller {
  /** `key_…`, `tok_…`, `oidc:` and a person, or `anyone` for an operation that needs no key. */
  id: string;
  role: Role | 'anyone';
  /** Set for a customer's key: it sees this customer only. */
  customerId: string | null;
  /** What its key is limited to beyond the role; none is no limit. */
  scopes?: readonly Scope[];
  /** Of a customer's key that is limited to some of its services; none is no limit. */
  serviceIds?: readonly string[];
  /** What people call it: the name of its key, the subject of its token. */
  name?: string | null;
  expiresAt?: Date | null;
}

export interface Context {
  /**
   * The transaction of a change, or the pool for a read. In a customer's request it shows what is
   * the customer's alone.
   */
  db: Queryable;
  caller: Caller;
  now: Date;
  makeId: (kind: IdKind) => string;
  random: (bytes: number) => Uint8Array;
  requestId: string;
  /** Of the trace that the request is part of. */
  traceId?: string | null;
  changeRef: string | null;
  /** Our own address as customers know it; a proof is bound to it. */
  audience: string;
  /** How staff sign in here; with keys, where nothing is said. */
  signIn?: SignIn;
  /**
   * Looks again at what the caller makes the change depend on. To be called once the resource is
   * locked and before anything is written.
   */
  recheck?: () => Promise<void>;
  /** What keeps secrets that must be read again; null where no key is set. */
  secretSeals?: SecretSeals | null;
  /** Whether webhooks may be plain http. */
  webhooksAnywhere?: boolean;
}

/** Whether the scopes of the caller's key, if it has any, hold what an operation takes. */
export function hasScope({ scopes = [] }: Caller, needed: Scope): boolean {
  return allows(scopes, needed);
}

/** The customer that a read is limited to; null for staff, who see every customer. */
export function tenant(context: Context): string | null {
  const { role, customerId } = context.caller;
  if (role === 'operator' || role === 'support') return null;
  if (customerId === null) throw refuse('not_found', 'There is no such resource.');
  return customerId;
}

/** What the database shows to the caller: null for staff, and for who has no key at all. */
export function tenancyOf({ role, customerId, serviceIds = [] }: Caller): Tenancy | null {
  return role === 'customer' && customerId !== null ? { customerId, serviceIds } : null;
}

/**
 * Work that a customer's request brings with it and that reaches beyond what is its own: it wakes
 * workers, writes to the audit log, reads what a worker told. It answers nothing that the customer
 * may not see.
 */
export function asService<Result>(
  context: Context,
  work: (inside: Context) => Promise<Result>,
): Promise<Result> {
  const { db } = context;
  return isView(db) ? db.asService((all) => work({ ...context, db: all })) : work(context);
}
