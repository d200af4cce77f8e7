import type { DnsMode } from '../../domain/connection.ts';
import type { SetupFormat } from '../../domain/setup/model.ts';
import type { AccountNumber, AvailabilityZoneId, Region } from './aws-names.ts';
import type { EndpointServiceId } from './ids.ts';
import type { CustomerKey, EndpointServiceKey } from './keys.ts';
import type { NextStep } from './next-step.ts';
import type { Port, SecurityGroupId } from './observation.ts';
import type { CommandLine, Prose } from './text.ts';

/**
 * The id of a VPC.
 * @pattern ^vpc-[0-9a-f]{8,17}$
 */
export type VpcId = string;

/**
 * The id of a subnet.
 * @pattern ^subnet-[0-9a-f]{8,17}$
 */
export type SubnetId = string;

/**
 * IPv4 addresses, as `10.0.0.0/16`.
 * @pattern ^[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}$
 */
export type Cidr = string;

/** The endpoint that is to be made. What is left out is asked for by what is answered. */
export interface SetupQuestion {
  /** Whose endpoint it is to be. Staff name it; a customer is itself. */
  customer_id?: CustomerKey;
  /** The service that the endpoint is to be attached to. */
  endpoint_service_id: EndpointServiceKey;
  /** The account that the endpoint is to be made in: one that the customer has claimed. */
  account_id: AccountNumber;
  /** What it is to be made with; or the document that asks for it. */
  format: SetupFormat;
  /** The region of the endpoint; that of the service unless said otherwise. */
  region?: Region;
  /** The VPC of the endpoint. */
  vpc_id?: VpcId;
  /**
   * Zones that the endpoint is to be in, by their global ids; those of the service when none are
   * named. Of those that are, the ones that the service is not in are left out.
   * @maxItems 20
   */
  availability_zone_ids?: AvailabilityZoneId[];
  /**
   * The subnets, one a zone. When none are named, they are found by their zones where that can be.
   * @maxItems 20
   */
  subnet_ids?: SubnetId[];
  /**
   * Security groups that there are already; one is made when none are named.
   * @maxItems 16
   */
  security_group_ids?: SecurityGroupId[];
  /**
   * Who may use the endpoint, when its security group is made; those of the VPC unless named.
   * @maxItems 50
   */
  client_cidrs?: Cidr[];
  /**
   * TCP ports of the service; 443 unless said otherwise.
   * @minItems 1
   * @maxItems 20
   */
  ports?: Port[];
  /** How the name of the service is to be resolved; `endpoint` unless said otherwise. */
  dns?: DnsMode;
  /**
   * Further VPCs of the account in which a hosted zone is to resolve.
   * @maxItems 50
   */
  dns_vpc_ids?: VpcId[];
  /**
   * The Route 53 Profile, where `dns` is `profile`.
   * @pattern ^rp-[0-9a-z]{8,32}$
   */
  profile_id?: string;
  /** Whether to make the role that proves the account as well; not unless said so. */
  proof_role?: boolean;
}

/** All that makes the customer's side of a connection, in one format. */
export interface Setup {
  /** As it was asked for. */
  format: SetupFormat;
  /** The service that it is about. */
  endpoint_service_id: EndpointServiceId;
  /** The account that the endpoint is to be made in. */
  account_id: AccountNumber;
  /** The region of the endpoint. */
  region: Region;
  /** To be kept as they are named, in one folder. */
  files: SetupFile[];
  /** What to do with them, in order. */
  steps: NextStep[];
  /** What only the customer can know, and has to put in place of names in capitals. */
  placeholders: SetupPlaceholder[];
}

/** A file of a setup. */
export interface SetupFile {
  /**
   * Its name, in folders perhaps, with slashes in between.
   * @pattern ^[a-z0-9./-]{1,100}$
   */
  name: string;
  /** What is in it. */
  content: Prose;
}

/** A name in capitals that stands for what only the customer knows. */
export interface SetupPlaceholder {
  /**
   * The name, as it stands in files and steps.
   * @pattern ^[A-Z][A-Z_]*$
   */
  name: string;
  /** What it stands for. */
  meaning: Prose;
  /** The command that tells it; null when there is none. */
  command: CommandLine | null;
}
