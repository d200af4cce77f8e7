// Gathers what is known of a connection and lets the domain judge it. AWS is not asked.

import { diagnose as judge, type Diagnosis } from '../domain/diagnosis.ts';
import { hasEnded } from '../domain/grant.ts';
import * as accounts from '../storage/accounts.ts';
import * as customers from '../storage/customers.ts';
import * as grants from '../storage/grants.ts';
import * as principals from '../storage/principals.ts';
import * as connections from './connections.ts';
import { asService, tenant, type Context } from './context.ts';
import * as endpointServices from './endpoint-services.ts';
import { refusals } from './refusals.ts';

export async function diagnose(context: Context, key: string): Promise<Diagnosis> {
  const { db } = context;
  const connection = await connections.get(context, key);
  const { customerId, endpointServiceId, ownerAccountId, stuckSince } = connection;
  const [service, all] = await asService(context, async () => {
    const found = await endpointServices.get(context, endpointServiceId);
    return [found, await refusals(context, found)] as const;
  });
  const refusal =
    all.find(({ vpcEndpointId }) => vpcEndpointId === connection.vpcEndpointId) ?? null;
  // AWS's words about the vendor's account, its roles for one, are not for customers.
  if (tenant(context) !== null) service.problem = null;
  if (customerId === null) {
    const nobody = { customer: null, account: null, grant: null, grantHasEnded: false };
    const unknownOwner = { ...nobody, principals: [] };
    return judge({ connection, stuckSince, refusal, service, ...unknownOwner });
  }
  const onService = { customerId, endpointServiceId };
  // One after the other, as a transaction takes no two at once.
  const customer = await customers.find(db, customerId, customerId);
  const account = await accounts.find(db, ownerAccountId, customerId);
  const [grant] = await grants.list(db, onService, { limit: 1, after: null });
  const entries = await principals.listOfAccount(db, endpointServiceId, ownerAccountId);
  return judge({
    connection,
    stuckSince,
    refusal,
    service,
    customer,
    account,
    grant: grant ?? null,
    grantHasEnded: grant !== undefined && hasEnded(grant, context.now),
    principals: entries,
  });
}
