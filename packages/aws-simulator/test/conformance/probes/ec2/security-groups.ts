// Security groups themselves: making, listing and deleting them. Their rules are in
// security-group-rules.ts.

import { randomUUID } from 'node:crypto';
import {
  AuthorizeSecurityGroupEgressCommand as AuthorizeEgress,
  AuthorizeSecurityGroupIngressCommand as Authorize,
  CreateSecurityGroupCommand as Create,
  type CreateSecurityGroupCommandInput as CreateInput,
  DeleteSecurityGroupCommand as Delete,
  DescribeSecurityGroupsCommand as Describe,
  type DescribeSecurityGroupsCommandInput as DescribeInput,
  DescribeVpcsCommand,
  type IpPermission,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import { failure, type Lab } from '../../../lab.ts';
import { dryRead, dryRun, filters, pages, shownAs } from '../../patterns.ts';
import { each, effect, expect, inOneLab, type ProbeSet, probes } from '../../probe.ts';
import { networker, taggedAs } from '../../scenes.ts';

const CREATE = 'ec2:CreateSecurityGroup';
const DESCRIBE = 'ec2:DescribeSecurityGroups';
const DELETE = 'ec2:DeleteSecurityGroup';

export const securityGroupProbes: ProbeSet = [
  ...probes(
    CREATE,
    inOneLab({
      DryRun: dryRun({
        readBy: DESCRIBE,
        prepare: async () => undefined,
        attempt: (lab) => create(lab, { DryRun: true }),
        read: (lab) => groups(lab),
      }),
      ...each(
        ['GroupName', 'Description'],
        effect(DESCRIBE, async (lab) => {
          const GroupName = randomUUID();
          const id = await create(lab, { GroupName, Description: 'for a probe' });
          expect(await group(lab, id)).toMatchObject({ GroupName, Description: 'for a probe' });
        }),
      ),
      VpcId: effect(DESCRIBE, async (lab) => {
        const { Vpcs } = await networker(lab).send(new DescribeVpcsCommand({}));
        const VpcId = Vpcs?.find(({ IsDefault }) => !IsDefault)?.VpcId ?? '';
        expect((await group(lab, await create(lab, { VpcId }))).VpcId).toBe(VpcId);
      }),
      ...each(
        [
          'TagSpecifications.ResourceType',
          'TagSpecifications.Tags.Key',
          'TagSpecifications.Tags.Value',
        ],
        effect(DESCRIBE, async (lab) => {
          const id = await create(lab, { TagSpecifications: taggedAs('security-group') });
          expect((await group(lab, id)).Tags).toEqual([{ Key: 'probe', Value: 'yes' }]);
          const wrong = create(lab, { TagSpecifications: taggedAs('vpc') });
          expect((await failure(wrong)).code).toMatch(/^InvalidParameter/);
        }),
      ),
    }),
  ),

  ...probes(
    DELETE,
    inOneLab({
      DryRun: dryRun({
        readBy: DESCRIBE,
        prepare: (lab) => create(lab),
        attempt: (lab, GroupId) => networker(lab).send(new Delete({ GroupId, DryRun: true })),
        read: (lab) => groups(lab),
      }),
      GroupId: effect(DESCRIBE, async (lab) => {
        const GroupId = await create(lab);
        await networker(lab).send(new Delete({ GroupId }));
        expect((await groups(lab)).map(idOf)).not.toContain(GroupId);
      }),
      GroupName: effect(DESCRIBE, async (lab) => {
        const GroupName = randomUUID();
        const id = await create(lab, { GroupName });
        await networker(lab).send(new Delete({ GroupName }));
        expect((await groups(lab)).map(idOf)).not.toContain(id);
      }),
    }),
  ),

  ...probes(DESCRIBE, {
    ...inOneLab({
      DryRun: dryRead(DESCRIBE, (lab) => networker(lab).send(new Describe({ DryRun: true }))),
      GroupIds: effect(DESCRIBE, async (lab) => {
        const GroupIds = [await create(lab)];
        expect((await groups(lab, { GroupIds })).map(idOf)).toEqual(GroupIds);
      }),
      GroupNames: effect(DESCRIBE, async (lab) => {
        const GroupName = randomUUID();
        const id = await create(lab, { GroupName });
        expect((await groups(lab, { GroupNames: [GroupName] })).map(idOf)).toEqual([id]);
      }),
    }),
    ...pages(DESCRIBE, {
      prepare: async (lab) => {
        for (let made = 0; made < 6; made += 1) await create(lab);
      },
      list: async (lab, _, page) => {
        const { SecurityGroups, NextToken } = await networker(lab).send(new Describe(page));
        return { ids: (SecurityGroups ?? []).map(idOf), nextToken: NextToken };
      },
    }),
    ...filters(DESCRIBE, {
      prepare: groupsWithRules,
      list: async (lab, Filters) => (await groups(lab, { Filters })).map(idOf),
      cases: {
        description: by(({ Description }) => [Description]),
        'group-id': by(({ GroupId }) => [GroupId]),
        'group-name': by(({ GroupName }) => [GroupName]),
        'owner-id': by(({ OwnerId }) => [OwnerId]),
        'tag:<key>': by(({ Tags = [] }) => Tags.map(({ Value }) => Value)),
        'tag-key': by(({ Tags = [] }) => Tags.map(({ Key }) => Key)),
        'vpc-id': by(({ VpcId }) => [VpcId]),
        ...ruleFilters('ip-permission', ({ IpPermissions = [] }) => IpPermissions),
        ...ruleFilters('egress.ip-permission', (one) => one.IpPermissionsEgress ?? []),
      },
    }),
  }),
];

function by(valuesOf: (group: SecurityGroup) => readonly unknown[]) {
  return shownAs(idOf, valuesOf);
}

function ruleFilters(prefix: string, rulesOf: (group: SecurityGroup) => readonly IpPermission[]) {
  const inRules = (valuesOf: (rule: IpPermission) => readonly unknown[]) =>
    by((group) => rulesOf(group).flatMap(valuesOf));
  const pairs = (one: IpPermission) => one.UserIdGroupPairs ?? [];
  return {
    [`${prefix}.cidr`]: inRules(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp)),
    [`${prefix}.from-port`]: inRules(({ FromPort }) => [FromPort]),
    [`${prefix}.group-id`]: inRules((one) => pairs(one).map(({ GroupId }) => GroupId)),
    // Rules show ids of groups only; each of these groups has a peer of this name.
    [`${prefix}.group-name`]: ({
      items,
      peer,
    }: {
      items: readonly SecurityGroup[];
      peer: string;
    }) => ({
      peer: items
        .filter((one) => rulesOf(one).some((rule) => pairs(rule).some((p) => p.GroupId === peer)))
        .map(idOf),
      nobody: [],
    }),
    [`${prefix}.ipv6-cidr`]: inRules(({ Ipv6Ranges = [] }) => Ipv6Ranges.map((r) => r.CidrIpv6)),
    [`${prefix}.prefix-list-id`]: inRules((one) =>
      (one.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
    ),
    [`${prefix}.protocol`]: inRules(({ IpProtocol }) => [IpProtocol]),
    [`${prefix}.to-port`]: inRules(({ ToPort }) => [ToPort]),
    [`${prefix}.user-id`]: inRules((one) => pairs(one).map(({ UserId }) => UserId)),
  };
}

/** Two groups with all kinds of rules, one way each, beside the default groups. */
async function groupsWithRules(lab: Lab) {
  const ec2 = networker(lab);
  const peer = await create(lab, { GroupName: 'peer' });
  const inward = await create(lab, { TagSpecifications: taggedAs('security-group') });
  const outward = await create(lab);
  const IpPermissions: IpPermission[] = [
    {
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 444,
      IpRanges: [{ CidrIp: '10.9.0.0/16' }],
      Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      PrefixListIds: [{ PrefixListId: 'pl-63a5400a' }],
      UserIdGroupPairs: [{ GroupId: peer }],
    },
  ];
  await ec2.send(new Authorize({ GroupId: inward, IpPermissions }));
  await ec2.send(new AuthorizeEgress({ GroupId: outward, IpPermissions }));
  return { items: await groups(lab), peer };
}

async function create(lab: Lab, input: Partial<CreateInput> = {}): Promise<string> {
  const command = new Create({ GroupName: randomUUID(), Description: 'probe', ...input });
  return (await networker(lab).send(command)).GroupId ?? '';
}

async function groups(lab: Lab, input: DescribeInput = {}): Promise<SecurityGroup[]> {
  return (await networker(lab).send(new Describe(input))).SecurityGroups ?? [];
}

async function group(lab: Lab, id: string): Promise<SecurityGroup> {
  return (await groups(lab, { GroupIds: [id] }))[0] ?? {};
}

function idOf({ GroupId = '' }: SecurityGroup): string {
  return GroupId;
}
