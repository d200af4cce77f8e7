// What is wanted now, read from the API, in the words of the file.

import type { CallOptions, Customer, EndpointService, Sallyport } from '@sallyport/sdk';
import { all, unlessHidden } from '../lookup/search.ts';
import { bodyOf, type DesiredState, type Item, type SectionName, sections } from './document.ts';

export interface Current {
  state: Required<DesiredState>;
  /** Those that are leaving, or have left: nothing can be declared of them. */
  gone: Customer[];
  /** What the file cannot say, for people. */
  notes: string[];
}

type Call = Pick<CallOptions, 'signal'>;

export async function readCurrent(client: Sallyport, call: Call): Promise<Current> {
  const page = { ...call, limit: 200 };
  const [accounts, services, customers, claims, grants] = await Promise.all([
    all(client.providerAccounts.list(page)),
    all(client.endpointServices.list(page)),
    all(client.customers.list(page)),
    all(client.accounts.list(page)),
    all(client.grants.list(page)),
  ]);
  const numbers = new Map(accounts.map(({ id, account_id: number }) => [id, number]));
  const standing = services.filter(isDeclarable);
  const awsIds = new Map(standing.map(({ id, service_id: awsId }) => [id, awsId]));
  const gone = customers.filter(({ state }) => state.startsWith('offboard'));
  const staying = customers.filter((customer) => !gone.includes(customer));
  const names = new Map(staying.map(({ id, external_id: name }) => [id, name]));
  const named = (own: { customer_id: string; endpoint_service_id?: string }) => ({
    ...own,
    customer_id: names.get(own.customer_id),
    endpoint_service_id: awsIds.get(own.endpoint_service_id ?? ''),
  });
  const state = {
    provider_accounts: itemsOf('provider_accounts', accounts),
    endpoint_services: itemsOf(
      'endpoint_services',
      standing.map((service) => ({
        ...service,
        provider_account_id: numbers.get(service.provider_account_id),
      })),
    ),
    private_dns: await privateDns(client, standing, call),
    customers: itemsOf('customers', staying),
    accounts: itemsOf('accounts', claims.map(named)),
    grants: itemsOf('grants', grants.map(named)),
  };
  return { state, gone, notes: [...serviceNotes(services), ...customerNotes(customers)] };
}

export interface Named {
  state: DesiredState;
  /** Those that are there, as the API has them. */
  customers: Customer[];
}

/** Only what a declaration names of customers, which costs as much as it names. */
export async function readNamed(
  client: Sallyport,
  wanted: DesiredState,
  call: Call,
): Promise<Named> {
  const found = await Promise.all(
    (wanted.customers ?? []).map(({ external_id: key }) =>
      unlessHidden(client.customers.get(String(key), call)),
    ),
  );
  const claims = await Promise.all(
    (wanted.accounts ?? []).map(async ({ customer_id: customer, account_id: number }) => {
      const query = { account_id: String(number), customer_id: String(customer) };
      const found = await unlessHidden(all(client.accounts.list({ ...call, ...query })));
      return (found ?? []).map((account) => ({ ...account, customer_id: customer }));
    }),
  );
  const grants = await Promise.all(
    (wanted.grants ?? []).map(async (named) => {
      const { customer_id: customer, endpoint_service_id: service } = named;
      const query = { customer_id: String(customer), endpoint_service_id: String(service) };
      const found = await unlessHidden(all(client.grants.list({ ...call, ...query })));
      const own = { customer_id: customer, endpoint_service_id: service };
      return (found ?? []).map((grant) => ({ ...grant, ...own }));
    }),
  );
  const customers = found.filter((customer) => customer !== undefined);
  const state = {
    customers: itemsOf('customers', customers),
    accounts: itemsOf('accounts', claims.flat()),
    grants: itemsOf('grants', grants.flat()),
  };
  return { state, customers };
}

/** What has no key of its own to people, or whose owner is left out, is left out. */
function itemsOf(section: SectionName, resources: readonly object[]): Item[] {
  const { keys } = sections[section];
  return (resources as readonly Item[])
    .filter((resource) => keys.every((name) => typeof resource[name] === 'string'))
    .map((resource) => ({
      ...Object.fromEntries(keys.map((name) => [name, resource[name]])),
      ...bodyOf(section, resource),
    }))
    .toSorted((one, other) => (orderOf(keys, one) < orderOf(keys, other) ? -1 : 1));
}

/** The same state makes the same file, whenever its parts were made. */
function orderOf(keys: readonly string[], item: Item): string {
  return keys.map((name) => String(item[name])).join('\n');
}

async function privateDns(
  client: Sallyport,
  services: readonly EndpointService[],
  call: Call,
): Promise<Item[]> {
  const found: Item[] = [];
  // One after the other: a burst of as many requests as there are services would be limited.
  for (const { id, service_id: awsId } of services) {
    const { name } = await client.privateDns.get(id, call);
    if (name !== null) found.push({ endpoint_service_id: awsId, name });
  }
  return itemsOf('private_dns', found);
}

function isDeclarable({ service_id: awsId, retiring_since: since }: EndpointService): boolean {
  return awsId !== null && since === null;
}

function serviceNotes(services: readonly EndpointService[]): string[] {
  return services.flatMap(({ id, name, service_id: awsId, retiring_since: since }) => {
    if (awsId === null) return [`${name} (${id}) is left out: AWS has not named it yet.`];
    return since === null ? [] : [`${name} (${id}) is left out: it is being retired.`];
  });
}

function customerNotes(customers: readonly Customer[]): string[] {
  return customers.flatMap(({ external_id: key, state }) => {
    if (state === 'suspended') return [`${key} is suspended, which the file does not say.`];
    return state === 'offboarding' ? [`${key} is left out: it is being offboarded.`] : [];
  });
}
