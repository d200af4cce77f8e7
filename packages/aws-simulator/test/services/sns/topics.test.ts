// Topics and subscriptions themselves: creating, describing, changing, listing and deleting them.

import {
  AddPermissionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishCommand,
  RemovePermissionCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, startLab, VENDOR } from '../../lab.ts';
import { makeTopic, subscribeQueue, topicAttributes } from './topic-scenes.ts';

test('when a topic is created again, it is the same one, unless something differs', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  const input = {
    Name: 'events',
    Attributes: { DisplayName: 'Events' },
    Tags: [{ Key: 'team', Value: 'a' }],
  };
  const create = (more: object = {}) => sns.send(new CreateTopicCommand({ ...input, ...more }));
  const { TopicArn } = await create();
  expect(TopicArn).toBe(`arn:aws:sns:us-east-1:${VENDOR}:events`);
  expect((await create()).TopicArn).toBe(TopicArn);
  expect((await create({ Attributes: {}, Tags: [] })).TopicArn).toBe(TopicArn);
  expect((await failure(create({ Attributes: { DisplayName: 'Other' } }))).message).toContain(
    'Topic already exists with different attributes',
  );
  expect((await failure(create({ Tags: [{ Key: 'team', Value: 'b' }] }))).message).toContain(
    'Topic already exists with different tags',
  );
});

test('when attributes of a topic are set, they are answered beside the counted ones', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  const TopicArn = await makeTopic(lab, 'events');
  for (const [AttributeName, AttributeValue] of [
    ['DisplayName', 'Events'],
    ['SignatureVersion', '2'],
  ]) {
    const input = { TopicArn, AttributeName, AttributeValue };
    await sns.send(new SetTopicAttributesCommand(input));
  }
  await subscribeQueue(lab, TopicArn, `arn:aws:sqs:us-east-1:${VENDOR}:a`);
  await subscribeQueue(lab, TopicArn, `arn:aws:sqs:us-east-1:${CUSTOMER}:b`);
  const gone = await subscribeQueue(lab, TopicArn, `arn:aws:sqs:us-east-1:${VENDOR}:c`);
  await sns.send(new UnsubscribeCommand({ SubscriptionArn: gone }));
  const attributes = await topicAttributes(lab, TopicArn);
  expect(attributes).toMatchObject({
    TopicArn,
    Owner: VENDOR,
    DisplayName: 'Events',
    SignatureVersion: '2',
    SubscriptionsConfirmed: '1',
    SubscriptionsPending: '1',
    SubscriptionsDeleted: '1',
    EffectiveDeliveryPolicy: expect.stringContaining('defaultHealthyRetryPolicy'),
  });
  expect(JSON.parse(attributes.Policy ?? '')).toMatchObject({
    Statement: [{ Condition: { StringEquals: { 'AWS:SourceOwner': VENDOR } } }],
  });
});

test('when topics are listed, there are a hundred on a page', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  await makeTopic(lab, 'theirs', { account: CUSTOMER });
  for (let i = 0; i < 101; i += 1) await makeTopic(lab, `t${i}`);
  const first = await sns.send(new ListTopicsCommand({}));
  const second = await sns.send(new ListTopicsCommand({ NextToken: first.NextToken }));
  expect(first.Topics).toHaveLength(100);
  expect(second.Topics).toEqual([{ TopicArn: `arn:aws:sns:us-east-1:${VENDOR}:t100` }]);
  expect(second.NextToken).toBeUndefined();
});

test('when a topic is deleted, it is gone with its subscriptions, also a second time', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  const TopicArn = await makeTopic(lab, 'events');
  await subscribeQueue(lab, TopicArn, `arn:aws:sqs:us-east-1:${VENDOR}:a`);
  await sns.send(new DeleteTopicCommand({ TopicArn }));
  await sns.send(new DeleteTopicCommand({ TopicArn }));
  expect((await failure(topicAttributes(lab, TopicArn))).code).toBe('NotFoundException');
  expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toEqual([]);
});

