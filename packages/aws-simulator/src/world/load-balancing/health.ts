// What health checks find, and whether load balancers stand: no call of AWS sets it, the world can.

import { move } from '../states.ts';
import type { World } from '../world.ts';
import type { LoadBalancerState, TargetGroup } from './load-balancer.ts';

/** Which targets to set; what is left out means all. */
export interface TargetChoice {
  readonly loadBalancerArn?: string | undefined;
  readonly targetGroupArn?: string | undefined;
  readonly targetId?: string | undefined;
  /** For example `use1-az1`. */
  readonly zoneId?: string | undefined;
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
