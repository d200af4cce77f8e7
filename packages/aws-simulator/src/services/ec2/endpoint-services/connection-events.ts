// What happens to connections, told to topics: the owner of a service hears of every connection to
// it, the owner of an endpoint of its own. The message that AWS publishes is not documented, so
// what is published here says of itself that it is not AWS's; consumers can rely on none of it but
// that something happened.

import type {
  ConnectionEvent,
  ConnectionNotification,
} from '../../../world/privatelink/connection-notification.ts';
import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import type { Topic } from '../../../world/messaging/topic.ts';
import type { World } from '../../../world/world.ts';
import { letsService } from '../../resource-policies.ts';
import { publishTo } from '../../sns/delivery.ts';

/** Something happened: it is published after a while, to the topics that want it now. */
export function tellConnectionEvent(
  world: World,
  event: ConnectionEvent,
  endpoint: Endpoint,
): void {
  const { schedule, delays, connectionNotifications: all } = world;
  const wanted = [...all.by('service', endpoint.serviceId), ...all.by('endpoint', endpoint.id)];
  for (const notification of wanted) {
    if (!notification.events.includes(event)) continue;
    const message = messageOf(world, notification, event, endpoint);
    schedule.at(schedule.now() + delays.connectionEventPublished, () => {
      if (all.get(notification.id) === notification) publish(world, notification, message);
    });
  }
}

/** A service accepted a connection by its settings: whether that is an Accept is a knob. */
export function tellAutomaticAccept(world: World, endpoint: Endpoint): void {
  if (world.knobs.automaticAcceptEvent) tellConnectionEvent(world, 'Accept', endpoint);
}

/** Whether a topic lets PrivateLink publish for what a notification is about. */
export function letsPublish(
  topic: Topic,
  about: Pick<ConnectionNotification, 'account' | 'region' | 'serviceId' | 'endpointId'>,
): boolean {
  const { account, region, serviceId, endpointId } = about;
  const path = endpointId ? `vpc-endpoint/${endpointId}` : `vpc-endpoint-service/${serviceId}`;
  return letsService(topic.attributes.get('Policy'), {
    service: 'vpce.amazonaws.com',
    action: 'sns:Publish',
    resource: topic.id,
    sourceArn: `arn:aws:ec2:${region}:${account}:${path}`,
    sourceAccount: account,
  });
}

function publish(world: World, notification: ConnectionNotification, message: string): void {
  if (notification.state === 'Disabled') return;
  const topic = world.topics.get(notification.topicArn);
  if (topic && letsPublish(topic, notification)) {
    const id = world.ids.uuid();
    publishTo(world, topic, { id, message, subject: undefined, attributes: {} });
  } else if (world.knobs.failedPublicationDisables) {
    notification.state = 'Disabled';
  }
}

function messageOf(
  world: World,
  notification: ConnectionNotification,
  event: ConnectionEvent,
  endpoint: Endpoint,
): string {
  const facts = {
    event,
    notificationId: notification.id,
    serviceId: endpoint.serviceId,
    serviceRegion: endpoint.serviceRegion,
    vpcEndpointId: endpoint.id,
    vpcEndpointOwner: endpoint.account,
    vpcEndpointState: endpoint.state,
    time: new Date(world.schedule.now()).toISOString(),
  };
  const { connectionMessage: template } = world.knobs;
  if (template === 'placeholder') return JSON.stringify({ simulated: notice, ...facts });
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(facts, name) ? facts[name as keyof typeof facts] : whole,
  );
}

const notice =
  'This is not the message that AWS publishes, which AWS does not document. Rely on nothing in ' +
  'it: describe the connections instead.';
