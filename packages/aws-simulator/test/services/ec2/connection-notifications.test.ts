// Connection notifications: the four operations, and what reaches a queue behind the topic.

import {
  CreateVpcEndpointCommand,
  CreateVpcEndpointConnectionNotificationCommand,
  type CreateVpcEndpointConnectionNotificationCommandInput,
  DeleteVpcEndpointConnectionNotificationsCommand,
  DeleteVpcEndpointsCommand,
  DescribeVpcEndpointConnectionNotificationsCommand,
  type DescribeVpcEndpointConnectionNotificationsCommandInput,
  ModifyVpcEndpointConnectionNotificationCommand,
  RejectVpcEndpointConnectionsCommand,
} from '@aws-sdk/client-ec2';
import { DeleteTopicCommand, SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { accept, connect, networkOf, offerService, type Service } from '../../scenes.ts';
import {
  delivered,
  makeOpenQueue,
  makeTopic,
  type Place,
  subscribeQueue,
} from '../sns/topic-scenes.ts';
import type { MadeQueue } from '../sqs/queue-scenes.ts';

const EVENTS = ['Accept', 'Connect', 'Delete', 'Reject'];

interface Ear {
  readonly account: string;
  readonly topic: string;
  readonly queue: MadeQueue;
}

/** A topic that lets PrivateLink publish, and a queue behind it that gets the bare message. */
async function makeEar(lab: Lab, name = 'events', place: Place = {}): Promise<Ear> {
  const { account = VENDOR } = place;
  const topic = await makeTopic(lab, name, place);
  await letPublish(lab, topic, { StringEquals: { 'aws:SourceAccount': account } });
  const queue = await makeOpenQueue(lab, `${name}-queue`, topic, place);
  await subscribeQueue(lab, topic, queue.arn, { RawMessageDelivery: 'true' }, account);
  return { account, topic, queue };
}

async function letPublish(lab: Lab, topic: string, condition: object | undefined): Promise<void> {
  const [, , , region = '', account = ''] = topic.split(':');
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'vpce.amazonaws.com' },
    Action: 'SNS:Publish',
    Resource: topic,
    ...(condition ? { Condition: condition } : {}),
  };
  const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const set = { TopicArn: topic, AttributeName: 'Policy', AttributeValue };
  await lab.as(account, region).sns.send(new SetTopicAttributesCommand(set));
}

async function notify(
  lab: Lab,
  topic: string,
  input: Partial<CreateVpcEndpointConnectionNotificationCommandInput>,
  who = VENDOR,
) {
  const created = await lab.as(who).ec2.send(
    new CreateVpcEndpointConnectionNotificationCommand({
      ConnectionNotificationArn: topic,
      ConnectionEvents: EVENTS,
      ...input,
    }),
  );
  return created.ConnectionNotification ?? {};
}

async function describe(
  lab: Lab,
  input: DescribeVpcEndpointConnectionNotificationsCommandInput = {},
  who = VENDOR,
) {
  const command = new DescribeVpcEndpointConnectionNotificationsCommand(input);
  return lab.as(who).ec2.send(command);
}

/** What was published by now, as objects. */
async function heard(lab: Lab, ear: Ear): Promise<Record<string, unknown>[]> {
  return (await heardTexts(lab, ear)).map((body) => JSON.parse(body) as Record<string, unknown>);
}

async function heardTexts(lab: Lab, { account, queue }: Ear): Promise<string[]> {
  lab.advance(lab.simulator.world.delays.connectionEventPublished);
  return delivered(lab, queue, account);
}

async function reject(lab: Lab, { id }: Service, endpoint: string | undefined): Promise<void> {
  const input = { ServiceId: id, VpcEndpointIds: [endpoint ?? ''] };
  await lab.as(VENDOR).ec2.send(new RejectVpcEndpointConnectionsCommand(input));
}

async function remove(lab: Lab, endpoint: string | undefined): Promise<void> {
  const input = { VpcEndpointIds: [endpoint ?? ''] };
  await lab.as(CUSTOMER).ec2.send(new DeleteVpcEndpointsCommand(input));
}

