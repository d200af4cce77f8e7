import type { DnsMode } from '../../domain/connection.ts';
import type {
  AccountNumber,
  AvailabilityZoneId,
  Region,
  RoleName,
  ServiceName,
} from './aws-names.ts';
import type { Condition } from './condition.ts';
import type { CustomerId, EndpointServiceId, GrantId } from './ids.ts';
import type { CustomerKey, EndpointServiceKey } from './keys.ts';
import type { CreatedAt, Timestamp, UpdatedAt } from './text.ts';

/** What a customer may use of an endpoint service, and on which terms. */
export interface Grant {
  /** The id of the grant: `grt_` and 26 characters. */
  id: GrantId;
  /** Who may use the service. */
  customer_id: CustomerId;
  /** The service that it is for. */
  endpoint_service_id: EndpointServiceId;
  /**
   * Account numbers it covers; empty for every account of the customer.
   * @maxItems 1000
   */
  account_ids: AccountNumber[];
  /**
   * Role names let in; empty for the whole account.
   * @maxItems 50
   */
  role_names: RoleName[];
  acceptance: Acceptance;
  /**
   * The most connections that may be live at once; null for no limit.
   * @isInt
   * @minimum 0
   * @maximum 100000
   */
  connections_max: number | null;
  /**
   * Regions that endpoints may be in; empty for every Region.
   * @maxItems 40
   */
  endpoint_regions: Region[];
  /**
   * How clients of the customer find their endpoints, unless a connection says it by itself; null
   * counts as `endpoint`. Diagnoses and preflights go by it.
   */
  dns: DnsMode | null;
  /**
   * From then on nothing new is let in and its principals leave the allowlist. Connections that are
   * up stay: offboard the customer, or reject them, to end those. Null for no end.
   */
  expires_at: Timestamp | null;
  /**
   * When a worker has ended it; null while it has not.
   * @extension {"x-observed": true}
   */
  expired_at: Timestamp | null;
  /** @extension {"x-observed": true} */
  service: GrantedService;
  /**
   * Whether it is in force, and of each entry that other hands have removed, what to do.
   * @extension {"x-observed": true}
   */
  conditions: Condition[];
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}

/** What the customer needs to know of the service to make an endpoint. */
export interface GrantedService {
  /** Give it as the service name of the VPC endpoint; null until AWS has created the service. */
  service_name: ServiceName | null;
  /** The region that the service lives in. */
  region: Region;
  /** The zones, by their global ids, that the endpoint's subnets may be in. */
  availability_zone_ids: AvailabilityZoneId[];
  /**
   * The name that the endpoint may answer to once it is verified; null when there is none.
   * @maxLength 255
   */
  private_dns_name: string | null;
}

/** `automatic` accepts what passes policy; `manual` holds it for a person. */
export type Acceptance = 'automatic' | 'manual';

/** A new grant. */
export interface GrantCreate {
  /** Id or `external_id` of the customer. */
  customer_id: CustomerKey;
  /** Id of the service, or AWS's `vpce-svc-…`. */
  endpoint_service_id: EndpointServiceKey;
  /**
   * Account numbers it covers; left out for every account of the customer.
   * @maxItems 1000
   */
  account_ids?: AccountNumber[];
  /**
   * Names of the only roles to let in; left out for the whole account.
   * @maxItems 50
   */
  role_names?: RoleName[];
  /** `automatic` unless said otherwise. */
  acceptance?: Acceptance;
  /**
   * The most connections that may be live at once; left out for no limit.
   * @isInt
   * @minimum 0
   * @maximum 100000
   */
  connections_max?: number;
  /**
   * Regions that endpoints may be in, say for a service that is offered across Regions; left out
   * for every Region.
   * @maxItems 40
   */
  endpoint_regions?: Region[];
  /** How clients find their endpoints, unless a connection says it; `endpoint` counts otherwise. */
  dns?: DnsMode;
  /** When it ends: nothing new is let in, its principals leave, connections that are up stay. */
  expires_at?: Timestamp;
}

/** All that a grant is to be; what is left out gets its default. */
export interface GrantPut {
  /**
   * Account numbers it covers; left out for every account of the customer.
   * @maxItems 1000
   */
  account_ids?: AccountNumber[];
  /**
   * Names of the only roles to let in; left out for the whole account.
   * @maxItems 50
   */
  role_names?: RoleName[];
  /** `automatic` unless said otherwise. */
  acceptance?: Acceptance;
  /**
   * The most connections that may be live at once; null or left out for no limit.
   * @isInt
   * @minimum 0
   * @maximum 100000
   */
  connections_max?: number | null;
  /**
   * Regions that endpoints may be in; left out for every Region.
   * @maxItems 40
   */
  endpoint_regions?: Region[];
  /** How clients find their endpoints, unless a connection says it; `endpoint` counts otherwise. */
  dns?: DnsMode;
  /** When it ends; null or left out for no end. */
  expires_at?: Timestamp | null;
}

/** What is left out stays as it is. */
export interface GrantUpdate {
  /**
   * Account numbers it covers, in place of those before; empty for every account of the customer.
   * @maxItems 1000
   */
  account_ids?: AccountNumber[];
  /**
   * Names of the only roles to let in, in place of those before; empty for the whole account.
   * @maxItems 50
   */
  role_names?: RoleName[];
  /** Who decides about connections from now on. */
  acceptance?: Acceptance;
  /**
   * The most connections that may be live at once; null for no limit. Those that are up stay.
   * @isInt
   * @minimum 0
   * @maximum 100000
   */
  connections_max?: number | null;
  /**
   * Regions that endpoints may be in, in place of those before; empty for every Region.
   * @maxItems 40
   */
  endpoint_regions?: Region[];
  /** How clients find their endpoints, unless a connection says it; `endpoint` counts otherwise. */
  dns?: DnsMode | null;
  /** When it ends; null for no end. */
  expires_at?: Timestamp | null;
}
