// An SNS standard topic, and the subscriptions that bring what is published to queues.

import type { Owned, Tags } from '../resources.ts';

/** The id is the topic's ARN. */
export interface Topic extends Owned {
  readonly name: string;
  /** The attributes that can be set, as they were given; Policy is always there. */
  readonly attributes: Map<string, string>;
  readonly tags: Tags;
  /** How many of its subscriptions were deleted. */
  deletedSubscriptions: number;
}

/** The id is the subscription's ARN; account and Region are the subscriber's and the topic's. */
export interface Subscription extends Owned {
  readonly topicArn: string;
  readonly protocol: 'sqs';
  /** The ARN of the queue. */
  readonly endpoint: string;
  readonly attributes: Map<string, string>;
  /** What confirms it; undefined once it is confirmed. */
  token: string | undefined;
}

export function topicArn(account: string, region: string, name: string): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}
