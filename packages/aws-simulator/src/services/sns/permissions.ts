// What SNS's operations need (AWS Service Authorization Reference), on the topic's ARN. Every topic
// has a policy; a subscription's ARN begins with its topic's.

import type { Tag } from '@aws-sdk/client-sns';
import { topicArn } from '../../world/topic.ts';
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
  'ConfirmSubscription',
  'CreateTopic',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetSubscriptionAttributes',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PublishBatch',
  'PutDataProtectionPolicy',
  'RemovePermission',
  'SetSubscriptionAttributes',
  'SetTopicAttributes',
  'Subscribe',
  'TagResource',
  'Unsubscribe',
  'UntagResource',
] as const;

export const snsPermissions: Ledger = {
  ...withoutResource('sns', ['ListSubscriptions', 'ListTopics']),
  ...Object.fromEntries(onTopic.map((name) => [name, ruleOf(name)])),
};

function ruleOf(name: (typeof onTopic)[number]) {
  // A batch needs what a single message needs.
  const action = `sns:${name === 'PublishBatch' ? 'Publish' : name}`;
  return (call: Call<TopicCall>): Need[] => [needOf(call, action)];
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
