// Subscriptions, and what is published to them.

import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  type MessageAttributeValue,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  type SubscribeCommandInput,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CUSTOMER, type Lab, VENDOR } from '../../../lab.ts';
import {
  delivered,
  makeOpenQueue,
  makeTopic,
  subscribeQueue,
} from '../../../services/sns/topic-scenes.ts';
import type { MadeQueue } from '../../../services/sqs/queue-scenes.ts';
import {
  each,
  effect,
  expect,
  outputs,
  type Probe,
  type ProbeSet,
  probes,
  refused,
} from '../../probe.ts';

const ATTRIBUTES = 'sns:GetSubscriptionAttributes';
const OWN = 'sns:ListSubscriptions';
const OF_TOPIC = 'sns:ListSubscriptionsByTopic';
const RECEIVE = 'sqs:ReceiveMessage';

/** Publish's members that an entry of a batch has as well. */
type Content = Pick<
  PublishCommandInput,
  | 'Message'
  | 'Subject'
  | 'MessageStructure'
  | 'MessageAttributes'
  | 'MessageDeduplicationId'
  | 'MessageGroupId'
>;

type Publish = (lab: Lab, topic: string, content: Content) => Promise<unknown>;

const text: MessageAttributeValue = { DataType: 'String', StringValue: 'x' };
const blob: MessageAttributeValue = { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) };

