// A grant: what a customer may use of an endpoint service, and on which terms connections are let
// in.

import { admits, type Standing } from './account.ts';
import type { DnsMode } from './connection.ts';
import type { CustomerState } from './customer.ts';
import type { Actor } from './errors.ts';

export interface Grant {
  id: string;
  customerId: string;
  endpointServiceId: string;
  /** Account numbers it covers; empty for every account of the customer. */
  accountIds: string[];
  /** Role names let in; empty for the whole account. */
  roleNames: string[];
  acceptance: 'automatic' | 'manual';
  /** The most connections that may be live at once; null for no limit of ours. */
  connectionsMax: number | null;
  /** Regions that endpoints may be in; empty for every Region. */
  endpointRegions: string[];
  /** How clients find their endpoints, unless a connection says it; null counts as `endpoint`. */
  dns: DnsMode | null;
  /** From then on nothing new is let in, and its principals leave the allowlist. */
  expiresAt: Date | null;
  /** When a worker has ended it. */
  expiredAt: Date | null;
  service: GrantedService;
  createdAt: Date;
  updatedAt: Date;
}

/** What the customer needs to know of the service to make an endpoint. */
export interface GrantedService {
  serviceName: string | null;
  region: string;
  availabilityZoneIds: string[];
  privateDnsName: string | null;
}

/** A connection that asks to be let in, and what is known about it. */
export interface Candidate {
  connectionId: string;
  vpcEndpointId: string;
  endpointRegion: string;
  customerId: string | null;
  customerState: CustomerState | null;
  standing: Standing | null;
  /** The grant of the owner on the service that covers the account. */
  grant: Pick<
    Grant,
    'id' | 'acceptance' | 'connectionsMax' | 'endpointRegions' | 'expiresAt'
  > | null;
  /** Connections under the same grant that are accepted or live; those that ask are left out. */
  liveConnections: number;
}

/** In the order of the way in: the first that is so is told. */
export const holdReasons = [
  'unknown_owner',
  'customer_not_active',
  'account_without_standing',
  'no_grant',
  'grant_expired',
  'region_not_allowed',
  'manual_acceptance',
  'connection_limit',
] as const;
export type HoldReason = (typeof holdReasons)[number];

export interface Admissions {
  admitted: Candidate[];
  held: (Candidate & { reason: HoldReason })[];
}

/** Lets in what policy allows, oldest first, each one counting against its grant's limit. */
export function admitInOrder(candidates: readonly Candidate[], now: Date): Admissions {
  const admitted: Candidate[] = [];
  const held: Admissions['held'] = [];
  const taken = new Map<string, number>();
  for (const candidate of candidates) {
    const grantId = candidate.grant?.id ?? '';
    const reason = holdReason(candidate, taken.get(grantId) ?? 0, now);
    if (reason) held.push({ ...candidate, reason });
    else {
      admitted.push(candidate);
      taken.set(grantId, (taken.get(grantId) ?? 0) + 1);
    }
  }
  return { admitted, held };
}

/**
 * Why policy does not let a connection in, or null when it does. Nothing is rejected by policy.
 * @param taken connections let in under the same grant in this round
 */
export function holdReason(candidate: Candidate, taken: number, now: Date): HoldReason | null {
  const { customerState, standing, grant, liveConnections, endpointRegion } = candidate;
  if (customerState === null || standing === null) return 'unknown_owner';
  if (customerState !== 'active') return 'customer_not_active';
  if (!admits(standing)) return 'account_without_standing';
  if (!grant) return 'no_grant';
  if (hasEnded(grant, now)) return 'grant_expired';
  if (!allowsRegion(grant, endpointRegion)) return 'region_not_allowed';
  if (grant.acceptance === 'manual') return 'manual_acceptance';
  const full = grant.connectionsMax !== null && liveConnections + taken >= grant.connectionsMax;
  return full ? 'connection_limit' : null;
}

/** Nothing new is let in any more. What is up stays until somebody ends it. */
export function hasEnded({ expiresAt }: Pick<Grant, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

export function allowsRegion(
  { endpointRegions }: Pick<Grant, 'endpointRegions'>,
  region: string,
): boolean {
  return endpointRegions.length === 0 || endpointRegions.includes(region);
}

export interface HoldRemedy {
  turn: Exclude<Actor, 'aws'>;
  action: string;
}

const remedies: Record<HoldReason, HoldRemedy> = {
  unknown_owner: {
    turn: 'customer',
    action: 'Claim the account and prove it, or let the vendor attest it.',
  },
  customer_not_active: { turn: 'vendor', action: 'Resume the customer, or let it leave.' },
  account_without_standing: { turn: 'customer', action: 'Prove the account again.' },
  no_grant: { turn: 'vendor', action: 'Grant the customer the service, or widen its grant.' },
  grant_expired: { turn: 'vendor', action: 'Give the grant a later expires_at, or let it end.' },
  region_not_allowed: {
    turn: 'customer',
    action: 'Make the endpoint in a Region of the grant, or ask the vendor for more Regions.',
  },
  manual_acceptance: { turn: 'vendor', action: 'Accept or reject it.' },
  connection_limit: {
    turn: 'vendor',
    action: 'Raise the limit of the grant, or have the customer delete an endpoint.',
  },
};

/** Whose turn it is while policy holds a connection, and what to do. */
export function holdRemedy(reason: string | null): HoldRemedy | null {
  return reason !== null && Object.hasOwn(remedies, reason) ? remedies[reason as HoldReason] : null;
}
