// Endpoint services: registered or wanted, and who manages which aspect.

import {
  manageAll,
  observeAll,
  type EndpointService,
  type ExternalRemoval,
  type Modes,
} from '../domain/endpoint-service.ts';
import type { Condition } from '../domain/conditions/condition.ts';
import { serviceConditions } from '../domain/conditions/endpoint-service.ts';
import { refuse, refuseInput } from '../domain/errors.ts';
import type { Operation } from '../domain/operation.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { unread } from '../domain/read-tier.ts';
import { principalsTarget, privateDnsTarget, serviceTargets } from '../domain/target.ts';
import * as deployments from '../storage/deployments.ts';
import * as grants from '../storage/grants.ts';
import * as storage from '../storage/endpoint-services.ts';
import * as operationRows from '../storage/operations.ts';
import * as principals from '../storage/principals.ts';
import * as privateDns from '../storage/private-dns.ts';
import * as targets from '../storage/targets.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import { once } from './deletions.ts';
import { difference, existing, held } from './existing.ts';
import { sinceOf } from './filters.ts';
import * as operations from './operations.ts';
import * as providerAccounts from './provider-accounts.ts';

export interface NewEndpointService {
  name: string;
  providerAccountId: string;
  region: string;
  serviceId?: string;
  networkLoadBalancerArns?: string[];
  modes?: Partial<Modes>;
  onExternalRemoval?: ExternalRemoval;
}

export async function create(
  context: Context,
  input: NewEndpointService,
): Promise<EndpointService> {
  const service = await compose(context, input);
  await storage.insert(context.db, service);
  await privateDns.want(context.db, service.id, null, context.now);
  await targets.nudge(context.db, serviceTargets(service), context.now);
  await audit(context, {
    action: 'createEndpointService',
    subjectId: service.id,
    after: service,
  });
  return get(context, service.id);
}

/** A service as it is shown. */
export interface ShownService extends EndpointService {
  /** Of `ready`. */
  reason: string;
  conditions: Condition[];
}

export function show(service: EndpointService): ShownService {
  const conditions = serviceConditions(service);
  return { ...service, reason: conditions[0]!.reason, conditions };
}

export async function list(
  context: Context,
  filter: { region?: string | undefined; updatedSince?: string | undefined },
  page: PageRequest,
): Promise<Page<ShownService>> {
  const { region } = filter;
  const updatedSince = sinceOf(filter.updatedSince, 'updated_since');
  const found = await storage.list(context.db, { region, updatedSince }, page);
  return toPage(found.map(show), page.limit);
}

export async function get(context: Context, key: string): Promise<EndpointService> {
  return existing(await storage.find(context.db, key), 'endpointService', key);
}

export async function update(
  context: Context,
  key: string,
  wanted: { name?: string; onExternalRemoval?: ExternalRemoval },
): Promise<EndpointService> {
  const seen = await get(context, key);
  // What is so already wakes nobody.
  if (!difference(seen, wanted)) return seen;
  const { id } = seen;
  // Targets before rows, as workers lock them, so that neither waits for the other.
  if (wanted.onExternalRemoval) {
    const names = [principalsTarget(id), privateDnsTarget(id)];
    await targets.nudge(context.db, names, context.now);
  }
  const before = await getToChange(context, id);
  const changes = difference(before, wanted);
  if (!changes) return before;
  const after = { ...before, ...changes, updatedAt: context.now };
  await storage.update(context.db, before.id, { ...changes, updatedAt: context.now });
  await audit(context, {
    action: 'updateEndpointService',
    subjectId: before.id,
    before: { name: before.name, onExternalRemoval: before.onExternalRemoval },
    after: { name: after.name, onExternalRemoval: after.onExternalRemoval },
  });
  return after;
}

export async function setModes(
  context: Context,
  key: string,
  wanted: Partial<Modes>,
): Promise<EndpointService> {
  const service = await get(context, key);
  if (!difference(service.modes, wanted)) return service;
  // Targets before rows, as workers lock them, so that neither waits for the other.
  await targets.nudge(context.db, serviceTargets(service), context.now);
  const before = await getToChange(context, service.id);
  const changes = difference(before.modes, wanted);
  if (!changes) return before;
  const after = {
    ...before,
    modes: { ...before.modes, ...changes },
    updatedAt: context.now,
  };
  await storage.update(context.db, before.id, {
    modes: after.modes,
    updatedAt: context.now,
  });
  await audit(context, {
    action: 'setEndpointServiceModes',
    subjectId: before.id,
    before: before.modes,
    after: after.modes,
  });
  return after;
}

/** From now on nothing of it is changed in AWS. Freezing it again changes nothing. */
export async function freeze(
  context: Context,
  key: string,
  { reason }: { reason: string },
): Promise<EndpointService> {
  return setFrozen(context, key, { frozenSince: context.now, frozenReason: reason });
}

/** It goes on as its modes say, from what AWS shows then. */
export function unfreeze(context: Context, key: string): Promise<EndpointService> {
  return setFrozen(context, key, { frozenSince: null, frozenReason: null });
}