test('when a notification is created, it is described until it is deleted', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { topic } = await makeEar(lab);
  const events = ['Connect', 'Accept', 'Connect'];
  const created = await notify(lab, topic, { ServiceId: service.id, ConnectionEvents: events });
  expect(created).toEqual({
    ConnectionNotificationId: expect.stringMatching(/^vpce-nfn-[0-9a-f]{17}$/),
    ServiceId: service.id,
    ConnectionNotificationType: 'Topic',
    ConnectionNotificationArn: topic,
    ConnectionEvents: ['Accept', 'Connect'],
    ConnectionNotificationState: 'Enabled',
    ServiceRegion: 'us-east-1',
  });
  expect((await describe(lab)).ConnectionNotificationSet).toEqual([created]);
  expect((await describe(lab, {}, CUSTOMER)).ConnectionNotificationSet).toEqual([]);
  const { ConnectionNotificationId: id = '' } = created;
  const ids = [id, 'vpce-nfn-0123456789abcdef0'];
  const { ec2 } = lab.as(VENDOR);
  const deleted = await ec2.send(
    new DeleteVpcEndpointConnectionNotificationsCommand({ ConnectionNotificationIds: ids }),
  );
  expect(deleted.Unsuccessful).toMatchObject([
    { ResourceId: ids[1], Error: { Code: 'InvalidConnectionNotification' } },
  ]);
  const gone = describe(lab, { ConnectionNotificationId: id });
  expect((await failure(gone)).code).toBe('InvalidConnectionNotification');
});

test('when a token is used again, it is the same notification, or an error', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { topic } = await makeEar(lab);
  const input = { ServiceId: service.id, ClientToken: 'once' };
  const first = await notify(lab, topic, input);
  expect(await notify(lab, topic, input)).toEqual(first);
  const other = notify(lab, topic, { ...input, ConnectionEvents: ['Reject'] });
  expect((await failure(other)).code).toBe('IdempotentParameterMismatch');
  expect((await describe(lab)).ConnectionNotificationSet).toHaveLength(1);
});

test('when notifications are filtered and paged, each filter chooses its own', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const ears = [await makeEar(lab, 'a'), await makeEar(lab, 'b'), await makeEar(lab, 'c')];
  const made = [];
  for (const { topic } of ears) made.push(await notify(lab, topic, { ServiceId: service.id }));
  const ids = made.map(({ ConnectionNotificationId }) => ConnectionNotificationId ?? '');
  const found = async (Name: string, ...Values: string[]) => {
    const page = await describe(lab, { Filters: [{ Name, Values }] });
    const set = page.ConnectionNotificationSet ?? [];
    return set.map(({ ConnectionNotificationId }) => ConnectionNotificationId);
  };
  expect(await found('connection-notification-arn', ears[1]?.topic ?? '')).toEqual([ids[1]]);
  expect(await found('connection-notification-id', ids[2] ?? '', ids[0] ?? '')).toEqual([
    ids[0],
    ids[2],
  ]);
  expect(await found('connection-notification-state', 'Enabled')).toEqual(ids);
  expect(await found('connection-notification-state', 'Disabled')).toEqual([]);
  expect(await found('connection-notification-type', 'Topic')).toEqual(ids);
  expect(await found('service-id', service.id)).toEqual(ids);
  expect(await found('vpc-endpoint-id', 'vpce-*')).toEqual([]);
  expect((await failure(found('vpc-id', 'x'))).code).toBe('InvalidFilter');
  const first = await describe(lab, { MaxResults: 2 });
  const second = await describe(lab, { MaxResults: 2, NextToken: first.NextToken });
  expect([first, second].map((page) => page.ConnectionNotificationSet?.length)).toEqual([2, 1]);
  expect(second.NextToken).toBeFalsy();
});

test('when a connection is made, accepted, rejected and deleted, each is told', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: true });
  const ear = await makeEar(lab);
  const { ConnectionNotificationId } = await notify(lab, ear.topic, { ServiceId: service.id });
  const time = lab.now().toISOString();
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  expect(await heard(lab, ear)).toEqual([
    {
      simulated: expect.stringContaining('not the message that AWS publishes'),
      event: 'Connect',
      notificationId: ConnectionNotificationId,
      serviceId: service.id,
      serviceRegion: 'us-east-1',
      vpcEndpointId: id,
      vpcEndpointOwner: CUSTOMER,
      vpcEndpointState: 'pendingAcceptance',
      time,
    },
  ]);
  await accept(lab, service, id);
  expect(await heard(lab, ear)).toMatchObject([{ event: 'Accept', vpcEndpointState: 'pending' }]);
  await reject(lab, service, id);
  expect(await heard(lab, ear)).toMatchObject([{ event: 'Reject', vpcEndpointState: 'rejected' }]);
  await remove(lab, id);
  expect(await heard(lab, ear)).toMatchObject([{ event: 'Delete', vpcEndpointState: 'deleting' }]);
});

