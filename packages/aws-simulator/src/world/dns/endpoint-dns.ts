// The DNS names that AWS gives an endpoint: the Regional name and one per zone, which anybody can
// resolve, to private addresses; and its private name, which exists inside its VPC alone.

import { normalName } from './dns-names.ts';
import type { Endpoint } from '../privatelink/endpoint.ts';
import { endpointHostedZone, zoneName } from '../regions.ts';
import type { NetworkInterface } from '../resources.ts';
import type { World } from '../world.ts';

export interface EndpointName {
  /** Without the trailing dot. */
  readonly name: string;
  readonly interfaces: readonly NetworkInterface[];
}

/** An endpoint with the interfaces that a name of it stands for. */
export interface NamedEndpoint {
  readonly endpoint: Endpoint;
  readonly interfaces: readonly NetworkInterface[];
}

/** A private name in the zone that AWS keeps for it. */
export interface EndpointZone {
  readonly endpoint: Endpoint;
  /** Absolute: the private name, or what follows its `*.`. */
  readonly name: string;
  /** Absolute, with the wildcard as Route 53 keeps it. */
  readonly recordName: string;
  readonly id: string;
}

/** First the Regional name, then one per zone, named as the endpoint's account names the zones. */
export function endpointNames(world: World, endpoint: Endpoint): EndpointName[] {
  const { id, dnsLabel, dnsDomain: domain, account, region } = endpoint;
  const interfaces = endpoint.networkInterfaceIds.flatMap(
    (eni) => world.networkInterfaces.get(eni) ?? [],
  );
  const zonal = interfaces.map((eni) => {
    const zone = zoneName(account, region, eni.zoneId) ?? eni.zoneId;
    return { name: `${id}-${dnsLabel}-${zone}.${domain}`, interfaces: [eni] };
  });
  return [{ name: `${id}-${dnsLabel}.${domain}`, interfaces }, ...zonal];
}

/** The endpoint and interfaces behind an absolute public name, or undefined. */
export function endpointNamed(world: World, name: string): NamedEndpoint | undefined {
  const id = /^(vpce-[0-9a-f]+)-/.exec(name)?.[1];
  const endpoint = id === undefined ? undefined : world.endpoints.get(id);
  if (!endpoint || !name.endsWith('.vpce.amazonaws.com.')) return undefined;
  const found = endpointNames(world, endpoint).find((one) => `${one.name}.` === name);
  if (!found || found.interfaces.length === 0) return undefined;
  return { endpoint, interfaces: found.interfaces };
}

/** The hosted zone that has the public names of an endpoint. */
export function publicZoneOf({ serviceRegion }: Endpoint): string {
  return endpointHostedZone(serviceRegion);
}

/** The zones that AWS keeps for the private names of a VPC's endpoints. */
export function endpointZonesOf(world: World, vpcId: string): EndpointZone[] {
  const zones: EndpointZone[] = [];
  for (const endpoint of world.endpoints.by('vpc', vpcId)) {
    const recordName = normalName(endpoint.privateDns?.name ?? '');
    if (!endpoint.privateDns || recordName === undefined) continue;
    const name = normalName(endpoint.privateDns.name.replace(/^\*\./, '')) ?? recordName;
    zones.push({ endpoint, name, recordName, id: endpoint.privateDns.hostedZoneId });
  }
  return zones;
}
