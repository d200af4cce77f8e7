// Every error that the simulated SNS operations give, as the SDK names it.

import {
  AddPermissionCommand,
  CreateTopicCommand,
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSServiceException,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CUSTOMER, type Lab, openLab, VENDOR } from '../../lab.ts';
import { makeTopic, subscribeQueue } from './topic-scenes.ts';

let lab: Lab & { close(): Promise<void> };
let topic = '';
let subscription = '';

beforeAll(async () => {
  lab = await openLab({ quotas: { tagsPerResource: 2 } });
  topic = await makeTopic(lab, 'events');
  subscription = await subscribeQueue(lab, topic, `arn:aws:sqs:us-east-1:${VENDOR}:a`);
});

afterAll(async () => lab.close());

const sns = () => lab.as(VENDOR).sns;
const publish = (input: object) => () =>
  sns().send(new PublishCommand({ TopicArn: topic, Message: 'hello', ...input }));
const create = (input: object) => () =>
  sns().send(new CreateTopicCommand({ Name: 'new', ...input }));
const set = (AttributeName: string, AttributeValue?: string) => () =>
  sns().send(new SetTopicAttributesCommand({ TopicArn: topic, AttributeName, AttributeValue }));
const subscribe = (input: object) => () =>
  sns().send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', ...input }));
const configure = (AttributeName: string, AttributeValue?: string) => () =>
  sns().send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn: subscription,
      AttributeName,
      AttributeValue,
    }),
  );
const batch =
  (...entries: { Id: string; Message?: string }[]) =>
  () =>
    sns().send(
      new PublishBatchCommand({
        TopicArn: topic,
        PublishBatchRequestEntries: entries.map((entry) => ({ Message: 'x', ...entry })),
      }),
    );
const grant = (input: object) => () =>
  sns().send(
    new AddPermissionCommand({
      TopicArn: topic,
      Label: 'a',
      AWSAccountId: [CUSTOMER],
      ActionName: ['Publish'],
      ...input,
    }),
  );
const attribute = (value: object) => publish({ MessageAttributes: { a: value } });
const tags = (...keys: string[]) => keys.map((Key) => ({ Key, Value: '' }));

const INVALID = 'InvalidParameterException';
const ABSENT = 'UnsupportedOperation';

