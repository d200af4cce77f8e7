// A grant: what a customer may use of an endpoint service, and on which terms connections are let
// in.

import { admits, type Standing } from './account.ts';
import type { CustomerState } from './customer.ts';

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
  customerId: string | null;
  customerState: CustomerState | null;
  standing: Standing | null;
  /** The grant of the owner on the service that covers the account. */
  grant: Pick<Grant, 'id' | 'acceptance' | 'connectionsMax'> | null;
  /** Connections under the same grant that are accepted or live; those that ask are left out. */
  liveConnections: number;
}

export type HoldReason =
  | 'unknown_owner'
  | 'customer_not_active'
  | 'account_without_standing'
  | 'no_grant'
  | 'manual_acceptance'
  | 'connection_limit';

export interface Admissions {
  admitted: Candidate[];
  held: (Candidate & { reason: HoldReason })[];
}

/** Lets in what policy allows, oldest first, each one counting against its grant's limit. */
export function admitInOrder(candidates: readonly Candidate[]): Admissions {
  const admitted: Candidate[] = [];
  const held: Admissions['held'] = [];
  const taken = new Map<string, number>();
  for (const candidate of candidates) {
    const grantId = candidate.grant?.id ?? '';
    const reason = holdReason(candidate, taken.get(grantId) ?? 0);
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
export function holdReason(candidate: Candidate, taken: number): HoldReason | null {
  const { customerState, standing, grant, liveConnections } = candidate;
  if (customerState === null || standing === null) return 'unknown_owner';
  if (customerState !== 'active') return 'customer_not_active';
  if (!admits(standing)) return 'account_without_standing';
  if (!grant) return 'no_grant';
  if (grant.acceptance === 'manual') return 'manual_acceptance';
  const full = grant.connectionsMax !== null && liveConnections + taken >= grant.connectionsMax;
  return full ? 'connection_limit' : null;
}
