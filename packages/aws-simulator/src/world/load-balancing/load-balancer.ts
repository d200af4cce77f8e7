// Load balancers, their listeners and the targets behind them: what the front of an endpoint
// service needs to be in service. No traffic goes through them.

import type { Owned, Tags } from '../resources.ts';
import { move, type Stateful } from '../states.ts';
import type { World } from '../world.ts';

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

/** Which targets to set; what is left out means all. */
export interface TargetChoice {
  readonly loadBalancerArn?: string | undefined;
  readonly targetGroupArn?: string | undefined;
  readonly targetId?: string | undefined;
  /** For example `use1-az1`. */
  readonly zoneId?: string | undefined;
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

/** The target groups that a load balancer's listeners forward to. */
export function targetGroupsOf(world: World, loadBalancerArn: string): TargetGroup[] {
  const listeners = world.listeners.by('loadBalancer', loadBalancerArn);
  const arns = new Set([...listeners].map(({ targetGroupArn }) => targetGroupArn));
  return [...arns].flatMap((arn) => world.targetGroups.get(arn) ?? []);
}

/**
 * Decides what health checks find from now on.
 * @returns how many targets were set.
 */
export function setTargetHealth(world: World, choice: TargetChoice, healthy: boolean): number {
  let count = 0;
  for (const group of chosenGroups(world, choice)) {
    for (const target of group.targets.values()) {
      if (choice.targetId !== undefined && target.id !== choice.targetId) continue;
      if (choice.zoneId !== undefined && target.zoneId !== choice.zoneId) continue;
      target.healthy = healthy;
      count += 1;
    }
  }
  return count;
}

/**
 * Lets a load balancer fail or recover.
 * @throws Error when there is no such load balancer.
 */
export function setLoadBalancerState(world: World, arn: string, state: LoadBalancerState): void {
  const found = world.loadBalancers.get(arn);
  if (!found) throw new Error(`There is no load balancer ${arn}`);
  move(found, state);
}

function chosenGroups(world: World, choice: TargetChoice): readonly TargetGroup[] {
  const { loadBalancerArn, targetGroupArn } = choice;
  const groups =
    loadBalancerArn === undefined
      ? [...world.targetGroups.values()]
      : targetGroupsOf(world, loadBalancerArn);
  return groups.filter(({ id }) => targetGroupArn === undefined || id === targetGroupArn);
}
