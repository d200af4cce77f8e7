// The life of messages: sent, received, hidden, deleted, dead, too old.

import { createHash } from 'node:crypto';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { enqueue } from '../../../src/world/messaging/queue-messages.ts';
import { failure, startLab, VENDOR } from '../../lab.ts';
import { counts, makeQueue, put, take } from './queue-scenes.ts';

const md5 = (data: string | Buffer) => createHash('md5').update(data).digest('hex');

/** AWS's algorithm, written apart from the simulator's. */
function md5OfAttributes(attributes: [name: string, type: string, value: string | Buffer][]) {
  const bytes: number[] = [];
  const add = (value: string | Buffer) => {
    const encoded = Buffer.from(value as string);
    bytes.push(...[24, 16, 8, 0].map((shift) => (encoded.length >> shift) & 255), ...encoded);
  };
  for (const [name, type, value] of attributes) {
    add(name);
    add(type);
    bytes.push(typeof value === 'string' ? 1 : 2);
    add(value);
  }
  return md5(Buffer.from(bytes));
}

test('when a message is received, it is in flight until it is deleted', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  const id = await put(lab, queue, 'hello');
  expect(await counts(lab, queue)).toEqual([1, 0, 0]);
  const [message] = await take(lab, queue);
  expect(message).toMatchObject({ MessageId: id, Body: 'hello', MD5OfBody: md5('hello') });
  expect(await counts(lab, queue)).toEqual([0, 1, 0]);
  expect(await take(lab, queue)).toEqual([]);
  const handle = { QueueUrl: queue.url, ReceiptHandle: message?.ReceiptHandle };
  await sqs.send(new DeleteMessageCommand(handle));
  expect(await counts(lab, queue)).toEqual([0, 0, 0]);
  await sqs.send(new DeleteMessageCommand(handle));
});

test('when nobody deletes a message, it comes back, and old handles do nothing', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs', { VisibilityTimeout: '10' });
  await put(lab, queue, 'hello');
  const [first] = await take(lab, queue);
  lab.advance(9999);
  expect(await take(lab, queue)).toEqual([]);
  lab.advance(1);
  const [second] = await take(lab, queue, { VisibilityTimeout: 20 });
  expect(second?.MessageId).toBe(first?.MessageId);
  const old = { QueueUrl: queue.url, ReceiptHandle: first?.ReceiptHandle };
  await sqs.send(new DeleteMessageCommand(old));
  lab.advance(19_999);
  expect(await counts(lab, queue)).toEqual([0, 1, 0]);
  lab.advance(1);
  expect(await counts(lab, queue)).toEqual([1, 0, 0]);
  // The last handle is good as long as nobody else received the message.
  const last = { QueueUrl: queue.url, ReceiptHandle: second?.ReceiptHandle };
  await sqs.send(new DeleteMessageCommand(last));
  expect(await counts(lab, queue)).toEqual([0, 0, 0]);
});

test('when its visibility is changed, a message stays hidden for that long', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  await put(lab, queue, 'hello');
  const [message] = await take(lab, queue);
  const handle = { QueueUrl: queue.url, ReceiptHandle: message?.ReceiptHandle };
  const hide = (VisibilityTimeout: number) =>
    sqs.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout }));
  await hide(60);
  lab.advance(59_999);
  expect(await counts(lab, queue)).toEqual([0, 1, 0]);
  await hide(0);
  expect(await counts(lab, queue)).toEqual([1, 0, 0]);
  expect((await failure(hide(1))).code).toBe('MessageNotInflight');
});

