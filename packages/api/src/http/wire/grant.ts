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
  service: GrantedService;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  updated_at: string;
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
}
