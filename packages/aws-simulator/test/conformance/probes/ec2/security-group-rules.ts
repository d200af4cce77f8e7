// Rules of security groups, in both directions: authorizing, revoking and listing them.

import { randomUUID } from 'node:crypto';
import {
  AuthorizeSecurityGroupEgressCommand as AuthorizeEgress,
  AuthorizeSecurityGroupIngressCommand as AuthorizeIngress,
  type AuthorizeSecurityGroupIngressCommandInput as RuleInput,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand as DescribeRules,
  type DescribeSecurityGroupRulesCommandInput as RulesInput,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand as RevokeEgress,
  RevokeSecurityGroupIngressCommand as RevokeIngress,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { failure, type Lab } from '../../../lab.ts';
import { dryRead, dryRun, filters, pages, shownAs } from '../../patterns.ts';
import {
  each,
  effect,
  expect,
  inOneLab,
  outputs,
  type Probe,
  type ProbeSet,
  probes,
  refused,
  uncovered,
} from '../../probe.ts';
import { networker, NETWORKER, taggedAs } from '../../scenes.ts';

const DESCRIBE = 'ec2:DescribeSecurityGroups';
const RULES = 'ec2:DescribeSecurityGroupRules';

type Members = Readonly<Record<string, Probe>>;

interface Direction {
  readonly name: 'Ingress' | 'Egress';
  // The two directions differ in old parameters that egress has and does not take.
  readonly Authorize: typeof AuthorizeIngress;
  readonly Revoke: typeof RevokeIngress;
}

const ingress: Direction = {
  name: 'Ingress',
  Authorize: AuthorizeIngress,
  Revoke: RevokeIngress,
};
const egress: Direction = {
  name: 'Egress',
  Authorize: AuthorizeEgress as unknown as typeof AuthorizeIngress,
  Revoke: RevokeEgress as unknown as typeof RevokeIngress,
};

const web: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 444,
  IpRanges: [{ CidrIp: '10.9.0.0/16', Description: 'why' }],
};

/** What a rule can be of; `peer` is another group. */
const permissions: Readonly<Record<string, (peer: string, peerName: string) => IpPermission>> = {
  'IpProtocol FromPort ToPort IpRanges.CidrIp IpRanges.Description': () => web,
  'Ipv6Ranges.CidrIpv6 Ipv6Ranges.Description': () => ({
    IpProtocol: '-1',
    Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32', Description: 'why' }],
  }),
  'PrefixListIds.PrefixListId PrefixListIds.Description': () => ({
    IpProtocol: '-1',
    PrefixListIds: [{ PrefixListId: 'pl-63a5400a', Description: 'why' }],
  }),
  'UserIdGroupPairs.GroupId UserIdGroupPairs.Description': (GroupId) => ({
    IpProtocol: '-1',
    UserIdGroupPairs: [{ GroupId, UserId: NETWORKER, Description: 'why' }],
  }),
  'UserIdGroupPairs.GroupName': (_, GroupName) => ({
    IpProtocol: '-1',
    UserIdGroupPairs: [{ GroupName }],
  }),
};

/** Pairs that are refused for one member: another owner, another VPC, and what is not simulated. */
const foreignPairs = {
  UserId: ['does not exist', { UserId: '999999999999' }],
  VpcId: ['networks', { VpcId: 'vpc-00000000000000000' }],
  VpcPeeringConnectionId: ['VpcPeeringConnectionId', { VpcPeeringConnectionId: 'pcx-00000000' }],
  PeeringStatus: ['PeeringStatus', { PeeringStatus: 'active' }],
} as const;

const older = { IpProtocol: 'udp', FromPort: 53, ToPort: 54, CidrIp: '10.8.0.0/16' };
const olderShown = {
  IpProtocol: 'udp',
  FromPort: 53,
  ToPort: 54,
  IpRanges: [{ CidrIp: '10.8.0.0/16' }],
};

