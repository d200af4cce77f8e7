// A grant: what a customer may use of an endpoint service, and on which terms connections are let in.

import { admits, type Account } from './account.ts';
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

/** What is known about a connection that asks to be let in. */
export interface AdmissionFacts {
  customerState: CustomerState | null;
  account: Pick<Account, 'standing'> | null;
  grant: Pick<Grant, 'acceptance' | 'connectionsMax'> | null;
  /** Connections of the same customer and service that are accepted or live, this one left out. */
  liveConnections: number;
}

export type HoldReason =
  | 'unknown_owner'
  | 'customer_not_active'
  | 'account_without_standing'
  | 'no_grant'
  | 'manual_acceptance'
  | 'connection_limit';

export type Admission = { admit: true } | { admit: false; reason: HoldReason };

/** Whether policy lets a new connection in, or why it is held. Nothing is ever rejected by policy. */
export function admission(facts: AdmissionFacts): Admission {
  const { customerState, account, grant } = facts;
  if (!account || !customerState) return hold('unknown_owner');
  if (customerState !== 'active') return hold('customer_not_active');
  if (!admits(account.standing)) return hold('account_without_standing');
  if (!grant) return hold('no_grant');
  if (grant.acceptance === 'manual') return hold('manual_acceptance');
  if (grant.connectionsMax !== null && facts.liveConnections >= grant.connectionsMax) {
    return hold('connection_limit');
  }
  return { admit: true };
}

function hold(reason: HoldReason): Admission {
  return { admit: false, reason };
}
