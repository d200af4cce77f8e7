// The filters of DescribeSecurityGroups: what groups are, and what their rules let through. Filters
// for rules match over all rules of a group together, not one rule at a time (EC2 API reference).

import type { SecurityGroup, SecurityGroupRule } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import type { FilterFields } from '../lists/filters.ts';

export function groupFields(world: World): FilterFields<SecurityGroup> {
  return {
    'group-id': ({ id }) => id,
    'group-name': ({ name }) => name,
    description: ({ description }) => description,
    'owner-id': ({ account }) => account,
    'vpc-id': ({ vpcId }) => vpcId,
    ...ruleFields(world, false, 'ip-permission'),
    ...ruleFields(world, true, 'egress.ip-permission'),
  };
}

function ruleFields(world: World, egress: boolean, prefix: string): FilterFields<SecurityGroup> {
  const values = (valueOf: (rule: SecurityGroupRule) => string | number | undefined) => {
    return (group: SecurityGroup) =>
      [...world.securityGroupRules.by('group', group.id)]
        .filter((rule) => rule.egress === egress)
        .flatMap((rule) => valueOf(rule) ?? [])
        .map(String);
  };
  const peer = (kind: string) =>
    values((rule) => (rule.peer.kind === kind ? rule.peer.value : undefined));
  return {
    [`${prefix}.cidr`]: peer('ipv4'),
    [`${prefix}.ipv6-cidr`]: peer('ipv6'),
    [`${prefix}.prefix-list-id`]: peer('prefix-list'),
    [`${prefix}.group-id`]: peer('group'),
    [`${prefix}.group-name`]: values(({ peer: { kind, value } }) =>
      kind === 'group' ? world.securityGroups.get(value)?.name : undefined,
    ),
    [`${prefix}.user-id`]: values((rule) =>
      rule.peer.kind === 'group' ? rule.account : undefined,
    ),
    [`${prefix}.from-port`]: values(({ fromPort }) => fromPort),
    [`${prefix}.to-port`]: values(({ toPort }) => toPort),
    [`${prefix}.protocol`]: values(({ protocol }) => protocol),
  };
}
