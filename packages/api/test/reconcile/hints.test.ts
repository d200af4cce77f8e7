// Notifications as hints, over the simulator's topics and queues: what comes makes a worker look at
// once, whatever it says, and what does not work is told.

import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { hintsTarget } from '../../src/domain/target.ts';
import * as deployments from '../../src/storage/deployments.ts';
import * as storage from '../../src/storage/connections.ts';
import * as targets from '../../src/storage/targets.ts';
import { report } from '../../src/usecases/drift.ts';
import * as providerAccounts from '../../src/usecases/provider-accounts.ts';
import { acme, letIn, serviceOnStage, stagesOfFile } from './harness.ts';
import { awsFailure, lostAnswer } from './hooked-aws.ts';
import { region, vendorAccount } from './other-hands.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const queueArn = `arn:aws:sqs:${region}:${vendorAccount}:connections`;
const topicArn = `arn:aws:sns:${region}:${vendorAccount}:connections`;

function clientsOf({ simulator, clock }: Stage) {
  const settings = {
    region,
    endpoint: simulator.endpoint,
    credentials: { accessKeyId: vendorAccount, secretAccessKey: 'simulator' },
    systemClockOffset: clock.now().getTime() - Date.now(),
  };
  const clients = { sns: new SNS(settings), sqs: new SQS(settings) };
  onTestFinished(() => {
    clients.sns.destroy();
    clients.sqs.destroy();
  });
  return clients;
}

const allow = (service: string, action: string, resource: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: service }, Action: action, Resource: resource },
    ],
  });

/** The queue, and what brings notifications about a service into it. */
async function wire(stage: Stage, serviceId: string): Promise<SQS> {
  const { sns, sqs } = clientsOf(stage);
  const Policy = allow('sns.amazonaws.com', 'sqs:SendMessage', queueArn);
  await sqs.createQueue({ QueueName: 'connections', Attributes: { Policy } });
  const TopicPolicy = allow('vpce.amazonaws.com', 'SNS:Publish', topicArn);
  await sns.createTopic({ Name: 'connections', Attributes: { Policy: TopicPolicy } });
  await sns.subscribe({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn });
  await stage.hands.vendor().ec2.createVpcEndpointConnectionNotification({
    ServiceId: serviceId,
    ConnectionNotificationArn: topicArn,
    ConnectionEvents: ['Connect', 'Accept', 'Reject', 'Delete'],
  });
  return sqs;
}

/** A service that lets Acme in, in an account that listens to a queue. */
async function listening(stage: Stage) {
  const { account, service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  const sqs = await wire(stage, service.serviceId);
  await listen(stage, account.id);
  await stage.pass(3_000);
  return { account, service, sqs };
}

function listen(stage: Stage, id: string, notificationQueueArns = [queueArn]) {
  return stage.change((context) => providerAccounts.update(context, id, { notificationQueueArns }));
}

async function queueNow(stage: Stage, id: string) {
  const { notificationQueues } = await stage.change((context) => providerAccounts.get(context, id));
  return notificationQueues[0];
}

async function send(sqs: SQS, ...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies) {
    await sqs.sendMessage({ QueueUrl: `/${vendorAccount}/connections`, MessageBody });
  }
}

/** Messages that are in the queue, seen and unseen. */
async function left(sqs: SQS): Promise<number> {
  const { Attributes } = await sqs.getQueueAttributes({
    QueueUrl: `/${vendorAccount}/connections`,
    AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
  });
  return Object.values(Attributes ?? {}).reduce((sum, text) => sum + Number(text), 0);
}

const describes = (stage: Stage, since: number) =>
  stage.glance.ourCalls(since).filter(({ action }) => action === 'DescribeVpcEndpointConnections');

it('when an endpoint is made, it is accepted at once, and its message is gone', async () => {
  const stage = await stageOfTest();
  const { account, service, sqs } = await listening(stage);
  await untilPollIsFar(stage);
  const id = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(1_000);
  expect(stage.glance.state(id)).not.toBe('pendingAcceptance');
  await stage.pass(2_000);
  expect(await left(sqs)).toBe(0);
  const queue = await queueNow(stage, account.id);
  expect(queue).toMatchObject({ state: 'listening', problem: null, foreignMessages: 0 });
  expect(queue!.messages).toBeGreaterThan(0);
});

it('when the customer deletes its endpoint, it is seen before the next full read', async () => {
  const stage = await stageOfTest({
    delays: { endpointDeleted: 1_000, endpointForgotten: 30_000 },
  });
  const { service } = await listening(stage);
  const id = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect((await storage.find(stage.db, id, null))!.state).toBe('available');
  await untilPollIsFar(stage);
  await stage.hands.deleteEndpoint(id);
  await stage.pass(1_000);
  expect((await storage.find(stage.db, id, null))!.state).toBe('deleting');
  await stage.pass(3_000);
  expect((await storage.find(stage.db, id, null))!.state).toBe('deleted');
  const states = (
    await storage.transitions(stage.db, (await storage.find(stage.db, id, null))!.id)
  ).map(({ to }) => to);
  expect(states.slice(-3)).toEqual(['available', 'deleting', 'deleted']);
});

