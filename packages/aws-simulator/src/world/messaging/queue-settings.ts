// What a queue's attributes mean, with AWS's defaults for those that are not set (SQS API
// reference, SetQueueAttributes).

import type { Queue } from './queue.ts';

/** The numeric attributes: default, smallest, largest. */
export const numericAttributes = {
  DelaySeconds: [0, 0, 900],
  MaximumMessageSize: [1_048_576, 1024, 1_048_576],
  MessageRetentionPeriod: [345_600, 60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 0, 20],
  VisibilityTimeout: [30, 0, 43_200],
} as const;

export type NumericAttribute = keyof typeof numericAttributes;

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

const DEFAULT_RECEIVE_COUNT = 10;

export function numberSet(queue: Queue, name: NumericAttribute): number {
  const text = queue.attributes.get(name);
  return text === undefined ? numericAttributes[name][0] : Number(text);
}

/** Undefined when the queue has none; numbers may be written as text. */
export function redrivePolicyOf({ attributes }: Queue): RedrivePolicy | undefined {
  const text = attributes.get('RedrivePolicy');
  if (text === undefined) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text) as Record<string, unknown>;
  return {
    deadLetterTargetArn: String(deadLetterTargetArn),
    maxReceiveCount: Number(maxReceiveCount ?? DEFAULT_RECEIVE_COUNT),
  };
}
