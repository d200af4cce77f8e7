// What a receiver does with a message: delete it, or change how long others cannot see it.

import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult,
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  DeleteMessageRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import type { ErrorShapes } from '../../protocols/error-shapes.ts';
import type { Message, Queue } from '../../world/messaging/queue.ts';
import {
  forgetOld,
  hideFor,
  messageOf,
  removeMessage,
} from '../../world/messaging/queue-messages.ts';
import { numericAttributes } from '../../world/messaging/queue-settings.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { forEachEntry } from './batches.ts';
import { invalidValue } from './errors.ts';
import { namedQueue } from './queue-urls.ts';

interface Handle {
  readonly ReceiptHandle?: string | undefined;
}

interface Visibility extends Handle {
  readonly VisibilityTimeout?: number | undefined;
}

/** Deleting a message that is gone succeeds; so does an old handle, which deletes nothing. */
export function deleteMessage(
  call: Call<Given<DeleteMessageRequest, 'QueueUrl' | 'ReceiptHandle'>>,
): object {
  deleteOne(namedQueue(call), call.input);
  return {};
}

export function deleteMessageBatch(
  call: Call<Given<DeleteMessageBatchRequest, 'QueueUrl' | 'Entries'>>,
  shapes: ErrorShapes,
): DeleteMessageBatchResult {
  const queue = namedQueue(call);
  return forEachEntry(shapes, call.input.Entries, (entry, Id) => {
    deleteOne(queue, entry);
    return { Id };
  });
}

export function changeMessageVisibility(
  call: Call<
    Given<ChangeMessageVisibilityRequest, 'QueueUrl' | 'ReceiptHandle' | 'VisibilityTimeout'>
  >,
): object {
  hideOne(call.world, namedQueue(call), call.input);
  return {};
}

export function changeMessageVisibilityBatch(
  call: Call<Given<ChangeMessageVisibilityBatchRequest, 'QueueUrl' | 'Entries'>>,
  shapes: ErrorShapes,
): ChangeMessageVisibilityBatchResult {
  const queue = namedQueue(call);
  return forEachEntry(shapes, call.input.Entries, (entry, Id) => {
    hideOne(call.world, queue, entry);
    return { Id };
  });
}

function deleteOne(queue: Queue, { ReceiptHandle: handle = '' }: Handle): void {
  const message = found(queue, handle);
  if (message) removeMessage(queue, message);
}

function hideOne(world: World, queue: Queue, input: Visibility): void {
  const { ReceiptHandle: handle = '', VisibilityTimeout: seconds } = input;
  const [initially, smallest, longest] = numericAttributes.VisibilityTimeout;
  const timeout = seconds ?? initially;
  if (!(Number.isInteger(timeout) && timeout >= smallest && timeout <= longest)) {
    const reason = `Must be between ${smallest} and ${longest}, if provided.`;
    throw invalidValue('VisibilityTimeout', timeout, reason);
  }
  forgetOld(world, queue);
  const message = found(queue, handle);
  if (message?.state !== 'inFlight') {
    throw new AwsError('MessageNotInflight', 'The message is not in flight.');
  }
  hideFor(world, queue, message, timeout);
}

function found(queue: Queue, handle: string): Message | undefined {
  const message = messageOf(queue, handle);
  if (message !== 'malformed') return message;
  const text = `The input receipt handle "${handle}" is not a valid receipt handle.`;
  throw new AwsError('ReceiptHandleIsInvalid', text, 404);
}