it('when messages say anything else, one look follows, and nothing is changed', async () => {
  const stage = await stageOfTest();
  const { account, sqs } = await listening(stage);
  await untilPollIsFar(stage);
  const since = stage.simulator.calls().at(-1)!.number;
  const lie = { event: 'Accept', serviceId: 'vpce-svc-0123456789abcdef0', vpcEndpointId: 'vpce-1' };
  await send(
    sqs,
    'garbage',
    '{"a":',
    JSON.stringify(lie),
    JSON.stringify(lie),
    'x'.repeat(250_000),
  );
  await stage.pass(500);
  expect(await left(sqs)).toBe(0);
  expect(describes(stage, since)).toHaveLength(1);
  expect(stage.glance.ourChanges(since).filter((call) => !/Message/.test(call))).toEqual([]);
  expect(await queueNow(stage, account.id)).toMatchObject({ messages: 5, foreignMessages: 2 });
  expect(stage.errors).toEqual([]);
});

it('when a hundred messages come at once, they are a few looks', async () => {
  const stage = await stageOfTest();
  const { account, sqs } = await listening(stage);
  const since = stage.simulator.calls().at(-1)!.number;
  await send(sqs, ...Array.from({ length: 100 }, () => 'again'));
  await stage.pass(1_000);
  expect(await queueNow(stage, account.id)).toMatchObject({ messages: 100 });
  expect(describes(stage, since).length).toBeLessThan(5);
});

it('when a message cannot be removed yet, it has its effect, and is removed later', async () => {
  const stage = await stageOfTest();
  const { service, sqs } = await listening(stage);
  await untilPollIsFar(stage);
  stage.hooks.before = ({ name }) => {
    if (name === 'remove') throw lostAnswer();
  };
  const id = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(1_000);
  expect(stage.glance.state(id)).not.toBe('pendingAcceptance');
  expect(await left(sqs)).toBeGreaterThan(0);
  stage.hooks.before = () => undefined;
  stage.clock.advance(31_000);
  await stage.pass(2_000);
  expect(await left(sqs)).toBe(0);
});

it('when a target fails, hints leave it its pause', async () => {
  const stage = await stageOfTest();
  const { sqs } = await listening(stage);
  stage.hooks.before = ({ name }) => {
    if (name === 'listConnections') throw awsFailure('throttled', 'RequestLimitExceeded');
  };
  await stage.pass(6_000);
  const due = await dueAt(stage);
  expect(stage.errors.length).toBeGreaterThan(0);
  expect(due.getTime()).toBeGreaterThan(stage.clock.now().getTime());
  await send(sqs, 'a', 'b');
  await stage.pass(300);
  expect(await left(sqs)).toBe(0);
  expect(await dueAt(stage)).toEqual(due);
});

