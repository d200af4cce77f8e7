// ReceiveMessage. Without a message it waits as long as it was asked to (a long poll): a message
// that anything puts into the queue wakes it, and it ends when the time is over, when the queue is
// deleted, or when nobody waits for the answer any more.

import type { ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import type { Message, Queue } from '../../world/messaging/queue.ts';
import { receive } from '../../world/messaging/queue-messages.ts';
import { numberSet, numericAttributes } from '../../world/messaging/queue-settings.ts';
import type { Call, Given } from '../call.ts';
import { invalidValue, queueDoesNotExist, wrongQueueType } from './errors.ts';
import { checkSystemAttributeNames, messageView, type Wanted } from './message-view.ts';
import { namedQueue } from './queue-urls.ts';

// Clients from before 2023 have the other name only, which the SDK calls deprecated.
interface OlderInput {
  readonly AttributeNames?: readonly string[];
}

type ReceiveCall = Call<Given<ReceiveMessageRequest, 'QueueUrl'>>;

interface Order extends Wanted {
  readonly most: number;
  readonly visibility: number;
  readonly waitSeconds: number;
}

const MOST_MESSAGES = 10;

export function receiveMessage(
  call: ReceiveCall,
): ReceiveMessageResult | Promise<ReceiveMessageResult> {
  const { world } = call;
  const queue = namedQueue(call);
  const order = orderOf(call, queue);
  if (queue.inFlight >= world.quotas.messagesInFlight && order.waitSeconds === 0) {
    const message = `Too many messages are in flight in the queue ${queue.name}.`;
    throw new AwsError('OverLimit', message, 403);
  }
  const messages = take(call, queue, order);
  if (messages.length > 0 || order.waitSeconds === 0) return result(messages, order);
  return waitFor(call, queue, order);
}

async function waitFor(
  call: ReceiveCall,
  queue: Queue,
  order: Order,
): Promise<ReceiveMessageResult> {
  const { world, request } = call;
  const { waits } = world;
  return new Promise((resolve, reject) => {
    const leave = waits.add({
      key: queue.id,
      deadline: world.schedule.now() + order.waitSeconds * 1000,
      wake: () => {
        const messages = take(call, queue, order);
        if (messages.length > 0) resolve(result(messages, order));
        return messages.length > 0;
      },
      end: () => {
        if (world.queues.get(queue.id) === queue) resolve({});
        else reject(queueDoesNotExist());
      },
    });
    const giveUp = () => {
      leave();
      resolve({});
    };
    if (request.gone?.aborted) giveUp();
    else request.gone?.addEventListener('abort', giveUp, { once: true });
  });
}

/** A long poll at the limit of messages in flight gets none, and no error. */
function take({ world }: ReceiveCall, queue: Queue, order: Order): Message[] {
  const room = world.quotas.messagesInFlight - queue.inFlight;
  return receive(world, queue, Math.min(order.most, room), order.visibility);
}

// Without messages the member is absent, as AWS answers it.
function result(messages: readonly Message[], wanted: Wanted): ReceiveMessageResult {
  if (messages.length === 0) return {};
  return { Messages: messages.map((message) => messageView(message, wanted)) };
}

function orderOf({ input }: ReceiveCall, queue: Queue): Order {
  const {
    MaxNumberOfMessages: most = 1,
    VisibilityTimeout: visibility = numberSet(queue, 'VisibilityTimeout'),
    WaitTimeSeconds: waitSeconds = numberSet(queue, 'ReceiveMessageWaitTimeSeconds'),
  } = input;
  const [, , longestVisibility] = numericAttributes.VisibilityTimeout;
  const [, , longestWait] = numericAttributes.ReceiveMessageWaitTimeSeconds;
  checkWithin('MaxNumberOfMessages', most, 1, MOST_MESSAGES);
  checkWithin('VisibilityTimeout', visibility, 0, longestVisibility);
  checkWithin('WaitTimeSeconds', waitSeconds, 0, longestWait);
  if (input.ReceiveRequestAttemptId !== undefined) throw wrongQueueType('ReceiveRequestAttemptId');
  const older: OlderInput = input;
  const names = [...(older.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  checkSystemAttributeNames(names);
  const attributes = input.MessageAttributeNames ?? [];
  return { most, visibility, waitSeconds, systemAttributes: names, attributes };
}

function checkWithin(name: string, value: number, smallest: number, largest: number): void {
  if (Number.isInteger(value) && value >= smallest && value <= largest) return;
  const reason = `Must be between ${smallest} and ${largest}, if provided.`;
  throw invalidValue(name, value, reason);
}
