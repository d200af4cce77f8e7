// What is published, and to whom it is brought.

import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, startLab, VENDOR } from '../../lab.ts';
import { counts, makeQueue, take } from '../sqs/queue-scenes.ts';
import {
  delivered,
  makeOpenQueue,
  makeTopic,
  publish,
  queuePolicy,
  subscribeQueue,
} from './topic-scenes.ts';

test('when a message is published, a queue gets it in the envelope of SNS', async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  const subscription = await subscribeQueue(lab, topic, queue.arn);
  const Timestamp = lab.now().toISOString();
  const MessageId = await publish(lab, topic, 'hello "you"', {
    Subject: 'Greeting',
    MessageAttributes: {
      kind: { DataType: 'String', StringValue: 'x' },
      blob: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
    },
  });
  expect(await counts(lab, queue)).toEqual([0, 0, 0]);
  const [body = ''] = await delivered(lab, queue);
  const envelope = JSON.parse(body) as Record<string, unknown>;
  expect(envelope).toEqual({
    Type: 'Notification',
    MessageId,
    TopicArn: topic,
    Subject: 'Greeting',
    Message: 'hello "you"',
    Timestamp,
    SignatureVersion: '1',
    Signature: expect.any(String),
    SigningCertURL: expect.stringMatching(/^https:\/\/sns\.us-east-1\.amazonaws\.com\/.*\.pem$/),
    UnsubscribeURL: expect.stringContaining(`SubscriptionArn=${subscription}`),
    MessageAttributes: {
      kind: { Type: 'String', Value: 'x' },
      blob: { Type: 'Binary', Value: 'AP8=' },
    },
  });
  expect(Object.keys(envelope)[0]).toBe('Type');
  const signature = Buffer.from(String(envelope.Signature), 'base64').toString('utf8');
  expect(signature).toBe('Simulated: this message is not signed by AWS.');
});

test('when delivery is raw, the message and its attributes are those of the queue', async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  await subscribeQueue(lab, topic, queue.arn, { RawMessageDelivery: 'true' });
  const kind = { DataType: 'String', StringValue: 'x' };
  await publish(lab, topic, 'hello', { MessageAttributes: { kind } });
  const eleven = Array.from({ length: 11 }, (_, i) => [`a${i}`, kind]);
  await publish(lab, topic, 'lost', { MessageAttributes: Object.fromEntries(eleven) });
  lab.advance(1000);
  const messages = await take(lab, queue, {
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ['All'],
  });
  expect(messages).toMatchObject([{ Body: 'hello', MessageAttributes: { kind } }]);
});

test('when a message has a text for each protocol, queues get theirs or the default', async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  await subscribeQueue(lab, topic, queue.arn, { RawMessageDelivery: 'true' });
  for (const texts of [
    { default: 'd', sqs: 's' },
    { default: 'd', http: 'h' },
  ]) {
    await publish(lab, topic, JSON.stringify(texts), { MessageStructure: 'json' });
  }
  expect(await delivered(lab, queue)).toEqual(['s', 'd']);
});

test.each([
  ['has no policy', () => ''],
  [
    'lets another topic send',
    (queue: string, topic: string) =>
      queuePolicy(queue, { ArnEquals: { 'aws:SourceArn': `${topic}-2` } }),
  ],
  [
    'lets another account send',
    (queue: string) => queuePolicy(queue, { StringEquals: { 'aws:SourceAccount': CUSTOMER } }),
  ],
])('when the queue %s, nothing arrives', async (_, policy) => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  await subscribeQueue(lab, topic, queue.arn);
  const Attributes = { Policy: policy(queue.arn, topic) };
  const set = new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes });
  await lab.as(VENDOR).sqs.send(set);
  await publish(lab, topic, 'hello');
  expect(await delivered(lab, queue)).toEqual([]);
});

test('when the account of the topic is what the queue asks for, the message arrives', async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  await subscribeQueue(lab, topic, queue.arn, { RawMessageDelivery: 'true' });
  const Policy = queuePolicy(queue.arn, { StringEquals: { 'aws:SourceAccount': VENDOR } });
  const set = new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { Policy } });
  await lab.as(VENDOR).sqs.send(set);
  await publish(lab, topic, 'hello');
  expect(await delivered(lab, queue)).toEqual(['hello']);
});

test('when the queue is in another Region, the message arrives', async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic, { region: 'eu-west-1' });
  await subscribeQueue(lab, topic, queue.arn, { RawMessageDelivery: 'true' });
  await publish(lab, topic, 'hello');
  expect(await delivered(lab, queue)).toEqual(['hello']);
});

