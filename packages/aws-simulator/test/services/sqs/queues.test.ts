// Queues themselves: creating, finding, listing, configuring, tagging, purging and deleting them.

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
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { CUSTOMER, failure, type Lab, rootKeys, startLab, VENDOR } from '../../lab.ts';
import { counts, type MadeQueue, makeQueue, put, take } from './queue-scenes.ts';

async function attributesOf(lab: Lab, { url }: MadeQueue): Promise<Record<string, string>> {
  const { sqs } = lab.as(VENDOR);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  return { ...Attributes };
}

test('when a queue is created, its URL begins where the client sends to', async () => {
  const lab = await startLab();
  const { url } = await makeQueue(lab, 'jobs');
  expect(url).toBe(`${lab.endpoint}/${VENDOR}/jobs`);
  const { sqs } = lab.as(VENDOR);
  const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }));
  expect(found.QueueUrl).toBe(url);
});

test('when a client has no endpoint of its own, the URL of the queue is enough', async () => {
  const lab = await startLab();
  const { url } = await makeQueue(lab, 'jobs');
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const options = { region: 'us-east-1', credentials: rootKeys(VENDOR), logger };
  const sqs = new SQSClient({ ...options, systemClockOffset: lab.now().getTime() - Date.now() });
  onTestFinished(() => sqs.destroy());
  await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'hello' }));
  expect((await take(lab, { url, arn: '' })).map(({ Body }) => Body)).toEqual(['hello']);
});

test('when a queue is new, its attributes are the defaults of AWS', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const now = String(Math.floor(lab.now().getTime() / 1000));
  expect(await attributesOf(lab, queue)).toEqual({
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: now,
    LastModifiedTimestamp: now,
    DelaySeconds: '0',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    VisibilityTimeout: '30',
    SqsManagedSseEnabled: 'true',
  });
});

test('when a queue is created again, it is the same one, unless an attribute differs', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs', { VisibilityTimeout: '5' });
  expect((await makeQueue(lab, 'jobs')).url).toBe(queue.url);
  expect((await makeQueue(lab, 'jobs', { VisibilityTimeout: '5' })).url).toBe(queue.url);
  const other = { QueueName: 'jobs', Attributes: { VisibilityTimeout: '6' } };
  expect(await failure(sqs.send(new CreateQueueCommand(other)))).toMatchObject({
    code: 'QueueNameExists',
    message: expect.stringContaining('VisibilityTimeout'),
  });
  expect(await attributesOf(lab, queue)).toMatchObject({ VisibilityTimeout: '5' });
});

test('when attributes are set, they are answered, and the time of the change', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  lab.advance(5000);
  const Attributes = {
    DelaySeconds: '1',
    MaximumMessageSize: '1024',
    MessageRetentionPeriod: '60',
    ReceiveMessageWaitTimeSeconds: '2',
    VisibilityTimeout: '3',
    SqsManagedSseEnabled: 'false',
    RedriveAllowPolicy: '{"redrivePermission":"denyAll"}',
  };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
  const found = await attributesOf(lab, queue);
  expect(found).toMatchObject(Attributes);
  expect(Number(found.LastModifiedTimestamp) - Number(found.CreatedTimestamp)).toBe(5);
  const cleared = { RedriveAllowPolicy: '' };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: cleared }));
  expect(await attributesOf(lab, queue)).not.toHaveProperty('RedriveAllowPolicy');
});

test('when one of several attributes is wrong, none is set', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  const Attributes = { DelaySeconds: '1', VisibilityTimeout: '43201' };
  const set = new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes });
  expect((await failure(sqs.send(set))).code).toBe('InvalidAttributeValue');
  expect(await attributesOf(lab, queue)).toMatchObject({ DelaySeconds: '0' });
});

test('when queues are listed, pages and prefixes hold, and others stay unseen', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  for (const name of ['a-1', 'b-1', 'a-2', 'a-3']) await makeQueue(lab, name);
  await makeQueue(lab, 'a-4', {}, { account: CUSTOMER });
  await makeQueue(lab, 'a-5', {}, { region: 'eu-west-1' });
  const urls = (...names: string[]) => names.map((name) => `${lab.endpoint}/${VENDOR}/${name}`);
  const all = await sqs.send(new ListQueuesCommand({}));
  expect(all.QueueUrls).toEqual(urls('a-1', 'b-1', 'a-2', 'a-3'));
  const prefixed = { QueueNamePrefix: 'a', MaxResults: 2 };
  const first = await sqs.send(new ListQueuesCommand(prefixed));
  expect(first.QueueUrls).toEqual(urls('a-1', 'a-2'));
  const second = { ...prefixed, NextToken: first.NextToken };
  const last = await sqs.send(new ListQueuesCommand(second));
  expect([last.QueueUrls, last.NextToken]).toEqual([urls('a-3'), undefined]);
  const other = { NextToken: first.NextToken };
  expect((await failure(sqs.send(new ListQueuesCommand(other)))).code).toBe(
    'InvalidParameterValue',
  );
});

