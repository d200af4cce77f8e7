// Topics: create, describe, change, list, delete.

import type {
  CreateTopicInput,
  CreateTopicResponse,
  DeleteTopicInput,
  GetTopicAttributesInput,
  GetTopicAttributesResponse,
  ListTopicsInput,
  ListTopicsResponse,
  SetTopicAttributesInput,
} from '@aws-sdk/client-sns';
import { ownerKey } from '../../world/resources.ts';
import { type Topic, topicArn } from '../../world/messaging/topic.ts';
import type { Call, Given } from '../call.ts';
import { invalidParameter, notSimulated } from './errors.ts';
import { topicAt, topicNamed } from './found.ts';
import { pageOf } from './pages.ts';
import { checkTags, tagMap } from './tags.ts';
import { checkTopicAttribute, defaultPolicy } from './topic-values.ts';

/** Once a topic is there, the same request answers it; other attributes or tags are errors. */
export function createTopic(call: Call<Given<CreateTopicInput, 'Name'>>): CreateTopicResponse {
  const { world, account, region, input } = call;
  const { Name: name, Attributes: attributes = {}, Tags = [] } = input;
  checkName(name);
  if (input.DataProtectionPolicy !== undefined) throw notSimulated('DataProtectionPolicy');
  for (const [key, value] of Object.entries(attributes)) checkTopicAttribute(key, value);
  checkTags(world, new Map(), Tags);
  const arn = topicArn(account, region, name);
  const existing = world.topics.get(arn);
  if (existing) {
    checkSame(existing, attributes, tagMap(Tags));
    return { TopicArn: arn };
  }
  const policy: [string, string] = ['Policy', defaultPolicy(arn, account)];
  world.topics.add({
    id: arn,
    account,
    region,
    order: world.nextOrder(),
    name,
    attributes: new Map([policy, ...Object.entries(attributes)]),
    tags: tagMap(Tags),
    deletedSubscriptions: 0,
  });
  return { TopicArn: arn };
}

/** Deleting a topic that is gone succeeds. Its subscriptions go with it. */
export function deleteTopic(call: Call<Given<DeleteTopicInput, 'TopicArn'>>): object {
  const { world } = call;
  const topic = topicAt(call, call.input.TopicArn);
  if (!topic) return {};
  for (const { id } of world.subscriptions.by('topic', topic.id)) {
    world.subscriptions.remove(id);
  }
  world.topics.remove(topic.id);
  return {};
}

export function listTopics(call: Call<ListTopicsInput>): ListTopicsResponse {
  const { world, account, region } = call;
  const own = world.topics.by('owner', ownerKey(account, region));
  const { items, nextToken } = pageOf(call, 'ListTopics', own);
  return { Topics: items.map(({ id }) => ({ TopicArn: id })), NextToken: nextToken };
}

export function getTopicAttributes(
  call: Call<Given<GetTopicAttributesInput, 'TopicArn'>>,
): GetTopicAttributesResponse {
  const topic = topicNamed(call, call.input.TopicArn);
  const subscriptions = [...call.world.subscriptions.by('topic', topic.id)];
  const pending = subscriptions.filter(({ token }) => token !== undefined).length;
  return {
    Attributes: {
      TopicArn: topic.id,
      Owner: topic.account,
      DisplayName: '',
      SubscriptionsConfirmed: String(subscriptions.length - pending),
      SubscriptionsPending: String(pending),
      SubscriptionsDeleted: String(topic.deletedSubscriptions),
      EffectiveDeliveryPolicy: effectiveDeliveryPolicy,
      ...Object.fromEntries(topic.attributes),
    },
  };
}

export function setTopicAttributes(
  call: Call<Given<SetTopicAttributesInput, 'TopicArn' | 'AttributeName'>>,
): object {
  const { AttributeName: name, AttributeValue: value = '' } = call.input;
  const topic = topicNamed(call, call.input.TopicArn);
  checkTopicAttribute(name, value);
  topic.attributes.set(name, value);
  return {};
}

// AWS's default, which is about HTTP endpoints only (SNS developer guide, delivery retries).
const effectiveDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
  },
});

function checkName(name: string): void {
  if (name.endsWith('.fifo')) throw notSimulated('FIFO topics (a Name that ends in .fifo)');
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
}

function checkSame(
  topic: Topic,
  attributes: Readonly<Record<string, string>>,
  tags: ReadonlyMap<string, string>,
): void {
  const other = Object.entries(attributes).some(
    ([key, value]) => topic.attributes.get(key) !== value,
  );
  if (other) {
    throw invalidParameter('Attributes', 'Topic already exists with different attributes');
  }
  const same =
    tags.size === 0 ||
    (tags.size === topic.tags.size &&
      [...tags].every(([key, value]) => topic.tags.get(key) === value));
  if (!same) throw invalidParameter('Tags', 'Topic already exists with different tags');
}
