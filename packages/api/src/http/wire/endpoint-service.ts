import type { Quarantine, ServiceState } from '../../domain/endpoint-service.ts';
import type {
  AvailabilityZoneId,
  LoadBalancerArn,
  Region,
  ServiceId,
  ServiceName,
} from './aws-names.ts';
import type { Condition } from './condition.ts';
import type { EndpointServiceId, ProviderAccountId } from './ids.ts';
import type { ProviderAccountKey } from './keys.ts';
import type { Code, CreatedAt, Prose, Timestamp, UpdatedAt } from './text.ts';

/** A VPC endpoint service in one region of a provider account. */
export interface EndpointService {
  /** The id of the service here: `svc_` and 26 characters. */
  id: EndpointServiceId;
  /** What people call it. */
  name: ServiceLabel;
  /** The provider account that it lives in. */
  provider_account_id: ProviderAccountId;
  /** The region that it lives in. */
  region: Region;
  /**
   * AWS's id, `vpce-svc-…`; null until AWS has created the service.
   * @extension {"x-observed": true}
   */
  service_id: ServiceId | null;
  /**
   * The name that customers put into their endpoint: `com.amazonaws.vpce.<region>.<service id>`.
   * Null until AWS has created the service.
   * @extension {"x-observed": true}
   */
  service_name: ServiceName | null;
  /** The load balancers of a service that Sallyport creates; empty for a registered one. */
  network_load_balancer_arns: LoadBalancerArn[];
  modes: Modes;
  /**
   * What AWS last said; null until it was first asked.
   * @extension {"x-observed": true}
   */
  observed: ObservedService | null;
  /**
   * When AWS last said it; null until it was first asked.
   * @extension {"x-observed": true}
   */
  observed_at: Timestamp | null;
  /**
   * Since when AWS shows it in its state; null until it was first asked.
   * @extension {"x-observed": true}
   */
  state_since: Timestamp | null;
  /**
   * Its state in AWS, `not_read`, `problem` or `retired`. That of the condition `ready`.
   * @extension {"x-observed": true}
   */
  reason: Code;
  /**
   * Whether it is there, and whether anything of it is changed in AWS.
   * @extension {"x-observed": true}
   */
  conditions: Condition[];
  /**
   * Why AWS did not create, show or mark the service, or what strange mark it shows; null when all
   * is well.
   * @extension {"x-observed": true}
   */
  problem: Prose | null;
  /** Since when somebody wants nothing of it to be changed in AWS; null when nobody does. */
  frozen_since: Timestamp | null;
  /** Why it is frozen; null when it is not. */
  frozen_reason: ServiceReason | null;
  /** Since when it is to be deleted in AWS; null when it is not. */
  retiring_since: Timestamp | null;
  /** Why it is to be deleted; null when it is not. */
  retire_reason: ServiceReason | null;
  /**
   * When AWS no longer showed it; null while it does, and for one that does not retire.
   * @extension {"x-observed": true}
   */
  retired_at: Timestamp | null;
  /**
   * Why this Sallyport changes nothing of it: its mark in AWS says that another one manages it
   * (`another_deployment`), or that it was changed after this database was copied or saved
   * (`older_database`), or this database is a copy in another place (`moved_database`). Null when
   * it may change it.
   * @extension {"x-observed": true}
   */
  quarantine: Quarantine | null;
  /** What becomes of an allowlist entry of Sallyport's that other hands remove. */
  on_external_removal: ExternalRemoval;
  /** @extension {"x-observed": true} */
  reads: Reads;
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}

/**
 * What people call it.
 * @minLength 1
 * @maxLength 100
 */
export type ServiceLabel = string;

/**
 * Why, for whoever asks.
 * @minLength 1
 * @maxLength 500
 */
export type ServiceReason = string;

/** When AWS was last asked about the service, and how old each answer gets. */
export interface Reads {
  /** The service itself, its private DNS name included. */
  configuration: ReadTier;
  /** The whole allowlist. */
  principals: ReadTier;
  /** Every connection; those that wait for acceptance are asked for every 5 seconds. */
  connections: ReadTier;
}

