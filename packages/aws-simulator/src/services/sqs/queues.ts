// Queues themselves: create, find, purge, delete.

import type {
  CreateQueueRequest,
  CreateQueueResult,
  DeleteQueueRequest,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  PurgeQueueRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import { newQueue, queueArn } from '../../world/messaging/queue.ts';
import { removeMessage } from '../../world/messaging/queue-messages.ts';
import type { Call, Given } from '../call.ts';
import { checkAttributes, setAttributes } from './attribute-values.ts';
import { notSimulated, queueDoesNotExist, queueNameExists } from './errors.ts';
import { allAttributes } from './queue-attributes.ts';
import { checkQueueName, namedQueue, queueUrl } from './queue-urls.ts';
import { checkTags } from './tags.ts';

/** Once a queue is there, the same request again answers it; other attributes are an error. */
export function createQueue(call: Call<Given<CreateQueueRequest, 'QueueName'>>): CreateQueueResult {
  const { world, account, region, input } = call;
  const { QueueName: name, Attributes: attributes = {}, tags = {} } = input;
  if (name.endsWith('.fifo')) throw notSimulated('FIFO queues (a QueueName that ends in .fifo)');
  checkQueueName(name);
  const id = queueArn(account, region, name);
  checkAttributes(world, { id, account, region }, attributes);
  checkTags(world, new Map(), tags);
  const existing = world.queues.get(id);
  if (existing) {
    const present = allAttributes(existing);
    const other = Object.entries(attributes).find(([key, value]) => present[key] !== value);
    if (other) throw queueNameExists(other[0]);
    return { QueueUrl: queueUrl(call, existing) };
  }
  checkNameIsFree(call, id);
  const queue = newQueue({
    account,
    region,
    order: world.nextOrder(),
    name,
    createdAt: world.schedule.now(),
    attributes: new Map(),
    tags: new Map(Object.entries(tags)),
  });
  setAttributes(queue.attributes, attributes);
  return { QueueUrl: queueUrl(call, world.queues.add(queue)) };
}

export function getQueueUrl(call: Call<Given<GetQueueUrlRequest, 'QueueName'>>): GetQueueUrlResult {
  const { world, account, region, input } = call;
  const owner = input.QueueOwnerAWSAccountId ?? account;
  const queue = world.queues.get(queueArn(owner, region, input.QueueName));
  if (!queue) throw queueDoesNotExist();
  return { QueueUrl: queueUrl(call, queue) };
}

/** Everything that is in the queue goes, also what is in flight. */
export function purgeQueue(call: Call<Given<PurgeQueueRequest, 'QueueUrl'>>): object {
  const { world } = call;
  const queue = namedQueue(call);
  const now = world.schedule.now();
  if (queue.purgedAt !== undefined && now < queue.purgedAt + world.delays.queuePurged) {
    throw new AwsError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      403,
    );
  }
  queue.purgedAt = now;
  for (const message of queue.messages.values()) removeMessage(queue, message);
  return {};
}

/** Whoever waits for its messages is told that it does not exist. */
export function deleteQueue(call: Call<Given<DeleteQueueRequest, 'QueueUrl'>>): object {
  const { world } = call;
  const { id } = namedQueue(call);
  const { schedule, deletedQueues } = world;
  const free = schedule.now() + world.delays.queueNameFree;
  world.queues.remove(id);
  deletedQueues.set(id, free);
  schedule.at(free, () => {
    if (deletedQueues.get(id) === free) deletedQueues.delete(id);
  });
  world.waits.endFor(id);
  return {};
}

function checkNameIsFree({ world }: Call<unknown>, id: string): void {
  const free = world.deletedQueues.get(id);
  if (free === undefined || world.schedule.now() >= free) return;
  throw new AwsError(
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the ' +
      'same name.',
  );
}
