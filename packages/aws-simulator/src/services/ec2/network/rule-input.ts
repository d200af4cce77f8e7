// What a request says about rules: permissions, or the older parameters that stand for one, and the
// groups and prefix lists that they refer to.

import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngressRequest,
  IpPermission,
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupIngressRequest,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import { regionFacts } from '../../../world/regions.ts';
import type { SecurityGroup } from '../../../world/resources.ts';
import type { Call } from '../../call.ts';
import { checkId, invalidCombination, notSimulated, securityGroupNotFound } from '../errors.ts';
import { named } from './choice.ts';
import { groupIds, missingParameter } from './errors.ts';
import type { PeerLookup } from './permissions.ts';
import { namedGroup } from './security-groups.ts';

type RuleInput =
  | AuthorizeSecurityGroupIngressRequest
  | AuthorizeSecurityGroupEgressRequest
  | RevokeSecurityGroupIngressRequest
  | RevokeSecurityGroupEgressRequest;

/** @throws AwsError when a request has no permissions, or says them in two ways. */
export function wantedPermissions(
  call: Call<RuleInput>,
  group: SecurityGroup,
  egress: boolean,
): readonly IpPermission[] {
  const { input } = call;
  const older = olderMembers.find((name) => input[name] !== undefined);
  if (older === undefined) {
    if (input.IpPermissions?.length) return input.IpPermissions;
    throw missingParameter('ipPermissions');
  }
  if (input.IpPermissions) {
    throw invalidCombination(`The parameter ${older} may not be used with ipPermissions`);
  }
  // "Not supported. Use IP permissions instead" (EC2 API reference, the egress operations).
  if (egress) throw invalidCombination(`${older} is not supported for egress. Use IpPermissions.`);
  if (input.SourceSecurityGroupName !== undefined) return fromSourceGroup(call, group);
  if (input.SourceSecurityGroupOwnerId !== undefined) {
    throw missingParameter('SourceSecurityGroupName');
  }
  const { IpProtocol, FromPort, ToPort, CidrIp } = input;
  if (CidrIp === undefined) throw missingParameter('cidrIp');
  return [{ IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp }] }];
}

/** How the rules of a group refer to other groups of its VPC, and to AWS's prefix lists. */
export function peerLookup(call: Call<object>, group: SecurityGroup): PeerLookup {
  return {
    group: (pair) => {
      if (pair.VpcPeeringConnectionId)
        throw notSimulated('UserIdGroupPairs.VpcPeeringConnectionId');
      if (pair.PeeringStatus) throw notSimulated('UserIdGroupPairs.PeeringStatus');
      const name = pair.GroupId ?? pair.GroupName ?? '';
      if ((pair.UserId ?? group.account) !== group.account) throw securityGroupNotFound(name);
      const peer = pair.GroupId
        ? named(call, call.world.securityGroups, pair.GroupId, groupIds)
        : namedGroup(call, undefined, pair.GroupName);
      if (peer.vpcId === group.vpcId && (pair.VpcId ?? peer.vpcId) === peer.vpcId) return peer.id;
      throw new AwsError(
        'InvalidGroup.NotFound',
        'You have specified two resources that belong to different networks.',
      );
    },
    checkPrefixList: (id) => {
      checkId(id, 'pl', 'InvalidPrefixListId.Malformed');
      if (regionFacts(group.region)?.prefixLists?.includes(id)) return;
      const message = `The prefix list ID '${id}' does not exist`;
      throw new AwsError('InvalidPrefixListID.NotFound', message);
    },
  };
}

const olderMembers = [
  'CidrIp',
  'FromPort',
  'ToPort',
  'IpProtocol',
  'SourceSecurityGroupName',
  'SourceSecurityGroupOwnerId',
] as const;

// "The rule grants full ICMP, UDP, and TCP access"; not with a block, a protocol or ports (EC2 API
// reference).
function fromSourceGroup(call: Call<RuleInput>, group: SecurityGroup): IpPermission[] {
  const { input } = call;
  const other = (['CidrIp', 'IpProtocol', 'FromPort', 'ToPort'] as const).find(
    (name) => input[name] !== undefined,
  );
  if (other) throw invalidCombination(`${other} may not be used with SourceSecurityGroupName`);
  const UserIdGroupPairs = [
    {
      GroupName: input.SourceSecurityGroupName,
      UserId: input.SourceSecurityGroupOwnerId ?? group.account,
    },
  ];
  return [
    { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, UserIdGroupPairs },
    { IpProtocol: 'udp', FromPort: 0, ToPort: 65_535, UserIdGroupPairs },
    { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, UserIdGroupPairs },
  ];
}
