// Every error that the simulated SQS operations give, as the SDK names it.

import {
  AddPermissionCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSServiceException,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CUSTOMER, type Lab, openLab, VENDOR } from '../../lab.ts';
import { makeQueue } from './queue-scenes.ts';

let lab: Lab & { close(): Promise<void> };
let url = '';

beforeAll(async () => {
  lab = await openLab({ quotas: { tagsPerResource: 2 } });
  url = (await makeQueue(lab, 'jobs')).url;
});

afterAll(async () => lab.close());

const send = (input: object) => () =>
  lab
    .as(VENDOR)
    .sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'hello', ...input }));
const set = (Attributes: Record<string, string>) => () =>
  lab.as(VENDOR).sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
const create = (input: object) => () =>
  lab.as(VENDOR).sqs.send(new CreateQueueCommand({ QueueName: 'new', ...input }));
const receive = (input: object) => () =>
  lab.as(VENDOR).sqs.send(new ReceiveMessageCommand({ QueueUrl: url, ...input }));
const batch =
  (...ids: string[]) =>
  () =>
    lab.as(VENDOR).sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })),
      }),
    );
const grant = (input: object) => () =>
  lab.as(VENDOR).sqs.send(
    new AddPermissionCommand({
      QueueUrl: url,
      Label: 'a',
      AWSAccountIds: [CUSTOMER],
      Actions: ['SendMessage'],
      ...input,
    }),
  );
const attribute = (value: object, name = 'a') => send({ MessageAttributes: { [name]: value } });
const string = { DataType: 'String', StringValue: 'x' };
const redrive = (policy: unknown) => set({ RedrivePolicy: JSON.stringify(policy) });
const ids = (count: number) => Array.from({ length: count }, (_, i) => `e${i}`);

