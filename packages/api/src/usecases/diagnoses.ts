// Gathers what is known of a connection and lets the domain judge it. AWS is not asked.

import { owns } from '../domain/account.ts';
import { diagnoseAbsence } from '../domain/absence.ts';
import type { DiagnosisFacts } from '../domain/diagnosis-facts.ts';
import { diagnose as judge, type Diagnosis } from '../domain/diagnosis.ts';
import { isOver } from '../domain/endpoint-service.ts';
import { refuseInput } from '../domain/errors.ts';
import { hasEnded } from '../domain/grant.ts';
import { kindOfAwsKey } from '../domain/ids.ts';
import { seenParts } from '../domain/seen-parts.ts';
import * as accounts from '../storage/accounts.ts';
import * as storedConnections from '../storage/connections.ts';
import * as customers from '../storage/customers.ts';
import * as grants from '../storage/grants.ts';
import * as observations from '../storage/observations.ts';
import * as principals from '../storage/principals.ts';
import * as services from '../storage/endpoint-services.ts';
import { backendFacts } from './backends.ts';
import * as connections from './connections.ts';
import { asService, tenant, type Context } from './context.ts';
import { get as getCustomer } from './customers.ts';
import * as endpointServices from './endpoint-services.ts';
import * as privateDns from './private-dns.ts';
import { refusals } from './refusals.ts';

/** The most of each kind that is looked at of one customer. */
const many = { limit: 200, after: null };
/** Enough to have every part that was reported of late. */
const lately = { limit: 20, after: null };

export async function diagnose(context: Context, key: string): Promise<Diagnosis> {
  const connection = await connections.get(context, key);
  const { endpointServiceId, vpcEndpointId, stuckSince } = connection;
  const vendors = await asService(context, async (inside) => {
    const service = await endpointServices.get(inside, endpointServiceId);
    const all = await refusals(inside, service);
    const refusal = all.find((item) => item.vpcEndpointId === vpcEndpointId) ?? null;
    const { state, message } = await privateDns.get(inside, endpointServiceId);
    const behind = await backendFacts(inside, connection);
    return { service, refusal, privateDns: { state, message }, ...behind };
  });
  const reported = await observations.list(context.db, connection.id, tenant(context), lately);
  const history = await storedConnections.transitions(context.db, connection.id);
  const owned = await ownerFacts(context, connection);
  return judge({
    now: context.now,
    connection,
    history,
    stuckSince,
    ...forCaller(context, vendors),
    ...owned,
    dns: connection.dns ?? owned.grant?.dns ?? 'endpoint',
    seen: seenParts(reported, connection, context.now),
  });
}

type Vendors = Pick<DiagnosisFacts, 'service' | 'privateDns'>;

/** AWS's words about the vendor's account, its roles or zones for one, are not for customers. */
function forCaller<Facts extends Vendors>(context: Context, facts: Facts): Facts {
  if (tenant(context) === null) return facts;
  const { service, privateDns: status } = facts;
  return {
    ...facts,
    service: { ...service, problem: null },
    privateDns: status && { ...status, message: null },
  };
}

type OwnerFacts = Pick<
  DiagnosisFacts,
  'customer' | 'account' | 'isDisputed' | 'grant' | 'grantHasEnded' | 'principals'
>;

async function ownerFacts(
  { db, now }: Context,
  connection: DiagnosisFacts['connection'],
): Promise<OwnerFacts> {
  const { customerId, endpointServiceId, ownerAccountId } = connection;
  if (customerId === null) {
    const claims = await accounts.list(db, { accountId: ownerAccountId }, many);
    const isDisputed = claims.some(({ standing }) => standing === 'disputed');
    const nobody = { customer: null, account: null, grant: null, grantHasEnded: false };
    return { ...nobody, isDisputed, principals: [] };
  }
  // One after the other, as a transaction takes no two at once.
  const customer = await customers.find(db, customerId, customerId);
  const account = await accounts.find(db, ownerAccountId, customerId);
  const [grant] = await grants.list(db, { customerId, endpointServiceId }, { ...many, limit: 1 });
  return {
    customer,
    account,
    isDisputed: false,
    grant: grant ?? null,
    grantHasEnded: grant !== undefined && hasEnded(grant, now),
    principals: await principals.listOfAccount(db, endpointServiceId, ownerAccountId),
  };
}

/**
 * Of an endpoint by AWS's id, seen or not: one that is not seen is told as such, and why that may
 * be. What is another customer's is not seen.
 * @throws Refusal `invalid_request` for any other name, `not_found` for a customer that the caller
 *   cannot see
 */
export async function diagnoseEndpoint(
  context: Context,
  vpcEndpointId: string,
  { customerId }: { customerId?: string | undefined },
): Promise<Diagnosis> {
  if (kindOfAwsKey(vpcEndpointId) !== 'connection') {
    throw refuseInput({ parameter: 'id' }, '`id` must be the id of a VPC endpoint, `vpce-…`.');
  }
  const found = await storedConnections.find(context.db, vpcEndpointId, tenant(context));
  if (found) return diagnose(context, found.id);
  const whose = customerId ?? tenant(context);
  const customer = whose === null ? null : await getCustomer(context, whose);
  return diagnoseAbsence({
    now: context.now,
    vpcEndpointId,
    customer,
    ...(await absenceFacts(context, customer?.id ?? null)),
  });
}

async function absenceFacts(context: Context, customerId: string | null) {
  const { db } = context;
  const everything = async () => {
    const all = await services.list(db, {}, many);
    return all.slice(0, many.limit).filter((service) => !isOver(service));
  };
  if (customerId === null) {
    return { accounts: [], grants: [], principals: [], services: await everything() };
  }
  const own = await accounts.list(db, { customerId }, many);
  const granted = await grants.list(db, { customerId }, many);
  const ids = [...new Set(granted.map(({ endpointServiceId }) => endpointServiceId))];
  const entries = [];
  // What is on a list for an account that somebody else owns is not this customer's to know.
  for (const { accountId } of own.filter(({ standing }) => owns(standing))) {
    for (const id of ids) entries.push(...(await principals.listOfAccount(db, id, accountId)));
  }
  const isStaff = tenant(context) === null;
  const used = await asService(context, async (inside) => {
    const found = [];
    for (const id of ids) found.push(await endpointServices.get(inside, id));
    return found;
  });
  return {
    accounts: own,
    grants: granted,
    principals: entries,
    services: isStaff && ids.length === 0 ? await everything() : used,
  };
}
