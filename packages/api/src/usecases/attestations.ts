// Vouching for many accounts at once: each by itself, with a result for each.

import { Refusal, type ErrorCode } from '../domain/errors.ts';
import { nudgeServicesOf } from '../storage/fan-out.ts';
import { lockImports } from '../storage/imports.ts';
import { attempt } from '../storage/savepoints.ts';
import * as accounts from './accounts.ts';
import type { Context } from './context.ts';
import { lostRace } from './requests.ts';

export interface NewAttestations {
  /** How the operator knows that the accounts are their customers'. */
  reason: string;
  /** Ids, or natural keys. */
  accounts: string[];
}

export interface Attestation {
  /** As it was given. */
  account: string;
  outcome: 'attested' | 'unchanged' | 'refused';
  /** Null when it was refused. */
  id: string | null;
  error: { code: ErrorCode; detail: string; command: string | null } | null;
}

export type Attestations = Record<Attestation['outcome'], number> & { items: Attestation[] };

/** One that is refused leaves the others as they are. */
export async function create(context: Context, input: NewAttestations): Promise<Attestations> {
  // One bulk change at a time, so that no two lock the same accounts in different orders.
  await lockImports(context.db);
  await wakeServices(context, input.accounts);
  const items: Attestation[] = [];
  for (const account of input.accounts) items.push(await outcomeOf(context, account, input.reason));
  const count = (outcome: Attestation['outcome']) =>
    items.filter((item) => item.outcome === outcome).length;
  return {
    attested: count('attested'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    items,
  };
}

/** Targets before rows, as workers lock them, so that neither waits for the other. */
async function wakeServices(context: Context, keys: string[]): Promise<void> {
  const owners = new Set<string>();
  for (const key of keys) {
    const found = await orRefusal(() => accounts.getOnly(context, key));
    if (!(found instanceof Refusal)) owners.add(found.customerId);
  }
  for (const customerId of [...owners].sort()) await nudgeServicesOf(context, customerId);
}

async function outcomeOf(context: Context, key: string, reason: string): Promise<Attestation> {
  const done = await orRefusal(() =>
    attempt(context.db, async () => {
      const before = await accounts.getOnly(context, key);
      const { id, standing } = await accounts.attest(context, before.id, reason);
      return { id, outcome: standing === before.standing ? 'unchanged' : 'attested' } as const;
    }),
  );
  if (!(done instanceof Refusal)) return { account: key, ...done, error: null };
  const { code, message: detail, command } = done;
  return { account: key, outcome: 'refused', id: null, error: { code, detail, command } };
}

async function orRefusal<Result>(work: () => Promise<Result>): Promise<Result | Refusal> {
  try {
    return await work();
  } catch (error) {
    const refusal = error instanceof Refusal ? error : lostRace(error);
    if (!refusal) throw error;
    return refusal;
  }
}