test('when a topic is tagged, the tags are listed until they are removed', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  const ResourceArn = await makeTopic(lab, 'events');
  const Tags = [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ];
  await sns.send(new TagResourceCommand({ ResourceArn, Tags }));
  await sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  const listed = await sns.send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(listed.Tags).toEqual([{ Key: 'b', Value: '2' }]);
});

test('when a queue is subscribed twice, it is so once, unless something differs', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  const topic = await makeTopic(lab, 'events');
  const queue = `arn:aws:sqs:us-east-1:${VENDOR}:a`;
  const arn = await subscribeQueue(lab, topic, queue, { RawMessageDelivery: 'true' });
  expect(arn).toMatch(new RegExp(`^${topic}:[0-9a-f-]{36}$`));
  expect(await subscribeQueue(lab, topic, queue)).toBe(arn);
  const other = subscribeQueue(lab, topic, queue, { RawMessageDelivery: 'false' });
  expect((await failure(other)).code).toBe('InvalidParameterException');
  const view = {
    SubscriptionArn: arn,
    Owner: VENDOR,
    Protocol: 'sqs',
    Endpoint: queue,
    TopicArn: topic,
  };
  const byTopic = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
  expect(byTopic.Subscriptions).toEqual([view]);
  const all = await sns.send(new ListSubscriptionsCommand({}));
  expect(all.Subscriptions).toEqual([view]);
});

test('when an attribute of a subscription is set, it is answered', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  const topic = await makeTopic(lab, 'events');
  const SubscriptionArn = await subscribeQueue(lab, topic, `arn:aws:sqs:us-east-1:${VENDOR}:a`);
  const get = () => sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  expect((await get()).Attributes).toMatchObject({
    RawMessageDelivery: 'false',
    PendingConfirmation: 'false',
    Owner: VENDOR,
  });
  const set = { SubscriptionArn, AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
  await sns.send(new SetSubscriptionAttributesCommand(set));
  expect((await get()).Attributes).toMatchObject({ RawMessageDelivery: 'true' });
});

test('when a permission is added, the other account may, until it is removed', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  const TopicArn = await makeTopic(lab, 'events');
  const customer = lab.as(CUSTOMER).sns;
  const publish = () => customer.send(new PublishCommand({ TopicArn, Message: 'from outside' }));
  expect(await failure(publish())).toMatchObject({
    code: 'AuthorizationErrorException',
    message: expect.stringContaining('is not authorized to perform: sns:Publish'),
  });
  const grant = { TopicArn, Label: 'customer', AWSAccountId: [CUSTOMER], ActionName: ['Publish'] };
  await sns.send(new AddPermissionCommand(grant));
  await publish();
  expect((await failure(sns.send(new AddPermissionCommand(grant)))).code).toBe(
    'InvalidParameterException',
  );
  const remove = { TopicArn, Label: 'customer' };
  await sns.send(new RemovePermissionCommand(remove));
  expect((await failure(publish())).code).toBe('AuthorizationErrorException');
  await sns.send(new RemovePermissionCommand(remove));
});

test('when a subscription is of another account, only its owner and the topic see it', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  const TopicArn = await makeTopic(lab, 'events');
  const grant = { TopicArn, Label: 'all', AWSAccountId: [CUSTOMER], ActionName: ['Subscribe'] };
  await sns.send(new AddPermissionCommand(grant));
  const { SubscriptionArn } = await lab.as(CUSTOMER).sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:us-east-1:${CUSTOMER}:theirs`,
    }),
  );
  const owners = await lab.as(CUSTOMER).sns.send(new ListSubscriptionsCommand({}));
  expect(owners.Subscriptions).toMatchObject([{ SubscriptionArn, Owner: CUSTOMER }]);
  expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toEqual([]);
  const stranger = lab.as('333333333333').sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  expect((await failure(stranger)).code).toBe('NotFoundException');
  await lab.as(CUSTOMER).sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  const left = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(left.Subscriptions).toEqual([]);
});
