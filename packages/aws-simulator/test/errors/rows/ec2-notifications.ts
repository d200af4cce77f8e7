// The errors of EC2 about connection notifications. What every operation has by what it takes is in
// ec2-every.ts.

import {
  CreateVpcEndpointConnectionNotificationCommand as CreateNotification,
  DeleteVpcEndpointConnectionNotificationsCommand as DeleteNotifications,
  DescribeVpcEndpointConnectionNotificationsCommand as DescribeNotifications,
  ModifyVpcEndpointConnectionNotificationCommand as ModifyNotification,
} from '@aws-sdk/client-ec2';
import { SetTopicAttributesCommand as SetTopic } from '@aws-sdk/client-sns';
import type { SimulatorOptions } from '../../../src/index.ts';
import { type Lab, VENDOR } from '../../lab.ts';
import { makeTopic } from '../../services/sns/topic-scenes.ts';
import { alone, type Attempt, errorsOf, inService, inWorld } from '../ledger.ts';
import { type Ec2Scene, openEc2, UNKNOWN } from './ec2-scene.ts';

export interface NotificationScene extends Ec2Scene {
  /** A topic that lets PrivateLink publish, one that does not, and a notification. */
  readonly topic: string;
  readonly closedTopic: string;
  readonly notificationId: string;
}

type Go = Attempt<NotificationScene>;

const NO_NOTIFICATION = `vpce-nfn-${UNKNOWN}`;

const notify =
  (input: object): Go =>
  ({ vendor, topic, service }) =>
    vendor.send(
      new CreateNotification({
        ServiceId: service.id,
        ConnectionNotificationArn: topic,
        ConnectionEvents: ['Connect'],
        ...input,
      }),
    );
const renotify =
  (input: object): Go =>
  ({ vendor, notificationId }) =>
    vendor.send(new ModifyNotification({ ConnectionNotificationId: notificationId, ...input }));
/** For a topic that does not let PrivateLink publish. */
const closed =
  (go: (input: object) => Go): Go =>
  (scene) =>
    go({ ConnectionNotificationArn: scene.closedTopic })(scene);

export const notificationErrors = errorsOf(
  'ec2-notifications.ts',
  openNotifications,
  inService<NotificationScene>('ec2', {
    CreateVpcEndpointConnectionNotification: {
      IdempotentParameterMismatch: alone(async (scene) => {
        await notify({ ClientToken: 'one' })(scene);
        return notify({ ClientToken: 'one', ConnectionEvents: ['Reject'] })(scene);
      }),
      InvalidClientToken: notify({ ClientToken: '' }),
      InvalidConnectionNotification: inWorld(
        { knobs: { unpublishableTopic: 'InvalidConnectionNotification' } },
        closed(notify),
      ),
      InvalidParameter: closed(notify),
      InvalidParameterCombination: notify({ VpcEndpointId: `vpce-${UNKNOWN}` }),
      InvalidParameterValue: [
        notify({ ConnectionEvents: ['Expire'] }),
        notify({ ConnectionNotificationArn: 'events' }),
      ],
      MissingParameter: [notify({ ServiceId: undefined }), notify({ ConnectionEvents: [] })],
      'InvalidVpcEndpointId.Malformed': notify({ ServiceId: undefined, VpcEndpointId: 'x' }),
      'InvalidVpcEndpointId.NotFound': notify({
        ServiceId: undefined,
        VpcEndpointId: `vpce-${UNKNOWN}`,
      }),
    },
    DeleteVpcEndpointConnectionNotifications: {
      InvalidConnectionNotification: ({ vendor }) =>
        vendor.send(new DeleteNotifications({ ConnectionNotificationIds: [NO_NOTIFICATION] })),
    },
    DescribeVpcEndpointConnectionNotifications: {
      InvalidConnectionNotification: ({ vendor }) =>
        vendor.send(new DescribeNotifications({ ConnectionNotificationId: NO_NOTIFICATION })),
    },
    ModifyVpcEndpointConnectionNotification: {
      InvalidConnectionNotification: renotify({ ConnectionNotificationId: NO_NOTIFICATION }),
      InvalidParameter: closed(renotify),
      InvalidParameterValue: renotify({ ConnectionEvents: ['Expire'] }),
    },
  }),
);

export async function openNotifications(options: SimulatorOptions): Promise<NotificationScene> {
  const scene = await openEc2(options);
  const topic = await openTopic(scene.lab);
  return {
    ...scene,
    topic,
    closedTopic: await makeTopic(scene.lab, 'closed'),
    notificationId: await firstNotification(scene.lab, scene.service.id, topic),
  };
}

async function openTopic(lab: Lab): Promise<string> {
  const topic = await makeTopic(lab, 'events');
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'vpce.amazonaws.com' },
    Action: 'SNS:Publish',
    Resource: topic,
  };
  const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await lab
    .as(VENDOR)
    .sns.send(new SetTopic({ TopicArn: topic, AttributeName: 'Policy', AttributeValue }));
  return topic;
}

async function firstNotification(lab: Lab, ServiceId: string, topic: string): Promise<string> {
  const made = await lab.as(VENDOR).ec2.send(
    new CreateNotification({
      ServiceId,
      ConnectionNotificationArn: topic,
      ConnectionEvents: ['Connect'],
    }),
  );
  return made.ConnectionNotification?.ConnectionNotificationId ?? '';
}
