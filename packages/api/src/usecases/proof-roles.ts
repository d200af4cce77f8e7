// What a customer has to make in its account so that we can see for ourselves that it is its own.

import { partitionOf, proofRole, type ProofRole } from '../domain/proof-role.ts';
import type { ProviderAccount } from '../domain/provider-account.ts';
import * as providerAccounts from '../storage/provider-accounts.ts';
import * as accounts from './accounts.ts';
import { asService, type Context } from './context.ts';
import * as customers from './customers.ts';

export async function get(context: Context, accountKey: string): Promise<ProofRole> {
  const account = await accounts.get(context, accountKey);
  const customer = await customers.get(context, account.customerId);
  return proofRole(account, customer, await trustedProvider(context, account.partition));
}

/**
 * The provider account whose identity assumes roles of customers: the oldest of the partition, so
 * that what customers trust stays the same as the vendor gets more accounts.
 */
export function trustedProvider(
  context: Context,
  partition: string,
): Promise<ProviderAccount | null> {
  return asService(context, async ({ db }) => {
    const all = await providerAccounts.listAll(db);
    return all.find((account) => partitionOf(account) === partition) ?? null;
  });
}
