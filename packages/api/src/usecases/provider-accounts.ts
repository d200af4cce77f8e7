// The vendor's own AWS accounts.

import { refuse } from '../domain/errors.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import type { HostedZone, ProviderAccount } from '../domain/provider-account.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as storage from '../storage/provider-accounts.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import { difference, existing, held } from './existing.ts';

export interface NewProviderAccount {
  name: string;
  accountId: string;
  roleArn?: string;
  externalId?: string;
  regions: string[];
  hostedZones?: HostedZone[];
}

export async function create(
  context: Context,
  input: NewProviderAccount,
): Promise<ProviderAccount> {
  if (await storage.find(context.db, input.accountId)) {
    throw refuse('already_exists', `Account ${input.accountId} is registered already.`);
  }
  const account: ProviderAccount = {
    id: context.makeId('providerAccount'),
    name: input.name,
    accountId: input.accountId,
    roleArn: input.roleArn ?? null,
    externalId: input.externalId ?? null,
    regions: input.regions,
    hostedZones: input.hostedZones ?? [],
    createdAt: context.now,
    updatedAt: context.now,
  };
  checkRoleAccount(account);
  await storage.insert(context.db, account);
  await audit(context, {
    action: 'createProviderAccount',
    subjectId: account.id,
    after: account,
  });
  return account;
}

export async function list(context: Context, page: PageRequest): Promise<Page<ProviderAccount>> {
  return toPage(await storage.list(context.db, page), page.limit);
}

export async function get(context: Context, key: string): Promise<ProviderAccount> {
  return existing(await storage.find(context.db, key), 'providerAccount', key);
}

/** The account as it will stay until the transaction ends. */
export function getHeld(context: Context, key: string): Promise<ProviderAccount> {
  const lock = (id: string) => storage.lock(context.db, id);
  return held(key, (name) => get(context, name), lock);
}

export async function update(
  context: Context,
  key: string,
  wanted: Partial<Pick<ProviderAccount, 'name' | 'regions' | 'hostedZones'>>,
): Promise<ProviderAccount> {
  const before = await getHeld(context, key);
  const changes = difference(before, wanted);
  if (!changes) return before;
  const { regions = before.regions } = changes;
  await refuseServicesIn(
    context,
    before.id,
    before.regions.filter((region) => !regions.includes(region)),
  );
  const after = { ...before, ...changes, updatedAt: context.now };
  await storage.update(context.db, before.id, { ...changes, updatedAt: context.now });
  await audit(context, {
    action: 'updateProviderAccount',
    subjectId: before.id,
    before,
    after,
  });
  return after;
}

export async function remove(context: Context, key: string): Promise<void> {
  const before = await getHeld(context, key);
  await refuseServicesIn(context, before.id, before.regions);
  await storage.remove(context.db, before.id);
  await audit(context, { action: 'deleteProviderAccount', subjectId: before.id, before });
}

/** What lives there would be looked after no more. */
async function refuseServicesIn(context: Context, id: string, regions: string[]): Promise<void> {
  for (const region of regions) {
    const [service] = await endpointServices.listInRegion(context.db, id, region);
    if (service) throw refuse('in_use', `Endpoint service ${service.id} lives in ${region}.`);
  }
}

function checkRoleAccount({ roleArn, accountId }: ProviderAccount): void {
  if (roleArn && roleArn.split(':')[4] !== accountId) {
    const detail = `The role ${roleArn} is not in account ${accountId}.`;
    throw refuse('invalid_request', detail, { fields: [{ pointer: '/role_arn', detail }] });
  }
}
