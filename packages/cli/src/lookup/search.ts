// Finds what an identifier names, by the API: one match, several that a person has to choose from,
// or none.

import {
  type Account,
  BadRequestError,
  type CallOptions,
  type Connection,
  type Customer,
  type EndpointService,
  NotFoundError,
  PermissionDeniedError,
  type ProviderAccount,
  type Sallyport,
} from '@sallyport/sdk';
import { type Identifier, identify, type Kind } from './identifier.ts';

export interface Match {
  kind: Kind;
  /** What the other commands take for it, a natural key where there is one. */
  key: string;
  /** What people call it. */
  name: string | null;
  customer_id: string | null;
  /** As the API gives it; null for an account that is seen here and nobody's. */
  resource: Record<string, unknown> | null;
}

type Options = Pick<CallOptions, 'signal'>;

/** The member that is the natural key, and the one that is the name. */
const members: Record<Kind, { key: string; name?: string }> = {
  connection: { key: 'vpc_endpoint_id' },
  'endpoint-service': { key: 'service_id', name: 'name' },
  customer: { key: 'external_id', name: 'name' },
  account: { key: 'account_id' },
  grant: { key: 'id' },
  principal: { key: 'id', name: 'arn' },
  'provider-account': { key: 'account_id', name: 'name' },
  operation: { key: 'id', name: 'kind' },
  event: { key: 'id', name: 'type' },
  'api-key': { key: 'id', name: 'name' },
  webhook: { key: 'id', name: 'target_url' },
};

export async function search(client: Sallyport, asked: string, call: Options): Promise<Match[]> {
  return searchFor(client, identify(asked), call);
}

export async function searchFor(
  client: Sallyport,
  wanted: Identifier,
  call: Options,
): Promise<Match[]> {
  switch (wanted.form) {
    case 'id':
      return one(wanted.kind, read(client, wanted.kind, wanted.text, call));
    case 'endpoint':
      return one('connection', read(client, 'connection', wanted.text, call));
    case 'service':
      return one('endpoint-service', read(client, 'endpoint-service', wanted.text, call));
    case 'account':
      return accountMatches(client, wanted.text, call);
    case 'principal':
      return principalMatches(client, wanted, call);
    case 'load-balancer':
      return (await services(client, call))
        .filter(({ network_load_balancer_arns: arns }) => arns.includes(wanted.text))
        .map((service) => matchOf('endpoint-service', service));
    case 'part':
      return [];
    case 'name':
    default:
      return nameMatches(client, wanted.text, call);
  }
}

/** Nothing where there is none, or where the key may not see any. */
export async function unlessHidden<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof PermissionDeniedError) return undefined;
    throw error;
  }
}

