/** An entry of an endpoint service's allowlist, wanted or found. */
export interface Principal {
  id: string;
  endpoint_service_id: string;
  arn: string;
  /** The grants that want it. */
  grant_ids: string[];
  /** `pending`, `allowed`, `removing`, `unmanaged`, `contested` or `gone`. */
  state: string;
  /** Sallyport put it there, so Sallyport may take it away. */
  owned: boolean;
  observed: boolean;
  /** An operator let it go: it is not put back, although a grant wants it. */
  released: boolean;
  /** @format date-time */
  observed_at: string | null;
  /** @format date-time */
  since: string;
  /**
   * Since when it is to be added or removed, and AWS does not show it so.
   * @format date-time
   */
  unsettled_since: string | null;
  /**
   * Since when AWS should have shown it: 10 minutes later. The drift report tells why it has not.
   * @format date-time
   */
  stuck_since: string | null;
  /**
   * `open_to_everyone` (`*`), `open_to_organization` or `open_to_service`: it lets in more than an
   * account. `contested`: other hands have removed it. Null when there is nothing of the kind.
   */
  alarm: string | null;
}

export interface PrincipalDecision {
  /**
   * Why, for the audit log.
   * @minLength 1
   * @maxLength 1000
   */
  reason: string;
}

export interface PrincipalAdopt {
  /**
   * Why it may be taken over, for the audit log.
   * @minLength 1
   * @maxLength 1000
   */
  reason: string;
}

export interface PrincipalsAdopt {
  /**
   * Ids or ARNs.
   * @minItems 1
   * @maxItems 1000
   */
  principals: PrincipalName[];
  /**
   * Why they may be taken over, for the audit log.
   * @minLength 1
   * @maxLength 1000
   */
  reason: string;
}

/**
 * An id or an ARN.
 * @minLength 1
 * @maxLength 2048
 */
export type PrincipalName = string;

/** As they are now, in the order of their ids. */
export interface AdoptedPrincipals {
  principals: Principal[];
}
