// The errors of SNS. Its model names AuthorizationError and InternalError for every operation:
// those are in every-service.ts.

import {
  AddPermissionCommand as Grant,
  ConfirmSubscriptionCommand as Confirm,
  CreateTopicCommand as Create,
  DeleteTopicCommand as Delete,
  GetSubscriptionAttributesCommand as GetSubscription,
  GetTopicAttributesCommand as GetTopic,
  ListSubscriptionsByTopicCommand as ListByTopic,
  ListSubscriptionsCommand as ListSubscriptions,
  ListTagsForResourceCommand as ListTags,
  ListTopicsCommand as ListTopics,
  PublishBatchCommand as PublishBatch,
  type PublishBatchRequestEntry,
  PublishCommand as Publish,
  RemovePermissionCommand as Revoke,
  SetSubscriptionAttributesCommand as SetSubscription,
  SetTopicAttributesCommand as SetTopic,
  type SNSClient,
  SubscribeCommand as Subscribe,
  TagResourceCommand as Tag,
  UnsubscribeCommand as Unsubscribe,
  UntagResourceCommand as Untag,
} from '@aws-sdk/client-sns';
import type { SimulatorOptions } from '../../../src/index.ts';
import { CUSTOMER, openLab, VENDOR } from '../../lab.ts';
import { makeTopic, subscribeQueue } from '../../services/sns/topic-scenes.ts';
import { type Attempt, errorsOf, inService, type Scene } from '../ledger.ts';

interface TopicScene extends Scene {
  readonly sns: SNSClient;
  readonly topic: string;
  readonly subscription: string;
}

type Go = Attempt<TopicScene>;

const NOBODY = `arn:aws:sns:us-east-1:${VENDOR}:none`;
const NO_SUBSCRIPTION = `${NOBODY}:00000000-0000-4000-8000-000000000000`;

const create =
  (input: object): Go =>
  ({ sns }) =>
    sns.send(new Create({ Name: 'new', ...input }));
const set =
  (AttributeName: string, AttributeValue?: string, TopicArn?: string): Go =>
  ({ sns, topic }) =>
    sns.send(new SetTopic({ TopicArn: TopicArn ?? topic, AttributeName, AttributeValue }));
const publish =
  (input: object): Go =>
  ({ sns, topic }) =>
    sns.send(new Publish({ TopicArn: topic, Message: 'hello', ...input }));
const attribute = (value: object) => publish({ MessageAttributes: { a: value } });
const batch =
  (entries: Partial<PublishBatchRequestEntry>[], input: object = {}): Go =>
  ({ sns, topic }) =>
    sns.send(
      new PublishBatch({
        TopicArn: topic,
        PublishBatchRequestEntries: entries.map((entry) => ({ Id: 'a', Message: 'x', ...entry })),
        ...input,
      }),
    );
const subscribe =
  (input: object): Go =>
  ({ sns, topic }) =>
    sns.send(new Subscribe({ TopicArn: topic, Protocol: 'sqs', ...input }));
const configure =
  (AttributeName: string, AttributeValue?: string, SubscriptionArn?: string): Go =>
  ({ sns, subscription }) =>
    sns.send(
      new SetSubscription({
        SubscriptionArn: SubscriptionArn ?? subscription,
        AttributeName,
        AttributeValue,
      }),
    );
const grant =
  (input: object): Go =>
  ({ sns, topic }) =>
    sns.send(
      new Grant({
        TopicArn: topic,
        Label: 'a',
        AWSAccountId: [CUSTOMER],
        ActionName: ['Publish'],
        ...input,
      }),
    );
const tag =
  (keys: string[], ResourceArn?: string): Go =>
  ({ sns, topic }) =>
    sns.send(new Tag({ ResourceArn: ResourceArn ?? topic, Tags: tags(...keys) }));
const tags = (...keys: string[]) => keys.map((Key) => ({ Key, Value: '' }));
const ids = (count: number) => Array.from({ length: count }, (_, i) => ({ Id: `e${i}` }));

const protocols = [
  'http',
  'https',
  'email',
  'email-json',
  'sms',
  'lambda',
  'firehose',
  'application',
];

