// Security groups: create, describe, delete. Their rules are in security-group-rules.ts.

import type {
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  DeleteSecurityGroupRequest,
  DeleteSecurityGroupResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import {
  createSecurityGroup as addGroup,
  removeSecurityGroup,
} from '../../../world/network/networks.ts';
import { ownerKey, type SecurityGroup, type Vpc } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import type { Call, Given } from '../../call.ts';
import { ownVpc } from '../endpoints/placement.ts';
import { invalidCombination, invalidParameterValue } from '../errors.ts';
import { filtered, where } from '../lists/filters.ts';
import { narrowed } from '../lists/narrowing.ts';
import { chosen, named } from './choice.ts';
import { dependencyViolation, groupIds, limitExceeded, missingParameter } from './errors.ts';
import { groupFields } from './security-group-filters.ts';
import { securityGroupArn, securityGroupView } from './view.ts';
import { pageOf } from '../lists/pages.ts';
import { tagList, tagsOnCreate } from '../tags.ts';

type CreateCall = Call<Given<CreateSecurityGroupRequest, 'GroupName' | 'Description'>>;

export function describeSecurityGroups(
  call: Call<DescribeSecurityGroupsRequest>,
): DescribeSecurityGroupsResult {
  const { world, input } = call;
  const found = filtered(wantedGroups(call), input.Filters, groupFields(world), ({ tags }) => tags);
  const page = pageOf(call, 'DescribeSecurityGroups', found);
  return {
    SecurityGroups: page.items.map((group) => securityGroupView(world, group)),
    NextToken: page.nextToken,
  };
}

export function createSecurityGroup(call: CreateCall): CreateSecurityGroupResult {
  const { world, account, region, input } = call;
  checkName(input.GroupName);
  checkText('groupDescription', input.Description);
  const vpc = input.VpcId === undefined ? defaultVpc(call) : ownVpc(call, input.VpcId);
  checkUnique(world, vpc, input.GroupName);
  const most = world.quotas.securityGroupsPerRegion;
  if (world.securityGroups.count('owner', ownerKey(account, region)) >= most) {
    throw limitExceeded('SecurityGroupLimitExceeded', 'security groups');
  }
  const group = addGroup(world, vpc, {
    name: input.GroupName,
    description: input.Description,
    tags: tagsOnCreate(world, input.TagSpecifications, 'security-group'),
  });
  return {
    GroupId: group.id,
    Tags: tagList(group.tags),
    SecurityGroupArn: securityGroupArn(group),
  };
}

export function deleteSecurityGroup(
  call: Call<DeleteSecurityGroupRequest>,
): DeleteSecurityGroupResult {
  const { world, input } = call;
  const group = namedGroup(call, input.GroupId, input.GroupName);
  if (group.name === 'default') {
    throw new AwsError(
      'CannotDelete',
      `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
    );
  }
  if (isUsed(world, group)) {
    throw dependencyViolation(`resource ${group.id} has a dependent object`);
  }
  removeSecurityGroup(world, group.id);
  return { Return: true, GroupId: group.id };
}

/**
 * The group that a request is about. Names are for groups of the default VPC only.
 * @throws AwsError when it names none, or two ways, or one that the caller does not have.
 */
export function namedGroup(
  call: Call<object>,
  id: string | undefined,
  name: string | undefined,
): SecurityGroup {
  if (id !== undefined && name !== undefined) {
    throw invalidCombination('The parameters groupId and groupName may not be used together');
  }
  if (id !== undefined) return named(call, call.world.securityGroups, id, groupIds);
  if (name === undefined) throw missingParameter('groupId or groupName');
  const vpc = defaultVpcOf(call);
  const groups = vpc ? [...call.world.securityGroups.by('vpc', vpc.id)] : [];
  const group = groups.find((one) => one.name === name);
  if (group) return group;
  throw new AwsError(
    'InvalidGroup.NotFound',
    `The security group '${name}' does not exist in default VPC '${vpc?.id ?? ''}'`,
  );
}

function wantedGroups(call: Call<DescribeSecurityGroupsRequest>) {
  const { world, input, account, region } = call;
  if (input.GroupNames) {
    return input.GroupNames.map((name) => namedGroup(call, undefined, name)).sort(
      (a, b) => a.order - b.order,
    );
  }
  if (input.GroupIds) return chosen(call, world.securityGroups, input.GroupIds, groupIds);
  const all = world.securityGroups.by('owner', ownerKey(account, region));
  const shortest = narrowed(all, input.Filters, {
    'group-id': (id) => world.securityGroups.only(id),
    'vpc-id': (id) => world.securityGroups.by('vpc', id),
  });
  return where(shortest, (group) => group.account === account && group.region === region);
}

function defaultVpcOf({ world, account, region }: Call<object>): Vpc | undefined {
  return [...world.vpcs.by('owner', ownerKey(account, region))].find(({ isDefault }) => isDefault);
}

function defaultVpc(call: Call<object>): Vpc {
  const vpc = defaultVpcOf(call);
  if (vpc) return vpc;
  throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
}

function checkName(name: string): void {
  checkText('groupName', name);
  if (name === 'default') {
    throw new AwsError('InvalidGroup.Reserved', "The security group 'default' is reserved");
  }
  if (name.startsWith('sg-')) {
    throw invalidParameterValue(
      `Invalid value '${name}' for groupName. Group names may not be in the format sg-*.`,
    );
  }
}

// "Up to 255 characters. Valid characters: a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*" (EC2
// API reference).
function checkText(member: string, text: string): void {
  if (text.length >= 1 && text.length <= 255 && /^[\w .:/()#,@[\]+=&;{}!$*-]+$/.test(text)) return;
  throw invalidParameterValue(
    `Value (${text}) for parameter ${member} is invalid. Use 1 to 255 characters of ` +
      'a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*',
  );
}

// "Names are case-insensitive and must be unique within the VPC" (EC2 API reference).
function checkUnique(world: World, vpc: Vpc, name: string): void {
  const same = (group: SecurityGroup) => group.name.toLowerCase() === name.toLowerCase();
  if (![...world.securityGroups.by('vpc', vpc.id)].some(same)) return;
  throw new AwsError(
    'InvalidGroup.Duplicate',
    `The security group '${name}' already exists for VPC '${vpc.id}'`,
  );
}

function isUsed(world: World, { id, vpcId }: SecurityGroup): boolean {
  if (world.securityGroupRules.count('peer', id) > 0) return true;
  return [...world.endpoints.by('live', vpcId)].some(({ securityGroupIds }) =>
    securityGroupIds.includes(id),
  );
}
