// Load balancers: describe and delete, and their attributes. Making and changing them is in files
// of their own.

import type {
  DeleteLoadBalancerInput,
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  LoadBalancerAttribute,
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type LoadBalancer, nameKey } from '../../world/load-balancing/load-balancer.ts';
import { ownerKey } from '../../world/resources.ts';
import type { Call, Given } from '../call.ts';
import {
  invalidConfiguration,
  loadBalancersNotFound,
  operationNotPermitted,
  resourceInUse,
  validationError,
} from './errors.ts';
import { loadBalancerView } from './load-balancer-view.ts';
import { checkArn, ownLoadBalancer } from './own-resources.ts';
import { pageOf } from './pages.ts';

const MOST_CHOSEN = 20;

export function describeLoadBalancers(
  call: Call<DescribeLoadBalancersInput>,
): DescribeLoadBalancersOutput {
  const page = pageOf(call, 'DescribeLoadBalancers', chosen(call));
  return {
    LoadBalancers: page.items.map((item) => loadBalancerView(call.world, item)),
    NextMarker: page.nextMarker,
  };
}

/** "If the load balancer does not exist or has already been deleted, the call succeeds." */
export function deleteLoadBalancer(
  call: Call<Given<DeleteLoadBalancerInput, 'LoadBalancerArn'>>,
): object {
  const { world, account, region, input } = call;
  const arn = input.LoadBalancerArn;
  checkArn(arn, 'loadbalancer', 'load balancer');
  const found = world.loadBalancers.get(arn);
  if (found?.account !== account || found.region !== region) return {};
  if (found.attributes.get('deletion_protection.enabled') === 'true') {
    throw operationNotPermitted(
      `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
    );
  }
  // That it is refused while an endpoint service has it was seen in the field.
  if (found.usedBy !== undefined) {
    throw resourceInUse(
      `Load balancer '${arn}' cannot be deleted because it is currently associated with ` +
        'another service',
    );
  }
  for (const listener of world.listeners.by('loadBalancer', arn)) {
    world.listeners.remove(listener.id);
  }
  world.loadBalancers.remove(arn);
  return {};
}

export function describeLoadBalancerAttributes(
  call: Call<Given<DescribeLoadBalancerAttributesInput, 'LoadBalancerArn'>>,
): DescribeLoadBalancerAttributesOutput {
  const { attributes } = ownLoadBalancer(call, call.input.LoadBalancerArn);
  return { Attributes: attributeList(attributes) };
}

/** Answers every attribute, also those that did not change. */
export function modifyLoadBalancerAttributes(
  call: Call<Given<ModifyLoadBalancerAttributesInput, 'LoadBalancerArn' | 'Attributes'>>,
): ModifyLoadBalancerAttributesOutput {
  const { attributes } = ownLoadBalancer(call, call.input.LoadBalancerArn);
  for (const attribute of call.input.Attributes) checkAttribute(attributes, attribute);
  for (const { Key = '', Value = '' } of call.input.Attributes) attributes.set(Key, Value);
  return { Attributes: attributeList(attributes) };
}

function chosen(call: Call<DescribeLoadBalancersInput>): Iterable<LoadBalancer> {
  const { world, account, region, input } = call;
  const { LoadBalancerArns: arns, Names: names } = input;
  if (arns && names) {
    throw validationError(
      'Load balancer names and load balancer ARNs cannot be specified at the same time',
    );
  }
  if ((arns ?? names ?? []).length > MOST_CHOSEN) {
    throw validationError(`At most ${MOST_CHOSEN} load balancers can be specified`);
  }
  if (arns) return inOrder(arns.map((arn) => ownLoadBalancer(call, arn)));
  if (!names) return world.loadBalancers.by('owner', ownerKey(account, region));
  const found = names.map((name) => {
    const [item] = world.loadBalancers.by('name', `${account}/${region}/${name}`);
    if (item) return item;
    throw loadBalancersNotFound(`Load balancers '[${name}]' not found`);
  });
  return inOrder(found);
}

function inOrder(items: readonly LoadBalancer[]): LoadBalancer[] {
  return [...new Map(items.map((item) => [nameKey(item), item])).values()].sort(
    (a, b) => a.order - b.order,
  );
}

function attributeList(attributes: ReadonlyMap<string, string>): LoadBalancerAttribute[] {
  return [...attributes].map(([Key, Value]) => ({ Key, Value }));
}

function checkAttribute(
  known: ReadonlyMap<string, string>,
  { Key: key = '', Value: value = '' }: LoadBalancerAttribute,
): void {
  const before = known.get(key);
  if (before === undefined) {
    throw invalidConfiguration(`Load balancer attribute key '${key}' is not recognized`);
  }
  const boolean = before === 'true' || before === 'false';
  if (boolean && value !== 'true' && value !== 'false') {
    throw invalidConfiguration(`The value of '${key}' must be true or false, not '${value}'`);
  }
}
