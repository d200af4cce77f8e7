// An SQS standard queue and its messages. A message is delayed, ready or in flight; it stays until
// it is deleted, moved to a dead-letter queue, or older than the queue keeps messages.

import { createHash } from 'node:crypto';
import type { Owned, Tags } from '../resources.ts';
import { createSortedSet, type SortedSet } from '../sorted-set.ts';

/** The id is the queue's ARN. */
export interface Queue extends Owned {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  modifiedAt: number;
  /** When it was purged last, in milliseconds since 1970. */
  purgedAt: number | undefined;
  /** The attributes that can be set, as they were given. */
  readonly attributes: Map<string, string>;
  readonly tags: Tags;
  /** By id. */
  readonly messages: Map<string, Message>;
  readonly byAge: SortedSet<Message, Age>;
  readonly ready: SortedSet<Message, Age>;
  delayed: number;
  inFlight: number;
}

/** As AWS calls its members. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a message is, whatever becomes of it. */
export interface MessageContent {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Unique id of who sent it. */
  readonly senderId: string;
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
}

interface Age {
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly order: number;
}

export interface Message extends MessageContent, Age {
  readonly id: string;
  state: 'delayed' | 'ready' | 'inFlight';
  receiveCount: number;
  firstReceivedAt: number | undefined;
  /** The handle of the last time it was received; earlier ones can no longer do anything. */
  receipt: string | undefined;
  /** Counts changes of its visibility, so that a planned one can see that it is outdated. */
  visibilities: number;
  /** The queue it came from when it is in a dead-letter queue. */
  readonly deadLetterSource?: string;
}

type NewQueue = Pick<Queue, 'account' | 'region' | 'order' | 'name' | 'createdAt' | 'attributes'>;

export function newQueue(facts: NewQueue & { readonly tags: Tags }): Queue {
  const byAge = () =>
    createSortedSet<Message, Age>((a, b) => a.sentAt - b.sentAt || a.order - b.order);
  return {
    ...facts,
    id: queueArn(facts.account, facts.region, facts.name),
    modifiedAt: facts.createdAt,
    purgedAt: undefined,
    messages: new Map(),
    byAge: byAge(),
    ready: byAge(),
    delayed: 0,
    inFlight: 0,
  };
}

export function queueArn(account: string, region: string, name: string): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/** In lower-case hexadecimal, as SQS answers it and its clients check it. */
export function md5(data: string | Uint8Array): string {
  return createHash('md5').update(data).digest('hex');
}

/**
 * The digest of message attributes: by name, each as name, type, kind and value with their lengths
 * (SQS developer guide, "Calculating the MD5 message digest for message attributes").
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType, StringValue, BinaryValue } = attributes[name] as MessageAttribute;
    const kind = Buffer.from([BinaryValue ? 2 : 1]);
    return [sized(name), sized(DataType), kind, sized(BinaryValue ?? StringValue ?? '')];
  });
  return md5(Buffer.concat(parts));
}

function sized(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
