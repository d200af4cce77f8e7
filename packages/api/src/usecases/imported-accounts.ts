// Accounts and connections that were there before us, taken over as an operator says whose they
// are. Nothing is asked of AWS, and nothing is changed there.

import { neverProven, owns, type Account, type Partition } from '../domain/account.ts';
import { refuse } from '../domain/errors.ts';
import { partitionOfRegion } from '../domain/proof.ts';
import type { Connection } from '../domain/connection.ts';
import * as accounts from '../storage/accounts.ts';
import * as storage from '../storage/connections.ts';
import { audit } from './audit.ts';
import * as connections from './connections.ts';
import type { Context } from './context.ts';
import * as customers from './customers.ts';
import { held } from './existing.ts';

export interface ImportedAccount {
  customerId: string;
  accountId: string;
  partition?: Partition;
}

export interface ImportedConnection {
  customerId: string;
  vpcEndpointId: string;
}

export type Outcome = 'created' | 'updated' | 'unchanged';

export interface Imported {
  id: string;
  outcome: Outcome;
}

/** @throws Refusal when it has standing elsewhere, or lost the one that it had */
export async function importAccount(
  context: Context,
  row: ImportedAccount,
  reason: string,
): Promise<Imported> {
  const { outcome, before, after } = await vouchFor(context, row, reason);
  const { id: subjectId, customerId } = after;
  if (outcome === 'unchanged') return { id: subjectId, outcome };
  await audit(context, { action: 'createImport', subjectId, customerId, reason, before, after });
  return { id: subjectId, outcome };
}

/**
 * A connection that other hands let in counts as accepted from now on, and its owner as known.
 * @throws Refusal unless AWS has shown it as accepted
 */
export async function importConnection(
  context: Context,
  row: ImportedConnection,
  reason: string,
): Promise<Imported> {
  const lock = (id: string) => storage.lock(context.db, id);
  const read = (key: string) => connections.get(context, key);
  const before = await held(context, row.vpcEndpointId, read, lock);
  checkAccepted(before);
  const { ownerAccountId: accountId, endpointRegion } = before;
  const owner = { ...row, accountId, partition: partitionOfRegion(endpointRegion) };
  const account = await vouchFor(context, owner, reason);
  const decided = before.decision === 'accept';
  if (decided && account.outcome === 'unchanged') return { id: before.id, outcome: 'unchanged' };
  if (!decided) {
    const decidedBy = context.caller.id;
    await storage.decide(context.db, before.id, { decision: 'accept', decidedBy, reason });
  }
  await audit(context, {
    action: 'createImport',
    subjectId: before.id,
    customerId: account.after.customerId,
    reason,
    before: { decision: before.decision, account: account.before },
    after: { decision: 'accept', account: account.after },
  });
  return { id: before.id, outcome: 'updated' };
}

interface Vouched {
  outcome: Outcome;
  before: Account | null;
  after: Account;
}

async function vouchFor(
  context: Context,
  { customerId, accountId, partition = 'aws' }: ImportedAccount,
  reason: string,
): Promise<Vouched> {
  const customer = await customers.getActive(context, customerId);
  const owner = await accounts.findOwner(context.db, partition, accountId);
  if (owner && owner.customerId !== customer.id) {
    throw refuse('account_disputed', `Account ${accountId} has standing with another customer.`);
  }
  const claimed = await accounts.find(context.db, accountId, customer.id);
  if (!claimed) return create(context, { customerId: customer.id, accountId, partition }, reason);
  await accounts.lock(context.db, claimed.id);
  const before = await accounts.find(context.db, claimed.id, null);
  if (!before) throw refuse('in_use', `Account ${accountId} is just being given up.`);
  if (owns(before.standing) && before.standing !== 'lapsed') {
    return { outcome: 'unchanged', before, after: before };
  }
  checkClaim(before, partition);
  const change = { standing: 'imported', attestedReason: reason } as const;
  await accounts.setStanding(context.db, before.id, change, context.now);
  const { now: standingSince } = context;
  const after = { ...before, ...change, lapsesAt: null, standingSince, updatedAt: standingSince };
  return { outcome: 'updated', before, after };
}

async function create(
  context: Context,
  named: Required<ImportedAccount>,
  reason: string,
): Promise<Vouched> {
  const after: Account = {
    id: context.makeId('account'),
    ...named,
    standing: 'imported',
    standingSince: context.now,
    ...neverProven,
    attestedReason: reason,
    lapsesAt: null,
    createdAt: context.now,
    updatedAt: context.now,
  };
  await accounts.insert(context.db, after);
  return { outcome: 'created', before: null, after };
}

/** A list of the old world is no grounds to end a dispute, or to make good what has lapsed. */
function checkClaim({ id, accountId, standing, ...account }: Account, partition: string): void {
  if (account.partition !== partition) {
    const detail = `Account ${accountId} is claimed in the partition ${account.partition}.`;
    throw refuse('already_exists', detail);
  }
  if (standing === 'claimed') return;
  const detail = `Account ${accountId} is ${standing}: it takes a proof, or an attestation.`;
  const command = `sallyport accounts attest ${id} --reason "…"`;
  throw refuse(standing === 'disputed' ? 'account_disputed' : 'invalid_state_transition', detail, {
    command,
  });
}

/** What still asks to be let in is for policy and people to decide, and not for a list. */
function checkAccepted({ vpcEndpointId, state, decision }: Connection): void {
  if ((state === 'available' || state === 'pending') && decision !== 'reject') return;
  const why = decision === 'reject' ? `was rejected here and is ${state}` : `is ${state}`;
  const detail = `${vpcEndpointId} ${why}: only a connection that is up can be imported.`;
  throw refuse('invalid_state_transition', detail, {
    command: `sallyport connections get ${vpcEndpointId}`,
  });
}
