// Publish and PublishBatch.

import type {
  MessageAttributeValue,
  PublishBatchInput,
  PublishBatchRequestEntry,
  PublishBatchResponse,
  PublishInput,
  PublishResponse,
} from '@aws-sdk/client-sns';
import { AwsError } from '../../aws-error.ts';
import type { ErrorCode } from '../../error-codes.ts';
import type { MessageAttribute, MessageAttributes } from '../../world/messaging/queue.ts';
import type { Topic } from '../../world/messaging/topic.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { type Publication, publishTo } from './delivery.ts';
import { invalidParameter, notSimulated } from './errors.ts';
import { topicNamed } from './found.ts';

/** 256 KiB (SNS API reference, Publish). */
const LARGEST_MESSAGE = 262_144;
const MOST_ENTRIES = 10;

export function publish(call: Call<Given<PublishInput, 'Message'>>): PublishResponse {
  const { TopicArn, TargetArn, PhoneNumber } = call.input;
  if (PhoneNumber !== undefined) throw notSimulated('PhoneNumber (text messages)');
  if (TopicArn !== undefined && TargetArn !== undefined) {
    throw invalidParameter('TopicArn', 'Only one of TopicArn, TargetArn, PhoneNumber can be given');
  }
  if (TargetArn?.includes(':endpoint/')) throw notSimulated('TargetArn of a platform endpoint');
  const arn = TopicArn ?? TargetArn;
  if (arn === undefined) {
    throw invalidParameter('TopicArn or TargetArn', 'no value for required parameter');
  }
  const topic = topicNamed(call, arn, TopicArn === undefined ? 'TargetArn' : 'TopicArn');
  return { MessageId: publishOne(call.world, topic, call.input) };
}

type BatchInput = Given<PublishBatchInput, 'TopicArn' | 'PublishBatchRequestEntries'>;
type Entry = Given<PublishBatchRequestEntry, 'Id' | 'Message'>;

export function publishBatch(call: Call<BatchInput>): PublishBatchResponse {
  const topic = topicNamed(call, call.input.TopicArn);
  const entries = call.input.PublishBatchRequestEntries as readonly Entry[];
  checkBatch(entries);
  const result: Required<Omit<PublishBatchResponse, '$metadata'>> = { Successful: [], Failed: [] };
  for (const entry of entries) {
    try {
      const MessageId = publishOne(call.world, topic, entry);
      result.Successful.push({ Id: entry.Id, MessageId });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { code: Code, message: Message } = error;
      result.Failed.push({ Id: entry.Id, Code, Message, SenderFault: true });
    }
  }
  return result;
}

function checkBatch(entries: readonly Entry[]): void {
  const refuse = (code: ErrorCode, message: string) => new AwsError(code, message);
  if (entries.length === 0) {
    throw refuse('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  }
  if (entries.length > MOST_ENTRIES) {
    const message = `The batch request contains more entries than permissible (${MOST_ENTRIES}).`;
    throw refuse('TooManyEntriesInBatchRequest', message);
  }
  const ids = entries.map(({ Id }) => Id);
  const bad = ids.find((id) => !/^[A-Za-z0-9_-]{1,80}$/.test(id));
  if (bad !== undefined) {
    throw refuse('InvalidBatchEntryId', `The Id of a batch entry is not valid: ${bad}`);
  }
  if (new Set(ids).size < ids.length) {
    throw refuse('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
  }
  const total = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (total > LARGEST_MESSAGE) {
    const message = `The batch is longer than ${LARGEST_MESSAGE} bytes: ${total}.`;
    throw refuse('BatchRequestTooLong', message);
  }
}

type MessageInput = Given<Omit<PublishInput, 'TopicArn' | 'TargetArn' | 'PhoneNumber'>, 'Message'>;

function publishOne(world: World, topic: Topic, input: MessageInput): string {
  const { Message: message, Subject: subject } = input;
  for (const name of ['MessageDeduplicationId', 'MessageGroupId'] as const) {
    if (input[name] !== undefined) throw notSimulated(`${name} (FIFO topics)`);
  }
  if (message === '') throw invalidParameter('Empty message');
  if (sizeOf(input) > LARGEST_MESSAGE) throw invalidParameter('Message too long');
  // ASCII, at most 100 characters, one line (SNS API reference, Publish).
  if (subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(subject)) {
    throw invalidParameter('Subject');
  }
  const publication: Publication = {
    id: world.ids.uuid(),
    message: forQueues(message, input.MessageStructure),
    subject,
    attributes: attributesOf(input.MessageAttributes ?? {}),
  };
  publishTo(world, topic, publication);
  return publication.id;
}

/** With the structure `json` a message has a text for each protocol, and a default. */
function forQueues(message: string, structure: string | undefined): string {
  if (structure === undefined) return message;
  if (structure !== 'json') throw invalidParameter('MessageStructure', 'must be json');
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const { default: byDefault, sqs = byDefault } = (texts ?? {}) as Record<string, unknown>;
  if (typeof byDefault !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return typeof sqs === 'string' ? sqs : byDefault;
}

function attributesOf(given: Readonly<Record<string, MessageAttributeValue>>): MessageAttributes {
  const entries = Object.entries(given).map(([name, value]) => [name, attributeOf(name, value)]);
  return Object.fromEntries(entries) as MessageAttributes;
}

function attributeOf(name: string, value: MessageAttributeValue): MessageAttribute {
  const { DataType = '', StringValue, BinaryValue } = value;
  const refuse = (problem: string) =>
    new AwsError('ParameterValueInvalid', `The message attribute '${name}' ${problem}`);
  if (!/^(String|String\.Array|Number|Binary)(\..+)?$/.test(DataType)) {
    throw refuse('has an invalid type: String, String.Array, Number and Binary are.');
  }
  if (DataType.startsWith('Binary')) {
    if (!BinaryValue || BinaryValue.length === 0) throw refuse('needs a BinaryValue.');
    return { DataType, BinaryValue };
  }
  if (!StringValue) throw refuse('needs a StringValue.');
  if (DataType.startsWith('Number') && !Number.isFinite(Number(StringValue))) {
    throw refuse('can not be cast to a number.');
  }
  return { DataType, StringValue };
}

function sizeOf({ Message: message, MessageAttributes: attributes = {} }: MessageInput): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum +
      Buffer.byteLength(name + DataType) +
      (BinaryValue?.length ?? Buffer.byteLength(StringValue)),
    Buffer.byteLength(message),
  );
}
