// Topics themselves: their attributes, tags, permissions and lists.

import {
  AddPermissionCommand,
  CreateTopicCommand,
  type CreateTopicCommandInput,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  RemovePermissionCommand,
  SetTopicAttributesCommand,
  type SNSClient,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { CUSTOMER, type Lab, VENDOR } from '../../../lab.ts';
import { makeTopic } from '../../../services/sns/topic-scenes.ts';
import { each, effect, expect, type ProbeSet, probes, refused } from '../../probe.ts';

const ATTRIBUTES = 'sns:GetTopicAttributes';
const TOPICS = 'sns:ListTopics';
const TAGS = 'sns:ListTagsForResource';

export const topicProbes: ProbeSet = [
  ...probes('sns:CreateTopic', {
    Name: effect(TOPICS, async (lab) => {
      await create(lab, {});
      expect(await topics(lab)).toEqual([arn('one')]);
    }),
    Attributes: effect(ATTRIBUTES, async (lab) => {
      await create(lab, { Attributes: { DisplayName: 'One' } });
      expect((await attributes(lab, arn('one'))).DisplayName).toBe('One');
    }),
    ...each(
      ['Tags.Key', 'Tags.Value'],
      effect(TAGS, async (lab) => {
        await create(lab, { Tags: [{ Key: 'team', Value: 'a' }] });
        expect(await tagsOf(lab, arn('one'))).toEqual([{ Key: 'team', Value: 'a' }]);
      }),
    ),
    DataProtectionPolicy: refused('DataProtectionPolicy', (lab) =>
      create(lab, { DataProtectionPolicy: '{}' }),
    ),
  }),

  ...probes('sns:DeleteTopic', {
    TopicArn: effect(TOPICS, async (lab) => {
      const [TopicArn, other] = await twoTopics(lab);
      await vendor(lab).send(new DeleteTopicCommand({ TopicArn }));
      expect(await topics(lab)).toEqual([other]);
    }),
  }),

  ...probes(ATTRIBUTES, {
    TopicArn: effect(ATTRIBUTES, async (lab) => {
      const [, two] = await twoTopics(lab);
      expect(await attributes(lab, two)).toMatchObject({ TopicArn: two, Owner: VENDOR });
    }),
  }),

  ...probes('sns:SetTopicAttributes', {
    ...each(
      ['TopicArn', 'AttributeName', 'AttributeValue'],
      effect(ATTRIBUTES, async (lab) => {
        const [one, TopicArn] = await twoTopics(lab);
        const set = { TopicArn, AttributeName: 'DisplayName', AttributeValue: 'Two' };
        await vendor(lab).send(new SetTopicAttributesCommand(set));
        expect((await attributes(lab, one)).DisplayName).toBe('');
        expect((await attributes(lab, TopicArn)).DisplayName).toBe('Two');
      }),
    ),
  }),

  ...probes(TOPICS, {
    NextToken: effect(TOPICS, async (lab) => {
      for (let made = 0; made < 101; made += 1) await makeTopic(lab, `t${made}`);
      const first = await vendor(lab).send(new ListTopicsCommand({}));
      const next = new ListTopicsCommand({ NextToken: first.NextToken });
      const second = await vendor(lab).send(next);
      expect(second.Topics).toEqual([{ TopicArn: arn('t100') }]);
    }),
  }),

  ...probes('sns:AddPermission', {
    ...each(
      ['TopicArn', 'Label', 'AWSAccountId', 'ActionName'],
      effect(ATTRIBUTES, async (lab) => {
        const [one] = await twoTopics(lab);
        await allow(lab, one, 'customer');
        expect(await statements(lab, one)).toMatchObject([
          { Sid: '__default_statement_ID' },
          {
            Sid: 'customer',
            Principal: { AWS: `arn:aws:iam::${CUSTOMER}:root` },
            Action: 'SNS:Publish',
            Resource: one,
          },
        ]);
      }),
    ),
  }),

  ...probes('sns:RemovePermission', {
    ...each(
      ['TopicArn', 'Label'],
      effect(ATTRIBUTES, async (lab) => {
        const [TopicArn] = await twoTopics(lab);
        for (const label of ['customer', 'other']) await allow(lab, TopicArn, label);
        const remove = new RemovePermissionCommand({ TopicArn, Label: 'customer' });
        await vendor(lab).send(remove);
        const left = [{ Sid: '__default_statement_ID' }, { Sid: 'other' }];
        expect(await statements(lab, TopicArn)).toMatchObject(left);
      }),
    ),
  }),

  ...probes(TAGS, {
    ResourceArn: effect(TAGS, async (lab) => {
      await create(lab, { Tags: [{ Key: 'team', Value: 'a' }] });
      expect(await tagsOf(lab, arn('one'))).toHaveLength(1);
    }),
  }),

  ...probes('sns:TagResource', {
    ...each(
      ['ResourceArn', 'Tags.Key', 'Tags.Value'],
      effect(TAGS, async (lab) => {
        const [one, ResourceArn] = await twoTopics(lab);
        const Tags = [{ Key: 'team', Value: 'b' }];
        await vendor(lab).send(new TagResourceCommand({ ResourceArn, Tags }));
        expect(await tagsOf(lab, one)).toEqual([]);
        expect(await tagsOf(lab, ResourceArn)).toEqual(Tags);
      }),
    ),
  }),

  ...probes('sns:UntagResource', {
    ...each(
      ['ResourceArn', 'TagKeys'],
      effect(TAGS, async (lab) => {
        const Tags = ['team', 'stage'].map((Key) => ({ Key, Value: 'a' }));
        await create(lab, { Tags });
        const untag = { ResourceArn: arn('one'), TagKeys: ['stage'] };
        await vendor(lab).send(new UntagResourceCommand(untag));
        expect(await tagsOf(lab, arn('one'))).toEqual([{ Key: 'team', Value: 'a' }]);
      }),
    ),
  }),
];

function vendor(lab: Lab): SNSClient {
  return lab.as(VENDOR).sns;
}

function arn(name: string): string {
  return `arn:aws:sns:us-east-1:${VENDOR}:${name}`;
}

async function create(lab: Lab, input: Partial<CreateTopicCommandInput>) {
  return vendor(lab).send(new CreateTopicCommand({ Name: 'one', ...input }));
}

async function twoTopics(lab: Lab): Promise<[string, string]> {
  return [await makeTopic(lab, 'one'), await makeTopic(lab, 'two')];
}

async function allow(lab: Lab, TopicArn: string, Label: string): Promise<void> {
  const grant = { TopicArn, Label, AWSAccountId: [CUSTOMER], ActionName: ['Publish'] };
  await vendor(lab).send(new AddPermissionCommand(grant));
}

async function topics(lab: Lab): Promise<(string | undefined)[]> {
  const { Topics = [] } = await vendor(lab).send(new ListTopicsCommand({}));
  return Topics.map(({ TopicArn }) => TopicArn);
}

async function attributes(lab: Lab, TopicArn: string): Promise<Record<string, string>> {
  const found = await vendor(lab).send(new GetTopicAttributesCommand({ TopicArn }));
  return found.Attributes ?? {};
}

async function statements(lab: Lab, topic: string): Promise<unknown> {
  const { Policy = '{}' } = await attributes(lab, topic);
  return (JSON.parse(Policy) as { Statement?: unknown }).Statement;
}

async function tagsOf(lab: Lab, ResourceArn: string) {
  return (await vendor(lab).send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
}
