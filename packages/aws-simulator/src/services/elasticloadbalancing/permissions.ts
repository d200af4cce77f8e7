// What Elastic Load Balancing's operations need (AWS Service Authorization Reference). A resource
// that is made has no id yet, so its ARN ends in `*`.

import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../../world/world.ts';
import type { Call } from '../call.ts';
import {
  type Keys,
  type Ledger,
  type Need,
  requestTags,
  resourceTags,
  type Rule,
  withoutResource,
} from '../permission.ts';

const PREFIX = 'elasticloadbalancing';

export const elasticLoadBalancingPermissions: Ledger = {
  ...withoutResource(PREFIX, [
    'DescribeAccountLimits',
    'DescribeListeners',
    'DescribeLoadBalancerAttributes',
    'DescribeLoadBalancers',
    'DescribeTags',
    'DescribeTargetGroupAttributes',
    'DescribeTargetGroups',
    'DescribeTargetHealth',
  ]),
  ...onArn('LoadBalancerArn', [
    'DeleteLoadBalancer',
    'ModifyLoadBalancerAttributes',
    'SetIpAddressType',
    'SetSecurityGroups',
    'SetSubnets',
  ]),
  ...onArn('TargetGroupArn', [
    'DeleteTargetGroup',
    'DeregisterTargets',
    'ModifyTargetGroup',
    'ModifyTargetGroupAttributes',
    'RegisterTargets',
  ]),
  ...onArn('ListenerArn', ['DeleteListener', 'ModifyListener']),
  AddTags: tagRule('AddTags'),
  CreateListener: ({ world, input }: Call<Creation & { readonly LoadBalancerArn: string }>) => {
    const keys = { ...tagKeys(world, input.LoadBalancerArn), ...requestTags(input.Tags) };
    const resource = input.LoadBalancerArn;
    return created('CreateListener', {
      resource,
      made: listenerArn(resource),
      keys,
      tags: input.Tags,
    });
  },
  CreateLoadBalancer: (call: Call<Creation & { readonly Type?: string }>) => {
    const { Name = '', Type: type = 'application', Tags: tags } = call.input;
    const kind = { network: 'net', gateway: 'gwy' }[type] ?? 'app';
    const resource = arn(call, `loadbalancer/${kind}/${Name}/*`);
    const keys = requestTags(tags);
    return created('CreateLoadBalancer', { resource, made: resource, keys, tags });
  },
  CreateTargetGroup: (call: Call<Creation>) => {
    const { Name = '', Tags: tags } = call.input;
    const resource = arn(call, `targetgroup/${Name}/*`);
    const keys = requestTags(tags);
    return created('CreateTargetGroup', { resource, made: resource, keys, tags });
  },
  RemoveTags: tagRule('RemoveTags'),
};

interface Creation {
  readonly Name?: string;
  readonly Tags?: readonly Tag[];
}

interface Created {
  readonly resource: string;
  /** What the tags are put on. */
  readonly made: string;
  readonly keys: Keys;
  readonly tags: readonly Tag[] | undefined;
}

// With tags, making something takes the right to tag it too (Elastic Load Balancing user guide).
function created(action: string, { resource, made, keys, tags = [] }: Created): Need[] {
  const need = { action: `${PREFIX}:${action}`, resource, keys };
  if (tags.length === 0) return [need];
  return [need, { action: `${PREFIX}:AddTags`, resource: made, keys: requestTags(tags) }];
}

function onArn(member: string, operations: readonly string[]): Ledger {
  const rule =
    (name: string) =>
    ({ world, input }: Call<Readonly<Record<string, string>>>) => {
      const resource = input[member] ?? '';
      return [{ action: `${PREFIX}:${name}`, resource, keys: tagKeys(world, resource) }];
    };
  return Object.fromEntries(operations.map((name) => [name, rule(name)]));
}

interface TagInput {
  readonly ResourceArns: readonly string[];
  readonly Tags?: readonly Tag[];
  readonly TagKeys?: readonly string[];
}

function tagRule(action: string): Rule {
  const rule = ({ world, input }: Call<TagInput>) =>
    input.ResourceArns.map((resource) => ({
      action: `${PREFIX}:${action}`,
      resource,
      keys: {
        ...tagKeys(world, resource),
        ...requestTags(input.Tags),
        ...(input.TagKeys && { 'aws:TagKeys': input.TagKeys }),
      },
    }));
  return rule;
}

function tagKeys({ loadBalancers, targetGroups, listeners }: World, id: string): Keys {
  const found = loadBalancers.get(id) ?? targetGroups.get(id) ?? listeners.get(id);
  return resourceTags(found?.tags, PREFIX);
}

function listenerArn(loadBalancerArn: string): string {
  return `${loadBalancerArn.replace(':loadbalancer/', ':listener/')}/*`;
}

function arn({ account, region }: Call<unknown>, resource: string): string {
  return `arn:aws:elasticloadbalancing:${region}:${account}:${resource}`;
}
