// SendMessage and SendMessageBatch.

import type {
  SendMessageBatchRequest,
  SendMessageBatchRequestEntry,
  SendMessageBatchResult,
  SendMessageBatchResultEntry,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import type { ErrorShapes } from '../../protocols/error-shapes.ts';
import {
  md5,
  md5OfAttributes,
  type MessageAttributes,
  type MessageContent,
  type Queue,
} from '../../world/messaging/queue.ts';
import { enqueue } from '../../world/messaging/queue-messages.ts';
import type { Call, Given } from '../call.ts';
import { forEachEntry } from './batches.ts';
import { contentOf, type MessageInput, sizeOf } from './message-input.ts';
import { namedQueue } from './queue-urls.ts';

/** Bytes of all messages of a batch together: 1 MiB, as for a single one. */
const LARGEST_BATCH = 1_048_576;

export function sendMessage(
  call: Call<Given<SendMessageRequest, 'QueueUrl' | 'MessageBody'>>,
): SendMessageResult {
  return sendTo(call, namedQueue(call), call.input);
}

type Entry = Given<SendMessageBatchRequestEntry, 'Id' | 'MessageBody'>;
type BatchInput = Given<SendMessageBatchRequest, 'QueueUrl' | 'Entries'>;

export function sendMessageBatch(
  call: Call<BatchInput>,
  shapes: ErrorShapes,
): SendMessageBatchResult {
  const queue = namedQueue(call);
  const entries = call.input.Entries as readonly Entry[];
  checkTotal(entries);
  return forEachEntry(shapes, entries, (entry, Id): SendMessageBatchResultEntry => {
    const { MessageId, MD5OfMessageBody, ...digests } = sendTo(call, queue, entry);
    return { Id, MessageId, MD5OfMessageBody, ...digests };
  });
}

function sendTo(call: Call<unknown>, queue: Queue, input: MessageInput): SendMessageResult {
  const { world, caller } = call;
  const content = contentOf(queue, input, caller.userId);
  const message = enqueue(world, queue, content, input.DelaySeconds);
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5(content.body),
    MD5OfMessageAttributes: md5OfAttributes(content.attributes),
    MD5OfMessageSystemAttributes: md5OfAttributes(systemAttributes(content)),
  };
}

function systemAttributes({ traceHeader }: MessageContent): MessageAttributes {
  if (traceHeader === undefined) return {};
  return { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } };
}

// Of attributes that are no attributes nothing is counted; they fail with their entry.
function checkTotal(entries: readonly Entry[]): void {
  const total = entries.reduce((sum, { MessageBody: body, MessageAttributes: given = {} }) => {
    const named = Object.entries(given).map(
      ([name, { DataType = '', StringValue, BinaryValue }]) => [
        name,
        { DataType, ...(BinaryValue ? { BinaryValue } : { StringValue: StringValue ?? '' }) },
      ],
    );
    return sum + sizeOf({ body, attributes: Object.fromEntries(named) as never });
  }, 0);
  if (total <= LARGEST_BATCH) return;
  throw new AwsError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${LARGEST_BATCH} bytes. You have sent ${total} bytes.`,
  );
}
