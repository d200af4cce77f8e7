// Messages: sending, receiving, hiding and deleting them, alone and in batches.

import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type Lab, VENDOR } from '../../../lab.ts';
import {
  counts,
  type MadeQueue,
  makeQueue,
  put,
  take,
} from '../../../services/sqs/queue-scenes.ts';
import {
  each,
  effect,
  expect,
  outputs,
  type Probe,
  type ProbeSet,
  probes,
  refused,
} from '../../probe.ts';

const RECEIVE = 'sqs:ReceiveMessage';
const ATTRIBUTES = 'sqs:GetQueueAttributes';
const SEND = 'sqs:SendMessage';
const SEND_BATCH = 'sqs:SendMessageBatch';

/** What a message can be sent with besides its body. */
interface Extras {
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: Record<string, MessageAttributeValue>;
  readonly MessageSystemAttributes?: { readonly AWSTraceHeader: MessageAttributeValue };
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

type Send = (lab: Lab, queue: MadeQueue, body: string, extras: Extras) => Promise<unknown>;

const text = { DataType: 'String', StringValue: 'x' };
const blob = new Uint8Array([0, 255]);

export const messageProbes: ProbeSet = [
  ...probes(SEND, sending(sendOne, '')),
  ...probes(SEND_BATCH, {
    ...sending(sendInBatch, 'Entries.'),
    'Entries.Id': effect(RECEIVE, async (lab) => {
      const queue = await makeQueue(lab, 'jobs');
      const Entries = [{ Id: 'mine', MessageBody: 'hello' }];
      const batch = new SendMessageBatchCommand({ QueueUrl: queue.url, Entries });
      const { Successful = [] } = await vendor(lab).send(batch);
      const [message] = await take(lab, queue);
      expect(Successful).toMatchObject([{ Id: 'mine', MessageId: message?.MessageId }]);
    }),
  }),
  ...outputs(
    SEND_BATCH,
    failedOutputs(async (lab, queue) => {
      const Entries = [{ Id: 'bad', MessageBody: 'hello', DelaySeconds: 901 }];
      return vendor(lab).send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
    }),
  ),

  ...probes(RECEIVE, receiving()),

  ...probes('sqs:ChangeMessageVisibility', {
    ...each(
      ['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout'],
      hidden((lab, QueueUrl, ReceiptHandle) => {
        const input = { QueueUrl, ReceiptHandle, VisibilityTimeout: 60 };
        return vendor(lab).send(new ChangeMessageVisibilityCommand(input));
      }),
    ),
  }),
  ...probes('sqs:ChangeMessageVisibilityBatch', {
    ...each(
      ['QueueUrl', 'Entries.Id', 'Entries.ReceiptHandle', 'Entries.VisibilityTimeout'],
      hidden(async (lab, QueueUrl, ReceiptHandle) => {
        const Entries = [{ Id: 'mine', ReceiptHandle, VisibilityTimeout: 60 }];
        const batch = new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries });
        expect(await vendor(lab).send(batch)).toMatchObject({ Successful: [{ Id: 'mine' }] });
      }),
    ),
  }),
  ...outputs(
    'sqs:ChangeMessageVisibilityBatch',
    failedOutputs((lab, { url: QueueUrl }) => {
      const Entries = [{ Id: 'bad', ReceiptHandle: 'none', VisibilityTimeout: 1 }];
      return vendor(lab).send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }),
  ),

  ...probes('sqs:DeleteMessage', {
    ...each(
      ['QueueUrl', 'ReceiptHandle'],
      deleted((lab, QueueUrl, ReceiptHandle) =>
        vendor(lab).send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
      ),
    ),
  }),
  ...probes('sqs:DeleteMessageBatch', {
    ...each(
      ['QueueUrl', 'Entries.Id', 'Entries.ReceiptHandle'],
      deleted(async (lab, QueueUrl, ReceiptHandle) => {
        const batch = { QueueUrl, Entries: [{ Id: 'mine', ReceiptHandle }] };
        const done = await vendor(lab).send(new DeleteMessageBatchCommand(batch));
        expect(done).toMatchObject({ Successful: [{ Id: 'mine' }] });
      }),
    ),
  }),
  ...outputs(
    'sqs:DeleteMessageBatch',
    failedOutputs((lab, { url: QueueUrl }) => {
      const Entries = [{ Id: 'bad', ReceiptHandle: 'none' }];
      return vendor(lab).send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }),
  ),
];