test('when the placeholder is read, its first key says what it is', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const ear = await makeEar(lab);
  await notify(lab, ear.topic, { ServiceId: service.id });
  await connect(lab, service);
  expect((await heard(lab, ear)).map((message) => Object.keys(message)[0])).toEqual(['simulated']);
});

test('when only some events are wanted, the others are not told', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: true });
  const [first, second] = [await makeEar(lab, 'a'), await makeEar(lab, 'b')];
  const { ConnectionNotificationId } = await notify(lab, first.topic, {
    ServiceId: service.id,
    ConnectionEvents: ['Reject'],
  });
  const { VpcEndpointId: id } = await connect(lab, service);
  expect(await heard(lab, first)).toEqual([]);
  const change = {
    ConnectionNotificationId,
    ConnectionNotificationArn: second.topic,
    ConnectionEvents: ['Delete'],
  };
  const { ec2 } = lab.as(VENDOR);
  const modified = await ec2.send(new ModifyVpcEndpointConnectionNotificationCommand(change));
  expect(modified.ReturnValue).toBe(true);
  expect((await describe(lab)).ConnectionNotificationSet).toMatchObject([change]);
  await reject(lab, service, id);
  await remove(lab, id);
  expect(await heard(lab, first)).toEqual([]);
  expect(await heard(lab, second)).toMatchObject([{ event: 'Delete' }]);
});

test('when a service accepts by itself, a connection is told as a knob says', async () => {
  for (const [automaticAcceptEvent, events] of [
    [false, ['Connect']],
    [true, ['Connect', 'Accept']],
  ] as const) {
    const lab = await startLab({ knobs: { automaticAcceptEvent } });
    const service = await offerService(lab, { AcceptanceRequired: false });
    const ear = await makeEar(lab);
    await notify(lab, ear.topic, { ServiceId: service.id });
    await connect(lab, service);
    expect((await heard(lab, ear)).map(({ event }) => event)).toEqual(events);
  }
});

test("when a consumer's endpoint has a notification, its owner is told", async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: true });
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  const ear = await makeEar(lab, 'consumer', { account: CUSTOMER });
  const created = await notify(lab, ear.topic, { VpcEndpointId: id }, CUSTOMER);
  expect(created).toMatchObject({ VpcEndpointId: id, ServiceRegion: 'us-east-1' });
  expect(created).not.toHaveProperty('ServiceId');
  const filter = { Filters: [{ Name: 'vpc-endpoint-id', Values: [id] }] };
  expect((await describe(lab, filter, CUSTOMER)).ConnectionNotificationSet).toEqual([created]);
  await accept(lab, service, id);
  expect(await heard(lab, ear)).toMatchObject([{ event: 'Accept', vpcEndpointId: id }]);
});

test('when the consumer is in another Region, both hear where the service is', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { SupportedRegions: ['eu-west-1'] });
  const provider = await makeEar(lab);
  await notify(lab, provider.topic, { ServiceId: service.id });
  const { vpcId, subnetIds } = await networkOf(lab, CUSTOMER, 'eu-west-1');
  const abroad = lab.as(CUSTOMER, 'eu-west-1').ec2;
  const { VpcEndpoint } = await abroad.send(
    new CreateVpcEndpointCommand({
      VpcId: vpcId,
      VpcEndpointType: 'Interface',
      ServiceName: service.name,
      ServiceRegion: 'us-east-1',
      SubnetIds: subnetIds.slice(0, 1),
    }),
  );
  const { VpcEndpointId } = VpcEndpoint ?? {};
  expect(await heard(lab, provider)).toMatchObject([
    { event: 'Connect', vpcEndpointId: VpcEndpointId, serviceRegion: 'us-east-1' },
  ]);
  const place = { account: CUSTOMER, region: 'eu-west-1' };
  const consumer = await makeEar(lab, 'consumer', place);
  const created = await abroad.send(
    new CreateVpcEndpointConnectionNotificationCommand({
      ConnectionNotificationArn: consumer.topic,
      ConnectionEvents: EVENTS,
      VpcEndpointId,
    }),
  );
  expect(created.ConnectionNotification).toMatchObject({ ServiceRegion: 'us-east-1' });
  await abroad.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId ?? ''] }));
  expect(await heard(lab, consumer)).toMatchObject([{ event: 'Delete' }]);
});