test('when a message has attributes, they come back as asked, with their digests', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  const blob = Buffer.from([0, 255, 7]);
  const sent = await sqs.send(
    new SendMessageCommand({
      QueueUrl: queue.url,
      MessageBody: 'ü',
      MessageAttributes: {
        'app.two': { DataType: 'Binary.png', BinaryValue: blob },
        'app.one': { DataType: 'Number', StringValue: '12' },
        other: { DataType: 'String', StringValue: 'é' },
      },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1' } },
      MessageGroupId: 'tenant-7',
    }),
  );
  expect(sent).toMatchObject({
    MD5OfMessageBody: md5('ü'),
    MD5OfMessageAttributes: md5OfAttributes([
      ['app.one', 'Number', '12'],
      ['app.two', 'Binary.png', blob],
      ['other', 'String', 'é'],
    ]),
    MD5OfMessageSystemAttributes: md5OfAttributes([['AWSTraceHeader', 'String', 'Root=1']]),
  });
  const [message] = await take(lab, queue, {
    MessageAttributeNames: ['app.*'],
    MessageSystemAttributeNames: ['All'],
  });
  const now = String(lab.now().getTime());
  expect(message).toMatchObject({
    MD5OfMessageAttributes: md5OfAttributes([
      ['app.one', 'Number', '12'],
      ['app.two', 'Binary.png', blob],
    ]),
    Attributes: {
      SenderId: VENDOR,
      SentTimestamp: now,
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: now,
      AWSTraceHeader: 'Root=1',
      MessageGroupId: 'tenant-7',
    },
  });
  expect(Object.keys(message?.MessageAttributes ?? {}).toSorted()).toEqual(['app.one', 'app.two']);
  expect([...(message?.MessageAttributes?.['app.two']?.BinaryValue ?? [])]).toEqual([...blob]);
});

test('when nothing is asked for, a message has no attributes', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  await put(lab, queue, 'hello');
  const [message] = await take(lab, queue);
  const names = ['Body', 'MD5OfBody', 'MessageId', 'ReceiptHandle'];
  expect(Object.keys(message ?? {}).toSorted()).toEqual(names);
});

test('when a delay is given, a message is ready after it; else the queue decides', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs', { DelaySeconds: '10' });
  await put(lab, queue, 'queue');
  const own = { QueueUrl: queue.url, MessageBody: 'own', DelaySeconds: 5 };
  await sqs.send(new SendMessageCommand(own));
  await sqs.send(new SendMessageCommand({ ...own, MessageBody: 'none', DelaySeconds: 0 }));
  expect(await counts(lab, queue)).toEqual([1, 0, 2]);
  lab.advance(5000);
  expect(await counts(lab, queue)).toEqual([2, 0, 1]);
  lab.advance(5000);
  const bodies = (await take(lab, queue, { MaxNumberOfMessages: 10 })).map(({ Body }) => Body);
  expect(bodies.toSorted()).toEqual(['none', 'own', 'queue']);
});

test('when a message was received too often, it is in the dead-letter queue', async () => {
  const lab = await startLab();
  const dead = await makeQueue(lab, 'dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: '2' });
  const queue = await makeQueue(lab, 'jobs', { RedrivePolicy, VisibilityTimeout: '1' });
  const id = await put(lab, queue, 'poison');
  for (let received = 0; received < 2; received += 1) {
    expect(await take(lab, queue)).toHaveLength(1);
    lab.advance(1000);
  }
  expect(await take(lab, queue)).toEqual([]);
  expect(await counts(lab, queue)).toEqual([0, 0, 0]);
  const [message] = await take(lab, dead, { MessageSystemAttributeNames: ['All'] });
  expect(message).toMatchObject({
    MessageId: id,
    Body: 'poison',
    Attributes: { ApproximateReceiveCount: '3', DeadLetterQueueSourceArn: queue.arn },
  });
});

test('when a dead-letter queue names its sources, others cannot have it', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const dead = await makeQueue(lab, 'dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  const allow = (policy: object) =>
    sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: dead.url,
        Attributes: { RedriveAllowPolicy: JSON.stringify(policy) },
      }),
    );
  const allowed = 'arn:aws:sqs:us-east-1:111111111111:allowed';
  await allow({ redrivePermission: 'byQueue', sourceQueueArns: [allowed] });
  await makeQueue(lab, 'allowed', { RedrivePolicy });
  expect((await failure(makeQueue(lab, 'other', { RedrivePolicy }))).code).toBe(
    'InvalidParameterValue',
  );
  await allow({ redrivePermission: 'denyAll' });
  expect((await failure(makeQueue(lab, 'third', { RedrivePolicy }))).code).toBe(
    'InvalidParameterValue',
  );
});

