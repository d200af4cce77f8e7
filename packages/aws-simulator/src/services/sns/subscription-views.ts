// Describing subscriptions, and changing how they deliver.

import type {
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse,
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse,
  ListSubscriptionsInput,
  ListSubscriptionsResponse,
  SetSubscriptionAttributesInput,
  Subscription as SubscriptionOutput,
} from '@aws-sdk/client-sns';
import { ownerKey } from '../../world/resources.ts';
import type { Subscription } from '../../world/messaging/topic.ts';
import type { Call, Given } from '../call.ts';
import { notFound } from './errors.ts';
import { subscriptionNamed, topicNamed } from './found.ts';
import { pageOf } from './pages.ts';
import { checkSubscriptionAttribute } from './subscription-values.ts';

/** The caller's subscriptions, to whosever topics. */
export function listSubscriptions(call: Call<ListSubscriptionsInput>): ListSubscriptionsResponse {
  const { world, account, region } = call;
  const own = world.subscriptions.by('owner', ownerKey(account, region));
  const { items, nextToken } = pageOf(call, 'ListSubscriptions', own);
  return { Subscriptions: items.map(view), NextToken: nextToken };
}

export function listSubscriptionsByTopic(
  call: Call<Given<ListSubscriptionsByTopicInput, 'TopicArn'>>,
): ListSubscriptionsByTopicResponse {
  const topic = topicNamed(call, call.input.TopicArn);
  const ofTopic = call.world.subscriptions.by('topic', topic.id);
  const { items, nextToken } = pageOf(call, topic.id, ofTopic);
  return { Subscriptions: items.map(view), NextToken: nextToken };
}

export function getSubscriptionAttributes(
  call: Call<Given<GetSubscriptionAttributesInput, 'SubscriptionArn'>>,
): GetSubscriptionAttributesResponse {
  const subscription = ownSubscription(call, call.input.SubscriptionArn);
  return {
    Attributes: {
      SubscriptionArn: subscription.id,
      TopicArn: subscription.topicArn,
      Owner: subscription.account,
      Protocol: subscription.protocol,
      Endpoint: subscription.endpoint,
      RawMessageDelivery: 'false',
      PendingConfirmation: String(subscription.token !== undefined),
      ConfirmationWasAuthenticated: String(subscription.token === undefined),
      SubscriptionPrincipal: `arn:aws:iam::${subscription.account}:root`,
      ...Object.fromEntries(subscription.attributes),
    },
  };
}

export function setSubscriptionAttributes(
  call: Call<Given<SetSubscriptionAttributesInput, 'SubscriptionArn' | 'AttributeName'>>,
): object {
  const { AttributeName: name, AttributeValue: value = '' } = call.input;
  const subscription = ownSubscription(call, call.input.SubscriptionArn);
  checkSubscriptionAttribute(name, value);
  subscription.attributes.set(name, value.toLowerCase());
  return {};
}

function ownSubscription(call: Call<unknown>, arn: string): Subscription {
  const subscription = subscriptionNamed(call, arn);
  const topic = call.world.topics.get(subscription.topicArn);
  if (subscription.account === call.account || topic?.account === call.account) return subscription;
  throw notFound('Subscription');
}

function view(subscription: Subscription): SubscriptionOutput {
  const { id, account, protocol, endpoint, topicArn, token } = subscription;
  return {
    SubscriptionArn: token === undefined ? id : 'PendingConfirmation',
    Owner: account,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
