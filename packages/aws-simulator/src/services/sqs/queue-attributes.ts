// GetQueueAttributes and SetQueueAttributes. AWS takes up to a minute until a change holds
// everywhere; here it holds at once.

import type {
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  SetQueueAttributesRequest,
} from '@aws-sdk/client-sqs';
import type { Queue } from '../../world/messaging/queue.ts';
import { forgetOld } from '../../world/messaging/queue-messages.ts';
import {
  type NumericAttribute,
  numberSet,
  numericAttributes,
} from '../../world/messaging/queue-settings.ts';
import type { Call, Given } from '../call.ts';
import { checkAttributes, setAttributes } from './attribute-values.ts';
import { unknownAttribute } from './errors.ts';
import { namedQueue } from './queue-urls.ts';

export function getQueueAttributes(
  call: Call<Given<GetQueueAttributesRequest, 'QueueUrl'>>,
): GetQueueAttributesResult {
  const queue = namedQueue(call);
  const { AttributeNames: names = [] } = call.input;
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
  forgetOld(call.world, queue);
  const values = Object.entries(allAttributes(queue));
  const wanted = names.includes('All') ? values : values.filter(([name]) => isIn(names, name));
  return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
}

export function setQueueAttributes(
  call: Call<Given<SetQueueAttributesRequest, 'QueueUrl' | 'Attributes'>>,
): object {
  const queue = namedQueue(call);
  checkAttributes(call.world, queue, call.input.Attributes);
  setAttributes(queue.attributes, call.input.Attributes);
  queue.modifiedAt = call.world.schedule.now();
  return {};
}

/** Every attribute that the queue has, also those that are counted or have a default. */
export function allAttributes(queue: Queue): Readonly<Record<string, string>> {
  const numbers = Object.keys(numericAttributes).map((name) => [
    name,
    String(numberSet(queue, name as NumericAttribute)),
  ]);
  return {
    QueueArn: queue.id,
    ApproximateNumberOfMessages: String(queue.ready.size),
    ApproximateNumberOfMessagesNotVisible: String(queue.inFlight),
    ApproximateNumberOfMessagesDelayed: String(queue.delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
    // On by default (SQS developer guide, server-side encryption).
    SqsManagedSseEnabled: 'true',
    ...(Object.fromEntries(numbers) as Record<string, string>),
    ...Object.fromEntries(queue.attributes),
  };
}

const known: ReadonlySet<string> = new Set([
  'All',
  'Policy',
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'SqsManagedSseEnabled',
  // Asked of any queue, and absent where they do not apply.
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
  ...Object.keys(numericAttributes),
]);

function isIn(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function seconds(ms: number): string {
  return String(Math.floor(ms / 1000));
}
