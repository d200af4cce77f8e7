// Short-lived tokens for one customer, made by the vendor's backend for a session of its portal.

import type { CustomerState } from './customer.ts';
import type { Scope } from './scope.ts';

export interface CustomerToken {
  id: string;
  customerId: string;
  /** Who uses it, in the vendor's words; the audit log shows it with what the token does. */
  subject: string | null;
  /** What it may do beyond the role of customers; empty for everything. */
  scopes: Scope[];
  /** The only services whose grants, connections and principals it shows; empty for all. */
  endpointServiceIds: string[];
  /** The key or the person that made it. */
  madeBy: string;
  createdAt: Date;
  expiresAt: Date;
}

/** In seconds. Longer than an hour is for keys, which can be listed and revoked one by one. */
export const tokenLifetime = { usual: 900, least: 60, most: 3600 };

/**
 * Customers for whom tokens are made and work: one that leaves still has to look after what it is
 * to delete, one that is suspended or gone does nothing through the vendor's portal.
 */
export const tokenStates: readonly CustomerState[] = ['active', 'offboarding'];
