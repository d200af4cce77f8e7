// Checking a message that is to be sent: its text, its size and its attributes (SQS API reference,
// SendMessage; developer guide, message attributes).

import type { MessageAttributeValue, MessageSystemAttributeValue } from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import type {
  MessageAttribute,
  MessageAttributes,
  MessageContent,
  Queue,
} from '../../world/messaging/queue.ts';
import { numberSet } from '../../world/messaging/queue-settings.ts';
import { invalidValue, wrongQueueType } from './errors.ts';

/** SendMessage's members besides the queue, which an entry of a batch has as well. */
export interface MessageInput {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttributeValue>> | undefined;
  readonly MessageSystemAttributes?:
    | Readonly<Partial<Record<string, MessageSystemAttributeValue>>>
    | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

export const MOST_ATTRIBUTES = 10;
const LONGEST_DELAY = 900;

/** @throws AwsError for what AWS would not take. */
export function contentOf(queue: Queue, input: MessageInput, senderId: string): MessageContent {
  const { MessageBody: body, DelaySeconds: delay, MessageGroupId: groupId } = input;
  if (input.MessageDeduplicationId !== undefined) throw wrongQueueType('MessageDeduplicationId');
  if (groupId !== undefined && !/^[\x21-\x7e]{1,128}$/.test(groupId)) {
    throw invalidValue('MessageGroupId', groupId, 'Must be 1 to 128 printable characters.');
  }
  if (delay !== undefined && !(Number.isInteger(delay) && delay >= 0 && delay <= LONGEST_DELAY)) {
    throw invalidValue('DelaySeconds', delay, `Must be between 0 and ${LONGEST_DELAY}.`);
  }
  checkBody(body);
  const attributes = attributesOf(input.MessageAttributes ?? {});
  const traceHeader = traceHeaderOf(input.MessageSystemAttributes ?? {});
  const content = { body, attributes, senderId, traceHeader, groupId };
  const most = numberSet(queue, 'MaximumMessageSize');
  if (sizeOf(content) > most) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
  }
  return content;
}

/** Body and attributes count, with their names and types. */
export function sizeOf({ body, attributes }: Pick<MessageContent, 'body' | 'attributes'>): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (BinaryValue?.length ?? Buffer.byteLength(StringValue)),
    Buffer.byteLength(body),
  );
}

// Tab, line feed, carriage return and what XML 1.0 allows besides (SQS API reference, SendMessage).
const SOUND = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

function checkBody(body: string): void {
  if (body === '') {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (SOUND.test(body)) return;
  const message = 'Invalid characters found in message body.';
  throw new AwsError('InvalidMessageContents', message);
}

function attributesOf(given: Readonly<Record<string, MessageAttributeValue>>): MessageAttributes {
  const entries = Object.entries(given);
  if (entries.length > MOST_ATTRIBUTES) {
    throw new AwsError(
      'InvalidParameterValue',
      `Number of message attributes [${entries.length}] exceeds the allowed maximum ` +
        `[${MOST_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, attributeOf(name, value)]));
}

function attributeOf(name: string, given: MessageAttributeValue): MessageAttribute {
  const { DataType = '', StringValue, BinaryValue } = given;
  const refuse = (problem: string) =>
    new AwsError('InvalidParameterValue', `The message attribute '${name}' ${problem}`);
  if (!/^(?!aws\.|amazon\.|\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i.test(name)) {
    throw refuse('has an invalid name: letters, digits, underscores, hyphens and single periods.');
  }
  // The model has them, "not implemented, reserved for future use".
  if (given.StringListValues?.length || given.BinaryListValues?.length) {
    throw new AwsError('UnsupportedOperation', 'Message attribute list values are not supported.');
  }
  const type = /^(String|Number|Binary)(\..+)?$/.exec(DataType)?.[1];
  if (type === undefined || DataType.length > 256) {
    throw refuse(
      'has an invalid message attribute type, the set of supported type prefixes is Binary, ' +
        'Number, and String.',
    );
  }
  const other = type === 'Binary' ? StringValue : BinaryValue;
  const value = type === 'Binary' ? BinaryValue : StringValue;
  if (!value || value.length === 0 || other !== undefined) {
    throw refuse(
      'must contain a non-empty message attribute value for message attribute type ' +
        `(${type}), and no other value.`,
    );
  }
  if (value instanceof Uint8Array) return { DataType, BinaryValue: value };
  if (type === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) {
    throw refuse('can not be cast to a number.');
  }
  return { DataType, StringValue: value };
}

function traceHeaderOf(
  given: Readonly<Partial<Record<string, MessageSystemAttributeValue>>>,
): string | undefined {
  const [stranger] = Object.keys(given).filter((name) => name !== 'AWSTraceHeader');
  if (stranger !== undefined) {
    throw invalidValue('MessageSystemAttributes', stranger, 'Only AWSTraceHeader can be sent.');
  }
  const { AWSTraceHeader: header } = given;
  if (header === undefined) return undefined;
  const { DataType, StringValue, BinaryValue, StringListValues, BinaryListValues } = header;
  const others = [BinaryValue, StringListValues, BinaryListValues];
  if (DataType === 'String' && StringValue && others.every((value) => value === undefined)) {
    return StringValue;
  }
  throw invalidValue('MessageSystemAttributes', 'AWSTraceHeader', 'Must be a non-empty String.');
}