const cases: readonly (readonly [string, string, () => Promise<unknown>])[] = [
  [
    'a topic that is not there',
    'NotFoundException',
    () => sns().send(new GetTopicAttributesCommand({ TopicArn: `${topic}-2` })),
  ],
  [
    'a topic of another Region',
    INVALID,
    () =>
      lab.as(VENDOR, 'eu-west-1').sns.send(new PublishCommand({ TopicArn: topic, Message: 'x' })),
  ],
  [
    'an ARN of nothing',
    INVALID,
    () => sns().send(new GetTopicAttributesCommand({ TopicArn: 'events' })),
  ],
  [
    'a topic of somebody else',
    'AuthorizationErrorException',
    () => lab.as(CUSTOMER).sns.send(new GetTopicAttributesCommand({ TopicArn: topic })),
  ],
  [
    'a subscription that is not there',
    'NotFoundException',
    () =>
      sns().send(
        new GetSubscriptionAttributesCommand({
          SubscriptionArn: `${topic}:00000000-0000-4000-8000-000000000000`,
        }),
      ),
  ],
  [
    'a subscription that is none',
    INVALID,
    () => sns().send(new UnsubscribeCommand({ SubscriptionArn: topic })),
  ],
  [
    'a tagged topic that is not there',
    'ResourceNotFoundException',
    () => sns().send(new ListTagsForResourceCommand({ ResourceArn: `${topic}-2` })),
  ],
  [
    'three tags',
    'TagLimitExceededException',
    () => sns().send(new TagResourceCommand({ ResourceArn: topic, Tags: tags('a', 'b', 'c') })),
  ],
  ['a tag of AWS', INVALID, create({ Tags: tags('aws:a') })],
  ['a name with a space', INVALID, create({ Name: 'a b' })],
  ['a FIFO topic', ABSENT, create({ Name: 'a.fifo' })],
  ['the attribute FifoTopic', ABSENT, create({ Attributes: { FifoTopic: 'true' } })],
  ['a data protection policy', ABSENT, create({ DataProtectionPolicy: '{}' })],
  ['an attribute that is not there', INVALID, set('Age', '1')],
  ['an attribute that is counted', INVALID, set('SubscriptionsConfirmed', '1')],
  ['a policy that is none', INVALID, set('Policy', '{}')],
  ['no policy', INVALID, set('Policy')],
  ['another signature', INVALID, set('SignatureVersion', '3')],
  ['a display name that is too long', INVALID, set('DisplayName', 'x'.repeat(101))],
  ['a key for encryption', ABSENT, set('KmsMasterKeyId', 'alias/aws/sns')],
  ['a delivery policy', ABSENT, set('DeliveryPolicy', '{}')],
  ['a role for logs', ABSENT, set('SQSFailureFeedbackRoleArn', 'x')],
  ['an empty message', INVALID, publish({ Message: '' })],
  ['a message that is too long', INVALID, publish({ Message: 'x'.repeat(262_145) })],
  ['a subject with a line break', INVALID, publish({ Subject: 'a\nb' })],
  ['a structure that is not there', INVALID, publish({ MessageStructure: 'xml' })],
  ['a structure that is no JSON', INVALID, publish({ MessageStructure: 'json' })],
  ['a structure without a default', INVALID, publish({ MessageStructure: 'json', Message: '{}' })],
  ['no topic', INVALID, publish({ TopicArn: undefined })],
  ['two topics', INVALID, publish({ TargetArn: 'arn:aws:sns:us-east-1:111111111111:x' })],
  ['a telephone', ABSENT, publish({ TopicArn: undefined, PhoneNumber: '+4912345' })],
  ['a group', ABSENT, publish({ MessageGroupId: 'a' })],
  ['a deduplication id', ABSENT, publish({ MessageDeduplicationId: 'a' })],
  [
    'a platform endpoint',
    ABSENT,
    publish({
      TopicArn: undefined,
      TargetArn: 'arn:aws:sns:us-east-1:111111111111:endpoint/GCM/a/b',
    }),
  ],
  ['an attribute of no type', 'InvalidParameterValueException', attribute({ DataType: 'Text' })],
  [
    'an attribute without a value',
    'InvalidParameterValueException',
    attribute({ DataType: 'String' }),
  ],
  ['bytes without a value', 'InvalidParameterValueException', attribute({ DataType: 'Binary' })],
  [
    'a number that is none',
    'InvalidParameterValueException',
    attribute({ DataType: 'Number', StringValue: 'x' }),
  ],
  ['no entries', 'EmptyBatchRequestException', batch()],
  [
    'eleven entries',
    'TooManyEntriesInBatchRequestException',
    batch(...Array.from({ length: 11 }, (_, i) => ({ Id: `e${i}` }))),
  ],
  ['the same id twice', 'BatchEntryIdsNotDistinctException', batch({ Id: 'a' }, { Id: 'a' })],
  ['an id with a dot', 'InvalidBatchEntryIdException', batch({ Id: 'a.b' })],
  [
    'a batch that is too long',
    'BatchRequestTooLongException',
    batch({ Id: 'a', Message: 'x'.repeat(200_000) }, { Id: 'b', Message: 'x'.repeat(200_000) }),
  ],
  ['an endpoint that is no queue', INVALID, subscribe({ Endpoint: 'https://x' })],
  ['no endpoint', INVALID, subscribe({})],
  ['a FIFO queue', INVALID, subscribe({ Endpoint: 'arn:aws:sqs:us-east-1:111111111111:a.fifo' })],
  ['a protocol that is not there', INVALID, subscribe({ Protocol: 'carrier-pigeon' })],
  ...['http', 'https', 'email', 'email-json', 'sms', 'lambda', 'firehose', 'application'].map(
    (Protocol) =>
      [`the protocol ${Protocol}`, ABSENT, subscribe({ Protocol, Endpoint: 'x' })] as const,
  ),
  ['a filter policy', ABSENT, configure('FilterPolicy', '{}')],
  ['a redrive policy', ABSENT, configure('RedrivePolicy', '{}')],
  ['an attribute of a subscription that is not there', INVALID, configure('Age', '1')],
  ['raw delivery that is neither on nor off', INVALID, configure('RawMessageDelivery', 'maybe')],
  [
    'a token that was guessed',
    INVALID,
    () => sns().send(new ConfirmSubscriptionCommand({ TopicArn: topic, Token: 'x' })),
  ],
  ['an action that cannot be granted', INVALID, grant({ ActionName: ['Receive'] })],
  ['an account that is not there', INVALID, grant({ AWSAccountId: ['999999999999'] })],
  ['a page of another list', INVALID, () => sns().send(new ListTopicsCommand({ NextToken: 'x' }))],
];

test.each(cases)('when SNS is given %s, it says %s', async (_, code, call) => {
  const error: unknown = await call().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SNSServiceException);
  expect((error as Error).name).toBe(code);
});