export const snsErrors = errorsOf(
  'sns.ts',
  openTopics,
  inService<TopicScene>('sns', {
    AddPermission: {
      InvalidParameterException: [
        grant({ ActionName: ['Receive'] }),
        grant({ AWSAccountId: ['999999999999'] }),
      ],
      NotFoundException: grant({ TopicArn: NOBODY }),
    },
    ConfirmSubscription: {
      InvalidParameterException: ({ sns, topic }) =>
        sns.send(new Confirm({ TopicArn: topic, Token: 'x' })),
      NotFoundException: ({ sns }) => sns.send(new Confirm({ TopicArn: NOBODY, Token: 'x' })),
    },
    CreateTopic: {
      InvalidParameterException: [create({ Name: 'a b' }), create({ Tags: tags('aws:a') })],
      TagLimitExceededException: create({ Tags: tags('a', 'b', 'c') }),
      UnsupportedOperation: [
        create({ Name: 'a.fifo' }),
        create({ Attributes: { FifoTopic: 'true' } }),
        create({ DataProtectionPolicy: '{}' }),
      ],
      ValidationError: create({ Name: undefined }),
    },
    DeleteTopic: {
      InvalidParameterException: ({ sns }) => sns.send(new Delete({ TopicArn: 'none' })),
    },
    GetSubscriptionAttributes: {
      InvalidParameterException: ({ sns, topic }) =>
        sns.send(new GetSubscription({ SubscriptionArn: topic })),
      NotFoundException: ({ sns }) =>
        sns.send(new GetSubscription({ SubscriptionArn: NO_SUBSCRIPTION })),
    },
    GetTopicAttributes: {
      AuthorizationErrorException: ({ lab, topic }) =>
        lab.as(CUSTOMER).sns.send(new GetTopic({ TopicArn: topic })),
      InvalidParameterException: ({ sns }) => sns.send(new GetTopic({ TopicArn: 'events' })),
      NotFoundException: ({ sns }) => sns.send(new GetTopic({ TopicArn: NOBODY })),
    },
    ListSubscriptions: {
      InvalidParameterException: ({ sns }) => sns.send(new ListSubscriptions({ NextToken: 'x' })),
    },
    ListSubscriptionsByTopic: {
      InvalidParameterException: ({ sns, topic }) =>
        sns.send(new ListByTopic({ TopicArn: topic, NextToken: 'x' })),
      NotFoundException: ({ sns }) => sns.send(new ListByTopic({ TopicArn: NOBODY })),
    },
    ListTagsForResource: {
      InvalidParameterException: ({ sns }) => sns.send(new ListTags({ ResourceArn: 'x' })),
      ResourceNotFoundException: ({ sns }) => sns.send(new ListTags({ ResourceArn: NOBODY })),
    },
    ListTopics: {
      InvalidParameterException: ({ sns }) => sns.send(new ListTopics({ NextToken: 'x' })),
    },
    Publish: {
      InvalidParameterException: [
        publish({ Message: '' }),
        publish({ Message: 'x'.repeat(262_145) }),
        publish({ Subject: 'a\nb' }),
        publish({ MessageStructure: 'xml' }),
        publish({ MessageStructure: 'json' }),
        publish({ MessageStructure: 'json', Message: '{}' }),
        publish({ TopicArn: undefined }),
        publish({ TargetArn: NOBODY }),
        ({ lab, topic }) =>
          lab.as(VENDOR, 'eu-west-1').sns.send(new Publish({ TopicArn: topic, Message: 'x' })),
      ],
      InvalidParameterValueException: [
        attribute({ DataType: 'Text' }),
        attribute({ DataType: 'String' }),
        attribute({ DataType: 'Binary' }),
        attribute({ DataType: 'Number', StringValue: 'x' }),
      ],
      NotFoundException: publish({ TopicArn: NOBODY }),
      UnsupportedOperation: [
        publish({ TopicArn: undefined, PhoneNumber: '+4912345' }),
        publish({ MessageGroupId: 'a' }),
        publish({ MessageDeduplicationId: 'a' }),
        publish({
          TopicArn: undefined,
          TargetArn: `arn:aws:sns:us-east-1:${VENDOR}:endpoint/GCM/a/b`,
        }),
      ],
    },
    PublishBatch: {
      BatchEntryIdsNotDistinctException: batch([{ Id: 'a' }, { Id: 'a' }]),
      BatchRequestTooLongException: batch([
        { Id: 'a', Message: 'x'.repeat(200_000) },
        { Id: 'b', Message: 'x'.repeat(200_000) },
      ]),
      EmptyBatchRequestException: batch([]),
      InvalidBatchEntryIdException: batch([{ Id: 'a.b' }]),
      InvalidParameter: batch([{ Id: 'a', Message: '' }]),
      InvalidParameterException: batch(ids(1), { TopicArn: 'x' }),
      NotFoundException: batch(ids(1), { TopicArn: NOBODY }),
      ParameterValueInvalid: batch([{ Id: 'a', MessageAttributes: { a: { DataType: 'Text' } } }]),
      TooManyEntriesInBatchRequestException: batch(ids(11)),
    },
    RemovePermission: {
      InvalidParameterException: ({ sns }) => sns.send(new Revoke({ TopicArn: 'x', Label: 'a' })),
      NotFoundException: ({ sns }) => sns.send(new Revoke({ TopicArn: NOBODY, Label: 'a' })),
    },
    SetSubscriptionAttributes: {
      InvalidParameterException: [
        configure('Age', '1'),
        configure('RawMessageDelivery', 'maybe'),
        configure('RawMessageDelivery', 'true', 'x'),
      ],
      NotFoundException: configure('RawMessageDelivery', 'true', NO_SUBSCRIPTION),
      UnsupportedOperation: [configure('FilterPolicy', '{}'), configure('RedrivePolicy', '{}')],
    },
    SetTopicAttributes: {
      InvalidParameterException: [
        set('Age', '1'),
        set('SubscriptionsConfirmed', '1'),
        set('Policy', '{}'),
        set('Policy'),
        set('SignatureVersion', '3'),
        set('DisplayName', 'x'.repeat(101)),
      ],
      NotFoundException: set('DisplayName', 'x', NOBODY),
      UnsupportedOperation: [
        set('KmsMasterKeyId', 'alias/aws/sns'),
        set('DeliveryPolicy', '{}'),
        set('SQSFailureFeedbackRoleArn', 'x'),
      ],
    },
    Subscribe: {
      InvalidParameterException: [
        subscribe({ Endpoint: 'https://x' }),
        subscribe({}),
        subscribe({ Endpoint: `arn:aws:sqs:us-east-1:${VENDOR}:a.fifo` }),
        subscribe({ Protocol: 'carrier-pigeon' }),
      ],
      NotFoundException: subscribe({
        TopicArn: NOBODY,
        Endpoint: `arn:aws:sqs:us-east-1:${VENDOR}:a`,
      }),
      UnsupportedOperation: protocols.map((Protocol) => subscribe({ Protocol, Endpoint: 'x' })),
    },
    TagResource: {
      InvalidParameterException: tag(['aws:a']),
      ResourceNotFoundException: tag(['a'], NOBODY),
      TagLimitExceededException: tag(['a', 'b', 'c']),
    },
    Unsubscribe: {
      InvalidParameterException: ({ sns, topic }) =>
        sns.send(new Unsubscribe({ SubscriptionArn: topic })),
      NotFoundException: ({ sns }) =>
        sns.send(new Unsubscribe({ SubscriptionArn: NO_SUBSCRIPTION })),
    },
    UntagResource: {
      InvalidParameterException: ({ sns }) =>
        sns.send(new Untag({ ResourceArn: 'x', TagKeys: ['a'] })),
      ResourceNotFoundException: ({ sns }) =>
        sns.send(new Untag({ ResourceArn: NOBODY, TagKeys: ['a'] })),
    },
  }),
);

async function openTopics(options: SimulatorOptions): Promise<TopicScene> {
  const lab = await openLab({ quotas: { tagsPerResource: 2 }, ...options });
  const topic = await makeTopic(lab, 'events');
  const subscription = await subscribeQueue(lab, topic, `arn:aws:sqs:us-east-1:${VENDOR}:a`);
  return { lab, sns: lab.as(VENDOR).sns, topic, subscription };
}
