// Connection notifications: which topic is told of what happens to the connections of a service, or
// to an endpoint. What is published, and when, is in connection-events.ts.

import type {
  ConnectionNotification as ConnectionNotificationOutput,
  CreateVpcEndpointConnectionNotificationRequest,
  CreateVpcEndpointConnectionNotificationResult,
  DeleteVpcEndpointConnectionNotificationsRequest,
  DeleteVpcEndpointConnectionNotificationsResult,
  DescribeVpcEndpointConnectionNotificationsRequest,
  DescribeVpcEndpointConnectionNotificationsResult,
  ModifyVpcEndpointConnectionNotificationRequest,
  ModifyVpcEndpointConnectionNotificationResult,
  UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import type { Listing } from '../../../world/collection.ts';
import {
  type ConnectionEvent,
  connectionEvents,
  type ConnectionNotification,
} from '../../../world/privatelink/connection-notification.ts';
import { ownerKey } from '../../../world/resources.ts';
import type { Call, Given } from '../../call.ts';
import { createOnce } from '../client-tokens.ts';
import { letsPublish } from './connection-events.ts';
import { ownEndpoint } from '../endpoints/endpoints.ts';
import { invalidCombination, invalidParameter, invalidParameterValue } from '../errors.ts';
import { type FilterFields, filtered, where } from '../lists/filters.ts';
import { narrowed } from '../lists/narrowing.ts';
import { changeableService } from './own-services.ts';
import { pageOf } from '../lists/pages.ts';

type CreateCall = Call<
  Given<
    CreateVpcEndpointConnectionNotificationRequest,
    'ConnectionNotificationArn' | 'ConnectionEvents'
  >
>;

type About = Pick<
  ConnectionNotification,
  'account' | 'region' | 'serviceId' | 'endpointId' | 'serviceRegion'
>;

export function createConnectionNotification(
  call: CreateCall,
): CreateVpcEndpointConnectionNotificationResult {
  const { world, input } = call;
  const id = createOnce(call, 'CreateVpcEndpointConnectionNotification', () => create(call).id);
  const notification = world.connectionNotifications.get(id);
  // The token's notification was deleted since: AWS's answer is not documented.
  if (!notification) throw unknownNotification(id);
  return { ConnectionNotification: view(notification), ClientToken: input.ClientToken };
}

export function describeConnectionNotifications(
  call: Call<DescribeVpcEndpointConnectionNotificationsRequest>,
): DescribeVpcEndpointConnectionNotificationsResult {
  const { world, input } = call;
  const { ConnectionNotificationId: id } = input;
  const own =
    id === undefined
      ? ownNotifications(call)
      : world.connectionNotifications.only(ownNotification(call, id).id);
  const found = filtered(own, input.Filters, fields);
  const page = pageOf(call, 'DescribeVpcEndpointConnectionNotifications', found, 1);
  return { ConnectionNotificationSet: page.items.map(view), NextToken: page.nextToken };
}

export function modifyConnectionNotification(
  call: Call<Given<ModifyVpcEndpointConnectionNotificationRequest, 'ConnectionNotificationId'>>,
): ModifyVpcEndpointConnectionNotificationResult {
  const { ConnectionNotificationArn: arn, ConnectionEvents: events } = call.input;
  const notification = ownNotification(call, call.input.ConnectionNotificationId);
  const wanted = events && checkedEvents(events);
  if (arn !== undefined) {
    checkTopic(call, arn, notification);
    notification.topicArn = arn;
    notification.state = 'Enabled';
  }
  if (wanted) notification.events = wanted;
  return { ReturnValue: true };
}

/** Answers 200 whatever happens to an item; what failed is listed. */
export function deleteConnectionNotifications(
  call: Call<Given<DeleteVpcEndpointConnectionNotificationsRequest, 'ConnectionNotificationIds'>>,
): DeleteVpcEndpointConnectionNotificationsResult {
  const failed = call.input.ConnectionNotificationIds.flatMap((id): UnsuccessfulItem[] => {
    try {
      call.world.connectionNotifications.remove(ownNotification(call, id).id);
      return [];
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return [{ ResourceId: id, Error: { Code: error.code, Message: error.message } }];
    }
  });
  return { Unsuccessful: failed };
}

const fields: FilterFields<ConnectionNotification> = {
  'connection-notification-arn': ({ topicArn }) => topicArn,
  'connection-notification-id': ({ id }) => id,
  'connection-notification-state': ({ state }) => state,
  'connection-notification-type': () => 'Topic',
  'service-id': ({ serviceId }) => serviceId,
  'vpc-endpoint-id': ({ endpointId }) => endpointId,
};

function create(call: CreateCall): ConnectionNotification {
  const { world, input } = call;
  const about = aboutOf(call);
  const events = checkedEvents(input.ConnectionEvents);
  checkTopic(call, input.ConnectionNotificationArn, about);
  return world.connectionNotifications.add({
    ...about,
    id: world.ids.ec2('vpce-nfn'),
    order: world.nextOrder(),
    topicArn: input.ConnectionNotificationArn,
    events,
    state: 'Enabled',
  });
}

// That it is one of the two, and the codes for none and both, is not documented.
function aboutOf(call: CreateCall): About {
  const { account, region, input } = call;
  const { ServiceId: serviceId, VpcEndpointId: endpointId } = input;
  if (serviceId !== undefined && endpointId !== undefined) {
    throw invalidCombination('The parameters ServiceId and VpcEndpointId cannot be used together');
  }
  if (serviceId !== undefined) {
    const service = changeableService(call, serviceId);
    // "Interface endpoints only" (EC2 API reference); the code is not documented.
    if (service.type !== 'Interface') {
      throw invalidParameter('Connection notifications are for interface endpoints only.');
    }
    return { account, region, serviceId, endpointId, serviceRegion: service.region };
  }
  if (endpointId !== undefined) {
    const { serviceRegion } = ownEndpoint(call, endpointId);
    return { account, region, serviceId, endpointId, serviceRegion };
  }
  const message = 'The request must contain the parameter ServiceId or VpcEndpointId';
  throw new AwsError('MissingParameter', message);
}

/** Each once, in the order of the alphabet (CLI example). */
function checkedEvents(given: readonly string[]): ConnectionEvent[] {
  for (const event of given) {
    if ((connectionEvents as readonly string[]).includes(event)) continue;
    throw invalidParameterValue(
      `Invalid value '${event}' for ConnectionEvents. Use ${connectionEvents.join(', ')}.`,
    );
  }
  return connectionEvents.filter((event) => given.includes(event));
}

function checkTopic({ world }: Call<unknown>, arn: string, about: About): void {
  if (!/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]+$/.test(arn)) {
    throw invalidParameterValue(`The SNS topic ARN '${arn}' is malformed.`);
  }
  const { unpublishableTopic: code } = world.knobs;
  if (code === 'accepted') return;
  const topic = world.topics.get(arn);
  if (topic && letsPublish(topic, about)) return;
  if (arn.split(':')[4] !== about.account) {
    // Whether somebody else has a topic is not told.
    const why = 'does not exist or does not allow vpce.amazonaws.com to publish to it.';
    throw new AwsError(code, `The SNS topic ${arn} ${why}`);
  }
  if (!topic) throw new AwsError(code, `The SNS topic ${arn} does not exist.`);
  throw new AwsError(
    code,
    `The policy of the SNS topic ${arn} does not allow vpce.amazonaws.com to publish to it.`,
  );
}

