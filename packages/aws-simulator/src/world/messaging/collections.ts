// The topics and queues of all accounts, with the indexes they are read by.

import { createCollection } from '../collection.ts';
import { type Owned, ownerKey } from '../resources.ts';
import type { Queue } from './queue.ts';
import type { Subscription, Topic } from './topic.ts';

export type MessagingCollections = Readonly<ReturnType<typeof messagingCollections>>;

const owner = ({ account, region }: Owned) => ownerKey(account, region);

export function messagingCollections() {
  return {
    topics: createCollection<Topic>({ owner }),
    subscriptions: createCollection<Subscription>({
      owner,
      topic: ({ topicArn }) => topicArn,
      endpoint: ({ topicArn, endpoint }) => `${topicArn} ${endpoint}`,
    }),
    queues: createCollection<Queue>({ owner }),
  };
}
