// The file of `export` and `apply`: what is wanted, by the names that people and AWS give, and not
// by ids of ours. Only what can be declared is in it: no state, nothing that somebody has proven.

export interface SectionRules {
  /** The members that name an item, in the order in which the path has them. */
  keys: readonly string[];
  /** The members of the body of its PUT. */
  members: readonly string[];
  /** With `{key}` for the natural key. */
  path: string;
  /** For people. */
  one: string;
}

/** In the order in which they are applied: what a later one names is there by then. */
export const sections = {
  provider_accounts: {
    keys: ['account_id'],
    members: [
      'name',
      'role_arn',
      'external_id',
      'regions',
      'hosted_zones',
      'notification_queue_arns',
    ],
    path: '/v1/provider-accounts/{key}',
    one: 'provider account',
  },
  endpoint_services: {
    keys: ['service_id'],
    members: ['name', 'provider_account_id', 'region', 'modes', 'on_external_removal'],
    path: '/v1/endpoint-services/{key}',
    one: 'endpoint service',
  },
  private_dns: {
    keys: ['endpoint_service_id'],
    members: ['name'],
    path: '/v1/endpoint-services/{key}/private-dns',
    one: 'private DNS name of',
  },
  customers: {
    keys: ['external_id'],
    members: ['name', 'metadata', 'contacts', 'required_role'],
    path: '/v1/customers/{key}',
    one: 'customer',
  },
  accounts: {
    keys: ['customer_id', 'account_id'],
    members: ['partition'],
    path: '/v1/accounts/{key}',
    one: 'account',
  },
  grants: {
    keys: ['customer_id', 'endpoint_service_id'],
    members: [
      'account_ids',
      'role_names',
      'acceptance',
      'connections_max',
      'endpoint_regions',
      'dns',
      'expires_at',
    ],
    path: '/v1/grants/{key}',
    one: 'grant',
  },
} as const satisfies Record<string, SectionRules>;

export type SectionName = keyof typeof sections;
export type Item = Record<string, unknown>;

/** A file may leave sections out: it says nothing of them then. */
export type DesiredState = Partial<Record<SectionName, Item[]>>;

export const sectionNames = Object.keys(sections) as SectionName[];

export function keyOf(section: SectionName, item: Item): string {
  return sections[section].keys.map((name) => String(item[name])).join(':');
}

/** What a PUT takes of the item. */
export function bodyOf(section: SectionName, item: Item): Item {
  const given = sections[section].members.filter((name) => item[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, item[name]]));
}
