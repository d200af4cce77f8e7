// Roles and their sessions: who may do what in a test, and clients of whoever it is.

import { AssumeRoleCommand, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { AccountSpec, RoleSpec, WorldSpec } from '../src/index.ts';
import { defaultWorldSpec } from '../src/index.ts';
import { type Clients, type Keys, type Lab, VENDOR } from './lab.ts';

type Policies = NonNullable<RoleSpec['policies']>;
export type Statement = Extract<Policies[number]['Statement'], { readonly Effect: unknown }>;

/** A policy that allows actions, on everything unless the statement says otherwise. */
export function allowing(
  Action: string | string[],
  more: Partial<Statement> = {},
): Policies[number] {
  return {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action, Resource: '*', ...more },
  };
}

/** The default world, in which these accounts have more in them. */
export function worldWith(
  ...changes: readonly (Partial<AccountSpec> & { readonly id: string })[]
): WorldSpec {
  const { accounts } = defaultWorldSpec();
  return {
    accounts: accounts.map((account) => {
      const change = changes.find(({ id }) => id === account.id);
      return { ...account, ...change };
    }),
  };
}

/** A vendor's world with a role `limited` that may do only what these policies allow. */
export function limitedVendor(...policies: Policies): WorldSpec {
  return worldWith({ id: VENDOR, roles: [{ name: 'limited', policies }] });
}

export async function keysOf(
  lab: Lab,
  who: string | Keys,
  input: Partial<AssumeRoleCommandInput> = {},
): Promise<Keys> {
  const { Credentials } = await lab.as(who).sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${VENDOR}:role/limited`,
      RoleSessionName: 'tester',
      ...input,
    }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

/** Clients of a session of the role `limited`. */
export async function asLimited(
  lab: Lab,
  input: Partial<AssumeRoleCommandInput> = {},
  region = 'us-east-1',
): Promise<Clients> {
  return lab.as(await keysOf(lab, VENDOR, input), region);
}