/** @param at what stands before the members of a message. */
function sending(send: Send, at: string): Record<string, Probe> {
  const refusedWith = (named: string, extras: Extras) =>
    refused(named, async (lab) => send(lab, await makeQueue(lab, 'jobs'), 'hello', extras));
  const listValues = (values: object) =>
    refusedWith('list values', { MessageAttributes: { a: { ...text, ...values } } });
  const otherHeader = (values: object) =>
    refusedWith('AWSTraceHeader', {
      MessageSystemAttributes: { AWSTraceHeader: { ...text, ...values } },
    });
  const attributes = `${at}MessageAttributes`;
  const system = `${at}MessageSystemAttributes`;
  return {
    ...each(
      ['QueueUrl', `${at}MessageBody`],
      sent(send, {}, ({ Body }) => expect(Body).toBe('hello')),
    ),
    [`${at}DelaySeconds`]: effect(ATTRIBUTES, async (lab) => {
      const queue = await makeQueue(lab, 'jobs');
      await send(lab, queue, 'hello', { DelaySeconds: 5 });
      expect(await counts(lab, queue)).toEqual([0, 0, 1]);
    }),
    ...each(
      [`${attributes}.DataType`, `${attributes}.StringValue`, `${attributes}.BinaryValue`],
      sent(
        send,
        { MessageAttributes: { a: text, b: { DataType: 'Binary', BinaryValue: blob } } },
        (message) => {
          expect(message.MessageAttributes).toMatchObject({ a: text, b: { DataType: 'Binary' } });
          expect([...(message.MessageAttributes?.b?.BinaryValue ?? [])]).toEqual([...blob]);
        },
      ),
    ),
    [`${attributes}.StringListValues`]: listValues({ StringListValues: ['x'] }),
    [`${attributes}.BinaryListValues`]: listValues({ BinaryListValues: [blob] }),
    ...each(
      [`${system}.DataType`, `${system}.StringValue`],
      sent(send, { MessageSystemAttributes: { AWSTraceHeader: text } }, ({ Attributes }) =>
        expect(Attributes?.AWSTraceHeader).toBe('x'),
      ),
    ),
    [`${system}.BinaryValue`]: otherHeader({ BinaryValue: blob }),
    [`${system}.StringListValues`]: otherHeader({ StringListValues: ['x'] }),
    [`${system}.BinaryListValues`]: otherHeader({ BinaryListValues: [blob] }),
    [`${at}MessageDeduplicationId`]: refusedWith('MessageDeduplicationId', {
      MessageDeduplicationId: 'x',
    }),
    [`${at}MessageGroupId`]: sent(send, { MessageGroupId: 'x' }, ({ Attributes }) =>
      expect(Attributes?.MessageGroupId).toBe('x'),
    ),
  };
}

function receiving(): Record<string, Probe> {
  const rich = {
    MessageSystemAttributes: { AWSTraceHeader: text },
    MessageAttributes: { a: text },
  };
  // The SDK calls it deprecated; clients from before 2023 have no other.
  const olderNames: object = { AttributeNames: ['All'] };
  const asked = (member: string, input: Partial<ReceiveMessageCommandInput>, shows: object) => ({
    [member]: effect(RECEIVE, async (lab) => {
      const queue = await makeQueue(lab, 'jobs');
      await sendOne(lab, queue, 'hello', rich);
      expect(await take(lab, queue, input)).toMatchObject([shows]);
    }),
  });
  return {
    ...asked('QueueUrl', {}, { Body: 'hello' }),
    ...asked('AttributeNames', olderNames, { Attributes: { SenderId: VENDOR } }),
    ...asked(
      'MessageSystemAttributeNames',
      { MessageSystemAttributeNames: ['AWSTraceHeader'] },
      { Attributes: { AWSTraceHeader: 'x' } },
    ),
    ...asked(
      'MessageAttributeNames',
      { MessageAttributeNames: ['a'] },
      { MessageAttributes: { a: text } },
    ),
    MaxNumberOfMessages: effect(RECEIVE, async (lab) => {
      const queue = await makeQueue(lab, 'jobs');
      for (const body of ['a', 'b', 'c']) await put(lab, queue, body);
      expect(await take(lab, queue, { MaxNumberOfMessages: 2 })).toHaveLength(2);
    }),
    VisibilityTimeout: effect(ATTRIBUTES, async (lab) => {
      const queue = await makeQueue(lab, 'jobs');
      await put(lab, queue, 'hello');
      await take(lab, queue, { VisibilityTimeout: 5 });
      lab.advance(5000);
      expect(await counts(lab, queue)).toEqual([1, 0, 0]);
    }),
    WaitTimeSeconds: effect(RECEIVE, async (lab) => {
      const queue = await makeQueue(lab, 'jobs', { DelaySeconds: '5' });
      await put(lab, queue, 'late');
      const poll = take(lab, queue, { WaitTimeSeconds: 10 });
      await Promise.race([poll, someoneWaits(lab)]);
      lab.advance(5000);
      expect(await poll).toMatchObject([{ Body: 'late' }]);
    }),
    ReceiveRequestAttemptId: refused('ReceiveRequestAttemptId', async (lab) => {
      const { url: QueueUrl } = await makeQueue(lab, 'jobs');
      const input = { QueueUrl, ReceiveRequestAttemptId: 'x' };
      return vendor(lab).send(new ReceiveMessageCommand(input));
    }),
  };
}