it.each([
  ['there is no such queue', 'missing', 'Create the queue'],
  ['the role may not receive', 'denied', 'sqs:ReceiveMessage'],
  ['the role may not remove', 'undeletable', 'sqs:DeleteMessage'],
] as const)('when %s, it says so and what to do, and polling goes on', async (_, kind, words) => {
  const stage = await stageOfTest();
  const { account, service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  if (kind !== 'missing') await wire(stage, service.serviceId);
  stage.hooks.before = ({ name }) => {
    const refused = kind === 'denied' ? 'receive' : 'remove';
    if (kind !== 'missing' && name === refused) throw awsFailure('denied', 'AccessDenied');
  };
  await listen(stage, account.id);
  const id = await stage.hands.connect(acme, service.serviceId).catch(() => null);
  await stage.pass(3_000);
  const late = id ?? (await stage.hands.connect(acme, service.serviceId));
  await stage.pass(8_000);
  expect(stage.glance.state(late)).toBe('available');
  const queue = await queueNow(stage, account.id);
  expect(queue).toMatchObject({ state: 'failing', action: expect.stringContaining(words) });
  expect(queue!.problem).toBeTruthy();
  stage.hooks.before = () => undefined;
  if (kind === 'missing') await wire(stage, service.serviceId);
  stage.clock.advance(61_000);
  await stage.pass(500);
  expect(await queueNow(stage, account.id)).toMatchObject({ state: 'listening', problem: null });
});

it('when it fails for minutes, it is an alarm with an age, until it is mended', async () => {
  const stage = await stageOfTest();
  const { account, service } = await serviceOnStage(stage);
  const alarms = async () => {
    const { items } = await stage.change((context) => report(context, service.id));
    return items.filter(({ severity }) => severity === 'alarm');
  };
  await listen(stage, account.id);
  await stage.pass(500);
  const failedAt = stage.clock.now().getTime();
  expect(await alarms()).toEqual([]);
  stage.clock.advance(61_000);
  await stage.pass(500);
  stage.clock.advance(61_000);
  await stage.pass(500);
  const [alarm] = await alarms();
  expect(alarm).toMatchObject({
    kind: 'failing_notifications',
    subject: queueArn,
    detail: expect.stringContaining('Create the queue'),
  });
  expect(alarm!.since!.getTime()).toBeLessThanOrEqual(failedAt);
  await wire(stage, service.serviceId);
  stage.clock.advance(61_000);
  await stage.pass(500);
  expect(await alarms()).toEqual([]);
  stage.hooks.before = ({ name }) => {
    if (name === 'receive') throw awsFailure('unavailable', 'ECONNREFUSED');
  };
  await stage.pass(1_000);
  stage.clock.advance(300_000);
  await stage.pass(500);
  expect(await alarms()).toMatchObject([
    { kind: 'failing_notifications', detail: expect.stringContaining('Nothing could be received') },
  ]);
});

it('when it was never to be reached, it is an alarm all the same', async () => {
  const stage = await stageOfTest();
  const { account, service } = await serviceOnStage(stage);
  stage.hooks.before = ({ name }) => {
    if (name === 'receive') throw awsFailure('unavailable', 'ECONNREFUSED');
  };
  await listen(stage, account.id);
  await stage.pass(500);
  const startedAt = stage.clock.now();
  expect(await queueNow(stage, account.id)).toMatchObject({ state: 'new', problem: null });
  stage.clock.advance(121_000);
  await stage.pass(500);
  const { items } = await stage.change((context) => report(context, service.id));
  const [alarm] = items.filter(({ severity }) => severity === 'alarm');
  expect(alarm).toMatchObject({ kind: 'failing_notifications', subject: queueArn });
  expect(alarm!.since!.getTime()).toBeLessThanOrEqual(startedAt.getTime());
  stage.hooks.before = () => undefined;
  await wire(stage, service.serviceId);
  stage.clock.advance(61_000);
  await stage.pass(500);
  expect(await queueNow(stage, account.id)).toMatchObject({ state: 'listening', problem: null });
});

it('when connections come and no message does, the queue is told to be silent', async () => {
  const stage = await stageOfTest();
  const { account, service, sqs } = await listening(stage);
  const ec2 = stage.hands.vendor().ec2;
  const { ConnectionNotificationSet = [] } = await ec2.describeVpcEndpointConnectionNotifications(
    {},
  );
  await ec2.deleteVpcEndpointConnectionNotifications({
    ConnectionNotificationIds: ConnectionNotificationSet.map(
      (one) => one.ConnectionNotificationId!,
    ),
  });
  await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  stage.clock.advance(130_000);
  await stage.pass(500);
  expect(await left(sqs)).toBe(0);
  expect(await queueNow(stage, account.id)).toMatchObject({ state: 'silent' });
});

it('when the database is in quarantine, the messages are left for the original', async () => {
  const stage = await stageOfTest();
  const { account, sqs } = await listening(stage);
  await deployments.quarantine(stage.db, 'moved_database', stage.clock.now());
  await send(sqs, 'for the original');
  await stage.pass(5_000);
  expect(await left(sqs)).toBe(1);
  expect(await queueNow(stage, account.id)).toMatchObject({ state: 'failing' });
});

it('when the queue is taken from the account, nobody listens to it any more', async () => {
  const stage = await stageOfTest();
  const { account, sqs } = await listening(stage);
  await listen(stage, account.id, []);
  await stage.pass(1_000);
  await send(sqs, 'to nobody');
  await stage.pass(3_000);
  expect(await left(sqs)).toBe(1);
  const target = hintsTarget({ providerAccountId: account.id, region });
  expect(await targets.lastReport(stage.db, target)).toBeNull();
});

async function dueAt({ db }: Stage): Promise<Date> {
  const [row] = await db.query<{ dueAt: Date }>(
    "SELECT due_at FROM targets WHERE kind = 'connections'",
  );
  return row!.dueAt;
}

/** A poll has just been, so that what is seen within five seconds is not seen by one. */
async function untilPollIsFar(stage: Stage): Promise<void> {
  await stage.pass(3_000);
  for (let step = 0; step < 20; step++) {
    const since = stage.simulator.calls().at(-1)!.number;
    await stage.pass(500);
    if (describes(stage, since).length > 0) return;
  }
  throw new Error('No poll came in ten seconds.');
}
