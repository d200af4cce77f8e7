// Load balancers, their listeners and the targets behind them: what the front of an endpoint
// service needs to be in service. No traffic goes through them.

import type { Owned, Tags } from '../resources.ts';
import type { Stateful } from '../states.ts';

export type LoadBalancerState = 'provisioning' | 'active' | 'active_impaired' | 'failed';

/** The id is its ARN. */
export interface LoadBalancer extends Owned, Stateful<LoadBalancerState> {
  readonly name: string;
  readonly type: 'network' | 'gateway';
  /** A gateway load balancer has none. */
  readonly scheme: 'internet-facing' | 'internal' | undefined;
  ipAddressType: 'ipv4' | 'dualstack';
  readonly dnsName: string | undefined;
  readonly vpcId: string;
  /** Enabled subnets, one per zone. */
  subnetIds: readonly string[];
  /** Zones that are in service: a zone that was just enabled is not yet. */
  zoneIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly attributes: Map<string, string>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The endpoint service that it is the front of: at most one (Guide, create-endpoint-service). */
  usedBy: string | undefined;
  readonly tags: Tags;
}

export interface HealthCheck {
  readonly protocol: string;
  /** `traffic-port` or a number. */
  readonly port: string;
  readonly path: string | undefined;
  readonly httpCodes: string | undefined;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export type TargetState = 'initial' | 'registered' | 'draining';

export interface Target extends Stateful<TargetState> {
  /** An instance id or an IP address. */
  readonly id: string;
  readonly port: number;
  /** Zone name or `all`; undefined for instances, whose zone is not known here. */
  readonly zone: string | undefined;
  readonly zoneId: string | undefined;
  /** What health checks find. */
  healthy: boolean;
}

/** The id is its ARN. */
export interface TargetGroup extends Owned {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly vpcId: string;
  readonly targetType: 'instance' | 'ip';
  readonly ipAddressType: string;
  healthCheck: HealthCheck;
  /** By targetKey. */
  readonly targets: Map<string, Target>;
  readonly tags: Tags;
}

/** The id is its ARN. */
export interface Listener extends Owned {
  readonly loadBalancerArn: string;
  /** A gateway load balancer's has neither protocol nor port. */
  readonly protocol: string | undefined;
  readonly port: number | undefined;
  readonly certificateArn: string | undefined;
  readonly sslPolicy: string | undefined;
  readonly alpnPolicy: string | undefined;
  readonly targetGroupArn: string;
  readonly tags: Tags;
}

/** Key of the `name` indexes: names are unique in an account and Region. */
export function nameKey({
  account,
  region,
  name,
}: Pick<LoadBalancer, 'account' | 'region' | 'name'>): string {
  return `${account}/${region}/${name}`;
}

export function targetKey(id: string, port: number): string {
  return `${id} ${port}`;
}