async function someoneWaits({ simulator: { world } }: Lab): Promise<void> {
  for (let looks = 0; world.waits.size === 0 && looks < 1000; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function sent(send: Send, extras: Extras, check: (message: Message) => void): Probe {
  return effect(RECEIVE, async (lab) => {
    const queue = await makeQueue(lab, 'jobs');
    await send(lab, queue, 'hello', extras);
    const all = { MessageSystemAttributeNames: ['All'] as const, MessageAttributeNames: ['All'] };
    const [message = {}] = await take(lab, queue, {
      ...all,
      MessageSystemAttributeNames: [...all.MessageSystemAttributeNames],
    });
    check(message);
  });
}

type Act = (lab: Lab, url: string, handle: string | undefined) => Promise<unknown>;

/** The act hides the message for a minute, instead of the five seconds it was received for. */
function hidden(act: Act): Probe {
  return effect(ATTRIBUTES, async (lab) => {
    const queue = await makeQueue(lab, 'jobs');
    await put(lab, queue, 'hello');
    const [message] = await take(lab, queue, { VisibilityTimeout: 5 });
    await act(lab, queue.url, message?.ReceiptHandle);
    lab.advance(59_000);
    expect(await counts(lab, queue)).toEqual([0, 1, 0]);
    lab.advance(1000);
    expect(await counts(lab, queue)).toEqual([1, 0, 0]);
  });
}

function deleted(act: Act): Probe {
  return effect(ATTRIBUTES, async (lab) => {
    const queue = await makeQueue(lab, 'jobs');
    for (const body of ['one', 'two']) await put(lab, queue, body);
    const [message] = await take(lab, queue);
    await act(lab, queue.url, message?.ReceiptHandle);
    expect(await counts(lab, queue)).toEqual([1, 0, 0]);
  });
}

function failedOutputs(attempt: (lab: Lab, queue: MadeQueue) => Promise<unknown>) {
  const whole = async (lab: Lab) => attempt(lab, await makeQueue(lab, 'jobs'));
  const members = ['Failed.Id', 'Failed.SenderFault', 'Failed.Code', 'Failed.Message'];
  return Object.fromEntries(members.map((member) => [member, whole]));
}

function vendor(lab: Lab): SQSClient {
  return lab.as(VENDOR).sqs;
}

async function sendOne(
  lab: Lab,
  { url: QueueUrl }: MadeQueue,
  MessageBody: string,
  extras: Extras,
) {
  return vendor(lab).send(new SendMessageCommand({ QueueUrl, MessageBody, ...extras }));
}

/** @throws Error what the batch says of its only entry. */
async function sendInBatch(
  lab: Lab,
  { url: QueueUrl }: MadeQueue,
  MessageBody: string,
  extras: Extras,
) {
  const Entries = [{ Id: 'only', MessageBody, ...extras }];
  const batch = new SendMessageBatchCommand({ QueueUrl, Entries });
  const { Failed: [failed] = [] } = await vendor(lab).send(batch);
  if (failed) throw new Error(failed.Message);
}
