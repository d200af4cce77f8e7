// Telling the world of traffic, since none is carried.

import type { Collection } from '../collection.ts';
import type { World } from '../world.ts';
import type { Endpoint } from './endpoint.ts';
import { MINUTE, type TrafficEnd, type TrafficSample } from './traffic.ts';

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

const MOST_SAMPLES = 100_000;

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