test('when the message is a template, it is filled in', async () => {
  const connectionMessage = '{event} of {vpcEndpointId} ({vpcEndpointOwner}) {unknown}';
  const lab = await startLab({ knobs: { connectionMessage } });
  const service = await offerService(lab);
  const ear = await makeEar(lab);
  await notify(lab, ear.topic, { ServiceId: service.id });
  const { VpcEndpointId: id } = await connect(lab, service);
  expect(await heardTexts(lab, ear)).toEqual([`Connect of ${id} (${CUSTOMER}) {unknown}`]);
});

test('when the topic stops letting PrivateLink publish, nothing is told', async () => {
  for (const [failedPublicationDisables, state] of [
    [false, 'Enabled'],
    [true, 'Disabled'],
  ] as const) {
    const lab = await startLab({ knobs: { failedPublicationDisables } });
    const service = await offerService(lab);
    const ear = await makeEar(lab);
    const { ConnectionNotificationId } = await notify(lab, ear.topic, { ServiceId: service.id });
    const other = `arn:aws:ec2:us-east-1:${VENDOR}:vpc-endpoint-service/other`;
    await letPublish(lab, ear.topic, { ArnEquals: { 'aws:SourceArn': other } });
    await connect(lab, service);
    expect(await heard(lab, ear)).toEqual([]);
    const now = async () =>
      (await describe(lab)).ConnectionNotificationSet?.[0]?.ConnectionNotificationState;
    expect(await now()).toBe(state);
    const own = `arn:aws:ec2:us-east-1:${VENDOR}:vpc-endpoint-service/${service.id}`;
    await letPublish(lab, ear.topic, { ArnEquals: { 'aws:SourceArn': own } });
    const again = { ConnectionNotificationId, ConnectionNotificationArn: ear.topic };
    await lab.as(VENDOR).ec2.send(new ModifyVpcEndpointConnectionNotificationCommand(again));
    expect(await now()).toBe('Enabled');
  }
});

test.each([['InvalidParameter'], ['InvalidConnectionNotification']] as const)(
  'when PrivateLink may not publish, the answer is %s by a knob',
  async (code) => {
    const lab = await startLab({ knobs: { unpublishableTopic: code } });
    const { id: ServiceId } = await offerService(lab);
    const topic = await makeTopic(lab, 'closed');
    expect((await failure(notify(lab, topic, { ServiceId }))).code).toBe(code);
    const absent = failure(notify(lab, `${topic}-2`, { ServiceId }));
    expect((await absent).code).toBe(code);
    expect((await describe(lab)).ConnectionNotificationSet).toEqual([]);
  },
);

test('when a knob says so, an absent topic is accepted, and nothing happens', async () => {
  const lab = await startLab({ knobs: { unpublishableTopic: 'accepted' } });
  const service = await offerService(lab);
  const { topic } = await makeEar(lab);
  await notify(lab, topic, { ServiceId: service.id });
  await lab.as(VENDOR).sns.send(new DeleteTopicCommand({ TopicArn: topic }));
  await notify(lab, topic, { ServiceId: service.id });
  await connect(lab, service);
  lab.advance(60_000);
  expect((await describe(lab)).ConnectionNotificationSet).toHaveLength(2);
});

test('when a topic of another account does not let it publish, there is none for it', async () => {
  const lab = await startLab();
  const { id: ServiceId } = await offerService(lab);
  await makeTopic(lab, 'theirs', { account: CUSTOMER });
  const refusal = async (name: string) => {
    const ConnectionNotificationArn = `arn:aws:sns:us-east-1:${CUSTOMER}:${name}`;
    const input = { ServiceId, ConnectionNotificationArn, ConnectionEvents: ['Connect'] };
    const command = new CreateVpcEndpointConnectionNotificationCommand(input);
    const { code, message } = await failure(lab.as(VENDOR).ec2.send(command));
    return `${code}: ${message.replaceAll(name, 'NAME')}`;
  };
  expect(await refusal('theirs')).toBe(await refusal('nobodys'));
});
