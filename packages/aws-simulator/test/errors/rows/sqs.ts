// The errors of SQS.

import {
  AddPermissionCommand as Grant,
  ChangeMessageVisibilityBatchCommand as ChangeBatch,
  ChangeMessageVisibilityCommand as Change,
  CreateQueueCommand as Create,
  DeleteMessageBatchCommand as DeleteBatch,
  DeleteMessageCommand as DeleteMessage,
  DeleteQueueCommand as DeleteQueue,
  GetQueueAttributesCommand as Get,
  GetQueueUrlCommand as GetUrl,
  ListDeadLetterSourceQueuesCommand as ListSources,
  ListQueuesCommand as List,
  ListQueueTagsCommand as ListTags,
  PurgeQueueCommand as Purge,
  ReceiveMessageCommand as Receive,
  RemovePermissionCommand as Revoke,
  SendMessageBatchCommand as SendBatch,
  SendMessageCommand as Send,
  SetQueueAttributesCommand as Set,
  type SQSClient,
  TagQueueCommand as Tag,
  UntagQueueCommand as Untag,
} from '@aws-sdk/client-sqs';
import type { SimulatorOptions } from '../../../src/index.ts';
import { CUSTOMER, openLab, VENDOR } from '../../lab.ts';
import { makeQueue, type MadeQueue, put, take } from '../../services/sqs/queue-scenes.ts';
import { alone, type Attempt, errorsOf, inService, inWorld, type Scene } from '../ledger.ts';

interface QueueScene extends Scene {
  readonly sqs: SQSClient;
  readonly queue: MadeQueue;
  readonly url: string;
}

type Go = Attempt<QueueScene>;

const NONE = `http://sqs.us-east-1.amazonaws.com/${VENDOR}/none`;

const send =
  (input: object): Go =>
  ({ sqs, url }) =>
    sqs.send(new Send({ QueueUrl: url, MessageBody: 'hello', ...input }));
const set =
  (Attributes: Record<string, string>): Go =>
  ({ sqs, url }) =>
    sqs.send(new Set({ QueueUrl: url, Attributes }));
const create =
  (input: object): Go =>
  ({ sqs }) =>
    sqs.send(new Create({ QueueName: 'new', ...input }));
const receive =
  (input: object): Go =>
  ({ sqs, url }) =>
    sqs.send(new Receive({ QueueUrl: url, ...input }));
const sendBatch =
  (entryIds: string[], MessageBody = 'x'): Go =>
  ({ sqs, url }) =>
    sqs.send(
      new SendBatch({ QueueUrl: url, Entries: entryIds.map((Id) => ({ Id, MessageBody })) }),
    );
const deleteBatch =
  (...entryIds: string[]): Go =>
  ({ sqs, url }) =>
    sqs.send(
      new DeleteBatch({
        QueueUrl: url,
        Entries: entryIds.map((Id) => ({ Id, ReceiptHandle: '?' })),
      }),
    );
const changeBatch =
  (...entryIds: string[]): Go =>
  ({ sqs, url }) =>
    sqs.send(
      new ChangeBatch({
        QueueUrl: url,
        Entries: entryIds.map((Id) => ({ Id, ReceiptHandle: '?', VisibilityTimeout: 1 })),
      }),
    );
