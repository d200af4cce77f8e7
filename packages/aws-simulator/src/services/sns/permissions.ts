// What SNS's operations need (AWS Service Authorization Reference), on the topic's ARN. Every topic
// has a policy; a subscription's ARN begins with its topic's.

import type { Tag } from '@aws-sdk/client-sns';
import { topicArn } from '../../world/messaging/topic.ts';
import type { Call } from '../call.ts';
import {
  type Keys,
  type Ledger,
  type Need,
  requestTags,
  resourceTags,
  withoutResource,
} from '../permission.ts';
import { policyOf } from '../resource-policies.ts';

interface TopicCall {
  readonly Name?: string;
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly ResourceArn?: string;
  readonly SubscriptionArn?: string;
  readonly Tags?: readonly Tag[];
  readonly TagKeys?: readonly string[];
  readonly Protocol?: string;
  readonly Endpoint?: string;
}

const onTopic = [
  'AddPermission',
  'CreateTopic',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PublishBatch',
  'PutDataProtectionPolicy',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
  'TagResource',
  'UntagResource',
] as const;

// The subscriber may do these whatever the policy of the topic says: it need not own the topic.
const onSubscription = [
  'ConfirmSubscription',
  'GetSubscriptionAttributes',
  'SetSubscriptionAttributes',
  'Unsubscribe',
] as const;

export const snsPermissions: Ledger = {
  ...withoutResource('sns', ['ListSubscriptions', 'ListTopics']),
  ...Object.fromEntries(onTopic.map((name) => [name, ruleOf(name)])),
  ...Object.fromEntries(onSubscription.map((name) => [name, subscriberRule(name)])),
};

function ruleOf(name: (typeof onTopic)[number]) {
  // A batch needs what a single message needs.
  const action = `sns:${name === 'PublishBatch' ? 'Publish' : name}`;
  return (call: Call<TopicCall>): Need[] => [needOf(call, action)];
}

function subscriberRule(name: (typeof onSubscription)[number]) {
  return (call: Call<TopicCall>): Need[] => {
    const { policy: _, ...need } = needOf(call, `sns:${name}`);
    return [need];
  };
}

function needOf(call: Call<TopicCall>, action: string): Need {
  const { world, account, input } = call;
  const resource = topicOf(call);
  const owner = /^arn:aws:sns:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? account;
  const topic = world.topics.get(resource);
  const keys: Keys = {
    ...requestTags(input.Tags),
    ...(input.TagKeys && { 'aws:TagKeys': input.TagKeys }),
    ...(owner === account ? resourceTags(topic?.tags) : {}),
    'sns:Endpoint': input.Endpoint,
    'sns:Protocol': input.Protocol,
  };
  const policy = policyOf(topic?.attributes.get('Policy'));
  return { action, resource, keys, policy: { account: owner, policy } };
}

function topicOf({ account, region, input }: Call<TopicCall>): string {
  const { TopicArn, TargetArn, ResourceArn, SubscriptionArn, Name = '*' } = input;
  const named = TopicArn ?? TargetArn ?? ResourceArn;
  if (named !== undefined) return named;
  if (SubscriptionArn === undefined) return topicArn(account, region, Name);
  return SubscriptionArn.split(':').slice(0, 6).join(':');
}
