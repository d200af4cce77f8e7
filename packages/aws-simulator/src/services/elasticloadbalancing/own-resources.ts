// Finding what is the caller's by ARN. Somebody else's is not told from what never was.

import type {
  Listener,
  LoadBalancer,
  TargetGroup,
} from '../../world/load-balancing/load-balancer.ts';
import type { Owned } from '../../world/resources.ts';
import type { Call } from '../call.ts';
import {
  listenersNotFound,
  loadBalancersNotFound,
  targetGroupsNotFound,
  validationError,
} from './errors.ts';

/** @throws AwsError when the ARN is malformed or the caller has no such load balancer here. */
export function ownLoadBalancer(call: Call<object>, arn: string): LoadBalancer {
  checkArn(arn, 'loadbalancer', 'load balancer');
  const found = call.world.loadBalancers.get(arn);
  if (found && isOwn(call, found)) return found;
  throw loadBalancersNotFound();
}

/** @throws AwsError when the ARN is malformed or the caller has no such target group here. */
export function ownTargetGroup(call: Call<object>, arn: string): TargetGroup {
  checkArn(arn, 'targetgroup', 'target group');
  const found = call.world.targetGroups.get(arn);
  if (found && isOwn(call, found)) return found;
  throw targetGroupsNotFound();
}

/** @throws AwsError when the ARN is malformed or the caller has no such listener here. */
export function ownListener(call: Call<object>, arn: string): Listener {
  checkArn(arn, 'listener', 'listener');
  const found = call.world.listeners.get(arn);
  if (found && isOwn(call, found)) return found;
  throw listenersNotFound();
}

/** @throws AwsError ValidationError when it is not an ARN of this kind. */
export function checkArn(arn: string, kind: string, words: string): void {
  const shape = /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:([a-z]+)\/[\w./-]+$/;
  if (shape.exec(arn)?.[1] === kind) return;
  throw validationError(`'${arn}' is not a valid ${words} ARN`);
}

function isOwn({ account, region }: Call<object>, item: Owned): boolean {
  return item.account === account && item.region === region;
}