async function setFrozen(
  context: Context,
  key: string,
  frozen: Pick<EndpointService, 'frozenSince' | 'frozenReason'>,
): Promise<EndpointService> {
  const service = await get(context, key);
  // Targets before rows, as workers lock them, so that neither waits for the other.
  await targets.nudge(context.db, serviceTargets(service), context.now);
  const before = await getToChange(context, service.id);
  const toFreeze = frozen.frozenSince !== null;
  if ((before.frozenSince !== null) === toFreeze) return before;
  const after = { ...before, ...frozen, updatedAt: context.now };
  await storage.update(context.db, before.id, { ...frozen, updatedAt: context.now });
  await audit(context, {
    action: toFreeze ? 'freezeEndpointService' : 'unfreezeEndpointService',
    subjectId: before.id,
    reason: frozen.frozenReason,
    before: { frozenSince: before.frozenSince },
    after: { frozenSince: after.frozenSince },
  });
  return after;
}

export function remove(context: Context, key: string): Promise<void> {
  const deletion = { action: 'deleteEndpointService', id: key } as const;
  return once(context, deletion, () => removePresent(context, key));
}

async function removePresent(context: Context, key: string): Promise<void> {
  const before = await getToChange(context, key);
  const filter = { endpointServiceId: before.id };
  const [grant] = await grants.list(context.db, filter, { limit: 1, after: null });
  if (grant) {
    const detail = `Grant ${grant.id} lets a customer use this service.`;
    throw refuse('in_use', detail, { command: `sallyport grants delete ${grant.id}` });
  }
  if (before.retiringSince !== null && before.retiredAt === null) {
    throw refuse('in_use', `${before.id} is still to be deleted in AWS; wait for the end of that.`);
  }
  await refuseLeftovers(context, before);
  await storage.remove(context.db, before.id);
  await operationRows.finishRunning(
    context.db,
    { kind: 'reconcile_service', subjectId: before.id },
    { state: 'failed', message: 'The endpoint service was removed.', errorCode: 'not_found' },
    context.now,
  );
  await audit(context, { action: 'deleteEndpointService', subjectId: before.id, before });
}

export async function reconcile(context: Context, key: string): Promise<Operation> {
  const service = await get(context, key);
  await targets.nudge(context.db, serviceTargets(service), context.now);
  await storage.lock(context.db, service.id);
  const operation = await operations.start(context, {
    kind: 'reconcile_service',
    subjectId: service.id,
    customerId: null,
    message: 'Waiting for a worker to read AWS.',
  });
  await audit(context, { action: 'reconcileEndpointService', subjectId: service.id });
  return operation;
}

/** What we let in and have not taken away yet would be let in for ever. */
async function refuseLeftovers(context: Context, { id, modes }: EndpointService): Promise<void> {
  if (modes.principals === 'observe') return;
  const entry = (await principals.facts(context.db, id)).find(({ owned }) => owned);
  if (!entry) return;
  throw refuse(
    'in_use',
    `${entry.arn} is still to leave the allowlist; wait, or switch principals to \`observe\`.`,
  );
}

function getToChange(context: Context, key: string): Promise<EndpointService> {
  const lock = (id: string) => storage.lock(context.db, id);
  return held(context, key, (name) => get(context, name), lock);
}

async function compose(context: Context, input: NewEndpointService): Promise<EndpointService> {
  const account = await providerAccounts.getHeld(context, input.providerAccountId);
  const { region, serviceId, networkLoadBalancerArns = [] } = input;
  if (!account.regions.includes(region)) {
    const detail = `${region} is not a region of ${account.id}; add it there first.`;
    throw refuseInput({ pointer: '/region' }, detail);
  }
  if ((serviceId === undefined) === (networkLoadBalancerArns.length === 0)) {
    throw refuse('invalid_request', 'Give either `service_id` or `network_load_balancer_arns`.');
  }
  if (serviceId && (await storage.find(context.db, serviceId))) {
    throw refuse('already_exists', `${serviceId} is registered already.`, {
      command: `sallyport services get ${serviceId}`,
    });
  }
  return {
    id: context.makeId('endpointService'),
    name: input.name,
    providerAccountId: account.id,
    region,
    serviceId: serviceId ?? null,
    serviceName: serviceId ? `com.amazonaws.vpce.${region}.${serviceId}` : null,
    networkLoadBalancerArns,
    modes: { ...(serviceId ? observeAll : manageAll), ...input.modes },
    observed: null,
    observedAt: null,
    stateSince: null,
    problem: null,
    frozenSince: null,
    frozenReason: null,
    retiringSince: null,
    retireReason: null,
    retiredAt: null,
    quarantine: (await deployments.find(context.db))?.quarantine ?? null,
    reads: unread,
    onExternalRemoval: input.onExternalRemoval ?? 'hold',
    createdAt: context.now,
    updatedAt: context.now,
  };
}