test('when nobody is subscribed any more, or the queue is gone, nothing happens', async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  const SubscriptionArn = await subscribeQueue(lab, topic, queue.arn);
  await subscribeQueue(lab, topic, `${queue.arn}-that-never-was`);
  await lab.as(VENDOR).sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  await publish(lab, topic, 'hello');
  expect(await delivered(lab, queue)).toEqual([]);
});

test('when a long poll waits, a publication ends it', async () => {
  const lab = await startLab({ delays: { messageDelivered: 0 } });
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  await subscribeQueue(lab, topic, queue.arn, { RawMessageDelivery: 'true' });
  const waiting = take(lab, queue, { WaitTimeSeconds: 20 });
  await publish(lab, topic, 'hello');
  expect((await waiting).map(({ Body }) => Body)).toEqual(['hello']);
});

test('when a batch is published, each entry succeeds or fails by itself', async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  await subscribeQueue(lab, topic, queue.arn, { RawMessageDelivery: 'true' });
  const result = await lab.as(VENDOR).sns.send(
    new PublishBatchCommand({
      TopicArn: topic,
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'one', Subject: 'One' },
        { Id: 'b', Message: 'two', Subject: 'line\nbreak' },
        { Id: 'c', Message: '{"default":"three"}', MessageStructure: 'json' },
      ],
    }),
  );
  expect(result.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
  expect(result.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }]);
  expect(await delivered(lab, queue)).toEqual(['one', 'three']);
});

test("when somebody else's queue is subscribed, its owner has to confirm", async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'theirs', topic, { account: CUSTOMER });
  const { sns } = lab.as(VENDOR);
  const input = { TopicArn: topic, Protocol: 'sqs', Endpoint: queue.arn };
  const subscribed = await sns.send(new SubscribeCommand(input));
  expect(subscribed.SubscriptionArn).toBe('pending confirmation');
  const list = () => sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
  expect((await list()).Subscriptions).toMatchObject([{ SubscriptionArn: 'PendingConfirmation' }]);
  await publish(lab, topic, 'too early');
  const bodies = await delivered(lab, queue, CUSTOMER);
  const requests = bodies.map((body) => JSON.parse(body) as Record<string, string>);
  expect(requests).toMatchObject([
    {
      Type: 'SubscriptionConfirmation',
      TopicArn: topic,
      SubscribeURL: expect.stringContaining('Action=ConfirmSubscription'),
    },
  ]);
  const wrong = new ConfirmSubscriptionCommand({ TopicArn: topic, Token: 'guessed' });
  expect((await failure(lab.as(CUSTOMER).sns.send(wrong))).code).toBe('InvalidParameterException');
  const confirm = (AuthenticateOnUnsubscribe: string) =>
    lab.as(CUSTOMER).sns.send(
      new ConfirmSubscriptionCommand({
        TopicArn: topic,
        Token: requests[0]?.Token,
        AuthenticateOnUnsubscribe,
      }),
    );
  expect((await failure(confirm('maybe'))).message).toContain('AuthenticateOnUnsubscribe');
  const { SubscriptionArn } = await confirm('false');
  const shown = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  expect(shown.Attributes).toMatchObject({
    PendingConfirmation: 'false',
    ConfirmationWasAuthenticated: 'false',
  });
  await publish(lab, topic, 'now');
  const [body = ''] = await delivered(lab, queue, CUSTOMER);
  expect(JSON.parse(body)).toMatchObject({ Message: 'now' });
});

test('when the owner of a queue subscribes it itself, nothing has to be confirmed', async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events', { account: CUSTOMER });
  const queue = await makeOpenQueue(lab, 'mine', topic, { account: CUSTOMER });
  const { sns, sqs } = lab.as(CUSTOMER);
  const input = { TopicArn: topic, Protocol: 'sqs', Endpoint: queue.arn };
  const subscribed = await sns.send(new SubscribeCommand(input));
  expect(subscribed.SubscriptionArn).toMatch(new RegExp(`^${topic}:`));
  const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url }));
  expect(received.Messages).toBeUndefined();
});

test('when a queue takes less than the message, the message is lost', async () => {
  const lab = await startLab();
  const topic = await makeTopic(lab, 'events');
  const queue = await makeOpenQueue(lab, 'jobs', topic);
  await makeQueue(lab, 'jobs');
  await subscribeQueue(lab, topic, queue.arn, { RawMessageDelivery: 'true' });
  const Attributes = { MaximumMessageSize: '1024' };
  await lab.as(VENDOR).sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
  await publish(lab, topic, 'x'.repeat(1025));
  await publish(lab, topic, 'x'.repeat(1024));
  expect((await delivered(lab, queue)).map(({ length }) => length)).toEqual([1024]);
});