export async function all<T>(list: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

function read(client: Sallyport, kind: Kind, id: string, call: Options): Promise<object> {
  const readers: Record<Kind, { get(id: string, call: Options): PromiseLike<object> }> = {
    connection: client.connections,
    'endpoint-service': client.endpointServices,
    customer: client.customers,
    account: client.accounts,
    grant: client.grants,
    principal: client.principals,
    'provider-account': client.providerAccounts,
    operation: client.operations,
    event: client.events,
    'api-key': client.apiKeys,
    webhook: client.webhooks,
  };
  return Promise.resolve(readers[kind].get(id, call));
}

async function one(kind: Kind, reading: Promise<object>): Promise<Match[]> {
  const found = await unlessHidden(reading);
  return found === undefined ? [] : [matchOf(kind, found)];
}

function matchOf(kind: Kind, found: object): Match {
  const resource = found as Record<string, unknown>;
  const { key, name } = members[kind];
  const own = kind === 'customer' ? resource.id : resource.customer_id;
  return {
    kind,
    key: textOf(resource[key]) ?? textOf(resource.id)!,
    name: name === undefined ? null : textOf(resource[name]),
    customer_id: textOf(own),
    resource,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** One number may be claimed by several customers, or be one of the vendor's own. */
async function accountMatches(client: Sallyport, number: string, call: Options): Promise<Match[]> {
  const [accounts = [], own] = await Promise.all([
    unlessHidden(all<Account>(client.accounts.list({ ...call, account_id: number }))),
    unlessHidden<ProviderAccount>(client.providerAccounts.get(number, call)),
  ]);
  const found = [
    ...accounts.map((account) => matchOf('account', account)),
    ...(own ? [matchOf('provider-account', own)] : []),
  ];
  if (found.length > 0) return found;
  const page = await client.connections.list({ ...call, account_id: number, limit: 1 });
  const nobodys = { name: null, customer_id: null, resource: null };
  return page.items.length > 0 ? [{ kind: 'account', key: number, ...nobodys }] : [];
}

async function principalMatches(
  client: Sallyport,
  { text, account }: Extract<Identifier, { form: 'principal' }>,
  call: Options,
): Promise<Match[]> {
  const seen =
    (await unlessHidden(all(client.principals.list({ ...call, account_id: account })))) ?? [];
  const found = seen.filter(({ arn }) => arn === text);
  if (found.length === 1) return [matchOf('principal', found[0]!)];
  // The same ARN on several services, or on none: its account says whose it is.
  const accounts = await accountMatches(client, account, call);
  return accounts.length > 0 ? accounts : found.map((entry) => matchOf('principal', entry));
}

/** An external id is exact; names are compared without case, whole ones first. */
async function nameMatches(client: Sallyport, text: string, call: Options): Promise<Match[]> {
  const byKey = await one('customer', read(client, 'customer', text, call)).catch(noKey);
  const [customers = [], ours = [], accounts = []] = await Promise.all([
    unlessHidden(all(client.customers.list({ ...call, limit: 200 }))),
    unlessHidden(services(client, call)),
    unlessHidden(all(client.providerAccounts.list(call))),
  ]);
  const named = [
    ...customers.map((customer) => matchOf('customer', customer)),
    ...ours.map((service) => matchOf('endpoint-service', service)),
    ...accounts.map((account) => matchOf('provider-account', account)),
  ].filter(({ key }) => key !== byKey[0]?.key);
  const wanted = text.toLowerCase();
  const whole = named.filter(({ name, resource }) => {
    return [name, ...contactsOf(resource)].some((own) => own?.toLowerCase() === wanted);
  });
  if (byKey.length + whole.length > 0) return [...byKey, ...whole];
  const byDomain = text.includes('.') ? await domainMatches(client, ours, text, call) : [];
  if (byDomain.length > 0) return byDomain;
  return named.filter(({ name, key }) => {
    return [name ?? '', key].some((own) => own.toLowerCase().includes(wanted));
  });
}

/** Who writes a ticket is often one of them. */
function contactsOf(resource: Match['resource']): string[] {
  const { contacts = [] } = (resource ?? {}) as Partial<Customer>;
  return contacts.map(({ email }) => email);
}

/** A text that no external id can be. */
function noKey(error: unknown): Match[] {
  if (error instanceof BadRequestError) return [];
  throw error;
}

/** A private DNS name is the name of a service, too. */
async function domainMatches(
  client: Sallyport,
  ours: readonly EndpointService[],
  text: string,
  call: Options,
): Promise<Match[]> {
  const matches = await Promise.all(
    ours.map(async (service) => {
      const dns = await unlessHidden(client.privateDns.get(service.id, call));
      const names = dns?.name?.toLowerCase() === text.toLowerCase();
      return names ? [matchOf('endpoint-service', service)] : [];
    }),
  );
  return matches.flat();
}

function services(client: Sallyport, call: Options): Promise<EndpointService[]> {
  return all(client.endpointServices.list({ ...call, limit: 200 }));
}

/** The connections that a match is about. */
export async function connectionsOf(
  client: Sallyport,
  { kind, key, customer_id: customer, resource }: Match,
  call: Options,
): Promise<Connection[]> {
  const list = (query: object) => all(client.connections.list({ ...call, ...query, limit: 200 }));
  switch (kind) {
    case 'connection':
      return [resource as unknown as Connection];
    case 'endpoint-service':
      return list({ endpoint_service_id: key });
    case 'customer':
      return list({ customer_id: customer });
    case 'account':
      return list({ account_id: key });
    case 'grant':
      return list({ customer_id: customer, endpoint_service_id: resource?.endpoint_service_id });
    case 'principal': {
      const [, account] = /^arn:[\w-]+:iam::(\d{12}):/.exec(textOf(resource?.arn) ?? '') ?? [];
      if (account === undefined) return [];
      return list({ account_id: account, endpoint_service_id: resource?.endpoint_service_id });
    }
    case 'operation':
    case 'event':
    case 'provider-account':
    case 'api-key':
    case 'webhook':
    default:
      return [];
  }
}
