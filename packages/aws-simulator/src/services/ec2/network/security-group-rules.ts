// Rules of security groups: authorize, revoke, describe. Ingress and egress are the same but for
// what the older parameters mean, which only ingress has.

import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult,
  IpPermission,
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import { addRule, type NewRule, removeRule } from '../../../world/network/networks.ts';
import { ownerKey, type SecurityGroup, type SecurityGroupRule } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import type { Call } from '../../call.ts';
import { invalidCombination, invalidParameterValue } from '../errors.ts';
import { filtered, where } from '../lists/filters.ts';
import { narrowed } from '../lists/narrowing.ts';
import { chosen } from './choice.ts';
import { limitExceeded, ruleIds } from './errors.ts';
import { permissionsOf, rulesOf, sameRule } from './permissions.ts';
import { peerLookup, wantedPermissions } from './rule-input.ts';
import { namedGroup } from './security-groups.ts';
import { revokedRuleView, ruleView } from './view.ts';
import { pageOf } from '../lists/pages.ts';
import { tagsOnCreate } from '../tags.ts';

type AuthorizeCall = Call<
  AuthorizeSecurityGroupIngressRequest | AuthorizeSecurityGroupEgressRequest
>;
type RevokeCall = Call<RevokeSecurityGroupIngressRequest | RevokeSecurityGroupEgressRequest>;

export function authorizeIngress(call: AuthorizeCall): AuthorizeSecurityGroupIngressResult {
  return authorize(call, false);
}

export function authorizeEgress(call: AuthorizeCall): AuthorizeSecurityGroupIngressResult {
  return authorize(call, true);
}

export function revokeIngress(call: RevokeCall): RevokeSecurityGroupIngressResult {
  return revoke(call, false);
}

export function revokeEgress(call: RevokeCall): RevokeSecurityGroupIngressResult {
  return revoke(call, true);
}

export function describeSecurityGroupRules(
  call: Call<DescribeSecurityGroupRulesRequest>,
): DescribeSecurityGroupRulesResult {
  const { world, account, region, input } = call;
  const { securityGroupRules: rules } = world;
  const all = rules.by('owner', ownerKey(account, region));
  const shortest = narrowed(all, input.Filters, {
    'group-id': (id) => rules.by('group', id),
    'security-group-rule-id': (id) => rules.only(id),
  });
  const wanted = input.SecurityGroupRuleIds
    ? chosen(call, rules, input.SecurityGroupRuleIds, ruleIds)
    : where(shortest, (rule) => rule.account === account && rule.region === region);
  const found = filtered(
    wanted,
    input.Filters,
    { 'group-id': ({ groupId }) => groupId, 'security-group-rule-id': ({ id }) => id },
    ({ tags }) => tags,
  );
  const page = pageOf(call, 'DescribeSecurityGroupRules', found);
  return {
    SecurityGroupRules: page.items.map((rule) => ruleView(world, rule)),
    NextToken: page.nextToken,
  };
}

// All or nothing: one bad or known rule and none is added.
function authorize(call: AuthorizeCall, egress: boolean): AuthorizeSecurityGroupIngressResult {
  const { world, input } = call;
  const group = wantedGroup(call);
  const permissions = wantedPermissions(call, group, egress);
  const wanted = rulesOf(permissions, egress, peerLookup(call, group));
  const known = rulesIn(world, group, egress);
  for (const [index, rule] of wanted.entries()) {
    if (known.some((one) => sameRule(one, rule))) throw duplicate(rule);
    if (wanted.slice(0, index).some((one) => sameRule(one, rule))) {
      throw invalidParameterValue('The same permission must not appear multiple times');
    }
  }
  if (known.length + wanted.length > world.quotas.rulesPerSecurityGroup) {
    throw limitExceeded('RulesPerSecurityGroupLimitExceeded', 'rules per security group');
  }
  const tags = tagsOnCreate(world, input.TagSpecifications, 'security-group-rule');
  const added = wanted.map((rule) =>
    addRule(world, group, group.id, { ...rule, tags: new Map(tags) }),
  );
  return { Return: true, SecurityGroupRules: added.map((rule) => ruleView(world, rule)) };
}

function revoke(call: RevokeCall, egress: boolean): RevokeSecurityGroupIngressResult {
  const { world, input } = call;
  const group = wantedGroup(call);
  const known = rulesIn(world, group, egress);
  if (input.SecurityGroupRuleIds) return remove(world, rulesById(call, known), []);
  const permissions = wantedPermissions(call, group, egress);
  const wanted = rulesOf(permissions, egress, peerLookup(call, group));
  const found = wanted.map((rule) => known.find((one) => sameRule(one, rule)));
  const unknown = wanted.filter((_, index) => !found[index]);
  // In the default VPC what does not match is named in the answer; elsewhere it is an error (EC2
  // API reference, RevokeSecurityGroupIngress).
  if (unknown.length > 0 && !world.vpcs.get(group.vpcId)?.isDefault) {
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  }
  const revoked = new Set(found.flatMap((rule) => rule ?? []));
  return remove(world, [...revoked], permissionsOf(unknown, group.account));
}

function remove(
  world: World,
  rules: readonly SecurityGroupRule[],
  unknown: IpPermission[],
): RevokeSecurityGroupIngressResult {
  for (const { id } of rules) removeRule(world, id);
  return {
    Return: true,
    UnknownIpPermissions: unknown,
    RevokedSecurityGroupRules: rules.map(revokedRuleView),
  };
}

function rulesById(call: RevokeCall, known: readonly SecurityGroupRule[]): SecurityGroupRule[] {
  const { world, input } = call;
  if (input.IpPermissions) {
    throw invalidCombination('SecurityGroupRuleIds and IpPermissions may not be used together');
  }
  const rules = [...chosen(call, world.securityGroupRules, input.SecurityGroupRuleIds, ruleIds)];
  const foreign = rules.find((rule) => !known.includes(rule));
  if (foreign) throw ruleIds.notFound(foreign.id);
  return rules;
}

function wantedGroup(call: AuthorizeCall | RevokeCall): SecurityGroup {
  const { input } = call;
  return namedGroup(call, input.GroupId, 'GroupName' in input ? input.GroupName : undefined);
}

function rulesIn(world: World, group: SecurityGroup, egress: boolean): SecurityGroupRule[] {
  return [...world.securityGroupRules.by('group', group.id)].filter(
    (rule) => rule.egress === egress,
  );
}

function duplicate({ peer, protocol, fromPort, toPort }: NewRule): AwsError {
  const ports = fromPort === undefined ? '' : ` from port: ${fromPort}, to port: ${toPort},`;
  const name = protocol === '-1' ? 'ALL' : protocol.toUpperCase();
  return new AwsError(
    'InvalidPermission.Duplicate',
    `the specified rule "peer: ${peer.value}, ${name},${ports} ALLOW" already exists`,
  );
}
