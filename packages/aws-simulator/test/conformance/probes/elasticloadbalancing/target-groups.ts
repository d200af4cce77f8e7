// Target groups: making, listing, changing and deleting them.

import {
  type CreateTargetGroupCommandInput as CreateInput,
  DeleteTargetGroupCommand as Delete,
  DescribeTargetGroupsCommand as Describe,
  type DescribeTargetGroupsCommandInput as DescribeInput,
  ModifyTargetGroupCommand as Modify,
  type ModifyTargetGroupCommandInput as ModifyInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { failure, type Lab } from '../../../lab.ts';
import { loadBalancerArn } from '../../../scenes.ts';
import { pages } from '../../patterns.ts';
import { each, effect, expect, type Probe, type ProbeSet, probes, refused } from '../../probe.ts';
import {
  DESCRIBE_GROUPS,
  DESCRIBE_TAGS,
  elb,
  firstGroup,
  groupNow,
  newGroup,
  tagsNow,
} from './scenes.ts';

const CREATE = 'elasticloadbalancing:CreateTargetGroup';
const MODIFY = 'elasticloadbalancing:ModifyTargetGroup';
const DELETE = 'elasticloadbalancing:DeleteTargetGroup';

const paged = pages(DESCRIBE_GROUPS, {
  size: 1,
  prepare: async () => undefined,
  list: async (lab, _, { MaxResults, NextToken }) => {
    const page = { PageSize: MaxResults, Marker: NextToken };
    const { TargetGroups = [], NextMarker } = await elb(lab).send(new Describe(page));
    return { ids: TargetGroups.map((group) => group.TargetGroupArn ?? ''), nextToken: NextMarker };
  },
});

/** Members of a health check, with what is set and what must be set beside it. */
const healthChecks: Readonly<Record<string, [ModifyInputs, ModifyInputs?]>> = {
  HealthCheckProtocol: [{ HealthCheckProtocol: 'HTTPS' }],
  HealthCheckPort: [{ HealthCheckPort: '9000' }],
  HealthCheckPath: [{ HealthCheckPath: '/ok' }, { HealthCheckProtocol: 'HTTP' }],
  HealthCheckIntervalSeconds: [{ HealthCheckIntervalSeconds: 17 }],
  HealthCheckTimeoutSeconds: [{ HealthCheckTimeoutSeconds: 7 }],
  HealthyThresholdCount: [{ HealthyThresholdCount: 3 }],
  UnhealthyThresholdCount: [{ UnhealthyThresholdCount: 4 }],
  'Matcher.HttpCode': [{ Matcher: { HttpCode: '204' } }, { HealthCheckProtocol: 'HTTP' }],
};

type ModifyInputs = Omit<ModifyInput, 'TargetGroupArn'>;

export const targetGroupProbes: ProbeSet = [
  ...probes(CREATE, {
    Name: shown({ Name: 'other' }, { TargetGroupName: 'other' }),
    Protocol: shown({ Protocol: 'TCP_UDP' }, { Protocol: 'TCP_UDP' }),
    Port: shown({ Port: 9443 }, { Port: 9443 }),
    VpcId: effect(DESCRIBE_GROUPS, async (lab) => {
      const { VpcId } = await groupNow(lab, await firstGroup(lab));
      expect((await groupNow(lab, await newGroup(lab, { VpcId }))).VpcId).toBe(VpcId);
    }),
    ...eachCheck((input) => shown(input, input)),
    HealthCheckEnabled: refused('Health check enabled', (lab) =>
      newGroup(lab, { HealthCheckEnabled: false }),
    ),
    'Matcher.GrpcCode': refused('Matcher.GrpcCode', (lab) =>
      newGroup(lab, { HealthCheckProtocol: 'HTTP', Matcher: { GrpcCode: '0' } }),
    ),
    ProtocolVersion: refused('ProtocolVersion', (lab) =>
      newGroup(lab, { ProtocolVersion: 'GRPC' }),
    ),
    TargetControlPort: refused('TargetControlPort', (lab) =>
      newGroup(lab, { TargetControlPort: 8000 }),
    ),
    TargetType: shown({ TargetType: 'ip' }, { TargetType: 'ip' }),
    IpAddressType: shown({ IpAddressType: 'ipv6' }, { IpAddressType: 'ipv6' }),
    ...each(
      ['Tags.Key', 'Tags.Value'],
      effect(DESCRIBE_TAGS, async (lab) => {
        const Tags = [{ Key: 'probe', Value: 'yes' }];
        expect(await tagsNow(lab, await newGroup(lab, { Tags }))).toEqual(Tags);
      }),
    ),
  }),

  ...probes(DESCRIBE_GROUPS, {
    LoadBalancerArn: effect(DESCRIBE_GROUPS, async (lab) => {
      const groups = await described(lab, { LoadBalancerArn: loadBalancerArn(lab, 'api-2') });
      expect(groups).toEqual(['api-2-targets']);
    }),
    TargetGroupArns: effect(DESCRIBE_GROUPS, async (lab) => {
      const arn = await newGroup(lab);
      expect(await described(lab, { TargetGroupArns: [arn] })).toEqual(['probe']);
    }),
    Names: effect(DESCRIBE_GROUPS, async (lab) => {
      expect(await described(lab, { Names: ['api-1-targets'] })).toEqual(['api-1-targets']);
    }),
    PageSize: paged.MaxResults,
    Marker: paged.NextToken,
  }),

  ...probes(MODIFY, {
    TargetGroupArn: modified({ HealthyThresholdCount: 3 }),
    ...eachCheck((input, beside) => modified(input, beside)),
    HealthCheckEnabled: refused('Health check enabled', async (lab) =>
      modify(lab, await newGroup(lab), { HealthCheckEnabled: false }),
    ),
    'Matcher.GrpcCode': refused('Matcher.GrpcCode', async (lab) =>
      modify(lab, await newGroup(lab), {
        HealthCheckProtocol: 'HTTP',
        Matcher: { GrpcCode: '0' },
      }),
    ),
  }),

  ...probes(DELETE, {
    TargetGroupArn: effect(DESCRIBE_GROUPS, async (lab) => {
      const arn = await newGroup(lab);
      await elb(lab).send(new Delete({ TargetGroupArn: arn }));
      expect((await failure(groupNow(lab, arn))).code).toBe('TargetGroupNotFoundException');
    }),
  }),
];

function eachCheck(probeOf: (input: ModifyInputs, beside?: ModifyInputs) => Probe) {
  return Object.fromEntries(
    Object.entries(healthChecks).map(([member, [input, beside]]) => [
      member,
      probeOf({ ...beside, ...input }, beside),
    ]),
  );
}

function shown(input: Partial<CreateInput>, seen: object): Probe {
  return effect(DESCRIBE_GROUPS, async (lab) => {
    expect(await groupNow(lab, await newGroup(lab, input))).toMatchObject(seen);
  });
}

function modified(input: ModifyInputs, beside: ModifyInputs = {}): Probe {
  return effect(DESCRIBE_GROUPS, async (lab) => {
    const [one, two] = [await newGroup(lab, beside), await firstGroup(lab)];
    const before = await groupNow(lab, two);
    await modify(lab, one, input);
    expect(await groupNow(lab, one)).toMatchObject(input);
    expect(await groupNow(lab, two)).toEqual(before);
  });
}

function modify(lab: Lab, TargetGroupArn: string, input: ModifyInputs) {
  return elb(lab).send(new Modify({ TargetGroupArn, ...input }));
}

async function described(lab: Lab, input: DescribeInput) {
  const { TargetGroups } = await elb(lab).send(new Describe(input));
  return (TargetGroups ?? []).map(({ TargetGroupName }) => TargetGroupName);
}
