// One SQS queue: messages taken from it and removed. It is named by its ARN, so that nobody can
// have a signed request sent to a host of their own by the URL of a queue.

import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { parseQueueArn } from '../domain/notification-queue.ts';
import type { OpenSqs } from './clients.ts';
import { kindOfCode } from './errors.ts';
import type { QueuePort, ServiceFailure } from './ports.ts';
import { requireItems, requireMember } from './required.ts';

/** The most that SQS gives, and takes, at once. */
const batchMax = 10;
/** Time to act on what was received; after it SQS gives it to whoever asks. */
const hiddenSeconds = 30;

/** Gives the client of a region, once it can send. */
export type OpenRegion = (region: string, signal: AbortSignal) => ReturnType<OpenSqs>;

/** @throws TypeError when it is not the ARN of a standard queue */
export function createQueue(open: OpenRegion, queueArn: string): QueuePort {
  const place = parseQueueArn(queueArn);
  if (!place) throw new TypeError(`"${queueArn}" is not the ARN of a queue: nothing was sent.`);
  const { region, accountId, name } = place;
  const suffix = place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const QueueUrl = `https://sqs.${region}.${suffix}/${accountId}/${name}`;
  return {
    receive: async (waitSeconds, signal) => {
      const sqs = await open(region, signal);
      const { Messages = [] } = await sqs.receiveMessage(
        {
          QueueUrl,
          MaxNumberOfMessages: batchMax,
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: waitSeconds,
        },
        { abortSignal: signal },
      );
      return Messages.map(({ ReceiptHandle, Body }) => ({
        receipt: requireMember('ReceiveMessage', 'ReceiptHandle', ReceiptHandle),
        body: Body ?? '',
      }));
    },

    remove: async (messages, signal) => {
      const sqs = await open(region, signal);
      const Entries = requireItems('messages', messages).map(({ receipt }, index) => ({
        Id: String(index),
        ReceiptHandle: receipt,
      }));
      const answer = await sqs.deleteMessageBatch({ QueueUrl, Entries }, { abortSignal: signal });
      return (answer.Failed ?? []).map(failureOf);
    },
  };
}

function failureOf({ Code, Message }: BatchResultErrorEntry): ServiceFailure {
  const code = Code || 'UnknownError';
  return { kind: kindOfCode(code, 400), code, message: Message || 'SQS gave no reason.' };
}
