// Queue URLs: what CreateQueue and GetQueueUrl answer and every other operation takes. They begin
// with where the caller reached the simulator, so that a client which sends to the queue's URL
// arrives as well as one that sends to a configured endpoint. Of a URL that comes back only the
// account and the name count: the Region is the one that the call is signed for.

import type { Queue } from '../../world/messaging/queue.ts';
import { queueArn } from '../../world/messaging/queue.ts';
import { headerValue } from '../../protocols/wire.ts';
import type { Call } from '../call.ts';
import { invalidValue, queueDoesNotExist } from './errors.ts';

export interface QueueInput {
  readonly QueueUrl: string;
}

export function queueUrl({ request }: Call<unknown>, { account, name }: Queue): string {
  return `http://${headerValue(request, 'host') ?? 'localhost'}/${account}/${name}`;
}

/** @throws AwsError InvalidAddress for what is no queue URL, QueueDoesNotExist. */
export function namedQueue(call: Call<QueueInput>): Queue {
  const queue = queueAt(call, call.input.QueueUrl);
  if (queue) return queue;
  throw queueDoesNotExist();
}

/** The queue that a URL, or only its path, stands for in the call's Region. */
export function queueAt({ world, region }: Call<unknown>, url: string): Queue | undefined {
  const place = placeOf(url);
  return place && world.queues.get(queueArn(place.account, region, place.name));
}

/** The account and the name in a queue URL. */
export function placeOf(url: string): { account: string; name: string } | undefined {
  const [, account, name] = /^(?:https?:\/\/[^/]+)?\/(\d{12})\/([A-Za-z0-9_.-]+)$/.exec(url) ?? [];
  return account === undefined || name === undefined ? undefined : { account, name };
}

/** @throws AwsError for a name that AWS does not take. */
export function checkQueueName(name: string): void {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return;
  throw invalidValue(
    'QueueName',
    name,
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
  );
}