/** How fresh one kind of reading is. */
export interface ReadTier {
  /** When it was last read to the end; null before the first time. */
  read_at: Timestamp | null;
  /**
   * How old it gets at most while workers run and AWS answers, in seconds. It grows with the number
   * of services and of entries, so that reads take no more than a tenth of AWS's request rate.
   * @isInt
   * @minimum 0
   */
  max_age_seconds: number;
}

/** Who manages what: in `observe` Sallyport reads and reports, in `manage` it also changes AWS. */
export interface Modes {
  /** The allowlist. */
  principals: Mode;
  /** Accepting and rejecting connections. */
  acceptance: Mode;
  /** The private DNS name, and the record that proves it. */
  private_dns: Mode;
}

/** `hold`: it waits for a decision. `restore`: it is put back once two reads miss it. */
export type ExternalRemoval = 'hold' | 'restore';

/** `observe`: Sallyport reads and reports. `manage`: it also changes AWS. */
export type Mode = 'observe' | 'manage';

/** Who is to manage what. An aspect that is left out stays as it is. */
export interface ModesUpdate {
  /** The allowlist. */
  principals?: Mode;
  /** Accepting and rejecting connections. */
  acceptance?: Mode;
  /** The private DNS name, and the record that proves it. */
  private_dns?: Mode;
}

/** An endpoint service as AWS last showed it. */
export interface ObservedService {
  state: ServiceState;
  /** Whether a connection waits until it is accepted. Otherwise AWS lets every one in. */
  acceptance_required: boolean;
  /** The zones that the service is in. */
  availability_zone_ids: AvailabilityZoneId[];
  /** The load balancers behind it. */
  network_load_balancer_arns: LoadBalancerArn[];
  /** Its private DNS name; null when it has none. */
  private_dns: ObservedPrivateDns | null;
}

/** A private DNS name as AWS last showed it. */
export interface ObservedPrivateDns {
  /**
   * The name.
   * @minLength 1
   * @maxLength 255
   */
  name: string;
  /**
   * AWS's own value: `pendingVerification`, `verified` or `failed`.
   * @pattern ^[A-Za-z-]+$
   */
  state: string;
  /**
   * Where AWS looks for the TXT record, to be put before the domain; null when it does not say.
   * @minLength 1
   */
  label: string | null;
  /**
   * What AWS looks for there; null when it does not say.
   * @minLength 1
   */
  value: string | null;
}

/**
 * Give `service_id` to register an existing service, or `network_load_balancer_arns` to create
 * one.
 */
export interface EndpointServiceCreate {
  name: ServiceLabel;
  /** Id of the provider account, or its 12-digit account number. */
  provider_account_id: ProviderAccountKey;
  /** The region that it lives in, or is to live in. */
  region: Region;
  /**
   * AWS's id of the service to register.
   * @pattern ^vpce-svc-[0-9a-f]{8,17}$
   */
  service_id?: string;
  /**
   * The load balancers of a service to create, all of the region.
   * @minItems 1
   * @maxItems 50
   */
  network_load_balancer_arns?: LoadBalancerArn[];
  /** A registered service starts in `observe`, a created one in `manage`, unless said otherwise. */
  modes?: ModesUpdate;
}

/** All that a registered service is to be; modes that are left out stay as they are. */
export interface EndpointServicePut {
  name: ServiceLabel;
  /** Id of the provider account, or its 12-digit account number. It cannot be changed. */
  provider_account_id: ProviderAccountKey;
  /** It cannot be changed. */
  region: Region;
  /** An aspect that is left out stays as it is; of a new service it is `observe`. */
  modes?: ModesUpdate;
  /** `hold` unless said otherwise. */
  on_external_removal?: ExternalRemoval;
}

/** What is left out stays as it is. */
export interface EndpointServiceUpdate {
  name?: ServiceLabel;
  /** What becomes of an allowlist entry of Sallyport's that other hands remove. */
  on_external_removal?: ExternalRemoval;
}

/** Stops every change of a service in AWS. */
export interface EndpointServiceFreeze {
  /** Why, for whoever finds it frozen. */
  reason: ServiceReason;
}

/** Deletes a service in AWS, once nothing is left on it. */
export interface EndpointServiceRetire {
  /** Why, for whoever asks where it has gone. */
  reason: ServiceReason;
  /** Delete it in AWS although Sallyport did not create it. */
  force_registered?: boolean;
}
