import type { PrincipalArn, VpcEndpointId } from './aws-names.ts';
import type { Modes } from './endpoint-service.ts';
import type { EndpointServiceId } from './ids.ts';
import type { Code, Timestamp } from './text.ts';

/** What would change in AWS if every aspect were in `manage`, by what was last observed. */
export interface Plan {
  /** The service that it is about. */
  endpoint_service_id: EndpointServiceId;
  /** When AWS was last asked about the service; null before the first time. */
  observed_at: Timestamp | null;
  modes: Modes;
  principals: PrincipalPlan;
  connections: ConnectionPlan;
  private_dns: PrivateDnsPlan;
}

/** What would become of the allowlist. */
export interface PrincipalPlan {
  /** Wanted, and not there. */
  add: PrincipalArn[];
  /** Sallyport's, and no longer wanted. */
  remove: PrincipalArn[];
  /** Wanted, but removed by other hands: held until somebody decides. */
  contested: PrincipalArn[];
  /** There, but not ours: left alone. */
  unmanaged: PrincipalArn[];
}

/** What would become of connections. */
export interface ConnectionPlan {
  /** Endpoints that policy or somebody lets in. */
  accept: VpcEndpointId[];
  /** Endpoints that somebody, or the leaving of their customer, cuts off. */
  reject: VpcEndpointId[];
  /** Endpoints that wait until somebody decides. */
  held: HeldConnection[];
}

/** A connection that policy holds. */
export interface HeldConnection {
  /** AWS's id of the endpoint. */
  vpc_endpoint_id: VpcEndpointId;
  /** Why, as `hold_reason` of the connection has it. */
  reason: Code;
}

/** What would become of the private DNS name. */
export interface PrivateDnsPlan {
  /** The next step, such as `set_name`, `write_record`, `start_verification`, `wait` or `none`. */
  step: Code;
}
