// Subscriptions of queues to topics. A queue of the subscriber's own account is subscribed at once;
// for anybody else's, SNS sends a token to the queue, and whoever can read it there confirms.

import type {
  ConfirmSubscriptionInput,
  ConfirmSubscriptionResponse,
  SubscribeInput,
  SubscribeResponse,
  UnsubscribeInput,
} from '@aws-sdk/client-sns';
import type { Subscription, Topic } from '../../world/messaging/topic.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { sendConfirmation } from './delivery.ts';
import { invalidParameter, notFound, notSimulated } from './errors.ts';
import { subscriptionNamed, topicNamed } from './found.ts';
import { checkSubscriptionAttribute } from './subscription-values.ts';

const HEX = '0123456789abcdef';

/** AWS's, of which only queues are simulated. */
const protocols = [
  'application',
  'email',
  'email-json',
  'firehose',
  'http',
  'https',
  'lambda',
  'sms',
  'sqs',
];

/** The same subscription again answers the one that is there; other attributes are an error. */
export function subscribe(
  call: Call<Given<SubscribeInput, 'TopicArn' | 'Protocol'>>,
): SubscribeResponse {
  const { world, account, input } = call;
  const { Protocol: protocol, Endpoint: endpoint = '', Attributes: attributes = {} } = input;
  const topic = topicNamed(call, input.TopicArn);
  const owner = queueOwner(protocol, endpoint);
  for (const [name, value] of Object.entries(attributes)) checkSubscriptionAttribute(name, value);
  const existing = subscriptionTo(world, topic, endpoint);
  if (existing) checkSame(existing, attributes);
  const subscription =
    existing ??
    world.subscriptions.add({
      id: `${topic.id}:${world.ids.uuid()}`,
      account,
      region: topic.region,
      order: world.nextOrder(),
      topicArn: topic.id,
      protocol: 'sqs',
      endpoint,
      attributes: new Map(Object.entries(attributes)),
      token: owner === account ? undefined : world.ids.text(HEX, 256),
    });
  if (subscription.token !== undefined) sendConfirmation(world, topic, subscription);
  // Without ReturnSubscriptionArn the ARN of one that is not confirmed stays secret.
  const hidden = subscription.token !== undefined && !input.ReturnSubscriptionArn;
  return { SubscriptionArn: hidden ? 'pending confirmation' : subscription.id };
}

export function confirmSubscription(
  call: Call<Given<ConfirmSubscriptionInput, 'TopicArn' | 'Token'>>,
): ConfirmSubscriptionResponse {
  const { world, input } = call;
  const topic = topicNamed(call, input.TopicArn);
  const pending = [...world.subscriptions.by('topic', topic.id)];
  const subscription = pending.find(({ token }) => token === input.Token);
  if (!subscription) throw invalidParameter('Token');
  const { AuthenticateOnUnsubscribe: authenticate = 'false' } = input;
  if (authenticate !== 'true' && authenticate !== 'false') {
    throw invalidParameter('AuthenticateOnUnsubscribe');
  }
  subscription.token = undefined;
  // Every call is signed here, so an unsubscription is authenticated whatever this says.
  subscription.attributes.set('ConfirmationWasAuthenticated', authenticate);
  return { SubscriptionArn: subscription.id };
}

/** The subscriber and the owner of the topic may (SNS API reference, Unsubscribe). */
export function unsubscribe(call: Call<Given<UnsubscribeInput, 'SubscriptionArn'>>): object {
  const { world, account, input } = call;
  const subscription = subscriptionNamed(call, input.SubscriptionArn);
  const topic = world.topics.get(subscription.topicArn);
  if (subscription.account !== account && topic?.account !== account) {
    throw notFound('Subscription');
  }
  world.subscriptions.remove(subscription.id);
  if (topic) topic.deletedSubscriptions += 1;
  return {};
}

function subscriptionTo(world: World, topic: Topic, endpoint: string): Subscription | undefined {
  const [subscription] = world.subscriptions.by('endpoint', `${topic.id} ${endpoint}`);
  return subscription;
}

function queueOwner(protocol: string, endpoint: string): string {
  if (!protocols.includes(protocol)) {
    throw invalidParameter(`Does not support this protocol string: ${protocol}`);
  }
  if (protocol !== 'sqs') throw notSimulated(`the protocol '${protocol}' (only sqs)`);
  const [, owner, name = ''] = /^arn:aws:sqs:[a-z0-9-]+:(\d{12}):(\S+)$/.exec(endpoint) ?? [];
  if (owner === undefined) throw invalidParameter('SQS endpoint ARN');
  if (name.endsWith('.fifo')) {
    throw invalidParameter(
      'Endpoint',
      'FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
  return owner;
}

function checkSame(existing: Subscription, attributes: Readonly<Record<string, string>>): void {
  const other = Object.entries(attributes).some(
    ([name, value]) => existing.attributes.get(name) !== value,
  );
  if (!other) return;
  const reason = 'Subscription already exists with different attributes';
  throw invalidParameter('Attributes', reason);
}
