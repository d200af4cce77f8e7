// What SQS's operations need (AWS Service Authorization Reference), on the queue's ARN. A queue can
// have a policy of its own; for some operations it cannot let other accounts in.

import { queueArn } from '../../world/messaging/queue.ts';
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
import { placeOf } from './queue-urls.ts';

interface QueueCall {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly QueueOwnerAWSAccountId?: string;
  readonly Tags?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly TagKeys?: readonly string[];
}

/** Batches need what their single operation needs. */
const actions: Readonly<Record<string, string>> = {
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
  DeleteMessageBatch: 'DeleteMessage',
  SendMessageBatch: 'SendMessage',
};

/** What a queue's policy can let other accounts do. */
const shareable = [
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
  'DeleteMessage',
  'DeleteMessageBatch',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
  'SendMessageBatch',
];

// SQS developer guide, limitations of custom policies: "cross-account permissions don't apply".
const unshareable = [
  'AddPermission',
  'CancelMessageMoveTask',
  'CreateQueue',
  'DeleteQueue',
  'ListMessageMoveTasks',
  'ListQueueTags',
  'RemovePermission',
  'SetQueueAttributes',
  'StartMessageMoveTask',
  'TagQueue',
  'UntagQueue',
];

export const sqsPermissions: Ledger = {
  ...withoutResource('sqs', ['ListQueues']),
  ...onQueue(shareable, true),
  ...onQueue(unshareable, false),
};

function onQueue(operations: readonly string[], shared: boolean): Ledger {
  return Object.fromEntries(
    operations.map((name) => [
      name,
      (call: Call<QueueCall>) => [needOf(call, `sqs:${actions[name] ?? name}`, shared)],
    ]),
  );
}

function needOf(call: Call<QueueCall>, action: string, shared: boolean): Need {
  const { world, region, input } = call;
  const { account, name } = queueOf(call);
  const resource = queueArn(account, region, name);
  const queue = world.queues.get(resource);
  const own = account === call.account;
  const policy = own || shared ? policyOf(queue?.attributes.get('Policy')) : undefined;
  const given = Object.entries(input.Tags ?? input.tags ?? {});
  const keys: Keys = {
    ...requestTags(given.map(([Key, Value]) => ({ Key, Value }))),
    ...(input.TagKeys && { 'aws:TagKeys': input.TagKeys }),
    ...(own ? resourceTags(queue?.tags) : {}),
  };
  return { action, resource, keys, policy: { account, policy } };
}

// What is no queue's URL is refused by the operation, whatever the caller may do.
function queueOf({ account, input }: Call<QueueCall>): { account: string; name: string } {
  const { QueueUrl: url, QueueName: name, QueueOwnerAWSAccountId: owner = account } = input;
  if (url !== undefined) return placeOf(url) ?? { account, name: '*' };
  return { account: owner, name: name ?? '*' };
}