function ownNotifications(
  call: Call<DescribeVpcEndpointConnectionNotificationsRequest>,
): Listing<ConnectionNotification> {
  const { world, account, region, input } = call;
  const { connectionNotifications: all } = world;
  const shortest = narrowed(all.by('owner', ownerKey(account, region)), input.Filters, {
    'connection-notification-id': (id) => all.only(id),
    'service-id': (id) => all.by('service', id),
    'vpc-endpoint-id': (id) => all.by('endpoint', id),
  });
  return where(shortest, (one) => one.account === account && one.region === region);
}

function ownNotification(
  { world, account, region }: Call<unknown>,
  id: string,
): ConnectionNotification {
  const notification = world.connectionNotifications.get(id);
  if (notification?.account === account && notification.region === region) return notification;
  throw unknownNotification(id);
}

// The code is from the field (terraform-provider-aws, errors.go), the text from memory.
function unknownNotification(id: string): AwsError {
  const message = `The connection notification '${id}' does not exist`;
  return new AwsError('InvalidConnectionNotification', message);
}

function view(notification: ConnectionNotification): ConnectionNotificationOutput {
  return {
    ConnectionNotificationId: notification.id,
    ...(notification.serviceId === undefined ? {} : { ServiceId: notification.serviceId }),
    ...(notification.endpointId === undefined ? {} : { VpcEndpointId: notification.endpointId }),
    ConnectionNotificationType: 'Topic',
    ConnectionNotificationArn: notification.topicArn,
    ConnectionEvents: [...notification.events],
    ConnectionNotificationState: notification.state,
    ServiceRegion: notification.serviceRegion,
  };
}
