// The role in a customer's account by which we may see for ourselves that the account is the
// customer's: its names, the external id, and the policy by which it trusts us. It needs no
// permission.

import { partitionOfRegion } from './proof.ts';
import type { Account, Partition } from './account.ts';
import type { Customer } from './customer.ts';
import type { ProviderAccount } from './provider-account.ts';

export interface ProofRole {
  /** The name that we suggest, or the only one that the vendor takes. */
  roleName: string;
  roleArn: string;
  externalId: string;
  /** Whom the role has to trust; null until the vendor has an account in this partition. */
  trustedPrincipal: string | null;
  /** The trust policy of the role, as JSON; null as long as nobody is there to be trusted. */
  trustPolicy: string | null;
}

export const usualRoleName = 'sallyport-proof';

/**
 * The external id of a customer. It is ours, never the customer's to set, and no other customer has
 * it: so a role that was made for one proves nothing for another (IAM User Guide, "The confused
 * deputy problem"). It is no secret.
 */
export function externalIdOf(customerId: string): string {
  return `sallyport-${customerId}`;
}

/** @param roleName the name of the role, after its path if it has one */
export function roleArnOf(account: Pick<Account, 'partition' | 'accountId'>, roleName: string) {
  return `arn:${account.partition}:iam::${account.accountId}:role/${roleName}`;
}

/** The names that IAM gives to roles, each after its path (IAM API reference, CreateRole). */
export function isRoleName(text: string): boolean {
  return /^([\w+=,.@-]{1,64}\/){0,8}[\w+=,.@-]{1,64}$/.test(text);
}

export function partitionOf({ regions }: Pick<ProviderAccount, 'regions'>): Partition {
  return partitionOfRegion(regions[0] ?? '');
}

/**
 * What is to be made in the account.
 * @param provider whose identity will assume the role; null when there is none in its partition
 */
export function proofRole(
  account: Pick<Account, 'partition' | 'accountId' | 'customerId'>,
  { requiredRole }: Pick<Customer, 'requiredRole'>,
  provider: Pick<ProviderAccount, 'accountId' | 'roleArn'> | null,
): ProofRole {
  const roleName = requiredRole ?? usualRoleName;
  const externalId = externalIdOf(account.customerId);
  const trustedPrincipal = provider && principalOf(account.partition, provider);
  return {
    roleName,
    roleArn: roleArnOf(account, roleName),
    externalId,
    trustedPrincipal,
    trustPolicy: trustedPrincipal && trustPolicy(trustedPrincipal, externalId),
  };
}

/** The role that our calls are made by; where the worker's own identity makes them, its account. */
function principalOf(
  partition: Partition,
  { accountId, roleArn }: Pick<ProviderAccount, 'accountId' | 'roleArn'>,
): string {
  return roleArn ?? `arn:${partition}:iam::${accountId}:root`;
}

function trustPolicy(principal: string, externalId: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
      },
    ],
  });
}
