// Queues themselves: their names, attributes, tags, permissions and lists.

import {
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  RemovePermissionCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { CUSTOMER, type Lab, VENDOR } from '../../../lab.ts';
import { counts, makeQueue, put } from '../../../services/sqs/queue-scenes.ts';
import { pages } from '../../patterns.ts';
import { each, effect, expect, type ProbeSet, probes } from '../../probe.ts';

const ATTRIBUTES = 'sqs:GetQueueAttributes';
const QUEUES = 'sqs:ListQueues';
const TAGS = 'sqs:ListQueueTags';
const SOURCES = 'sqs:ListDeadLetterSourceQueues';

export const queueProbes: ProbeSet = [
  ...probes('sqs:CreateQueue', {
    QueueName: effect(QUEUES, async (lab) => {
      await create(lab, { QueueName: 'one' });
      expect(await names(lab)).toEqual(['one']);
    }),
    Attributes: effect(ATTRIBUTES, async (lab) => {
      await create(lab, { QueueName: 'one', Attributes: { VisibilityTimeout: '7' } });
      expect(await attribute(lab, 'one', 'VisibilityTimeout')).toBe('7');
    }),
    tags: effect(TAGS, async (lab) => {
      await create(lab, { QueueName: 'one', tags: { team: 'a' } });
      expect(await tagsOf(lab, 'one')).toEqual({ team: 'a' });
    }),
  }),

  ...probes('sqs:DeleteQueue', {
    QueueUrl: effect(QUEUES, async (lab) => {
      const [one] = await twoQueues(lab);
      await vendor(lab).send(new DeleteQueueCommand({ QueueUrl: one }));
      expect(await names(lab)).toEqual(['two']);
    }),
  }),

  ...probes('sqs:GetQueueUrl', {
    QueueName: effect('sqs:GetQueueUrl', async (lab) => {
      const [, two] = await twoQueues(lab);
      const found = await vendor(lab).send(new GetQueueUrlCommand({ QueueName: 'two' }));
      expect(found.QueueUrl).toBe(two);
    }),
    QueueOwnerAWSAccountId: effect('sqs:GetQueueUrl', async (lab) => {
      const [one] = await twoQueues(lab);
      await allow(lab, one);
      await makeQueue(lab, 'one', {}, { account: CUSTOMER });
      const theirs = { QueueName: 'one', QueueOwnerAWSAccountId: VENDOR };
      const found = await lab.as(CUSTOMER).sqs.send(new GetQueueUrlCommand(theirs));
      expect(found.QueueUrl).toBe(one);
    }),
  }),

  ...probes(ATTRIBUTES, {
    ...each(
      ['QueueUrl', 'AttributeNames'],
      effect(ATTRIBUTES, async (lab) => {
        await twoQueues(lab);
        expect(await attribute(lab, 'two', 'QueueArn')).toBe(arn('two'));
      }),
    ),
  }),

  ...probes('sqs:SetQueueAttributes', {
    ...each(
      ['QueueUrl', 'Attributes'],
      effect(ATTRIBUTES, async (lab) => {
        const [, QueueUrl] = await twoQueues(lab);
        const Attributes = { DelaySeconds: '9' };
        await vendor(lab).send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
        expect(await attribute(lab, 'one', 'DelaySeconds')).toBe('0');
        expect(await attribute(lab, 'two', 'DelaySeconds')).toBe('9');
      }),
    ),
  }),

  ...probes(QUEUES, {
    QueueNamePrefix: effect(QUEUES, async (lab) => {
      await twoQueues(lab);
      expect(await names(lab, { QueueNamePrefix: 'tw' })).toEqual(['two']);
    }),
    ...pages(QUEUES, {
      size: 2,
      prepare: async (lab) => {
        for (const name of ['one', 'two', 'three']) await makeQueue(lab, name);
      },
      list: async (lab, _, page) => {
        const answer = await vendor(lab).send(new ListQueuesCommand(page));
        return { ids: answer.QueueUrls ?? [], nextToken: answer.NextToken };
      },
    }),
  }),

  ...probes(SOURCES, {
    QueueUrl: effect(SOURCES, async (lab) => {
      const { url, sources } = await deadLetters(lab);
      const list = new ListDeadLetterSourceQueuesCommand({ QueueUrl: url });
      expect((await vendor(lab).send(list)).queueUrls).toEqual(sources);
    }),
    ...pages(SOURCES, {
      size: 2,
      prepare: deadLetters,
      list: async (lab, { url }, page) => {
        const list = new ListDeadLetterSourceQueuesCommand({ QueueUrl: url, ...page });
        const answer = await vendor(lab).send(list);
        return { ids: answer.queueUrls ?? [], nextToken: answer.NextToken };
      },
    }),
  }),

  ...probes(TAGS, {
    QueueUrl: effect(TAGS, async (lab) => {
      await create(lab, { QueueName: 'one', tags: { team: 'a' } });
      expect(await tagsOf(lab, 'one')).toEqual({ team: 'a' });
    }),
  }),

  ...probes('sqs:TagQueue', {
    ...each(
      ['QueueUrl', 'Tags'],
      effect(TAGS, async (lab) => {
        const [, QueueUrl] = await twoQueues(lab);
        await vendor(lab).send(new TagQueueCommand({ QueueUrl, Tags: { team: 'b' } }));
        expect(await tagsOf(lab, 'one')).toBeUndefined();
        expect(await tagsOf(lab, 'two')).toEqual({ team: 'b' });
      }),
    ),
  }),

  ...probes('sqs:UntagQueue', {
    ...each(
      ['QueueUrl', 'TagKeys'],
      effect(TAGS, async (lab) => {
        const tags = { team: 'a', stage: 'b' };
        const QueueUrl = await create(lab, { QueueName: 'one', tags });
        await vendor(lab).send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }));
        expect(await tagsOf(lab, 'one')).toEqual({ team: 'a' });
      }),
    ),
  }),

  ...probes('sqs:PurgeQueue', {
    QueueUrl: effect(ATTRIBUTES, async (lab) => {
      const queue = await makeQueue(lab, 'one');
      await put(lab, queue, 'hello');
      await vendor(lab).send(new PurgeQueueCommand({ QueueUrl: queue.url }));
      expect(await counts(lab, queue)).toEqual([0, 0, 0]);
    }),
  }),

  ...probes('sqs:AddPermission', {
    ...each(
      ['QueueUrl', 'Label', 'AWSAccountIds', 'Actions'],
      effect(ATTRIBUTES, async (lab) => {
        const [one] = await twoQueues(lab);
        await allow(lab, one);
        expect(await statements(lab, 'one')).toEqual([
          {
            Sid: 'customer',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${CUSTOMER}:root` },
            Action: 'SQS:GetQueueUrl',
            Resource: arn('one'),
          },
        ]);
      }),
    ),
  }),

  ...probes('sqs:RemovePermission', {
    ...each(
      ['QueueUrl', 'Label'],
      effect(ATTRIBUTES, async (lab) => {
        const [QueueUrl] = await twoQueues(lab);
        for (const label of ['customer', 'other']) await allow(lab, QueueUrl, label);
        await vendor(lab).send(new RemovePermissionCommand({ QueueUrl, Label: 'customer' }));
        expect(await statements(lab, 'one')).toMatchObject([{ Sid: 'other' }]);
      }),
    ),
  }),
];

function vendor(lab: Lab): SQSClient {
  return lab.as(VENDOR).sqs;
}

function arn(name: string): string {
  return `arn:aws:sqs:us-east-1:${VENDOR}:${name}`;
}

function url(lab: Lab, name: string): string {
  return `${lab.endpoint}/${VENDOR}/${name}`;
}

async function create(lab: Lab, input: ConstructorParameters<typeof CreateQueueCommand>[0]) {
  return (await vendor(lab).send(new CreateQueueCommand(input))).QueueUrl ?? '';
}

async function twoQueues(lab: Lab): Promise<[string, string]> {
  const [one, two] = [await makeQueue(lab, 'one'), await makeQueue(lab, 'two')];
  return [one.url, two.url];
}

/** A dead-letter queue and its three sources. */
async function deadLetters(lab: Lab): Promise<{ url: string; sources: string[] }> {
  const dead = await makeQueue(lab, 'dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  const sources = [];
  for (const name of ['a', 'b', 'c']) {
    sources.push((await makeQueue(lab, name, { RedrivePolicy })).url);
  }
  return { url: dead.url, sources };
}

async function allow(lab: Lab, QueueUrl: string, Label = 'customer'): Promise<void> {
  const input = { QueueUrl, Label, AWSAccountIds: [CUSTOMER], Actions: ['GetQueueUrl'] };
  await vendor(lab).send(new AddPermissionCommand(input));
}

async function names(lab: Lab, input: { QueueNamePrefix?: string } = {}): Promise<string[]> {
  const { QueueUrls = [] } = await vendor(lab).send(new ListQueuesCommand(input));
  return QueueUrls.map((one) => one.slice(one.lastIndexOf('/') + 1));
}

async function attribute(
  lab: Lab,
  name: string,
  wanted: 'DelaySeconds' | 'Policy' | 'QueueArn' | 'VisibilityTimeout',
) {
  const input = { QueueUrl: url(lab, name), AttributeNames: [wanted] };
  const { Attributes } = await vendor(lab).send(new GetQueueAttributesCommand(input));
  return Attributes?.[wanted];
}

async function statements(lab: Lab, name: string): Promise<unknown> {
  const policy = (await attribute(lab, name, 'Policy')) ?? '{}';
  return (JSON.parse(policy) as { Statement?: unknown }).Statement;
}

async function tagsOf(lab: Lab, name: string): Promise<Record<string, string> | undefined> {
  const list = new ListQueueTagsCommand({ QueueUrl: url(lab, name) });
  return (await vendor(lab).send(list)).Tags;
}
