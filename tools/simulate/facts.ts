// What the database has at a moment, in one query, and what of it follows by rules of our own: the
// invariants do not ask the code that they judge.

import type { Queryable } from '../../packages/api/src/storage/postgres/database.ts';

export interface Facts {
  customers: {
    id: string;
    state: string;
    suspensionPolicy: string | null;
    offboardingPolicy: string | null;
  }[];
  accounts: { id: string; customerId: string; accountId: string; standing: string }[];
  grants: {
    id: string;
    customerId: string;
    serviceId: string;
    roleNames: string[];
    acceptance: string;
  }[];
  services: ServiceFacts[];
  principals: PrincipalFacts[];
  connections: ConnectionFacts[];
  effects: EffectFacts[];
  audits: { id: string; actor: string; action: string; subjectId: string }[];
  targets: { kind: string; key: string; fence: number; failures: number }[];
  deployment: { id: string; epoch: number; quarantine: string | null };
}

export interface ServiceFacts {
  id: string;
  /** AWS's. */
  serviceId: string | null;
  modes: { principals: string; acceptance: string; privateDns: string };
  frozen: boolean;
  quarantine: string | null;
  retiring: boolean;
  retired: boolean;
  onExternalRemoval: string;
  observedAt: string | null;
  principalsReadAt: string | null;
  /** The private name that is wanted, and the one that AWS was last seen to have. */
  dnsName: string | null;
  shownName: string | null;
}

export interface PrincipalFacts {
  serviceId: string;
  arn: string;
  owned: boolean;
  observed: boolean;
  confirmed: boolean;
  withdrawn: boolean;
  restore: boolean;
  released: boolean;
}

export interface ConnectionFacts {
  id: string;
  vpcEndpointId: string;
  serviceId: string;
  owner: string;
  state: string;
  decision: string;
  decidedBy: string | null;
  observedAt: string;
}

export interface EffectFacts {
  id: string;
  kind: string;
  action: string;
  serviceId: string | null;
  request: Record<string, unknown>;
  open: boolean;
}

export async function readFacts(db: Queryable): Promise<Facts> {
  const [row] = await db.query<{ facts: Facts }>(`SELECT jsonb_build_object(${parts}) AS facts`);
  return row!.facts;
}

/**
 * Who is wanted on the allowlist of a service: granted, with standing, and not standing aside.
 * @param states of customers; who is suspended and keeps its entries is not let in anew
 */
export function wantedArns(
  facts: Facts,
  serviceId: string,
  states: 'active' | 'kept' = 'kept',
): Set<string> {
  const service = facts.services.find(({ id }) => id === serviceId);
  if (!service || service.retiring) return new Set();
  const arns = facts.grants
    .filter((grant) => grant.serviceId === serviceId && isLetIn(facts, grant.customerId, states))
    .flatMap(({ customerId, roleNames }) =>
      facts.accounts
        .filter((account) => account.customerId === customerId && hasStanding(account.standing))
        .flatMap(({ accountId }) => arnsOf(accountId, roleNames)),
    );
  return new Set(arns);
}

/** True when the account is some active customer's, who has proven or been vouched for. */
export function ownerStands(facts: Facts, accountId: string): boolean {
  return facts.accounts.some((account) => {
    const customer = facts.customers.find(({ id }) => id === account.customerId);
    const own = account.accountId === accountId && hasStanding(account.standing);
    return own && customer?.state === 'active';
  });
}

export function hasStanding(standing: string): boolean {
  return ['proven', 'attested', 'imported'].includes(standing);
}

export function arnsOf(accountId: string, roleNames: readonly string[]): string[] {
  const prefix = `arn:aws:iam::${accountId}`;
  return roleNames.length === 0
    ? [`${prefix}:root`]
    : roleNames.map((name) => `${prefix}:role/${name}`);
}

/** Whether we may change an aspect of the service. */
export function isManaged(service: ServiceFacts, aspect: keyof ServiceFacts['modes']): boolean {
  return service.modes[aspect] === 'manage' && !service.frozen && service.quarantine === null;
}

function isLetIn(facts: Facts, customerId: string, states: 'active' | 'kept'): boolean {
  const customer = facts.customers.find(({ id }) => id === customerId);
  if (customer?.state === 'active') return true;
  if (states === 'active') return false;
  return customer?.state === 'suspended' && customer.suspensionPolicy === 'keep';
}

const table = (name: string, from: string, columns: string) =>
  `'${name}', (SELECT coalesce(jsonb_agg(jsonb_build_object(${columns})), '[]') FROM ${from})`;

const parts = [
  table(
    'customers',
    'customers',
    `'id', id, 'state', state, 'suspensionPolicy', suspension_policy,
     'offboardingPolicy', offboarding_policy`,
  ),
  table(
    'accounts',
    'accounts',
    `'id', id, 'customerId', customer_id, 'accountId', account_id, 'standing', standing`,
  ),
  table(
    'grants',
    'grants',
    `'id', id, 'customerId', customer_id, 'serviceId', endpoint_service_id,
     'roleNames', role_names, 'acceptance', acceptance`,
  ),
  table(
    'services',
    'endpoint_services s LEFT JOIN private_dns d ON d.endpoint_service_id = s.id',
    `'id', s.id, 'serviceId', s.service_id, 'modes', s.modes, 'frozen', s.frozen_since IS NOT NULL,
     'quarantine', s.quarantine, 'retiring', s.retiring_since IS NOT NULL,
     'retired', s.retired_at IS NOT NULL, 'onExternalRemoval', s.on_external_removal,
     'observedAt', s.observed_at, 'principalsReadAt', s.principals_read_at, 'dnsName', d.name,
     'shownName', s.observed->'privateDns'->>'name'`,
  ),
  table(
    'principals',
    'principals',
    `'serviceId', endpoint_service_id, 'arn', arn, 'owned', owned, 'observed', observed,
     'confirmed', confirmed, 'withdrawn', withdrawn, 'restore', restore, 'released', released`,
  ),
  table(
    'connections',
    'connections',
    `'id', id, 'vpcEndpointId', vpc_endpoint_id, 'serviceId', endpoint_service_id,
     'owner', owner_account_id, 'state', state, 'decision', decision, 'decidedBy', decided_by,
     'observedAt', observed_at`,
  ),
  table(
    'effects',
    'effects',
    `'id', id, 'kind', target_kind, 'action', action, 'serviceId', endpoint_service_id,
     'request', request, 'open', finished_at IS NULL`,
  ),
  table(
    'audits',
    'audit_entries',
    `'id', id, 'actor', actor, 'action', action, 'subjectId', subject_id`,
  ),
  table('targets', 'targets', `'kind', kind, 'key', key, 'fence', fence, 'failures', failures`),
  `'deployment', (SELECT jsonb_build_object('id', id, 'epoch', epoch, 'quarantine', quarantine)
     FROM deployment)`,
].join(', ');