export const securityGroupRuleProbes: ProbeSet = [
  ...[ingress, egress].flatMap((way) => [
    ...probes(`ec2:AuthorizeSecurityGroup${way.name}`, inOneLab(authorizing(way))),
    ...probes(`ec2:RevokeSecurityGroup${way.name}`, inOneLab(revoking(way))),
    // In the default VPC, what is not there is no error but an answer.
    ...outputs(`ec2:RevokeSecurityGroup${way.name}`, {
      'UnknownIpPermissions.UserIdGroupPairs.GroupId': async (lab) => {
        const [id, name] = await peerGroup(lab);
        const IpPermissions = Object.values(permissions).map((of) => of(id, name));
        await revoke(way, lab, { GroupId: await newGroup(lab), IpPermissions });
      },
    }),
  ]),

  ...outputs(RULES, {
    'SecurityGroupRules.PrefixListId': async (lab) => {
      const PrefixListIds = [{ PrefixListId: 'pl-63a5400a' }];
      await authorize(ingress, lab, [{ IpProtocol: '-1', PrefixListIds }]);
      await rules(lab);
    },
  }),

  ...probes(RULES, {
    DryRun: dryRead(RULES, (lab) => networker(lab).send(new DescribeRules({ DryRun: true }))),
    SecurityGroupRuleIds: effect(RULES, async (lab) => {
      const [{ SecurityGroupRuleId: id = '' } = {}] = await rules(lab);
      expect((await rules(lab, { SecurityGroupRuleIds: [id] })).map(ruleId)).toEqual([id]);
    }),
    ...pages(RULES, {
      prepare: async (lab) => {
        for (let made = 0; made < 6; made += 1) await authorize(ingress, lab, [web]);
      },
      list: async (lab, _, page) => {
        const answer = await networker(lab).send(new DescribeRules(page));
        const { SecurityGroupRules, NextToken: nextToken } = answer;
        return { ids: (SecurityGroupRules ?? []).map(ruleId), nextToken };
      },
    }),
    ...filters(RULES, {
      prepare: async (lab) => {
        const TagSpecifications = taggedAs('security-group-rule');
        await authorize(ingress, lab, [web], { TagSpecifications });
        return { items: await rules(lab) };
      },
      list: async (lab, Filters) => (await rules(lab, { Filters })).map(ruleId),
      cases: {
        'group-id': shownAs(ruleId, ({ GroupId }) => [GroupId]),
        'security-group-rule-id': shownAs(ruleId, (one) => [one.SecurityGroupRuleId]),
        'tag:<key>': shownAs(ruleId, ({ Tags = [] }) => Tags.map(({ Value }) => Value)),
      },
    }),
  }),
];

function authorizing(way: Direction): Members {
  const operation = `ec2:AuthorizeSecurityGroup${way.name}`;
  return {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => newGroup(lab),
      attempt: (lab, GroupId) => authorize(way, lab, [web], { GroupId, DryRun: true }),
      read: (lab, id) => shown(way, lab, id),
    }),
    GroupId: effect(DESCRIBE, async (lab) => {
      const GroupId = await newGroup(lab);
      await authorize(way, lab, [web], { GroupId });
      expect(await shown(way, lab, GroupId)).toContainEqual(expect.objectContaining(web));
    }),
    ...each(
      [
        'TagSpecifications.ResourceType',
        'TagSpecifications.Tags.Key',
        'TagSpecifications.Tags.Value',
      ],
      effect(RULES, async (lab) => {
        const TagSpecifications = taggedAs('security-group-rule');
        const GroupId = await authorize(way, lab, [web], { TagSpecifications });
        const found = await rules(lab, { Filters: [{ Name: 'group-id', Values: [GroupId] }] });
        expect(found).toContainEqual(
          expect.objectContaining({ Tags: [{ Key: 'probe', Value: 'yes' }] }),
        );
      }),
    ),
    ...permissionProbes((permissionOf) =>
      effect(DESCRIBE, async (lab) => {
        const [id, name] = await peerGroup(lab);
        const permission = permissionOf(id, name);
        const GroupId = await authorize(way, lab, [permission]);
        // A group that is named by its name is shown by its id.
        const { UserIdGroupPairs } = permissionOf(id, name);
        const pairs = UserIdGroupPairs && [{ ...UserIdGroupPairs[0], GroupId: id }];
        const wanted = { ...permission, ...(pairs && { UserIdGroupPairs: pairs }) };
        for (const pair of pairs ?? []) delete pair.GroupName;
        expect(await shown(way, lab, GroupId)).toMatchObject(
          expect.arrayContaining([matching(wanted)]),
        );
      }),
    ),
    ...pairProbes((named, pair) =>
      refused(named, async (lab) => {
        const [GroupId] = await peerGroup(lab);
        const UserIdGroupPairs = [{ GroupId, ...pair }];
        await authorize(way, lab, [{ IpProtocol: '-1', UserIdGroupPairs }]);
      }),
    ),
    ...(way === ingress
      ? olderIngress(operation)
      : olderEgress((lab, older) => authorize(egress, lab, [web], older))),
  };
}

