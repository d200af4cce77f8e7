// What CloudWatch can tell about PrivateLink: how many endpoints a service had when, and the
// traffic that the world was told of, since none is carried. Both are kept within bounds.

import { type Collection, createCollection, type Item } from '../collection.ts';
import type { Endpoint } from './endpoint.ts';
import { ownerKey } from '../resources.ts';
import type { World } from '../world.ts';

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

export interface Traffic {
  readonly endpointId: string;
  /** One of the endpoint's zones; its first by default. */
  readonly zoneId?: string | undefined;
  readonly newConnections?: number | undefined;
  readonly activeConnections?: number | undefined;
  readonly bytes?: number | undefined;
  readonly resets?: number | undefined;
  readonly packetsDropped?: number | undefined;
}

/** How many endpoints a service has from a moment on. */
export interface EndpointCount {
  readonly at: number;
  readonly count: number;
}

export const MINUTE = 60_000;
/** EndpointsCount has a value every five minutes (Guide, CloudWatch metrics). */
export const COUNT_PERIOD = 5 * MINUTE;
const MOST_SAMPLES = 100_000;
const MOST_COUNTS = 1000;

export function createTraffic(): Collection<TrafficSample> {
  return createCollection<TrafficSample>({
    provider: ({ endpoint }) => ownerKey(endpoint.serviceAccount, endpoint.serviceRegion),
    consumer: ({ endpoint }) => ownerKey(endpoint.account, endpoint.region),
    service: ({ endpoint }) => endpoint.serviceId,
    endpoint: ({ endpoint }) => endpoint.id,
  });
}

/**
 * Tells of traffic in the minute that it is. What is told of one minute adds up, except active
 * connections, of which the most counts.
 * @throws Error when the endpoint does not exist, carries nothing, or is not in the zone.
 */
export function recordTraffic(world: World, told: Traffic): void {
  const endpoint = world.endpoints.get(told.endpointId);
  if (!endpoint) throw new Error(`There is no endpoint ${told.endpointId}`);
  if (endpoint.state !== 'available') {
    throw new Error(`The endpoint ${endpoint.id} carries nothing: it is ${endpoint.state}`);
  }
  const place = placeOf(world, endpoint, told.zoneId);
  const minute = Math.floor(world.schedule.now() / MINUTE) * MINUTE;
  const id = `${endpoint.id} ${place.zoneId} ${minute}`;
  const before = world.traffic.get(id);
  if (before) world.traffic.remove(id);
  const sum = (key: 'newConnections' | 'bytes' | 'resets' | 'packetsDropped') =>
    (before?.[key] ?? 0) + (told[key] ?? 0);
  world.traffic.add({
    id,
    order: before?.order ?? world.nextOrder(),
    minute,
    endpoint: endOf(endpoint),
    ...place,
    newConnections: sum('newConnections'),
    activeConnections: Math.max(before?.activeConnections ?? 0, told.activeConnections ?? 0),
    bytes: sum('bytes'),
    resets: sum('resets'),
    packetsDropped: sum('packetsDropped'),
  });
  forgetOldest(world.traffic);
}

/** To be told of every change of an endpoint: notes how many its service has now. */
export function noteEndpoints(world: World, { serviceId }: Endpoint): void {
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

function endOf(endpoint: Endpoint): TrafficEnd {
  const { id, account, region, vpcId, serviceId, serviceName } = endpoint;
  const { serviceAccount, serviceRegion } = endpoint;
  return { id, account, region, vpcId, serviceId, serviceName, serviceAccount, serviceRegion };
}

function placeOf(
  world: World,
  endpoint: Endpoint,
  wanted: string | undefined,
): Pick<TrafficSample, 'zoneId' | 'subnetId' | 'loadBalancerArn'> {
  const interfaces = endpoint.networkInterfaceIds.flatMap(
    (id) => world.networkInterfaces.get(id) ?? [],
  );
  const eni = interfaces.find(({ zoneId }) => wanted === undefined || zoneId === wanted);
  if (!eni) {
    const zones = interfaces.map(({ zoneId }) => zoneId).join(', ') || 'no zone';
    throw new Error(`The endpoint ${endpoint.id} is in ${zones}, not in ${wanted ?? 'any'}`);
  }
  const arns = world.endpointServices.get(endpoint.serviceId)?.loadBalancerArns ?? [];
  const there = arns.find((arn) => world.loadBalancers.get(arn)?.zoneIds.includes(eni.zoneId));
  const { zoneId, subnetId } = eni;
  return { zoneId, subnetId, loadBalancerArn: there ?? arns[0] ?? '' };
}

function forgetOldest(traffic: Collection<TrafficSample>): void {
  if (traffic.size <= MOST_SAMPLES) return;
  const [oldest] = traffic.values();
  if (oldest) traffic.remove(oldest.id);
}
