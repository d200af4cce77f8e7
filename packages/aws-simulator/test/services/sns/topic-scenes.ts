// Topics with queues that are subscribed to them, and what the queues are brought.

import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  PublishCommand,
  type PublishCommandInput,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type Lab, VENDOR } from '../../lab.ts';
import { type MadeQueue, makeQueue } from '../sqs/queue-scenes.ts';

export interface Place {
  readonly account?: string;
  readonly region?: string;
}

export async function makeTopic(
  lab: Lab,
  name: string,
  { account = VENDOR, region = 'us-east-1' }: Place = {},
): Promise<string> {
  const { sns } = lab.as(account, region);
  return (await sns.send(new CreateTopicCommand({ Name: name }))).TopicArn ?? '';
}

/** A queue whose policy lets SNS send for one topic. */
export async function makeOpenQueue(
  lab: Lab,
  name: string,
  topic: string,
  { account = VENDOR, region = 'us-east-1' }: Place = {},
): Promise<MadeQueue> {
  const queue = await makeQueue(lab, name, {}, { account, region });
  const Policy = queuePolicy(queue.arn, { ArnEquals: { 'aws:SourceArn': topic } });
  const set = new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { Policy } });
  await lab.as(account, region).sqs.send(set);
  return queue;
}

export function queuePolicy(queue: string, condition: object): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queue,
        Condition: condition,
      },
    ],
  });
}

export async function subscribeQueue(
  lab: Lab,
  topic: string,
  queue: string,
  attributes: Record<string, string> = {},
  account = VENDOR,
): Promise<string> {
  const { SubscriptionArn = '' } = await lab.as(account, regionOf(topic)).sns.send(
    new SubscribeCommand({
      TopicArn: topic,
      Protocol: 'sqs',
      Endpoint: queue,
      Attributes: attributes,
      ReturnSubscriptionArn: true,
    }),
  );
  return SubscriptionArn;
}

export async function publish(
  lab: Lab,
  topic: string,
  message: string,
  input: Partial<PublishCommandInput> = {},
): Promise<string> {
  const command = new PublishCommand({ TopicArn: topic, Message: message, ...input });
  return (await lab.as(VENDOR, regionOf(topic)).sns.send(command)).MessageId ?? '';
}

/** The bodies of what has been delivered to a queue by now; they stay hidden afterwards. */
export async function delivered(
  lab: Lab,
  { url, arn }: MadeQueue,
  account = VENDOR,
): Promise<string[]> {
  lab.advance(lab.simulator.world.delays.messageDelivered);
  const received = await lab
    .as(account, regionOf(arn))
    .sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }));
  return (received.Messages ?? []).map(({ Body = '' }) => Body);
}

export async function topicAttributes(lab: Lab, topic: string): Promise<Record<string, string>> {
  const command = new GetTopicAttributesCommand({ TopicArn: topic });
  return (await lab.as(VENDOR, regionOf(topic)).sns.send(command)).Attributes ?? {};
}

function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}
