// What the database has at a moment, in one query, and what of it follows by rules of our own: the
// invariants do not ask the code that they judge.

import type { Stage } from '../../packages/api/test/reconcile/stage.ts';

export interface Facts {
  /** When this was so, in milliseconds since the epoch. */
  at: number;
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
    expiresAt: string | null;
    /** A worker has ended it. */
    ended: boolean;
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
  outcome: string | null;
}

export async function readFacts({ db, clock }: Pick<Stage, 'db' | 'clock'>): Promise<Facts> {
  // With values, though there are none, it is planned once for a whole simulation.
  const text = `SELECT json_build_object(${parts}) AS facts`;
  const [row] = await db.query<{ facts: Facts }>(text, []);
  return { ...row!.facts, at: clock.now().getTime() };
}

/**
 * Who is wanted on the allowlist of a service: granted, with standing, and not standing aside.
 * @param purpose who is suspended and keeps its entries, or has a proof that is too old, may stay
 *   and is not let in anew
 */
export function wantedArns(
  facts: Facts,
  serviceId: string,
  purpose: 'to enter' | 'to stay' = 'to stay',
): Set<string> {
  const service = facts.services.find(({ id }) => id === serviceId);
  if (!service || service.retiring) return new Set();
  const arns = facts.grants
    .filter((grant) => grant.serviceId === serviceId && !grant.ended)
    .filter(({ customerId }) => isLetIn(facts, customerId, purpose))
    .flatMap(({ customerId, roleNames }) =>
      facts.accounts
        .filter((account) => account.customerId === customerId)
        .filter(({ standing }) => (purpose === 'to enter' ? admits(standing) : owns(standing)))
        .flatMap(({ accountId }) => arnsOf(accountId, roleNames)),
    );
  return new Set(arns);
}

/** True when the account is some active customer's, who has proven or been vouched for. */
export function ownerStands(facts: Facts, accountId: string): boolean {
  return isActives(facts, accountId, admits);
}

/** True when it is some active customer's, even if the proof is too old to let anything in. */
export function ownerStays(facts: Facts, accountId: string): boolean {
  return isActives(facts, accountId, owns);
}

/** Standing that lets in. */
export function admits(standing: string): boolean {
  return ['proven', 'attested', 'imported'].includes(standing);
}

/** Standing that says whose an account is. */
export function owns(standing: string): boolean {
  return admits(standing) || standing === 'lapsed';
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

function isActives(facts: Facts, accountId: string, counts: (standing: string) => boolean) {
  return facts.accounts.some((account) => {
    const customer = facts.customers.find(({ id }) => id === account.customerId);
    const own = account.accountId === accountId && counts(account.standing);
    return own && customer?.state === 'active';
  });
}

function isLetIn(facts: Facts, customerId: string, purpose: 'to enter' | 'to stay'): boolean {
  const customer = facts.customers.find(({ id }) => id === customerId);
  if (customer?.state === 'active') return true;
  if (purpose === 'to enter') return false;
  return customer?.state === 'suspended' && customer.suspensionPolicy === 'keep';
}

/** In an order that the seed tells: events choose among these. */
const table = (name: string, from: string, columns: string, order = 'id') =>
  `'${name}', (SELECT coalesce(json_agg(json_build_object(${columns}) ORDER BY ${order}), '[]')
     FROM ${from})`;

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
     'roleNames', role_names, 'acceptance', acceptance, 'expiresAt', expires_at,
     'ended', expired_at IS NOT NULL`,
  ),
  table(
    'services',
    'endpoint_services s LEFT JOIN private_dns d ON d.endpoint_service_id = s.id',
    `'id', s.id, 'serviceId', s.service_id, 'modes', s.modes, 'frozen', s.frozen_since IS NOT NULL,
     'quarantine', s.quarantine, 'retiring', s.retiring_since IS NOT NULL,
     'retired', s.retired_at IS NOT NULL, 'onExternalRemoval', s.on_external_removal,
     'observedAt', s.observed_at, 'principalsReadAt', s.principals_read_at, 'dnsName', d.name,
     'shownName', s.observed->'privateDns'->>'name'`,
    's.id',
  ),
  table(
    'principals',
    'principals',
    `'serviceId', endpoint_service_id, 'arn', arn, 'owned', owned, 'observed', observed,
     'confirmed', confirmed, 'withdrawn', withdrawn, 'restore', restore, 'released', released`,
    'endpoint_service_id, arn',
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
     'request', request, 'open', finished_at IS NULL, 'outcome', outcome`,
  ),
  table(
    'audits',
    'audit_entries',
    `'id', id, 'actor', actor, 'action', action, 'subjectId', subject_id`,
  ),
  table(
    'targets',
    'targets',
    `'kind', kind, 'key', key, 'fence', fence, 'failures', failures`,
    'kind, key',
  ),
  `'deployment', (SELECT json_build_object('id', id, 'epoch', epoch, 'quarantine', quarantine)
     FROM deployment)`,
].join(', ');
