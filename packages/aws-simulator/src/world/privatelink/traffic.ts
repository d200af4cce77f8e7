// What CloudWatch can tell about PrivateLink: how many endpoints a service had when, and traffic,
// which the world has to be told of (traffic-recording.ts). Both are kept within bounds.

import { type Collection, createCollection, type Item } from '../collection.ts';
import type { Endpoint } from './endpoint.ts';
import { ownerKey } from '../resources.ts';
import type { Schedule } from '../schedule.ts';

/** What of an endpoint the metrics tell. */
export type TrafficEnd = Pick<
  Endpoint,
  | 'id'
  | 'account'
  | 'region'
  | 'vpcId'
  | 'serviceId'
  | 'serviceName'
  | 'serviceAccount'
  | 'serviceRegion'
>;

/** One endpoint, zone and minute. */
export interface TrafficSample extends Item {
  /** Milliseconds since 1970, a whole minute. */
  readonly minute: number;
  readonly endpoint: TrafficEnd;
  readonly zoneId: string;
  readonly subnetId: string;
  /** The load balancer that took it. */
  readonly loadBalancerArn: string;
  readonly newConnections: number;
  /** The most at a time. */
  readonly activeConnections: number;
  readonly bytes: number;
  /** Sent by the service, received by the endpoint. */
  readonly resets: number;
  readonly packetsDropped: number;
}

/** How many endpoints a service has from a moment on. */
export interface EndpointCount {
  readonly at: number;
  readonly count: number;
}

/** What of the world the counts are made from. */
interface CountingWorld {
  readonly endpoints: Collection<Endpoint>;
  readonly endpointCounts: Map<string, EndpointCount[]>;
  readonly schedule: Schedule;
}

export const MINUTE = 60_000;
/** EndpointsCount has a value every five minutes (Guide, CloudWatch metrics). */
export const COUNT_PERIOD = 5 * MINUTE;
const MOST_COUNTS = 1000;

export function createTraffic(): Collection<TrafficSample> {
  return createCollection<TrafficSample>({
    provider: ({ endpoint }) => ownerKey(endpoint.serviceAccount, endpoint.serviceRegion),
    consumer: ({ endpoint }) => ownerKey(endpoint.account, endpoint.region),
    service: ({ endpoint }) => endpoint.serviceId,
    endpoint: ({ endpoint }) => endpoint.id,
  });
}

/** To be told of every change of an endpoint: notes how many its service has now. */
export function noteEndpoints(world: CountingWorld, { serviceId }: Endpoint): void {
  const count = world.endpoints.count('connected', serviceId);
  const counts = world.endpointCounts.get(serviceId) ?? [];
  const last = counts.at(-1);
  if ((last?.count ?? 0) === count) return;
  const at = world.schedule.now();
  const period = (moment: number) => Math.ceil(moment / COUNT_PERIOD);
  // Between two values of the metric, only the last change matters.
  if (last && period(last.at) === period(at)) counts.pop();
  counts.push({ at, count });
  if (counts.length > MOST_COUNTS) counts.shift();
  world.endpointCounts.set(serviceId, counts);
}
