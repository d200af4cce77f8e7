import type { PrincipalAlarm, PrincipalState } from '../../domain/principal.ts';
import type { PrincipalArn } from './aws-names.ts';
import type { Condition } from './condition.ts';
import type { EndpointServiceId, GrantId, PrincipalId } from './ids.ts';
import type { Code, Reason, Timestamp } from './text.ts';

/** An entry of an endpoint service's allowlist, wanted or found. */
export interface Principal {
  /** The id of the entry: `prn_` and 26 characters. */
  id: PrincipalId;
  /** The endpoint service whose allowlist it is in, or is to be in. */
  endpoint_service_id: EndpointServiceId;
  /** Whom it lets in, as AWS has it on the allowlist. */
  arn: PrincipalArn;
  /** The grants that want it; empty for what other hands have made. */
  grant_ids: GrantId[];
  state: PrincipalState;
  /** Its state, or `released`. That of the condition `ready`. */
  reason: Code;
  /** Whether AWS lets it in, and whether that takes its time. */
  conditions: Condition[];
  /** Sallyport put it there, so Sallyport may take it away. */
  owned: boolean;
  /** AWS showed it when the allowlist was last read. */
  observed: boolean;
  /** An operator let it go: it is not put back, although a grant wants it. */
  released: boolean;
  /** When the allowlist was last read; null before the first time. */
  observed_at: Timestamp | null;
  /** Since when it is in this state. */
  since: Timestamp;
  /** Since when it is to be added or removed, and AWS does not show it so; null once it does. */
  unsettled_since: Timestamp | null;
  /**
   * Since when AWS should have shown it: 10 minutes later. The drift report tells why it has not.
   * Null while it is not late.
   */
  stuck_since: Timestamp | null;
  /**
   * `open_to_everyone` (`*`), `open_to_organization` or `open_to_service`: it lets in more than an
   * account. `contested`: other hands have removed it. Null when there is nothing of the kind.
   */
  alarm: PrincipalAlarm | null;
}

/** What to do about an entry that other hands have removed. */
export interface PrincipalDecision {
  /** Why, for the audit log. */
  reason: Reason;
}

/** Takes over an entry that other hands have made. */
export interface PrincipalAdopt {
  /** Why it may be taken over, for the audit log. */
  reason: Reason;
}

/** Takes over several entries that other hands have made: all of them, or none. */
export interface PrincipalsAdopt {
  /**
   * The entries, by their ids or ARNs.
   * @minItems 1
   * @maxItems 1000
   */
  principals: PrincipalName[];
  /** Why they may be taken over, for the audit log. */
  reason: Reason;
}

/**
 * An id (`prn_…`) or an ARN.
 * @minLength 1
 * @maxLength 2048
 */
export type PrincipalName = string;

/** As they are now. */
export interface AdoptedPrincipals {
  /** In the order of their ids. */
  principals: Principal[];
}
