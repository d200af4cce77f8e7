/** Who could reach a service at a moment. */
export interface AccessReport {
  /** @format date-time */
  at: string;
  endpoint_service_id: string;
  /**
   * From when on such a report can be complete.
   * @format date-time
   */
  known_since: string;
  /** Whether nothing that the report should tell is unknown; `limits` says what is. */
  complete: boolean;
  limits: string[];
  /** Who was on the allowlist, as AWS showed it. */
  principals: PastPrincipal[];
  /** Connections that had not ended. */
  connections: PastConnection[];
}

export interface PastPrincipal {
  arn: string;
  /**
   * When it was first seen there.
   * @format date-time
   */
  since: string;
  /** Null for `*`, an organization or a service. */
  account_id: string | null;
  /** Whose account it was; null when nobody had standing for it. */
  customer_id: string | null;
  standing: string | null;
  /** Who gave the grant that allowed it; null for what was made by other hands. */
  allowed_by: string | null;
  allowed_reason: string | null;
  /** @format date-time */
  allowed_at: string | null;
}

export interface PastConnection {
  id: string;
  vpc_endpoint_id: string;
  /** Null when the states from then are no longer kept. */
  state: string | null;
  /** @format date-time */
  since: string | null;
  /** Whether traffic could flow; null when that is not known. */
  could_reach: boolean | null;
  account_id: string | null;
  /** Whose account it was; null when nobody had standing for it. */
  customer_id: string | null;
  standing: string | null;
  /** Who accepted it; null for what was accepted by other hands. */
  allowed_by: string | null;
  allowed_reason: string | null;
  /** @format date-time */
  allowed_at: string | null;
}
