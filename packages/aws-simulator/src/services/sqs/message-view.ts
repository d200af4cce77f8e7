// A received message as its receiver asked for it.

import type { Message as MessageOutput } from '@aws-sdk/client-sqs';
import {
  md5,
  md5OfAttributes,
  type Message,
  type MessageAttributes,
} from '../../world/messaging/queue.ts';
import { unknownAttribute } from './errors.ts';

export interface Wanted {
  readonly systemAttributes: readonly string[];
  readonly attributes: readonly string[];
}

const systemAttributeNames: ReadonlySet<string> = new Set([
  'All',
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'MessageGroupId',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
  // Of FIFO queues: known, and absent here.
  'SequenceNumber',
  'MessageDeduplicationId',
]);

/** @throws AwsError InvalidAttributeName. */
export function checkSystemAttributeNames(names: readonly string[]): void {
  const unknown = names.find((name) => !systemAttributeNames.has(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
}

export function messageView(message: Message, wanted: Wanted): MessageOutput {
  const system = chosenSystemAttributes(message, wanted.systemAttributes);
  const attributes = chosenAttributes(message.attributes, wanted.attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(Object.keys(attributes).length > 0
      ? { MD5OfMessageAttributes: md5OfAttributes(attributes), MessageAttributes: attributes }
      : {}),
  };
}

function chosenSystemAttributes(message: Message, wanted: readonly string[]) {
  const all: Readonly<Record<string, string | undefined>> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    MessageGroupId: message.groupId,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
  const chosen = Object.entries(all).filter(
    ([name, value]) => value !== undefined && (wanted.includes('All') || wanted.includes(name)),
  );
  return Object.fromEntries(chosen) as Record<string, string>;
}

/** `All` or `.*` for every attribute, `prefix.*` for those that begin so, else a name. */
function chosenAttributes(all: MessageAttributes, wanted: readonly string[]): MessageAttributes {
  const chosen = Object.entries(all).filter(([name]) =>
    wanted.some((want) => {
      if (want === 'All' || want === '.*') return true;
      return want.endsWith('.*') ? name.startsWith(want.slice(0, -2)) : name === want;
    }),
  );
  return Object.fromEntries(chosen);
}