export const deliveryProbes: ProbeSet = [
  ...probes('sns:Publish', {
    TopicArn: told(publishOne, { Message: 'hello' }, { Message: 'hello' }),
    TargetArn: told(
      (lab, TargetArn, content) => vendor(lab).send(new PublishCommand({ TargetArn, ...content })),
      { Message: 'hello' },
      { Message: 'hello' },
    ),
    PhoneNumber: refused('PhoneNumber', async (lab) => {
      const input = { TopicArn: await makeTopic(lab, 'one'), PhoneNumber: '+491234', Message: 'x' };
      return vendor(lab).send(new PublishCommand(input));
    }),
    ...publishing(publishOne, ''),
  }),
  ...probes('sns:PublishBatch', {
    ...each(
      ['TopicArn', 'PublishBatchRequestEntries.Id'],
      told(publishInBatch, { Message: 'hello' }, { Message: 'hello' }),
    ),
    ...publishing(publishInBatch, 'PublishBatchRequestEntries.'),
  }),
  ...outputs('sns:PublishBatch', failedOutputs()),

  ...probes('sns:Subscribe', {
    ...each(
      ['TopicArn', 'Protocol', 'Endpoint'],
      effect(OF_TOPIC, async (lab) => {
        const topic = await makeTopic(lab, 'one');
        await subscribe(lab, { TopicArn: topic });
        expect(await ofTopic(lab, topic)).toMatchObject([
          { Protocol: 'sqs', Endpoint: queueArn(VENDOR), TopicArn: topic, Owner: VENDOR },
        ]);
      }),
    ),
    Attributes: effect(ATTRIBUTES, async (lab) => {
      const Attributes = { RawMessageDelivery: 'true' };
      const arn = await subscribe(lab, { TopicArn: await makeTopic(lab, 'one'), Attributes });
      expect(await attributes(lab, arn)).toMatchObject(Attributes);
    }),
    ReturnSubscriptionArn: effect(OF_TOPIC, async (lab) => {
      const TopicArn = await makeTopic(lab, 'one');
      const pending = { TopicArn, Endpoint: queueArn(CUSTOMER), ReturnSubscriptionArn: true };
      expect(await subscribe(lab, pending)).toMatch(new RegExp(`^${TopicArn}:`));
      expect(await ofTopic(lab, TopicArn)).toMatchObject([
        { SubscriptionArn: 'PendingConfirmation' },
      ]);
    }),
  }),

  ...probes('sns:ConfirmSubscription', {
    ...each(
      ['TopicArn', 'Token'],
      effect(ATTRIBUTES, async (lab) => {
        const { topic, token } = await pendingSubscription(lab);
        const confirm = new ConfirmSubscriptionCommand({ TopicArn: topic, Token: token });
        const { SubscriptionArn = '' } = await vendor(lab).send(confirm);
        expect(await attributes(lab, SubscriptionArn)).toMatchObject({
          PendingConfirmation: 'false',
        });
      }),
    ),
    AuthenticateOnUnsubscribe: effect(ATTRIBUTES, async (lab) => {
      const { topic: TopicArn, token: Token } = await pendingSubscription(lab);
      const input = { TopicArn, Token, AuthenticateOnUnsubscribe: 'true' };
      const confirm = new ConfirmSubscriptionCommand(input);
      const { SubscriptionArn = '' } = await vendor(lab).send(confirm);
      expect(await attributes(lab, SubscriptionArn)).toMatchObject({
        ConfirmationWasAuthenticated: 'true',
      });
    }),
  }),

  ...probes('sns:Unsubscribe', {
    SubscriptionArn: effect(OF_TOPIC, async (lab) => {
      const topic = await makeTopic(lab, 'one');
      const SubscriptionArn = await subscribe(lab, { TopicArn: topic });
      await vendor(lab).send(new UnsubscribeCommand({ SubscriptionArn }));
      expect(await ofTopic(lab, topic)).toEqual([]);
    }),
  }),

  ...probes(ATTRIBUTES, {
    SubscriptionArn: effect(ATTRIBUTES, async (lab) => {
      const arn = await subscribe(lab, { TopicArn: await makeTopic(lab, 'one') });
      expect(await attributes(lab, arn)).toMatchObject({ SubscriptionArn: arn, Owner: VENDOR });
    }),
  }),

  ...probes('sns:SetSubscriptionAttributes', {
    ...each(
      ['SubscriptionArn', 'AttributeName', 'AttributeValue'],
      effect(ATTRIBUTES, async (lab) => {
        const arn = await subscribe(lab, { TopicArn: await makeTopic(lab, 'one') });
        const set = { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
        const input = { SubscriptionArn: arn, ...set };
        await vendor(lab).send(new SetSubscriptionAttributesCommand(input));
        expect(await attributes(lab, arn)).toMatchObject({ RawMessageDelivery: 'true' });
      }),
    ),
  }),

  ...probes(OWN, {
    NextToken: effect(OWN, async (lab) => {
      await manySubscriptions(lab);
      const first = await vendor(lab).send(new ListSubscriptionsCommand({}));
      const next = new ListSubscriptionsCommand({ NextToken: first.NextToken });
      expect((await vendor(lab).send(next)).Subscriptions).toHaveLength(1);
    }),
  }),
  ...outputs(OWN, {
    'Subscriptions.SubscriptionArn': async (lab) => {
      await subscribe(lab, { TopicArn: await makeTopic(lab, 'one') });
      return vendor(lab).send(new ListSubscriptionsCommand({}));
    },
  }),

  ...probes(OF_TOPIC, {
    TopicArn: effect(OF_TOPIC, async (lab) => {
      const topic = await makeTopic(lab, 'one');
      await subscribe(lab, { TopicArn: await makeTopic(lab, 'two') });
      const SubscriptionArn = await subscribe(lab, { TopicArn: topic });
      expect(await ofTopic(lab, topic)).toMatchObject([{ SubscriptionArn }]);
    }),
    NextToken: effect(OF_TOPIC, async (lab) => {
      const TopicArn = await manySubscriptions(lab);
      const first = await vendor(lab).send(new ListSubscriptionsByTopicCommand({ TopicArn }));
      const input = { TopicArn, NextToken: first.NextToken };
      const second = await vendor(lab).send(new ListSubscriptionsByTopicCommand(input));
      expect(second.Subscriptions).toHaveLength(1);
    }),
  }),
];

/** @param at what stands before the members of a message. */
function publishing(publish: Publish, at: string): Record<string, Probe> {
  const MessageAttributes = { a: text, b: blob };
  const refusedWith = (named: string, content: Partial<Content>) =>
    refused(named, async (lab) =>
      publish(lab, await makeTopic(lab, 'one'), { Message: 'x', ...content }),
    );
  return {
    [`${at}Message`]: told(publish, { Message: 'hello' }, { Message: 'hello' }),
    [`${at}Subject`]: told(publish, { Message: 'x', Subject: 'Hi' }, { Subject: 'Hi' }),
    [`${at}MessageStructure`]: told(
      publish,
      { Message: '{"default":"d","sqs":"s"}', MessageStructure: 'json' },
      { Message: 's' },
    ),
    ...each(
      ['DataType', 'StringValue', 'BinaryValue'].map((name) => `${at}MessageAttributes.${name}`),
      told(
        publish,
        { Message: 'x', MessageAttributes },
        {
          MessageAttributes: {
            a: { Type: 'String', Value: 'x' },
            b: { Type: 'Binary', Value: 'AP8=' },
          },
        },
      ),
    ),
    [`${at}MessageDeduplicationId`]: refusedWith('MessageDeduplicationId', {
      MessageDeduplicationId: 'x',
    }),
    [`${at}MessageGroupId`]: refusedWith('MessageGroupId', { MessageGroupId: 'x' }),
  };
}

/** What is published reaches a queue, in an envelope that shows this of it. */
function told(publish: Publish, content: Content, shows: object): Probe {
  return effect(RECEIVE, async (lab) => {
    const { topic, queue } = await subscribedQueue(lab);
    await publish(lab, topic, content);
    const bodies = await delivered(lab, queue);
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toMatchObject([shows]);
  });
}

function failedOutputs() {
  const whole = async (lab: Lab) => {
    const PublishBatchRequestEntries = [{ Id: 'bad', Message: 'x', Subject: '\n' }];
    const input = { TopicArn: await makeTopic(lab, 'one'), PublishBatchRequestEntries };
    return vendor(lab).send(new PublishBatchCommand(input));
  };
  const members = ['Failed.Id', 'Failed.SenderFault', 'Failed.Code', 'Failed.Message'];
  return Object.fromEntries(members.map((member) => [member, whole]));
}

function vendor(lab: Lab): SNSClient {
  return lab.as(VENDOR).sns;
}

function queueArn(account: string, name = 'jobs'): string {
  return `arn:aws:sqs:us-east-1:${account}:${name}`;
}

async function subscribedQueue(lab: Lab): Promise<{ topic: string; queue: MadeQueue }> {
  const topic = await makeTopic(lab, 'one');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  await subscribeQueue(lab, topic, queue.arn);
  return { topic, queue };
}

/** Of a queue of the customer, which was sent the token. */
async function pendingSubscription(lab: Lab): Promise<{ topic: string; token: string }> {
  const topic = await makeTopic(lab, 'one');
  const queue = await makeOpenQueue(lab, 'theirs', topic, { account: CUSTOMER });
  await subscribeQueue(lab, topic, queue.arn);
  const [body = '{}'] = await delivered(lab, queue, CUSTOMER);
  return { topic, token: (JSON.parse(body) as { Token?: string }).Token ?? '' };
}

async function manySubscriptions(lab: Lab): Promise<string> {
  const topic = await makeTopic(lab, 'one');
  for (let made = 0; made < 101; made += 1) {
    await subscribeQueue(lab, topic, queueArn(VENDOR, `q${made}`));
  }
  return topic;
}

async function subscribe(lab: Lab, input: Partial<SubscribeCommandInput>): Promise<string> {
  const wanted = { TopicArn: undefined, Protocol: 'sqs', Endpoint: queueArn(VENDOR), ...input };
  return (await vendor(lab).send(new SubscribeCommand(wanted))).SubscriptionArn ?? '';
}

async function ofTopic(lab: Lab, TopicArn: string) {
  const list = new ListSubscriptionsByTopicCommand({ TopicArn });
  return (await vendor(lab).send(list)).Subscriptions;
}

async function attributes(lab: Lab, SubscriptionArn: string) {
  const get = new GetSubscriptionAttributesCommand({ SubscriptionArn });
  return (await vendor(lab).send(get)).Attributes;
}

async function publishOne(lab: Lab, TopicArn: string, content: Content): Promise<unknown> {
  return vendor(lab).send(new PublishCommand({ TopicArn, ...content }));
}

/** @throws Error what the batch says of its only entry. */
async function publishInBatch(lab: Lab, TopicArn: string, content: Content): Promise<void> {
  const PublishBatchRequestEntries = [{ Id: 'only', ...content }];
  const batch = new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries });
  const { Failed: [failed] = [] } = await vendor(lab).send(batch);
  if (failed) throw new Error(failed.Message);
}
