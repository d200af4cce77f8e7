// The vendor's own AWS accounts.

import type { EndpointService } from '../domain/endpoint-service.ts';
import { refuse, refuseInput } from '../domain/errors.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import {
  notificationQueue,
  parseQueueArn,
  queueMistake,
  type NotificationQueue,
} from '../domain/notification-queue.ts';
import type { HostedZone, ProviderAccount } from '../domain/provider-account.ts';
import {
  hintsTarget,
  privateDnsTarget,
  serviceTargets,
  type TargetName,
} from '../domain/target.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as notificationQueues from '../storage/notification-queues.ts';
import * as storage from '../storage/provider-accounts.ts';
import * as targets from '../storage/targets.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import { sinceOf } from './filters.ts';
import { once } from './deletions.ts';
import { difference, existing, held } from './existing.ts';

export interface NewProviderAccount {
  name: string;
  accountId: string;
  roleArn?: string | null;
  externalId?: string | null;
  regions: string[];
  hostedZones?: HostedZone[];
  notificationQueueArns?: string[];
}

/** With what workers have met at its queues. */
export interface ShownProviderAccount extends ProviderAccount {
  notificationQueues: NotificationQueue[];
}

export async function create(
  context: Context,
  input: NewProviderAccount,
): Promise<ShownProviderAccount> {
  if (await storage.find(context.db, input.accountId)) {
    throw refuse('already_exists', `Account ${input.accountId} is registered already.`, {
      command: `sallyport provider-accounts get ${input.accountId}`,
    });
  }
  const account: ProviderAccount = {
    id: context.makeId('providerAccount'),
    name: input.name,
    accountId: input.accountId,
    roleArn: input.roleArn ?? null,
    externalId: input.externalId ?? null,
    regions: input.regions,
    hostedZones: input.hostedZones ?? [],
    notificationQueueArns: input.notificationQueueArns ?? [],
    createdAt: context.now,
    updatedAt: context.now,
  };
  checkRoleAccount(account);
  checkQueues(account);
  await nudgeQueues(context, account);
  await storage.insert(context.db, account);
  await audit(context, {
    action: 'createProviderAccount',
    subjectId: account.id,
    after: account,
  });
  return get(context, account.id);
}

export async function list(
  context: Context,
  filter: { updatedSince?: string | undefined },
  page: PageRequest,
): Promise<Page<ShownProviderAccount>> {
  const updatedSince = sinceOf(filter.updatedSince, 'updated_since');
  const accounts = await storage.list(context.db, { updatedSince }, page);
  const shown: ShownProviderAccount[] = [];
  for (const account of accounts) shown.push(await show(context, account));
  return toPage(shown, page.limit);
}

export async function get(context: Context, key: string): Promise<ShownProviderAccount> {
  return show(context, await find(context, key));
}

/** The account as it will stay until the transaction ends. */
export function getHeld(context: Context, key: string): Promise<ProviderAccount> {
  const lock = (id: string) => storage.lock(context.db, id);
  return held(context, key, (name) => find(context, name), lock);
}

export async function update(
  context: Context,
  key: string,
  wanted: Partial<Omit<ProviderAccount, 'id' | 'accountId' | 'createdAt' | 'updatedAt'>>,
): Promise<ShownProviderAccount> {
  const seen = await find(context, key);
  // What is so already wakes nobody.
  if (!difference(seen, wanted)) return show(context, seen);
  // Targets before rows, as workers lock them.
  if (wanted.notificationQueueArns) await nudgeQueues(context, seen, wanted);
  if (wanted.hostedZones) await nudgeServices(context, seen, ({ id }) => [privateDnsTarget(id)]);
  // What failed with the old role may go well with the new one.
  if (wanted.roleArn !== undefined) await nudgeServices(context, seen, serviceTargets);
  const before = await getHeld(context, key);
  const changes = difference(before, wanted);
  if (!changes) return show(context, before);
  const { regions = before.regions } = changes;
  await refuseServicesIn(
    context,
    before.id,
    before.regions.filter((region) => !regions.includes(region)),
  );
  const after = { ...before, ...changes, updatedAt: context.now };
  checkRoleAccount(after);
  checkQueues(after);
  await storage.update(context.db, before.id, { ...changes, updatedAt: context.now });
  await audit(context, {
    action: 'updateProviderAccount',
    subjectId: before.id,
    before,
    after,
  });
  // As it is read from now on: the database has an order of its own for members of JSON.
  return get(context, before.id);
}

export function remove(context: Context, key: string): Promise<void> {
  const deletion = { action: 'deleteProviderAccount', id: key } as const;
  return once(context, deletion, () => removePresent(context, key));
}

async function removePresent(context: Context, key: string): Promise<void> {
  const before = await getHeld(context, key);
  await refuseServicesIn(context, before.id, before.regions);
  await storage.remove(context.db, before.id);
  await audit(context, { action: 'deleteProviderAccount', subjectId: before.id, before });
}

async function find(context: Context, key: string): Promise<ProviderAccount> {
  return existing(await storage.find(context.db, key), 'providerAccount', key);
}

async function show({ db, now }: Context, account: ProviderAccount): Promise<ShownProviderAccount> {
  const facts = await notificationQueues.facts(db, account);
  return { ...account, notificationQueues: facts.map((fact) => notificationQueue(fact, now)) };
}

/** Wakes who listens to the queues that the account has, and to those that it will have. */
async function nudgeQueues(
  { db, now }: Context,
  { id, notificationQueueArns }: ProviderAccount,
  wanted: Partial<ProviderAccount> = {},
): Promise<void> {
  const arns = [...notificationQueueArns, ...(wanted.notificationQueueArns ?? [])];
  const regions = new Set(arns.flatMap((arn) => parseQueueArn(arn)?.region ?? []));
  const woken = [...regions].map((region) => hintsTarget({ providerAccountId: id, region }));
  if (woken.length > 0) await targets.nudge(db, woken, now);
}

/** Names whose record had no zone may have one now, say. */
async function nudgeServices(
  { db, now }: Context,
  account: ProviderAccount,
  targetsOf: (service: EndpointService) => TargetName[],
): Promise<void> {
  const woken: TargetName[] = [];
  for (const region of account.regions) {
    const services = await endpointServices.listInRegion(db, account.id, region);
    woken.push(...services.flatMap(targetsOf));
  }
  if (woken.length > 0) await targets.nudge(db, woken, now);
}

/** What lives there would be looked after no more. */
async function refuseServicesIn(context: Context, id: string, regions: string[]): Promise<void> {
  for (const region of regions) {
    const [service] = await endpointServices.listInRegion(context.db, id, region);
    if (service)
      throw refuse('in_use', `Endpoint service ${service.id} lives in ${region}.`, {
        command: `sallyport services get ${service.id}`,
      });
  }
}

function checkRoleAccount({ roleArn, accountId }: ProviderAccount): void {
  if (roleArn && roleArn.split(':')[4] !== accountId) {
    const detail = `The role ${roleArn} is not in account ${accountId}.`;
    throw refuseInput({ pointer: '/role_arn' }, detail);
  }
}

function checkQueues(account: ProviderAccount): void {
  const mistake = queueMistake(account.notificationQueueArns, account);
  if (!mistake) return;
  const pointer = `/notification_queue_arns/${mistake.index}`;
  const fields = [{ pointer, detail: mistake.detail }];
  throw refuse('invalid_request', mistake.detail, { fields });
}