test('when a queue has a dead-letter queue, that one lists its sources', async () => {
  const lab = await startLab();
  const dead = await makeQueue(lab, 'dead');
  const policy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });
  const sources = [
    await makeQueue(lab, 'a', { RedrivePolicy: policy }),
    await makeQueue(lab, 'b', { RedrivePolicy: policy }),
  ];
  await makeQueue(lab, 'c');
  const { sqs } = lab.as(VENDOR);
  const list = { QueueUrl: dead.url, MaxResults: 1 };
  const first = await sqs.send(new ListDeadLetterSourceQueuesCommand(list));
  const next = { ...list, NextToken: first.NextToken };
  const second = await sqs.send(new ListDeadLetterSourceQueuesCommand(next));
  expect([...(first.queueUrls ?? []), ...(second.queueUrls ?? [])]).toEqual(
    sources.map(({ url }) => url),
  );
});

test('when a queue is tagged, the tags are listed until they are removed', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const created = new CreateQueueCommand({ QueueName: 'jobs', tags: { a: '1', b: '2' } });
  const { QueueUrl } = await sqs.send(created);
  await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { b: '3', c: '' } }));
  await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }));
  const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl }));
  expect(Tags).toEqual({ b: '3', c: '' });
});

test('when a queue is purged, nothing is left in it, and not twice in a minute', async () => {
  const lab = await startLab({ delays: { queuePurged: 60_000 } });
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  for (const body of ['a', 'b']) await put(lab, queue, body);
  await take(lab, queue);
  await sqs.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
  expect(await counts(lab, queue)).toEqual([0, 0, 0]);
  const again = () => sqs.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
  expect((await failure(again())).code).toBe('PurgeQueueInProgress');
  lab.advance(60_000);
  await again();
});

test('when a queue is deleted, its name is free after a minute, and it was empty', async () => {
  const lab = await startLab({ delays: { queueNameFree: 60_000 } });
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  await put(lab, queue, 'a');
  await sqs.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
  const find = sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }));
  expect((await failure(find)).code).toBe('QueueDoesNotExist');
  expect((await failure(makeQueue(lab, 'jobs'))).code).toBe('QueueDeletedRecently');
  lab.advance(60_000);
  await makeQueue(lab, 'jobs');
  expect(await counts(lab, queue)).toEqual([0, 0, 0]);
});

test('when a permission is added, the other account may, until it is removed', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  const send = () =>
    lab
      .as(CUSTOMER)
      .sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'from outside' }));
  expect(await failure(send())).toMatchObject({
    code: expect.stringMatching(/^AccessDenied/),
    message: expect.stringContaining('sqs:SendMessage'),
  });
  await sqs.send(
    new AddPermissionCommand({
      QueueUrl: queue.url,
      Label: 'customer',
      AWSAccountIds: [CUSTOMER],
      Actions: ['SendMessage', 'GetQueueUrl'],
    }),
  );
  await send();
  const name = { QueueName: 'jobs', QueueOwnerAWSAccountId: VENDOR };
  const found = await lab.as(CUSTOMER).sqs.send(new GetQueueUrlCommand(name));
  expect(found.QueueUrl).toBe(queue.url);
  const { Policy = '' } = await attributesOf(lab, queue);
  expect(JSON.parse(Policy)).toMatchObject({
    Statement: [
      {
        Sid: 'customer',
        Principal: { AWS: `arn:aws:iam::${CUSTOMER}:root` },
        Action: ['SQS:SendMessage', 'SQS:GetQueueUrl'],
        Resource: queue.arn,
      },
    ],
  });
  await sqs.send(new RemovePermissionCommand({ QueueUrl: queue.url, Label: 'customer' }));
  expect((await failure(send())).code).toMatch(/^AccessDenied/);
  expect(await attributesOf(lab, queue)).not.toHaveProperty('Policy');
});

test('when a queue is of another Region, it is not there in this one', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs', {}, { region: 'eu-west-1' });
  expect((await failure(counts(lab, queue))).code).toBe('QueueDoesNotExist');
});
