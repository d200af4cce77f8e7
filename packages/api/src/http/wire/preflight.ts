import type { DnsMode } from '../../domain/connection.ts';
import type { Actor } from '../../domain/errors.ts';
import type { AccountNumber, AvailabilityZoneId, Region, RoleName } from './aws-names.ts';
import type { Check } from './check.ts';
import type { EndpointServiceId } from './ids.ts';
import type { CustomerKey, EndpointServiceKey } from './keys.ts';
import type { NextStep } from './next-step.ts';
import type { Prose, Timestamp } from './text.ts';

/** The endpoint that is to be made. What is left out cannot be judged, and is told as `unknown`. */
export interface PreflightQuestion {
  /** Whose endpoint it is to be. Staff name it; a customer is itself. */
  customer_id?: CustomerKey;
  /** The service that the endpoint is to be attached to. */
  endpoint_service_id: EndpointServiceKey;
  /** The account that the endpoint is to be made in. */
  account_id: AccountNumber;
  /** The region of the endpoint; that of the service unless said otherwise. */
  region?: Region;
  /**
   * The zones of its subnets, for who knows no more of them.
   * @maxItems 20
   */
  availability_zone_ids?: AvailabilityZoneId[];
  /**
   * The subnets that the endpoint is to be in.
   * @maxItems 50
   */
  subnets?: PreflightSubnet[];
  /** The attributes of the VPC that private names depend on. */
  vpc?: PreflightVpc;
  /** The role that will make the endpoint: an allowlist may name roles. */
  role_name?: RoleName;
  /** How the name of the service is to be resolved; `endpoint` unless said otherwise. */
  dns?: DnsMode;
}

/** A subnet, as `DescribeSubnets` shows it. */
export interface PreflightSubnet {
  /**
   * The id of the subnet.
   * @pattern ^subnet-[0-9a-f]{8,17}$
   */
  subnet_id: string;
  /** The zone that it is in. */
  availability_zone_id: AvailabilityZoneId;
  /**
   * How many of its addresses are free: the endpoint takes one.
   * @isInt
   * @minimum 0
   * @maximum 65536
   */
  available_ip_address_count?: number;
}

/** Attributes of a VPC, as `DescribeVpcAttribute` shows them. */
export interface PreflightVpc {
  /** `enableDnsSupport` of the VPC. */
  dns_support?: boolean;
  /** `enableDnsHostnames` of the VPC. */
  dns_hostnames?: boolean;
}

/** Whether an endpoint would come to work, why not, and whose turn it is. */
export interface Preflight {
  /** The service that it is about. */
  endpoint_service_id: EndpointServiceId;
  /** The account that the endpoint is to be made in. */
  account_id: AccountNumber;
  /** The region of the endpoint. */
  region: Region;
  /** Whether nothing stands in the way, by all that was looked at; `unknown` is no `yes`. */
  ready: 'yes' | 'no' | 'unknown';
  /** The outcome in a sentence. */
  summary: Prose;
  /** Whose turn it is; `nobody` when nothing is to be done. */
  turn: Actor | 'nobody';
  /** What to do first; null when nothing is to be done. */
  next: NextStep | null;
  /** In the order of the way from the account to an endpoint that works. */
  checks: Check[];
  /** Of the zones that were named, where it can be; all of the service when none were named. */
  availability_zone_ids: AvailabilityZoneId[];
  /** When AWS last showed the service; null when it has not yet. */
  observed_at: Timestamp | null;
}
