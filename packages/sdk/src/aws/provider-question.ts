// What the vendor's side is asked about a connection that is to be made.
import type { PreflightQuestion } from '../generated/types.ts';
import type { Target } from './target.ts';

export function questionOf({ grant, accountId, region, dns }: Target): PreflightQuestion {
  return {
    customer_id: grant.customer_id,
    endpoint_service_id: grant.endpoint_service_id,
    account_id: accountId,
    region,
    dns,
  };
}
