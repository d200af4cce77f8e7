// Queues and topics of one account, used by another: their own policies let it in or keep it out.

import { CreateTopicCommand, PublishCommand, SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { allowing, keysOf, worldWith } from '../../roles.ts';

const QUEUE = `arn:aws:sqs:us-east-1:${VENDOR}:events`;

async function queue(lab: Lab, statement?: object): Promise<string> {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  const Attributes = statement ? { Policy } : undefined;
  const create = new CreateQueueCommand({ QueueName: 'events', Attributes });
  return (await lab.as(VENDOR).sqs.send(create)).QueueUrl ?? '';
}

const letIn = (Principal: object | string, Action: string, Effect = 'Allow') => ({
  Effect,
  Action,
  Principal,
  Resource: QUEUE,
});

const message = (QueueUrl: string) => new SendMessageCommand({ QueueUrl, MessageBody: 'x' });

test('when a queue has no policy, only its own account gets in', async () => {
  const lab = await startLab();
  const url = await queue(lab);
  await lab.as(VENDOR).sqs.send(message(url));
  const { code, message: text } = await failure(lab.as(CUSTOMER).sqs.send(message(url)));
  expect(code).toBe('AccessDenied');
  expect(text).toContain(`sqs:SendMessage on resource: ${QUEUE} because no resource-based policy`);
});

test('when a queue lets an account send, it may, in a batch too, and nothing else', async () => {
  const lab = await startLab();
  const url = await queue(lab, letIn({ AWS: CUSTOMER }, 'sqs:SendMessage'));
  const { sqs } = lab.as(CUSTOMER);
  await sqs.send(message(url));
  const Entries = [{ Id: 'a', MessageBody: 'x' }];
  const batch = new SendMessageBatchCommand({ QueueUrl: url, Entries });
  expect((await sqs.send(batch)).Successful).toHaveLength(1);
  const AttributeNames = ['All' as const];
  const read = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames });
  expect((await failure(sqs.send(read))).code).toBe('AccessDenied');
});

test('when a queue lets everybody do everything, its settings stay its account’s', async () => {
  const lab = await startLab();
  const url = await queue(lab, letIn('*', 'sqs:*'));
  const { sqs } = lab.as(CUSTOMER);
  await sqs.send(message(url));
  const Attributes = { VisibilityTimeout: '1' };
  const set = new SetQueueAttributesCommand({ QueueUrl: url, Attributes });
  expect((await failure(sqs.send(set))).code).toBe('AccessDenied');
});

test('when the sender may not send at home, the queue’s policy is not enough', async () => {
  const roles = [{ name: 'limited', policies: [allowing('sns:*')] }];
  const lab = await startLab({ world: worldWith({ id: CUSTOMER, roles }) });
  const url = await queue(lab, letIn('*', 'sqs:*'));
  const RoleArn = `arn:aws:iam::${CUSTOMER}:role/limited`;
  const { sqs } = lab.as(await keysOf(lab, CUSTOMER, { RoleArn }));
  const { message: text } = await failure(sqs.send(message(url)));
  expect(text).toContain('because no identity-based policy allows the sqs:SendMessage action');
});

test('when a queue denies its own account, root cannot send either', async () => {
  const lab = await startLab();
  const url = await queue(lab, letIn('*', 'sqs:SendMessage', 'Deny'));
  const { message: text } = await failure(lab.as(VENDOR).sqs.send(message(url)));
  expect(text).toContain('with an explicit deny in a resource-based policy');
});

test('when a topic is published to, its policy decides for other accounts', async () => {
  const lab = await startLab();
  const { sns } = lab.as(VENDOR);
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
  const publish = new PublishCommand({ TopicArn, Message: 'x' });
  await sns.send(publish);
  const denied = await failure(lab.as(CUSTOMER).sns.send(publish));
  expect(denied.code).toMatch(/^AuthorizationError/);
  expect(denied.message).toContain('because no resource-based policy allows the');
  const Statement = {
    Effect: 'Allow',
    Action: 'SNS:Publish',
    Principal: { AWS: CUSTOMER },
    Resource: TopicArn,
  };
  const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
  await sns.send(
    new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }),
  );
  await lab.as(CUSTOMER).sns.send(publish);
});
