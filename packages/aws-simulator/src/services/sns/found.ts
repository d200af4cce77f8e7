// Finding what a call names by its ARN. A topic of another Region is no valid parameter; one that
// does not exist is not found.

import type { Subscription, Topic } from '../../world/messaging/topic.ts';
import type { Call } from '../call.ts';
import { invalidParameter, notFound, resourceNotFound } from './errors.ts';

const TOPIC = /^arn:aws:sns:([a-z0-9-]+):(\d{12}):[A-Za-z0-9_-]{1,256}$/;
const SUBSCRIPTION = /^arn:aws:sns:([a-z0-9-]+):(\d{12}):[A-Za-z0-9_-]{1,256}:[0-9a-f-]{36}$/;

export interface TopicInput {
  readonly TopicArn: string;
}

/** @param parameter what the error names. */
export function topicNamed(call: Call<unknown>, arn: string, parameter = 'TopicArn'): Topic {
  const topic = topicAt(call, arn, parameter);
  if (topic) return topic;
  throw notFound('Topic');
}

/** As topicNamed, but undefined for a topic that does not exist. */
export function topicAt(
  { world, region }: Call<unknown>,
  arn: string,
  parameter = 'TopicArn',
): Topic | undefined {
  const [, at] = TOPIC.exec(arn) ?? [];
  if (at !== region) throw invalidParameter(parameter, 'An ARN of a topic in this Region');
  return world.topics.get(arn);
}

/** A topic as the tagging operations name it, which have an error of their own. */
export function taggedTopic(call: Call<unknown>, arn: string): Topic {
  const topic = topicAt(call, arn, 'ResourceArn');
  if (topic) return topic;
  throw resourceNotFound();
}

export function subscriptionNamed({ world, region }: Call<unknown>, arn: string): Subscription {
  const [, at] = SUBSCRIPTION.exec(arn) ?? [];
  if (at !== region) {
    throw invalidParameter('SubscriptionArn', 'An ARN of a subscription in this Region');
  }
  const subscription = world.subscriptions.get(arn);
  if (subscription) return subscription;
  throw notFound('Subscription');
}
