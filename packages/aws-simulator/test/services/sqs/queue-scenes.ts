// Queues that many tests begin with, and what is in them.

import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { type Lab, VENDOR } from '../../lab.ts';

export interface MadeQueue {
  readonly url: string;
  readonly arn: string;
}

export async function makeQueue(
  lab: Lab,
  name: string,
  attributes: Partial<Record<QueueAttributeName, string>> = {},
  { account = VENDOR, region = 'us-east-1' } = {},
): Promise<MadeQueue> {
  const { sqs } = lab.as(account, region);
  const input = { QueueName: name, Attributes: attributes };
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand(input));
  return { url, arn: `arn:aws:sqs:${region}:${account}:${name}` };
}

export async function put(lab: Lab, { url }: MadeQueue, body: string): Promise<string> {
  const { sqs } = lab.as(VENDOR);
  const input = { QueueUrl: url, MessageBody: body };
  return (await sqs.send(new SendMessageCommand(input))).MessageId ?? '';
}

export async function take(
  lab: Lab,
  { url }: MadeQueue,
  input: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message[]> {
  const { sqs } = lab.as(VENDOR);
  const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, ...input }));
  return received.Messages ?? [];
}

/** Messages that are ready, in flight and delayed. */
export async function counts(lab: Lab, { url }: MadeQueue): Promise<number[]> {
  const names = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const { Attributes } = await lab
    .as(VENDOR)
    .sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }));
  return names.map((name) => Number(Attributes?.[name]));
}
