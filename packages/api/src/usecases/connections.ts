// Connections: looked at, and decided about by people where policy leaves it to them.

import { admits } from '../domain/account.ts';
import {
  isLive,
  type Connection,
  type Decision,
  type DnsMode,
  type Transition,
  type ConnectionState,
} from '../domain/connection.ts';
import type { Condition } from '../domain/conditions/condition.ts';
import { connectionConditions } from '../domain/conditions/connection.ts';
import { connectionStuckSince } from '../domain/deadline.ts';
import { endingOf, manages, standstill, type EndpointService } from '../domain/endpoint-service.ts';
import { refuse } from '../domain/errors.ts';
import { holdRemedy } from '../domain/grant.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { connectionsTarget } from '../domain/target.ts';
import * as accounts from '../storage/accounts.ts';
import * as storage from '../storage/connections.ts';
import * as targets from '../storage/targets.ts';
import { audit } from './audit.ts';
import { tenant, type Context } from './context.ts';
import * as customers from './customers.ts';
import * as endpointServices from './endpoint-services.ts';
import { existing, held } from './existing.ts';
import { customerScope, serviceScope } from './filters.ts';

/** With what follows from the time. */
export interface ShownConnection extends Connection {
  /** Since when it has been longer than it should in a state that passes by itself. */
  stuckSince: Date | null;
  /** Whose turn it is while policy holds it, and what to do. */
  holdTurn: string | null;
  holdAction: string | null;
  /** Of `ready`. */
  reason: string;
  conditions: Condition[];
}

export interface ConnectionFilter {
  customerId?: string | undefined;
  endpointServiceId?: string | undefined;
  state?: ConnectionState | undefined;
  accountId?: string | undefined;
}

export async function list(
  context: Context,
  filter: ConnectionFilter,
  page: PageRequest,
): Promise<Page<ShownConnection>> {
  const scope = {
    customerId: await customerScope(context, filter.customerId),
    endpointServiceId: await serviceScope(context, filter.endpointServiceId),
    state: filter.state,
    accountId: filter.accountId,
  };
  const rows = await storage.list(context.db, scope, page);
  const shown = rows.map((connection) => show(context, connection));
  return toPage(shown, page.limit);
}

export async function get(context: Context, key: string): Promise<ShownConnection> {
  const found = await storage.find(context.db, key, tenant(context));
  return show(context, existing(found, 'connection', key));
}

function show(context: Context, stored: Connection): ShownConnection {
  const connection = asSeen(context, stored);
  const waits = connection.state === 'pendingAcceptance';
  const remedy = waits ? holdRemedy(connection.holdReason) : null;
  const stuckSince = connectionStuckSince(connection, context.now);
  const conditions = connectionConditions(connection, stuckSince);
  return {
    ...connection,
    reason: conditions[0]!.reason,
    conditions,
    stuckSince,
    holdTurn: remedy?.turn ?? null,
    holdAction: remedy?.action ?? null,
  };
}

/** Who of the vendor's people decided is not for customers to read. */
function asSeen(context: Context, connection: Connection): Connection {
  const { decidedBy } = connection;
  const isPerson = decidedBy !== null && /^(key_|oidc:)/.test(decidedBy);
  return isPerson && tenant(context) !== null ? { ...connection, decidedBy: 'vendor' } : connection;
}

export async function history(
  context: Context,
  key: string,
): Promise<{ connectionId: string; transitions: Transition[] }> {
  const { id } = await get(context, key);
  return { connectionId: id, transitions: await storage.transitions(context.db, id) };
}

/** What only the customer knows. AWS is not concerned. */
export async function update(
  context: Context,
  key: string,
  { dns }: { dns?: DnsMode | null },
): Promise<ShownConnection> {
  const lock = (id: string) => storage.lock(context.db, id);
  const before = await held(context, key, (name) => get(context, name), lock);
  if (dns === undefined || dns === before.dns) return before;
  await storage.setDns(context.db, before.id, dns);
  await audit(context, {
    action: 'updateConnection',
    subjectId: before.id,
    customerId: before.customerId,
    before: { dns: before.dns },
    after: { dns },
  });
  return { ...before, dns };
}

/** Records the decision; a worker carries it out. Deciding the same again changes nothing. */
export async function decide(
  context: Context,
  key: string,
  decision: Exclude<Decision, 'undecided'>,
  reason: string | null,
): Promise<ShownConnection> {
  const seen = await get(context, key);
  if (seen.decision === decision) return seen;
  const service = await endpointServices.get(context, seen.endpointServiceId);
  // Targets before rows, as workers lock them, so that neither waits for the other.
  await targets.nudge(context.db, [connectionsTarget(service)], context.now);
  const lock = (id: string) => storage.lock(context.db, id);
  const before = await held(context, seen.id, (id) => get(context, id), lock);
  if (before.decision === decision) return before;
  if (!isLive(before.state)) {
    const { vpcEndpointId, state } = before;
    const detail = `${vpcEndpointId} is ${state} and stays so: the customer makes a new endpoint.`;
    const command = `sallyport diagnose ${vpcEndpointId}`;
    throw refuse('invalid_state_transition', detail, { command });
  }
  checkManaged(service);
  if (decision === 'accept' && service.retiringSince !== null) {
    throw refuse('invalid_state_transition', `${service.id} is being retired.`);
  }
  const ending = decision === 'accept' ? endingOf(service) : null;
  if (ending !== null) {
    throw refuse('invalid_state_transition', `AWS shows ${service.id} as ${ending}.`);
  }
  if (decision === 'accept') await checkOwner(context, before);
  const decidedBy = context.caller.id;
  await storage.decide(context.db, before.id, { decision, decidedBy, reason });
  const after = await get(context, before.id);
  await audit(context, {
    action: `${decision}Connection`,
    subjectId: before.id,
    customerId: before.customerId,
    reason,
    before: { decision: before.decision },
    after: { decision },
  });
  return after;
}

function checkManaged(service: EndpointService): void {
  const { id } = service;
  if (manages(service, 'acceptance')) return;
  const why = standstill(service);
  if (why) {
    const detail = `${id} stands still (${why}): the decision would have no effect.`;
    throw refuse('service_stands_still', detail, { command: `sallyport services get ${id}` });
  }
  const command = `sallyport services set-modes ${id} --acceptance manage`;
  throw refuse('aspect_not_managed', `Acceptance of ${id} is in observe mode.`, { command });
}

/** Not even an operator lets an account in whose owner nobody knows (invariant 8). */
async function checkOwner(context: Context, connection: Connection): Promise<void> {
  const account =
    connection.customerId === null
      ? null
      : await accounts.find(context.db, connection.ownerAccountId, connection.customerId);
  if (account && admits(account.standing)) {
    await customers.getActive(context, account.customerId);
    return;
  }
  throw refuse(
    'account_without_standing',
    `Account ${connection.ownerAccountId} has no standing with any customer.`,
    { command: `sallyport accounts get ${connection.ownerAccountId}` },
  );
}