const grant =
  (input: object): Go =>
  ({ sqs, url }) =>
    sqs.send(
      new Grant({
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

/** The errors that every operation on batches has. */
function batchCodes(call: (...entryIds: string[]) => Go) {
  return {
    BatchEntryIdsNotDistinct: call('a', 'a'),
    EmptyBatchRequest: call(),
    InvalidBatchEntryId: call('a.b'),
    TooManyEntriesInBatchRequest: call(...ids(11)),
  };
}

/** Takes a message and forgets it, then uses its handle again. */
async function usedHandle({ lab, queue }: QueueScene): Promise<string> {
  await put(lab, queue, 'once');
  const [message] = await take(lab, queue, { VisibilityTimeout: 1 });
  lab.advance(2000);
  return message?.ReceiptHandle ?? '';
}

const at = (QueueUrl: string) => ({ QueueUrl });

export const sqsErrors = errorsOf(
  'sqs.ts',
  openQueues,
  inService<QueueScene>('sqs', {
    AddPermission: {
      InvalidParameterValue: [
        grant({ Actions: ['DeleteQueue'] }),
        grant({ AWSAccountIds: ['999999999999'] }),
        grant({ Label: 'a b' }),
      ],
      OverLimit: grant({ Actions: Array.from({ length: 8 }, () => 'SendMessage') }),
      QueueDoesNotExist: grant(at(NONE)),
    },
    ChangeMessageVisibility: {
      InvalidParameterValue: ({ sqs, url }) =>
        sqs.send(new Change({ ...at(url), ReceiptHandle: '?', VisibilityTimeout: 43_201 })),
      MessageNotInflight: alone(async (scene) => {
        const ReceiptHandle = await usedHandle(scene);
        const again = { ...at(scene.url), ReceiptHandle, VisibilityTimeout: 1 };
        return scene.sqs.send(new Change(again));
      }),
      QueueDoesNotExist: ({ sqs }) =>
        sqs.send(new Change({ ...at(NONE), ReceiptHandle: '?', VisibilityTimeout: 1 })),
      ReceiptHandleIsInvalid: ({ sqs, url }) =>
        sqs.send(new Change({ ...at(url), ReceiptHandle: '?', VisibilityTimeout: 1 })),
    },
    ChangeMessageVisibilityBatch: {
      ...batchCodes(changeBatch),
      QueueDoesNotExist: ({ sqs }) => sqs.send(new ChangeBatch({ ...at(NONE), Entries: [] })),
      ReceiptHandleIsInvalid: changeBatch('a'),
    },
    CreateQueue: {
      InvalidAttributeName: create({ Attributes: { Age: '1' } }),
      InvalidAttributeValue: create({ Attributes: { DelaySeconds: 'ten' } }),
      InvalidParameterValue: [create({ QueueName: 'a b' }), create({ tags: { 'aws:a': 'b' } })],
      QueueDeletedRecently: inWorld({ profile: 'aws' }, async ({ sqs, url }) => {
        await sqs.send(new DeleteQueue(at(url)));
        return sqs.send(new Create({ QueueName: 'jobs' }));
      }),
      QueueNameExists: create({ QueueName: 'jobs', Attributes: { DelaySeconds: '1' } }),
      UnsupportedOperation: [
        create({ QueueName: 'jobs.fifo' }),
        create({ Attributes: { FifoQueue: 'true' } }),
      ],
    },
    DeleteMessage: {
      QueueDoesNotExist: ({ sqs }) =>
        sqs.send(new DeleteMessage({ ...at(NONE), ReceiptHandle: 'a' })),
      ReceiptHandleIsInvalid: ({ sqs, url }) =>
        sqs.send(new DeleteMessage({ ...at(url), ReceiptHandle: '?' })),
    },
    DeleteMessageBatch: {
      ...batchCodes(deleteBatch),
      QueueDoesNotExist: ({ sqs }) => sqs.send(new DeleteBatch({ ...at(NONE), Entries: [] })),
      ReceiptHandleIsInvalid: deleteBatch('a'),
    },
    DeleteQueue: { QueueDoesNotExist: ({ sqs }) => sqs.send(new DeleteQueue(at(NONE))) },
    GetQueueAttributes: {
      InvalidAttributeName: ({ sqs, url }) =>
        sqs.send(new Get({ ...at(url), AttributeNames: ['Age' as 'All'] })),
      QueueDoesNotExist: ({ sqs }) => sqs.send(new Get(at('http://x/y'))),
    },
    GetQueueUrl: { QueueDoesNotExist: ({ sqs }) => sqs.send(new GetUrl({ QueueName: 'none' })) },
    ListDeadLetterSourceQueues: {
      QueueDoesNotExist: ({ sqs }) => sqs.send(new ListSources(at(NONE))),
    },
    ListQueueTags: { QueueDoesNotExist: ({ sqs }) => sqs.send(new ListTags(at(NONE))) },
    ListQueues: {
      InvalidParameterValue: [
        ({ sqs }) => sqs.send(new List({ MaxResults: 0 })),
        ({ sqs }) => sqs.send(new List({ NextToken: 'x' })),
      ],
    },
    PurgeQueue: {
      PurgeQueueInProgress: alone(async ({ sqs, url }) => {
        await sqs.send(new Purge(at(url)));
        return sqs.send(new Purge(at(url)));
      }),
      QueueDoesNotExist: ({ sqs }) => sqs.send(new Purge(at(NONE))),
    },
    ReceiveMessage: {
      AccessDenied: ({ lab, url }) => lab.as(CUSTOMER).sqs.send(new Receive(at(url))),
      InvalidAttributeName: receive({ MessageSystemAttributeNames: ['Age'] }),
      InvalidParameterValue: [
        receive({ MaxNumberOfMessages: 11 }),
        receive({ MaxNumberOfMessages: 0 }),
        receive({ WaitTimeSeconds: 21 }),
        receive({ VisibilityTimeout: -1 }),
        receive({ ReceiveRequestAttemptId: 'a' }),
      ],
      OverLimit: inWorld({ quotas: { messagesInFlight: 1 } }, async (scene) => {
        await put(scene.lab, scene.queue, 'one');
        await put(scene.lab, scene.queue, 'two');
        await take(scene.lab, scene.queue);
        return scene.sqs.send(new Receive(at(scene.url)));
      }),
      QueueDoesNotExist: receive(at(NONE)),
    },
    RemovePermission: {
      InvalidParameterValue: ({ sqs, url }) => sqs.send(new Revoke({ ...at(url), Label: 'none' })),
      QueueDoesNotExist: ({ sqs }) => sqs.send(new Revoke({ ...at(NONE), Label: 'none' })),
    },
    SendMessage: {
      InvalidMessageContents: send({ MessageBody: '\u0001' }),
      InvalidParameterValue: [
        send({ DelaySeconds: 901 }),
        send({ MessageDeduplicationId: 'a' }),
        send({ MessageGroupId: 'a b' }),
        send({ MessageBody: 'x'.repeat(1_048_577) }),
        send({ MessageAttributes: Object.fromEntries(ids(11).map((id) => [id, string])) }),
        attribute({ ...string, DataType: 'Text' }),
        attribute({ ...string, BinaryValue: new Uint8Array([1]) }),
        attribute({ DataType: 'Binary' }),
        attribute({ DataType: 'Number', StringValue: 'x' }),
        attribute(string, 'AWS.a'),
        send({ MessageSystemAttributes: { Other: string } }),
        send({
          MessageSystemAttributes: { AWSTraceHeader: { DataType: 'Number', StringValue: '1' } },
        }),
      ],
      MissingParameter: [send({ MessageBody: undefined }), send({ MessageBody: '' })],
      QueueDoesNotExist: send(at(NONE)),
      UnsupportedOperation: attribute({ ...string, StringListValues: ['a'] }),
    },
    SendMessageBatch: {
      ...batchCodes((...entryIds) => sendBatch(entryIds)),
      BatchRequestTooLong: sendBatch(['a', 'b'], 'x'.repeat(600_000)),
      InvalidMessageContents: sendBatch(['a'], '\u0001'),
      QueueDoesNotExist: ({ sqs }) => sqs.send(new SendBatch({ ...at(NONE), Entries: [] })),
    },
    SetQueueAttributes: {
      InvalidAttributeName: [
        set({ Age: '1' }),
        set({ ContentBasedDeduplication: 'true' }),
        set({ QueueArn: 'x' }),
      ],
      InvalidAttributeValue: [
        set({ VisibilityTimeout: 'ten' }),
        set({ MessageRetentionPeriod: '59' }),
        set({ SqsManagedSseEnabled: 'yes' }),
        set({ Policy: '{}' }),
        set({ RedriveAllowPolicy: '{"redrivePermission":"some"}' }),
      ],
      InvalidParameterValue: [
        redrive([]),
        redrive({ maxReceiveCount: 1 }),
        redrive({
          deadLetterTargetArn: `arn:aws:sqs:us-east-1:${VENDOR}:none`,
          maxReceiveCount: 1,
        }),
        redrive({ deadLetterTargetArn: 'x', maxReceiveCount: 1001 }),
      ],
      QueueDoesNotExist: ({ sqs }) => sqs.send(new Set({ ...at(NONE), Attributes: {} })),
      UnsupportedOperation: set({ KmsMasterKeyId: 'alias/aws/sqs' }),
    },
    TagQueue: {
      OverLimit: ({ sqs, url }) =>
        sqs.send(new Tag({ ...at(url), Tags: { a: '1', b: '2', c: '3' } })),
      QueueDoesNotExist: ({ sqs }) => sqs.send(new Tag({ ...at(NONE), Tags: { a: '1' } })),
    },
    UntagQueue: {
      QueueDoesNotExist: ({ sqs }) => sqs.send(new Untag({ ...at(NONE), TagKeys: ['a'] })),
    },
  }),
);

async function openQueues({ quotas, ...options }: SimulatorOptions): Promise<QueueScene> {
  const lab = await openLab({ quotas: { tagsPerResource: 2, ...quotas }, ...options });
  const queue = await makeQueue(lab, 'jobs');
  return { lab, sqs: lab.as(VENDOR).sqs, queue, url: queue.url };
}
