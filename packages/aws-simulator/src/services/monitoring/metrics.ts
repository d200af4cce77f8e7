// The metrics of PrivateLink: their names, units and dimensions (Guide, CloudWatch metrics for AWS
// PrivateLink). They are not published for consumers in other Regions than the service's.

import type { Dimension, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { zoneName } from '../../world/regions.ts';
import { ownerKey } from '../../world/resources.ts';
import {
  COUNT_PERIOD,
  type EndpointCount,
  type TrafficSample,
} from '../../world/privatelink/traffic.ts';
import type { Call } from '../call.ts';

export const SERVICES = 'AWS/PrivateLinkServices';
export const ENDPOINTS = 'AWS/PrivateLinkEndpoints';
export const ENDPOINTS_COUNT = 'EndpointsCount';

/** A value and its moment, in milliseconds since 1970. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** What may be asked for: a namespace, a name and dimensions by name. */
export interface Series {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: ReadonlyMap<string, string>;
}

type Value = (sample: TrafficSample) => number;

const serviceValues: Readonly<Record<string, Value>> = {
  ActiveConnections: ({ activeConnections }) => activeConnections,
  BytesProcessed: ({ bytes }) => bytes,
  NewConnections: ({ newConnections }) => newConnections,
  RstPacketsSent: ({ resets }) => resets,
};

const endpointValues: Readonly<Record<string, Value>> = {
  ActiveConnections: ({ activeConnections }) => activeConnections,
  BytesProcessed: ({ bytes }) => bytes,
  NewConnections: ({ newConnections }) => newConnections,
  PacketsDropped: ({ packetsDropped }) => packetsDropped,
  RstPacketsReceived: ({ resets }) => resets,
};

/** The dimensions under which one sample is published; each set is a series of its own. */
const dimensionSets: Readonly<Record<string, readonly (readonly string[])[]>> = {
  [SERVICES]: [
    ['Service Id'],
    ['Az', 'Service Id'],
    ['Load Balancer Arn', 'Service Id'],
    ['Az', 'Load Balancer Arn', 'Service Id'],
    ['Service Id', 'VPC Endpoint Id'],
  ],
  [ENDPOINTS]: [
    ['Endpoint Type', 'Service Name', 'VPC Endpoint Id', 'VPC Id'],
    ['Endpoint Type', 'Service Name', 'Subnet Id', 'VPC Endpoint Id', 'VPC Id'],
  ],
};

export function unitOf(name: string): StandardUnit {
  return name === 'BytesProcessed' ? 'Bytes' : 'Count';
}

export function dimensionMap(given: readonly Dimension[] | undefined): ReadonlyMap<string, string> {
  return new Map((given ?? []).map(({ Name = '', Value = '' }) => [Name, Value]));
}

/** A text that is the same for the same series, whatever the order of its dimensions. */
export function seriesKey({ namespace, name, dimensions }: Series): string {
  return JSON.stringify([namespace, name, [...dimensions].sort()]);
}

/**
 * Every series of the caller's account and Region with values since a moment.
 * @param since milliseconds since 1970.
 */
export function seriesSince(call: Call<object>, since: number): Series[] {
  const found = new Map<string, Series>();
  const add = (series: Series) => found.set(seriesKey(series), series);
  for (const [namespace, values] of [
    [SERVICES, serviceValues],
    [ENDPOINTS, endpointValues],
  ] as const) {
    for (const sample of samplesOf(call, namespace)) {
      if (sample.minute < since) continue;
      for (const names of dimensionSets[namespace] ?? []) {
        const dimensions = dimensionsOf(call, sample, names);
        for (const name of Object.keys(values)) add({ namespace, name, dimensions });
      }
    }
  }
  for (const series of countSeries(call, since)) add(series);
  return [...found.values()].sort((a, b) => (seriesKey(a) < seriesKey(b) ? -1 : 1));
}

/** The values of a series, one per minute (per five minutes for EndpointsCount), oldest first. */
export function pointsOf(call: Call<object>, series: Series): Point[] {
  const { namespace, name, dimensions } = series;
  if (namespace === SERVICES && name === ENDPOINTS_COUNT) return countPoints(call, dimensions);
  const values = namespace === SERVICES ? serviceValues : endpointValues;
  const names = [...dimensions.keys()].sort();
  const sets = dimensionSets[namespace] ?? [];
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (!value || !sets.some((set) => String(set) === String(names))) return [];
  const minutes = new Map<number, number>();
  for (const sample of samplesOf(call, namespace, dimensions)) {
    const own = dimensionsOf(call, sample, names);
    if (names.some((dimension) => own.get(dimension) !== dimensions.get(dimension))) continue;
    minutes.set(sample.minute, (minutes.get(sample.minute) ?? 0) + value(sample));
  }
  return [...minutes].map(([at, sum]) => ({ at, value: sum })).sort((a, b) => a.at - b.at);
}

function* samplesOf(
  { world, account, region }: Call<object>,
  namespace: string,
  dimensions?: ReadonlyMap<string, string>,
): Iterable<TrafficSample> {
  const { traffic } = world;
  const endpointId = dimensions?.get('VPC Endpoint Id');
  const owner = ownerKey(account, region);
  const samples =
    endpointId === undefined
      ? traffic.by(namespace === SERVICES ? 'provider' : 'consumer', owner)
      : traffic.by('endpoint', endpointId);
  for (const sample of samples) {
    const { endpoint } = sample;
    const mine =
      namespace === SERVICES
        ? ownerKey(endpoint.serviceAccount, endpoint.serviceRegion)
        : ownerKey(endpoint.account, endpoint.region);
    if (mine === owner && endpoint.region === endpoint.serviceRegion) yield sample;
  }
}

// That the value of Az is the zone's name, as the caller calls it, is an assumption.
function dimensionsOf(
  { account, region }: Call<object>,
  { endpoint, zoneId, subnetId, loadBalancerArn }: TrafficSample,
  names: readonly string[],
): ReadonlyMap<string, string> {
  const known: Readonly<Record<string, string>> = {
    'Service Id': endpoint.serviceId,
    Az: zoneName(account, region, zoneId) ?? zoneId,
    'Load Balancer Arn': loadBalancerArn,
    'VPC Endpoint Id': endpoint.id,
    'Endpoint Type': 'Interface',
    'Service Name': endpoint.serviceName,
    'Subnet Id': subnetId,
    'VPC Id': endpoint.vpcId,
  };
  return new Map(names.map((name) => [name, known[name] ?? '']));
}

function countSeries(call: Call<object>, since: number): Series[] {
  const { world, account, region } = call;
  const services = [...world.endpointServices.by('owner', ownerKey(account, region))];
  return services.flatMap(({ id }) => {
    const dimensions = new Map([['Service Id', id]]);
    const recent = countPoints(call, dimensions).some(({ at }) => at >= since);
    return recent ? [{ namespace: SERVICES, name: ENDPOINTS_COUNT, dimensions }] : [];
  });
}

/** A value every five minutes, as long as it is not zero (Guide: reported when nonzero). */
function countPoints(call: Call<object>, dimensions: ReadonlyMap<string, string>): Point[] {
  const { world, account, region } = call;
  const service = world.endpointServices.get(dimensions.get('Service Id') ?? '');
  const mine = service?.account === account && service.region === region;
  if (!service || !mine || dimensions.size !== 1) return [];
  const counts = world.endpointCounts.get(service.id) ?? [];
  return counts.flatMap((entry, index) => pointsWhile(call, entry, counts[index + 1]));
}

// CloudWatch keeps values of five minutes for 63 days.
const KEPT = 63 * 24 * 60 * 60 * 1000;

function pointsWhile(
  { world }: Call<object>,
  { at, count }: EndpointCount,
  next: EndpointCount | undefined,
): Point[] {
  if (count === 0) return [];
  const now = world.schedule.now();
  const begin = Math.max(at, now - KEPT);
  const points: Point[] = [];
  const first = Math.ceil(begin / COUNT_PERIOD) * COUNT_PERIOD;
  for (let time = first; time < (next?.at ?? now + 1); time += COUNT_PERIOD) {
    points.push({ at: time, value: count });
  }
  return points;
}
