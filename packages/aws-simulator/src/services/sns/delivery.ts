// Bringing what is published to the queues of a topic: after a while, if the queue is there and its
// policy lets SNS send for this topic. Otherwise nothing arrives and nobody is told, as in AWS.

import type { MessageAttributes } from '../../world/messaging/queue.ts';
import { enqueue } from '../../world/messaging/queue-messages.ts';
import { numberSet } from '../../world/messaging/queue-settings.ts';
import type { Subscription, Topic } from '../../world/messaging/topic.ts';
import type { World } from '../../world/world.ts';
import { letsService } from '../resource-policies.ts';
import { MOST_ATTRIBUTES, sizeOf } from '../sqs/message-input.ts';

export interface Publication {
  readonly id: string;
  /** For queues. */
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
}

/** Publishes to everybody who is subscribed at this moment. */
export function publishTo(world: World, topic: Topic, publication: Publication): void {
  for (const subscription of world.subscriptions.by('topic', topic.id)) {
    if (subscription.token !== undefined) continue;
    deliver(world, topic, subscription, () => {
      const raw = subscription.attributes.get('RawMessageDelivery') === 'true';
      return raw
        ? { body: publication.message, attributes: publication.attributes }
        : { body: notification(world, topic, subscription, publication), attributes: {} };
    });
  }
}

/** Asks the owner of a queue, in the queue, whether it wants to be subscribed. */
export function sendConfirmation(world: World, topic: Topic, subscription: Subscription): void {
  const { token = '' } = subscription;
  const host = `https://sns.${topic.region}.amazonaws.com`;
  const message =
    `You have chosen to subscribe to the topic ${topic.id}.\n` +
    'To confirm the subscription, visit the SubscribeURL included in this message.';
  const query = new URLSearchParams({
    Action: 'ConfirmSubscription',
    TopicArn: topic.id,
    Token: token,
  });
  const body = envelope({
    Type: 'SubscriptionConfirmation',
    MessageId: world.ids.uuid(),
    Token: token,
    TopicArn: topic.id,
    Message: message,
    SubscribeURL: `${host}/?${query.toString()}`,
    ...stamped(world, topic),
  });
  deliver(world, topic, subscription, () => ({ body, attributes: {} }));
}

interface Delivered {
  readonly body: string;
  readonly attributes: MessageAttributes;
}

// SNS's own unique id, which its messages carry as their sender (seen in the field).
const SENDER = 'AIDAIT2UOQQY3AUEKVGXU';

function deliver(
  world: World,
  topic: Topic,
  subscription: Subscription,
  write: () => Delivered,
): void {
  const { schedule, delays } = world;
  const content = write();
  schedule.at(schedule.now() + delays.messageDelivered, () => {
    const queue = world.queues.get(subscription.endpoint);
    if (!queue) return;
    const allowed = letsService(queue.attributes.get('Policy'), {
      service: 'sns.amazonaws.com',
      action: 'sqs:SendMessage',
      resource: queue.id,
      sourceArn: topic.id,
      sourceAccount: topic.account,
    });
    // What a queue would not take is lost as well; raw messages have at most ten attributes.
    const fits =
      sizeOf(content) <= numberSet(queue, 'MaximumMessageSize') &&
      Object.keys(content.attributes).length <= MOST_ATTRIBUTES;
    if (allowed && fits) enqueue(world, queue, { ...content, senderId: SENDER });
  });
}

function notification(
  world: World,
  topic: Topic,
  subscription: Subscription,
  { id, message, subject, attributes }: Publication,
): string {
  const host = `https://sns.${topic.region}.amazonaws.com`;
  const written = Object.entries(attributes).map(([name, { DataType, ...values }]) => {
    const { StringValue, BinaryValue } = values;
    const Value = BinaryValue ? Buffer.from(BinaryValue).toString('base64') : StringValue;
    return [name, { Type: DataType, Value }];
  });
  return envelope({
    Type: 'Notification',
    MessageId: id,
    TopicArn: topic.id,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: message,
    ...stamped(world, topic),
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscription.id}`,
    ...(written.length > 0 ? { MessageAttributes: Object.fromEntries(written) as object } : {}),
  });
}

// A signature needs a certificate under AWS's name, which only AWS has: the field says so itself,
// and a consumer that verifies it must refuse the message.
function stamped(world: World, topic: Topic) {
  return {
    Timestamp: new Date(world.schedule.now()).toISOString(),
    SignatureVersion: topic.attributes.get('SignatureVersion') ?? '1',
    Signature: Buffer.from('Simulated: this message is not signed by AWS.').toString('base64'),
    SigningCertURL: `https://sns.${topic.region}.amazonaws.com/SimpleNotificationService-0.pem`,
  };
}

function envelope(fields: object): string {
  return JSON.stringify(fields, undefined, 2);
}