test('when a message is older than the queue keeps, it is gone', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs', { MessageRetentionPeriod: '60' });
  await put(lab, queue, 'old');
  await take(lab, queue);
  await put(lab, queue, 'old too');
  lab.advance(30_000);
  await put(lab, queue, 'young');
  lab.advance(30_000);
  expect(await counts(lab, queue)).toEqual([1, 0, 0]);
  expect((await take(lab, queue, { MaxNumberOfMessages: 10 })).map(({ Body }) => Body)).toEqual([
    'young',
  ]);
});

test('when a batch is sent, each entry succeeds or fails by itself', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  const Entries = [
    { Id: 'a', MessageBody: 'one' },
    { Id: 'b', MessageBody: 'two', DelaySeconds: 901 },
    { Id: 'c', MessageBody: 'three\u0000' },
    { Id: 'd', MessageBody: 'four', DelaySeconds: 1 },
  ];
  const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
  expect(sent.Successful?.map(({ Id, MD5OfMessageBody }) => [Id, MD5OfMessageBody])).toEqual([
    ['a', md5('one')],
    ['d', md5('four')],
  ]);
  expect(sent.Failed).toMatchObject([
    { Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' },
    { Id: 'c', SenderFault: true, Code: 'InvalidMessageContents' },
  ]);
  expect(await counts(lab, queue)).toEqual([1, 0, 1]);
});

test('when messages are hidden and deleted in batches, each handle counts by itself', async () => {
  const lab = await startLab();
  const { sqs } = lab.as(VENDOR);
  const queue = await makeQueue(lab, 'jobs');
  for (const body of ['a', 'b']) await put(lab, queue, body);
  const messages = await take(lab, queue, { MaxNumberOfMessages: 10 });
  const entries = messages.map(({ ReceiptHandle }, index) => ({
    Id: `e${index}`,
    ReceiptHandle,
    VisibilityTimeout: index,
  }));
  const bad = { Id: 'bad', ReceiptHandle: 'nonsense', VisibilityTimeout: 1 };
  const Entries = [...entries, bad];
  const batch = { QueueUrl: queue.url, Entries };
  const failed = [{ Id: 'bad', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }];
  expect(await sqs.send(new ChangeMessageVisibilityBatchCommand(batch))).toMatchObject({
    Successful: [{ Id: 'e0' }, { Id: 'e1' }],
    Failed: failed,
  });
  expect(await counts(lab, queue)).toEqual([1, 1, 0]);
  const deleting = {
    QueueUrl: queue.url,
    Entries: Entries.map(({ Id, ReceiptHandle }) => ({ Id, ReceiptHandle })),
  };
  expect(await sqs.send(new DeleteMessageBatchCommand(deleting))).toMatchObject({
    Successful: [{ Id: 'e0' }, { Id: 'e1' }],
    Failed: failed,
  });
  expect(await counts(lab, queue)).toEqual([0, 0, 0]);
});

test('when a queue has thousands of messages, they come oldest first', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'jobs');
  const { world } = lab.simulator;
  const stored = world.queues.get(queue.arn);
  if (!stored) throw new Error('The queue is not in the world');
  const sender = { attributes: {}, senderId: VENDOR };
  for (let i = 0; i < 5000; i += 1) enqueue(world, stored, { body: String(i), ...sender });
  const bodies: string[] = [];
  for (let i = 0; i < 10; i += 1) {
    const messages = await take(lab, queue, { MaxNumberOfMessages: 10 });
    bodies.push(...messages.map(({ Body = '' }) => Body));
  }
  expect(bodies).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
  expect(await counts(lab, queue)).toEqual([4900, 100, 0]);
});
