import type { NextStep } from './connection.ts';
import type { Region } from './provider-account.ts';

/** What a customer may use of an endpoint service, and on which terms. */
export interface Grant {
  id: string;
  customer_id: string;
  endpoint_service_id: string;
  /** Account numbers it covers; empty for every account of the customer. */
  account_ids: string[];
  /** Role names let in; empty for the whole account. */
  role_names: string[];
  acceptance: Acceptance;
  /**
   * The most connections that may be live at once; null for no limit.
   * @isInt
   */
  connections_max: number | null;
  /** Regions that endpoints may be in; empty for every Region. */
  endpoint_regions: string[];
  /**
   * From then on nothing new is let in and its principals leave the allowlist. Connections that are
   * up stay: offboard the customer, or reject them, to end those.
   * @format date-time
   */
  expires_at: string | null;
  /**
   * When a worker has ended it.
   * @format date-time
   * @extension {"x-observed": true}
   */
  expired_at: string | null;
  /** @extension {"x-observed": true} */
  service: GrantedService;
  /**
   * What of it is not as it should be; empty when all is.
   * @extension {"x-observed": true}
   */
  conditions: GrantCondition[];
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  updated_at: string;
}

/** What of a grant is not as it should be, and who is to do what. */
export interface GrantCondition {
  /** `contested_principal`: other hands have removed an entry that the grant wants. */
  kind: string;
  /** The ARN that it is about. */
  subject: string;
  /** @format date-time */
  since: string;
  next: NextStep;
}

/** What the customer needs to know of the service to make an endpoint. */
export interface GrantedService {
  /** Give it as the service name of the VPC endpoint; null until AWS has created the service. */
  service_name: string | null;
  region: string;
  /** The zones, by their global ids, that the endpoint's subnets may be in. */
  availability_zone_ids: string[];
  private_dns_name: string | null;
}

/** `automatic` accepts what passes policy; `manual` holds it for a person. */
export type Acceptance = 'automatic' | 'manual';

export interface GrantCreate {
  /** Id or `external_id` of the customer. */
  customer_id: string;
  /** Id of the service, or AWS's `vpce-svc-…`. */
  endpoint_service_id: string;
  /** @maxItems 1000 */
  account_ids?: AccountNumber[];
  /** @maxItems 50 */
  role_names?: RoleName[];
  acceptance?: Acceptance;
  /**
   * @isInt
   * @minimum 0
   * @maximum 100000
   */
  connections_max?: number;
  /**
   * Regions that endpoints may be in, say for a service that is offered across Regions.
   * @maxItems 40
   */
  endpoint_regions?: Region[];
  /**
   * When it ends: nothing new is let in, its principals leave, connections that are up stay.
   * @format date-time
   */
  expires_at?: string;
}

/**
 * An AWS account number.
 * @pattern ^[0-9]{12}$
 */
export type AccountNumber = string;

/**
 * The name of an IAM role, without its path.
 * @minLength 1
 * @maxLength 576
 */
export type RoleName = string;

/** All that a grant is to be; what is left out gets its default. */
export interface GrantPut {
  /** @maxItems 1000 */
  account_ids?: AccountNumber[];
  /** @maxItems 50 */
  role_names?: RoleName[];
  acceptance?: Acceptance;
  /**
   * @isInt
   * @minimum 0
   * @maximum 100000
   */
  connections_max?: number | null;
  /** @maxItems 40 */
  endpoint_regions?: Region[];
  /** @format date-time */
  expires_at?: string | null;
}

export interface GrantUpdate {
  /** @maxItems 1000 */
  account_ids?: AccountNumber[];
  /** @maxItems 50 */
  role_names?: RoleName[];
  acceptance?: Acceptance;
  /**
   * @isInt
   * @minimum 0
   * @maximum 100000
   */
  connections_max?: number | null;
  /** @maxItems 40 */
  endpoint_regions?: Region[];
  /** @format date-time */
  expires_at?: string | null;
}
