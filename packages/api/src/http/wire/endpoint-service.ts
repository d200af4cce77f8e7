import type { Region } from './provider-account.ts';

/** A VPC endpoint service in one region of a provider account. */
export interface EndpointService {
  id: string;
  name: string;
  provider_account_id: string;
  region: string;
  /**
   * AWS's id, `vpce-svc-…`; null until AWS has created the service.
   * @extension {"x-observed": true}
   */
  service_id: string | null;
  /**
   * The name that customers put into their endpoint: `com.amazonaws.vpce.<region>.<service id>`.
   * @extension {"x-observed": true}
   */
  service_name: string | null;
  /** The load balancers of a service that Sallyport creates. */
  network_load_balancer_arns: string[];
  modes: Modes;
  /**
   * What AWS last said; null until it was first asked.
   * @extension {"x-observed": true}
   */
  observed: ObservedService | null;
  /**
   * @format date-time
   * @extension {"x-observed": true}
   */
  observed_at: string | null;
  /**
   * Why AWS did not create, show or mark the service, or what strange mark it shows, if so.
   * @extension {"x-observed": true}
   */
  problem: string | null;
  /**
   * Since when somebody wants nothing of it to be changed in AWS.
   * @format date-time
   */
  frozen_since: string | null;
  frozen_reason: string | null;
  /**
   * Since when it is to be deleted in AWS; null when it is not.
   * @format date-time
   */
  retiring_since: string | null;
  retire_reason: string | null;
  /**
   * When AWS no longer showed it.
   * @format date-time
   * @extension {"x-observed": true}
   */
  retired_at: string | null;
  /**
   * Why this Sallyport changes nothing of it: its mark in AWS says that another one manages it
   * (`another_deployment`), or that it was changed after this database was copied or saved
   * (`older_database`), or this database is a copy in another place (`moved_database`).
   * @extension {"x-observed": true}
   */
  quarantine: string | null;
  /** What becomes of an allowlist entry of Sallyport's that other hands remove. */
  on_external_removal: ExternalRemoval;
  /** @extension {"x-observed": true} */
  reads: Reads;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  updated_at: string;
}

/** When AWS was last asked about the service, and how old each answer gets. */
export interface Reads {
  /** The service itself, its private DNS name included. */
  configuration: ReadTier;
  /** The whole allowlist. */
  principals: ReadTier;
  /** Every connection; those that wait for acceptance are asked for every 5 seconds. */
  connections: ReadTier;
}

export interface ReadTier {
  /**
   * When it was last read to the end.
   * @format date-time
   */
  read_at: string | null;
  /**
   * How old it gets at most while workers run and AWS answers. It grows with the number of services
   * and of entries, so that reads take no more than a tenth of AWS's request rate.
   * @isInt
   */
  max_age_seconds: number;
}

/** Who manages what: in `observe` Sallyport reads and reports, in `manage` it also changes AWS. */
export interface Modes {
  /** The allowlist. */
  principals: Mode;
  /** Accepting and rejecting connections. */
  acceptance: Mode;
  private_dns: Mode;
}

/** `hold`: it waits for a decision. `restore`: it is put back once two reads miss it. */
export type ExternalRemoval = 'hold' | 'restore';

export type Mode = 'observe' | 'manage';

export interface ModesUpdate {
  principals?: Mode;
  acceptance?: Mode;
  private_dns?: Mode;
}

export interface ObservedService {
  /** `pending`, `available`, `deleting`, `deleted`, `failed`, `missing` or `unknown`. */
  state: string;
  acceptance_required: boolean;
  availability_zone_ids: string[];
  network_load_balancer_arns: string[];
  private_dns: ObservedPrivateDns | null;
}

export interface ObservedPrivateDns {
  name: string;
  /** AWS's own value: `pendingVerification`, `verified` or `failed`. */
  state: string;
  label: string | null;
  value: string | null;
}

/**
 * Give `service_id` to register an existing service, or `network_load_balancer_arns` to create
 * one.
 */
export interface EndpointServiceCreate {
  /**
   * @minLength 1
   * @maxLength 100
   */
  name: string;
  /** Id of the provider account, or its 12-digit account number. */
  provider_account_id: string;
  region: Region;
  /** @pattern ^vpce-svc-[0-9a-f]{8,17}$ */
  service_id?: string;
  /**
   * @minItems 1
   * @maxItems 50
   */
  network_load_balancer_arns?: LoadBalancerArn[];
  /** A registered service starts in `observe`, a created one in `manage`, unless said otherwise. */
  modes?: ModesUpdate;
}

/** @pattern ^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/net/.{1,100}$ */
export type LoadBalancerArn = string;

/** All that a registered service is to be; modes that are left out stay as they are. */
export interface EndpointServicePut {
  /**
   * @minLength 1
   * @maxLength 100
   */
  name: string;
  /** Id of the provider account, or its 12-digit account number. It cannot be changed. */
  provider_account_id: string;
  /** It cannot be changed. */
  region: Region;
  modes?: ModesUpdate;
  on_external_removal?: ExternalRemoval;
}

export interface EndpointServiceUpdate {
  /**
   * @minLength 1
   * @maxLength 100
   */
  name?: string;
  on_external_removal?: ExternalRemoval;
}

export interface EndpointServiceFreeze {
  /**
   * Why, for whoever finds it frozen.
   * @minLength 1
   * @maxLength 500
   */
  reason: string;
}

export interface EndpointServiceRetire {
  /**
   * Why, for whoever asks where it has gone.
   * @minLength 1
   * @maxLength 500
   */
  reason: string;
  /** Delete it in AWS although Sallyport did not create it. */
  force_registered?: boolean;
}

/** What would change in AWS if every aspect were in `manage`, by what was last observed. */
export interface Plan {
  endpoint_service_id: string;
  /** @format date-time */
  observed_at: string | null;
  modes: Modes;
  principals: PrincipalPlan;
  connections: ConnectionPlan;
  private_dns: PrivateDnsPlan;
}

export interface PrincipalPlan {
  add: string[];
  remove: string[];
  /** Wanted, but removed by other hands: held until somebody decides. */
  contested: string[];
  /** There, but not ours: left alone. */
  unmanaged: string[];
}

export interface ConnectionPlan {
  /** Endpoint ids that policy or somebody lets in. */
  accept: string[];
  reject: string[];
  held: HeldConnection[];
}

export interface HeldConnection {
  vpc_endpoint_id: string;
  reason: string;
}

export interface PrivateDnsPlan {
  /** The next step, such as `set_name`, `write_record`, `start_verification`, `wait` or `none`. */
  step: string;
}
