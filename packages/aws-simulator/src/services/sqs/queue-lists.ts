// ListQueues and ListDeadLetterSourceQueues. Without MaxResults they answer up to 1,000 and no
// token (SQS API reference).

import type {
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult,
  ListQueuesRequest,
  ListQueuesResult,
} from '@aws-sdk/client-sqs';
import type { Listing } from '../../world/collection.ts';
import type { Queue } from '../../world/messaging/queue.ts';
import { redrivePolicyOf } from '../../world/messaging/queue-settings.ts';
import { ownerKey } from '../../world/resources.ts';
import type { Call, Given } from '../call.ts';
import { invalidValue } from './errors.ts';
import { namedQueue, queueUrl } from './queue-urls.ts';

const MOST = 1000;

export function listQueues(call: Call<ListQueuesRequest>): ListQueuesResult {
  const { world, account, region, input } = call;
  const { QueueNamePrefix: prefix = '' } = input;
  const own = world.queues.by('owner', ownerKey(account, region));
  const { urls, token } = page(call, own, prefix, ({ name }) => name.startsWith(prefix));
  return { ...(urls.length > 0 ? { QueueUrls: urls } : {}), NextToken: token };
}

export function listDeadLetterSourceQueues(
  call: Call<Given<ListDeadLetterSourceQueuesRequest, 'QueueUrl'>>,
): ListDeadLetterSourceQueuesResult {
  const { world } = call;
  const queue = namedQueue(call);
  const sources = world.queues.by('owner', ownerKey(queue.account, queue.region));
  const { urls, token } = page(call, sources, queue.id, (one) => {
    return redrivePolicyOf(one)?.deadLetterTargetArn === queue.id;
  });
  return { queueUrls: urls, NextToken: token };
}

interface PageInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** @param about what a token is bound to. */
function page(
  call: Call<PageInput>,
  queues: Listing<Queue>,
  about: string,
  fits: (queue: Queue) => boolean,
): { urls: string[]; token: string | undefined } {
  const { MaxResults: most, NextToken: token } = call.input;
  if (most !== undefined && !(Number.isInteger(most) && most >= 1 && most <= MOST)) {
    throw invalidValue('MaxResults', most, `Must be between 1 and ${MOST}, if provided.`);
  }
  const found: Queue[] = [];
  for (const queue of queues.after(token === undefined ? 0 : placeOf(token, about))) {
    if (!fits(queue)) continue;
    if (found.length === (most ?? MOST)) {
      const next = most === undefined ? undefined : tokenFor(found.at(-1) ?? queue, about);
      return { urls: found.map((one) => queueUrl(call, one)), token: next };
    }
    found.push(queue);
  }
  return { urls: found.map((one) => queueUrl(call, one)), token: undefined };
}

function tokenFor({ order }: Queue, about: string): string {
  return Buffer.from(`${order} ${about}`).toString('base64url');
}

function placeOf(token: string, about: string): number {
  const [order = '', ...rest] = Buffer.from(token, 'base64url').toString('utf8').split(' ');
  if (/^\d+$/.test(order) && rest.join(' ') === about) return Number(order);
  throw invalidValue('NextToken', token, 'Use the token of the same request before.');
}