function revoking(way: Direction): Members {
  return {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => authorize(way, lab, [web]),
      attempt: (lab, GroupId) => revoke(way, lab, { GroupId, IpPermissions: [web], DryRun: true }),
      read: (lab, id) => shown(way, lab, id),
    }),
    GroupId: revokes(way, web, (GroupId) => ({ GroupId, IpPermissions: [web] })),
    SecurityGroupRuleIds: effect(RULES, async (lab) => {
      const GroupId = await authorize(way, lab, [web]);
      const Filters = [{ Name: 'group-id', Values: [GroupId] }];
      const rule = (await rules(lab, { Filters })).find(({ FromPort }) => FromPort === 443);
      const SecurityGroupRuleIds = [rule?.SecurityGroupRuleId ?? ''];
      await revoke(way, lab, { GroupId, SecurityGroupRuleIds });
      expect((await rules(lab, { Filters })).map(ruleId)).not.toContain(SecurityGroupRuleIds[0]);
    }),
    ...permissionProbes(
      (permissionOf) =>
        effect(DESCRIBE, async (lab) => {
          const [id, name] = await peerGroup(lab);
          const permission = permissionOf(id, name);
          const GroupId = await newGroup(lab);
          const before = await shown(way, lab, GroupId);
          await authorize(way, lab, [permission], { GroupId });
          await revoke(way, lab, { GroupId, IpPermissions: [permission] });
          expect(await shown(way, lab, GroupId)).toEqual(before);
        }),
      'AWS finds the rule to revoke without its description.',
    ),
    ...pairProbes((named, pair) =>
      refused(named, async (lab) => {
        const [id] = await peerGroup(lab);
        const plain = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: id }] };
        const GroupId = await authorize(way, lab, [plain]);
        const UserIdGroupPairs = [{ GroupId: id, ...pair }];
        await revoke(way, lab, {
          GroupId,
          IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs }],
        });
      }),
    ),
    ...(way === ingress
      ? olderRevocation()
      : olderEgress((lab, older) =>
          authorize(egress, lab, [web]).then((GroupId) =>
            revoke(egress, lab, { GroupId, IpPermissions: [web], ...older }),
          ),
        )),
  };
}

/** The parameters from before there were permissions, which ingress still has. */
function olderIngress(operation: string): Members {
  return {
    ...each(
      ['IpProtocol', 'FromPort', 'ToPort', 'CidrIp'],
      effect(DESCRIBE, async (lab) => {
        const GroupId = await authorize(ingress, lab, undefined, older);
        expect(await shown(ingress, lab, GroupId)).toMatchObject([olderShown]);
      }),
    ),
    GroupName: effect(DESCRIBE, async (lab) => {
      const [id, GroupName] = await peerGroup(lab);
      await networker(lab).send(new AuthorizeIngress({ GroupName, ...older }));
      expect(await shown(ingress, lab, id)).toMatchObject([olderShown]);
    }),
    SourceSecurityGroupName: effect(DESCRIBE, async (lab) => {
      const [id, SourceSecurityGroupName] = await peerGroup(lab);
      const GroupId = await authorize(ingress, lab, undefined, { SourceSecurityGroupName });
      const [rule] = await shown(ingress, lab, GroupId);
      expect(rule?.UserIdGroupPairs).toMatchObject([{ GroupId: id }]);
    }),
    SourceSecurityGroupOwnerId: effect(operation, async (lab) => {
      const [, SourceSecurityGroupName] = await peerGroup(lab);
      const foreign = { SourceSecurityGroupName, SourceSecurityGroupOwnerId: '999999999999' };
      const { code } = await failure(authorize(ingress, lab, undefined, foreign));
      expect(code).toBe('InvalidGroup.NotFound');
    }),
  };
}

