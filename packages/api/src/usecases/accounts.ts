// Customers' AWS accounts: claimed, vouched for, given up. Proofs are in proofs.ts.

import {
  neverProven,
  owns,
  renewsByItself,
  type Account,
  type Partition,
  type RenewalTrouble,
  type Standing,
} from '../domain/account.ts';
import { accountConditions } from '../domain/conditions/account.ts';
import type { Condition } from '../domain/conditions/condition.ts';
import { refuse, refuseInput } from '../domain/errors.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import * as storage from '../storage/accounts.ts';
import * as operations from '../storage/operations.ts';
import { audit } from './audit.ts';
import { asService, tenant, type Context } from './context.ts';
import * as customers from './customers.ts';
import { once } from './deletions.ts';
import { existing, held } from './existing.ts';
import { customerScope, sinceOf } from './filters.ts';
import { partsOfKey } from './natural-keys.ts';
import { nudgeServicesOf, wakeServices } from '../storage/fan-out.ts';
import { serviceIdsOf } from '../storage/grants.ts';
import { withdrawAccepts } from './revocations.ts';

export interface NewAccount {
  customerId?: string;
  accountId: string;
  partition?: Partition;
}

export async function create(context: Context, input: NewAccount): Promise<Account> {
  const customer = await customers.getActive(context, ownCustomer(context, input.customerId));
  if (await storage.find(context.db, input.accountId, customer.id)) {
    throw refuse('already_exists', `Account ${input.accountId} is claimed already.`, {
      command: `sallyport accounts get ${input.accountId}`,
    });
  }
  const account: Account = {
    id: context.makeId('account'),
    customerId: customer.id,
    accountId: input.accountId,
    partition: input.partition ?? 'aws',
    standing: 'claimed',
    standingSince: context.now,
    ...neverProven,
    attestedReason: null,
    lapsesAt: null,
    createdAt: context.now,
    updatedAt: context.now,
  };
  await storage.insert(context.db, account);
  await audit(context, {
    action: 'createAccount',
    subjectId: account.id,
    customerId: customer.id,
    after: account,
  });
  return get(context, account.id);
}

/** An account as it is shown. */
export interface ShownAccount
  extends Omit<Account, keyof RenewalTrouble | 'proofRole' | 'renewAt'> {
  renewsAt: Date | null;
  /** Of `ready`. */
  reason: string;
  conditions: Condition[];
}

export function show(account: Account): ShownAccount {
  const conditions = accountConditions(account);
  const { renewAt, proofRole: _role, ...rest } = account;
  const { renewalProblem: _problem, renewalProblemSince: _since, renewalActor: _, ...told } = rest;
  const renewsAt = renewsByItself(account) ? renewAt : null;
  return { ...told, renewsAt, reason: conditions[0]!.reason, conditions };
}

export interface AccountFilter {
  customerId?: string | undefined;
  standing?: Standing | undefined;
  accountId?: string | undefined;
  updatedSince?: string | undefined;
}

export async function list(
  context: Context,
  filter: AccountFilter,
  page: PageRequest,
): Promise<Page<ShownAccount>> {
  const scope = {
    customerId: await customerScope(context, filter.customerId),
    standing: filter.standing,
    accountId: filter.accountId,
    updatedSince: sinceOf(filter.updatedSince, 'updated_since'),
  };
  const found = await storage.list(context.db, scope, page);
  return toPage(found.map(show), page.limit);
}

/** By id, by number, or by customer and number as `acme:222222222222`. */
export async function get(context: Context, key: string): Promise<Account> {
  const [customer, number] = partsOfKey(key) ?? [];
  const whose = customer === undefined ? null : await customers.get(context, customer);
  const scope = whose?.id ?? tenant(context);
  return existing(await storage.find(context.db, number ?? key, scope), 'account', key);
}

/**
 * The account that is to be changed. Its number alone does not tell whose it is once several
 * customers claim it, and a guess could vouch for the wrong one.
 */
export async function getOnly(context: Context, key: string): Promise<Account> {
  const account = await get(context, key);
  if (key === account.id || partsOfKey(key) || tenant(context) !== null) return account;
  const ids = await storage.idsOfNumber(context.db, account.accountId);
  if (ids.length === 1) return account;
  const detail = `Several customers claim account ${key}; name one of ${ids.join(', ')}.`;
  throw refuseInput({ parameter: 'id' }, detail);
}

/** A customer that leaves keeps its accounts to the end: they tell what is still there of it. */
export function remove(context: Context, key: string): Promise<void> {
  return once(context, { action: 'deleteAccount', id: key }, () => removePresent(context, key));
}

async function removePresent(context: Context, key: string): Promise<void> {
  const { id, customerId } = await getOnly(context, key);
  const customer = await customers.getHeld(context, customerId);
  if (customer.state === 'offboarding') {
    throw refuse('customer_not_active', `Customer ${customer.id} is leaving; wait for its end.`, {
      command: `sallyport customers get ${customer.id}`,
    });
  }
  const before = await getToChange(context, id);
  const reason = 'The account was given up.';
  await asService(context, (inside) => withdrawAccepts(inside, before.id, reason));
  await storage.remove(context.db, before.id);
  await operations.finishRunning(
    context.db,
    { kind: 'prove_account', subjectId: before.id },
    { state: 'failed', message: 'The account was given up.', errorCode: 'not_found' },
    context.now,
  );
  await asService(context, (inside) => nudgeServicesOf(inside, before.customerId));
  await audit(context, {
    action: 'deleteAccount',
    subjectId: before.id,
    customerId: before.customerId,
    before,
  });
}

/** The audited way out when no proof can be had. It never takes an account over from its owner. */
export async function attest(context: Context, key: string, reason: string): Promise<Account> {
  const { id, customerId } = await getOnly(context, key);
  await wakeServicesOf(context, customerId);
  const before = await getToChange(context, id);
  await customers.getActive(context, customerId);
  if (before.standing === 'attested') return before;
  const owner = await storage.findOwner(context.db, before.partition, before.accountId);
  if (owner && owner.id !== before.id) {
    throw refuse('account_disputed', `Account ${before.accountId} has standing elsewhere.`);
  }
  if (owns(before.standing) && before.standing !== 'lapsed') return before;
  const change = { standing: 'attested', attestedReason: reason } as const;
  await storage.setStanding(context.db, before.id, change, context.now);
  await nudgeServicesOf(context, before.customerId);
  const after = await get(context, before.id);
  await audit(context, {
    action: 'attestAccount',
    subjectId: before.id,
    customerId: before.customerId,
    reason,
    before,
    after,
  });
  return after;
}

/** Targets before rows, as workers lock them, so that neither waits for the other. */
async function wakeServicesOf(context: Context, customerId: string): Promise<void> {
  await wakeServices(context, await serviceIdsOf(context.db, customerId));
}

function getToChange(context: Context, key: string): Promise<Account> {
  const lock = (id: string) => storage.lock(context.db, id);
  return held(context, key, (name) => getOnly(context, name), lock);
}

function ownCustomer(context: Context, named: string | undefined): string {
  const own = tenant(context);
  if (own !== null) return named ?? own;
  if (named !== undefined) return named;
  const detail = 'Name the customer whose account this is.';
  throw refuseInput({ pointer: '/customer_id' }, detail);
}
