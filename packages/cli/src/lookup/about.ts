// What stands around a match: whose it is, which service, which account, which connections. What
// the key may not see is left out.

import type {
  Account,
  CallOptions,
  Connection,
  Customer,
  EndpointService,
  Sallyport,
} from '@sallyport/sdk';
import { all, connectionsOf, type Match, unlessHidden } from './search.ts';

export interface About {
  customer: Customer | null;
  service: EndpointService | null;
  accounts: Account[];
  connections: Connection[];
}

type Options = Pick<CallOptions, 'signal'>;

export async function aboutOf(client: Sallyport, match: Match, call: Options): Promise<About> {
  const resource = match.resource ?? {};
  const { customer_id: customerId } = match;
  const serviceId = resource.endpoint_service_id;
  const [customer, service, accounts, connections] = await Promise.all([
    customerId === null ? undefined : unlessHidden(client.customers.get(customerId, call)),
    typeof serviceId === 'string'
      ? unlessHidden(client.endpointServices.get(serviceId, call))
      : undefined,
    unlessHidden(all(accountsOf(client, match, call))),
    connectionsOf(client, match, call),
  ]);
  const [owner, ...others] = accounts ?? [];
  const isOwned = customer === undefined && customerId === null && others.length === 0;
  const ownersCustomer =
    owner && isOwned ? await unlessHidden(client.customers.get(owner.customer_id, call)) : null;
  return {
    customer: customer ?? ownersCustomer ?? null,
    service: service ?? null,
    accounts: accounts ?? [],
    connections,
  };
}

function accountsOf(
  client: Sallyport,
  { kind, key, customer_id: customer, resource }: Match,
  call: Options,
): AsyncIterable<Account> | Account[] {
  const owner = resource?.owner_account_id;
  if (typeof owner === 'string') return client.accounts.list({ ...call, account_id: owner });
  const [, number] = /^arn:[\w-]+:iam::(\d{12}):/.exec(String(resource?.arn)) ?? [];
  if (number) return client.accounts.list({ ...call, account_id: number });
  if (kind === 'account') return client.accounts.list({ ...call, account_id: key });
  return kind === 'customer' ? client.accounts.list({ ...call, customer_id: customer! }) : [];
}