const cases: readonly (readonly [string, string, () => Promise<unknown>])[] = [
  [
    'a queue that is not there',
    'QueueDoesNotExist',
    () =>
      lab
        .as(VENDOR)
        .sqs.send(new DeleteMessageCommand({ QueueUrl: `${url}-2`, ReceiptHandle: 'a' })),
  ],
  [
    'a URL of nothing',
    'QueueDoesNotExist',
    () => lab.as(VENDOR).sqs.send(new GetQueueAttributesCommand({ QueueUrl: 'http://x/y' })),
  ],
  [
    'a queue of somebody else',
    'AccessDenied',
    () => lab.as(CUSTOMER).sqs.send(new ReceiveMessageCommand({ QueueUrl: url })),
  ],
  ['a message without a body', 'MissingParameter', send({ MessageBody: undefined })],
  ['an empty body', 'MissingParameter', send({ MessageBody: '' })],
  ['a body with a control character', 'InvalidMessageContents', send({ MessageBody: '\u0001' })],
  ['a delay that is too long', 'InvalidParameterValue', send({ DelaySeconds: 901 })],
  ['a deduplication id', 'InvalidParameterValue', send({ MessageDeduplicationId: 'a' })],
  ['a group with a space', 'InvalidParameterValue', send({ MessageGroupId: 'a b' })],
  [
    'a message that is too long',
    'InvalidParameterValue',
    send({ MessageBody: 'x'.repeat(1_048_577) }),
  ],
  [
    'eleven attributes',
    'InvalidParameterValue',
    send({
      MessageAttributes: Object.fromEntries(ids(11).map((id) => [id, string])),
    }),
  ],
  ['an attribute of no type', 'InvalidParameterValue', attribute({ ...string, DataType: 'Text' })],
  [
    'an attribute with two values',
    'InvalidParameterValue',
    attribute({ ...string, BinaryValue: new Uint8Array([1]) }),
  ],
  ['an attribute without a value', 'InvalidParameterValue', attribute({ DataType: 'Binary' })],
  [
    'a number that is none',
    'InvalidParameterValue',
    attribute({ DataType: 'Number', StringValue: 'x' }),
  ],
  ['an attribute of AWS', 'InvalidParameterValue', attribute(string, 'AWS.a')],
  ['a list of values', 'UnsupportedOperation', attribute({ ...string, StringListValues: ['a'] })],
  [
    'another system attribute',
    'InvalidParameterValue',
    send({ MessageSystemAttributes: { Other: string } }),
  ],
  [
    'a trace header that is a number',
    'InvalidParameterValue',
    send({
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'Number', StringValue: '1' } },
    }),
  ],
  ['no entries', 'EmptyBatchRequest', batch()],
  ['eleven entries', 'TooManyEntriesInBatchRequest', batch(...ids(11))],
  ['the same id twice', 'BatchEntryIdsNotDistinct', batch('a', 'a')],
  ['an id with a dot', 'InvalidBatchEntryId', batch('a.b')],
  [
    'a batch that is too long',
    'BatchRequestTooLong',
    () =>
      lab.as(VENDOR).sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) })),
        }),
      ),
  ],
  [
    'an empty batch of handles',
    'EmptyBatchRequest',
    () => lab.as(VENDOR).sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: [] })),
  ],
  [
    'a handle that is none',
    'ReceiptHandleIsInvalid',
    () => lab.as(VENDOR).sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: '?' })),
  ],
  [
    'a visibility that is too long',
    'InvalidParameterValue',
    () =>
      lab.as(VENDOR).sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: '?',
          VisibilityTimeout: 43_201,
        }),
      ),
  ],
  ['too many messages', 'InvalidParameterValue', receive({ MaxNumberOfMessages: 11 })],
  ['no messages', 'InvalidParameterValue', receive({ MaxNumberOfMessages: 0 })],
  ['a wait that is too long', 'InvalidParameterValue', receive({ WaitTimeSeconds: 21 })],
  ['a timeout below zero', 'InvalidParameterValue', receive({ VisibilityTimeout: -1 })],
  ['a receive attempt', 'InvalidParameterValue', receive({ ReceiveRequestAttemptId: 'a' })],
  [
    'a system attribute that is not there',
    'InvalidAttributeName',
    receive({ MessageSystemAttributeNames: ['Age'] }),
  ],
  [
    'an attribute that is not there',
    'InvalidAttributeName',
    () =>
      lab
        .as(VENDOR)
        .sqs.send(
          new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Age' as 'All'] }),
        ),
  ],
  ['an attribute to set that is not there', 'InvalidAttributeName', set({ Age: '1' })],
  [
    'an attribute of FIFO queues',
    'InvalidAttributeName',
    set({ ContentBasedDeduplication: 'true' }),
  ],
  ['an attribute that is counted', 'InvalidAttributeName', set({ QueueArn: 'x' })],
  ['a number in words', 'InvalidAttributeValue', set({ VisibilityTimeout: 'ten' })],
  ['a retention that is too short', 'InvalidAttributeValue', set({ MessageRetentionPeriod: '59' })],
  [
    'encryption that is neither on nor off',
    'InvalidAttributeValue',
    set({ SqsManagedSseEnabled: 'yes' }),
  ],
  ['a policy that is none', 'InvalidAttributeValue', set({ Policy: '{}' })],
  [
    'a redrive permission that is none',
    'InvalidAttributeValue',
    set({ RedriveAllowPolicy: '{"redrivePermission":"some"}' }),
  ],
  ['a redrive policy that is no object', 'InvalidParameterValue', redrive([])],
  ['a redrive policy without a target', 'InvalidParameterValue', redrive({ maxReceiveCount: 1 })],
  [
    'a dead-letter queue that is not there',
    'InvalidParameterValue',
    redrive({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:111111111111:none', maxReceiveCount: 1 }),
  ],
  [
    'a count of 1001',
    'InvalidParameterValue',
    redrive({ deadLetterTargetArn: 'x', maxReceiveCount: 1001 }),
  ],
  ['a key for encryption', 'UnsupportedOperation', set({ KmsMasterKeyId: 'alias/aws/sqs' })],
  ['a FIFO queue', 'UnsupportedOperation', create({ QueueName: 'jobs.fifo' })],
  [
    'the attribute FifoQueue',
    'UnsupportedOperation',
    create({ Attributes: { FifoQueue: 'true' } }),
  ],
  ['a name with a space', 'InvalidParameterValue', create({ QueueName: 'a b' })],
  [
    'the same queue with another attribute',
    'QueueNameExists',
    create({ QueueName: 'jobs', Attributes: { DelaySeconds: '1' } }),
  ],
  ['a tag of AWS', 'InvalidParameterValue', create({ tags: { 'aws:a': 'b' } })],
  [
    'three tags',
    'OverLimit',
    () =>
      lab
        .as(VENDOR)
        .sqs.send(new TagQueueCommand({ QueueUrl: url, Tags: { a: '1', b: '2', c: '3' } })),
  ],
  [
    'eight actions',
    'OverLimit',
    grant({ Actions: Array.from({ length: 8 }, () => 'SendMessage') }),
  ],
  [
    'an action that cannot be granted',
    'InvalidParameterValue',
    grant({ Actions: ['DeleteQueue'] }),
  ],
  [
    'an account that is not there',
    'InvalidParameterValue',
    grant({ AWSAccountIds: ['999999999999'] }),
  ],
  ['a label with a space', 'InvalidParameterValue', grant({ Label: 'a b' })],
  [
    'a label that is not there',
    'InvalidParameterValue',
    () => lab.as(VENDOR).sqs.send(new RemovePermissionCommand({ QueueUrl: url, Label: 'none' })),
  ],
  [
    'a page of nothing',
    'InvalidParameterValue',
    () => lab.as(VENDOR).sqs.send(new ListQueuesCommand({ MaxResults: 0 })),
  ],
  [
    'a page of another list',
    'InvalidParameterValue',
    () => lab.as(VENDOR).sqs.send(new ListQueuesCommand({ NextToken: 'x' })),
  ],
  [
    'an operation that is not simulated',
    'UnsupportedOperation',
    () => lab.as(VENDOR).sqs.send(new StartMessageMoveTaskCommand({ SourceArn: 'x' })),
  ],
];

test.each(cases)('when SQS is given %s, it says %s', async (_, code, call) => {
  const error: unknown = await call().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SQSServiceException);
  expect((error as Error).name).toBe(code);
});