function olderRevocation(): Members {
  const shownRule = { ...older };
  return {
    ...each(
      ['IpProtocol', 'FromPort', 'ToPort', 'CidrIp'],
      revokes(ingress, olderShown, (GroupId) => ({ GroupId, ...shownRule })),
    ),
    GroupName: effect(DESCRIBE, async (lab) => {
      const [GroupId, GroupName] = await peerGroup(lab);
      await authorize(ingress, lab, [web], { GroupId });
      await networker(lab).send(new RevokeIngress({ GroupName, IpPermissions: [web] }));
      expect(await shown(ingress, lab, GroupId)).toEqual([]);
    }),
    SourceSecurityGroupName: effect(DESCRIBE, async (lab) => {
      const [, SourceSecurityGroupName] = await peerGroup(lab);
      const GroupId = await authorize(ingress, lab, undefined, { SourceSecurityGroupName });
      await revoke(ingress, lab, { GroupId, SourceSecurityGroupName });
      expect(await shown(ingress, lab, GroupId)).toEqual([]);
    }),
    SourceSecurityGroupOwnerId: effect('ec2:RevokeSecurityGroupIngress', async (lab) => {
      const [, SourceSecurityGroupName] = await peerGroup(lab);
      const GroupId = await authorize(ingress, lab, undefined, { SourceSecurityGroupName });
      const foreign = { SourceSecurityGroupName, SourceSecurityGroupOwnerId: '999999999999' };
      const { code } = await failure(revoke(ingress, lab, { GroupId, ...foreign }));
      expect(code).toBe('InvalidGroup.NotFound');
    }),
  };
}

/** Egress has these members and does not take them: "use IP permissions instead". */
function olderEgress(attempt: (lab: Lab, older: object) => Promise<unknown>): Members {
  const values = {
    ...older,
    SourceSecurityGroupName: 'default',
    SourceSecurityGroupOwnerId: NETWORKER,
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      refused(name, (lab) => attempt(lab, { [name]: value })),
    ]),
  );
}

function permissionProbes(
  probeOf: (permissionOf: (peer: string, name: string) => IpPermission) => Probe,
  describedInVain?: string,
): Members {
  const found: Record<string, Probe> = {};
  for (const [paths, permissionOf] of Object.entries(permissions)) {
    const probe = probeOf(permissionOf);
    for (const path of paths.split(' ')) {
      const vain = describedInVain !== undefined && path.endsWith('Description');
      found[`IpPermissions.${path}`] = vain ? uncovered(describedInVain) : probe;
    }
  }
  return found;
}

function pairProbes(probeOf: (named: string, pair: object) => Probe): Members {
  return Object.fromEntries(
    Object.entries(foreignPairs).map(([member, [named, pair]]) => [
      `IpPermissions.UserIdGroupPairs.${member}`,
      probeOf(named, pair),
    ]),
  );
}

function revokes(
  way: Direction,
  permission: IpPermission,
  input: (id: string) => RuleInput,
): Probe {
  return effect(DESCRIBE, async (lab) => {
    const GroupId = await authorize(way, lab, [permission]);
    const before = await shown(way, lab, GroupId);
    await revoke(way, lab, input(GroupId));
    expect((await shown(way, lab, GroupId)).length).toBe(before.length - 1);
  });
}

/** Authorizes in a new group, unless one is named, and gives the group's id. */
async function authorize(
  { Authorize }: Direction,
  lab: Lab,
  IpPermissions: IpPermission[] | undefined,
  input: RuleInput = {},
): Promise<string> {
  const GroupId = input.GroupId ?? (await newGroup(lab));
  const rule = IpPermissions ? { IpPermissions } : {};
  await networker(lab).send(new Authorize({ GroupId, ...rule, ...input }));
  return GroupId;
}

function revoke({ Revoke }: Direction, lab: Lab, input: object) {
  return networker(lab).send(new Revoke(input));
}

async function newGroup(lab: Lab): Promise<string> {
  return (await peerGroup(lab))[0];
}

/** A new group of the default VPC: its id and its name. */
async function peerGroup(lab: Lab): Promise<[id: string, name: string]> {
  const GroupName = randomUUID();
  const command = new CreateSecurityGroupCommand({ GroupName, Description: 'probe' });
  const { GroupId = '' } = await networker(lab).send(command);
  return [GroupId, GroupName];
}

async function shown({ name }: Direction, lab: Lab, id: string): Promise<IpPermission[]> {
  const command = new DescribeSecurityGroupsCommand({ GroupIds: [id] });
  const [group] = (await networker(lab).send(command)).SecurityGroups ?? [];
  return (name === 'Ingress' ? group?.IpPermissions : group?.IpPermissionsEgress) ?? [];
}

async function rules(lab: Lab, input: RulesInput = {}): Promise<SecurityGroupRule[]> {
  return (await networker(lab).send(new DescribeRules(input))).SecurityGroupRules ?? [];
}

function ruleId({ SecurityGroupRuleId = '' }: SecurityGroupRule): string {
  return SecurityGroupRuleId;
}

/** Has what is given, at any depth. */
function matching(value: unknown): unknown {
  if (Array.isArray(value)) return expect.arrayContaining(value.map(matching));
  if (typeof value !== 'object' || value === null) return value;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, matching(inner)])),
  );
}
