// Lists of hosted zones: in the order they were made, by name, and by VPC.

import {
  HostedZoneType,
  type HostedZoneSummary,
  type ListHostedZonesByNameRequest,
  type ListHostedZonesByNameResponse,
  type ListHostedZonesByVPCRequest,
  type ListHostedZonesByVPCResponse,
  type ListHostedZonesRequest,
  type ListHostedZonesResponse,
} from '@aws-sdk/client-route-53';
import { normalName, reversedName } from '../../world/dns/dns-names.ts';
import { endpointZonesOf } from '../../world/dns/endpoint-dns.ts';
import type { HostedZone } from '../../world/dns/hosted-zone.ts';
import { zonesOfVpc } from '../../world/dns/hosted-zones.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { checkLength, checkWord, longest } from './constraints.ts';
import {
  invalidDomainName,
  invalidInput,
  invalidPaginationToken,
  noSuchDelegationSet,
  vpcNotOwned,
} from './errors.ts';
import { bareId, pageOf, pageSize, zoneId } from './zone-lookup.ts';
import { zoneView } from './zone-view.ts';
import { vpcName } from './zone-vpcs.ts';

const LARGEST_PAGE = 100;
// Zones that AWS keeps for private names of endpoints (from memory).
const ENDPOINT_ZONES_OWNER = 'vpce.amazonaws.com';

export function listZones(call: Call<ListHostedZonesRequest>): ListHostedZonesResponse {
  const { world, account, input } = call;
  checkWord('hostedZoneType', input.HostedZoneType, HostedZoneType);
  checkLength('marker', input.Marker, longest.marker);
  checkLength('delegationSetId', input.DelegationSetId, longest.resourceId);
  if (input.DelegationSetId !== undefined) throw noSuchDelegationSet(bareId(input.DelegationSetId));
  const size = pageSize(input.MaxItems, LARGEST_PAGE);
  const zones = world.hostedZones.by('account', account).after(orderBefore(call));
  const wanted = input.HostedZoneType === undefined ? zones : privateOnes(zones);
  const { page, next } = pageOf(wanted, size);
  return {
    HostedZones: page.map(zoneView),
    Marker: input.Marker ?? '',
    IsTruncated: next !== undefined,
    NextMarker: next?.id,
    MaxItems: size,
  };
}

/** The name is where to start, not a filter: what comes back may have other names. */
export function listZonesByName(
  call: Call<ListHostedZonesByNameRequest>,
): ListHostedZonesByNameResponse {
  const { world, account, input } = call;
  const { DNSName: dnsName, HostedZoneId: startId } = input;
  checkLength('dNSName', dnsName, longest.dnsName);
  if (startId !== undefined && dnsName === undefined) {
    throw invalidInput('The hosted zone to start at needs a DNS name to start at');
  }
  const size = pageSize(input.MaxItems, LARGEST_PAGE);
  const from = startPlace(dnsName, startId);
  const following = [...world.hostedZones.by('account', account)]
    .map((zone) => ({ zone, place: placeOf(zone) }))
    .filter(({ place }) => place >= from)
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const next = following[size]?.zone;
  return {
    HostedZones: following.slice(0, size).map(({ zone }) => zoneView(zone)),
    DNSName: dnsName,
    HostedZoneId: startId,
    IsTruncated: next !== undefined,
    NextDNSName: next?.name,
    NextHostedZoneId: next?.id,
    MaxItems: size,
  };
}

/** The private zones of a VPC of the caller's, whoever owns them; also those that AWS keeps. */
export function listZonesByVpc(
  call: Call<Given<ListHostedZonesByVPCRequest, 'VPCId' | 'VPCRegion'>>,
): ListHostedZonesByVPCResponse {
  const { world, account, input } = call;
  const wanted = vpcName(input);
  const size = pageSize(input.MaxItems, LARGEST_PAGE);
  const vpc = world.vpcs.get(wanted.vpcId);
  if (vpc?.account !== account || vpc.region !== wanted.region) throw vpcNotOwned(wanted);
  const zones = summariesOf(world, wanted.vpcId);
  const start = tokenIndex(zones, input.NextToken);
  const next = zones[start + size];
  return {
    HostedZoneSummaries: zones.slice(start, start + size),
    MaxItems: size,
    NextToken: next && Buffer.from(next.HostedZoneId ?? '').toString('base64url'),
  };
}

function orderBefore({ world, account, input }: Call<ListHostedZonesRequest>): number {
  if (input.Marker === undefined) return -1;
  const zone = world.hostedZones.get(bareId(input.Marker));
  if (zone?.account === account) return zone.order - 1;
  throw invalidInput(`The marker '${input.Marker}' is not a hosted zone`);
}

function* privateOnes(zones: Iterable<HostedZone>): Iterable<HostedZone> {
  for (const zone of zones) if (zone.vpcs) yield zone;
}

// Zones are few, at most a quota of 500, and their places are cheap to compare.
function placeOf(zone: HostedZone): string {
  return `${reversedName(zone.name)}\0${zone.id}`;
}

function startPlace(dnsName: string | undefined, startId: string | undefined): string {
  if (dnsName === undefined) return '';
  const name = normalName(dnsName);
  if (name === undefined) throw invalidDomainName(dnsName);
  return startId === undefined ? reversedName(name) : `${reversedName(name)}\0${zoneId(startId)}`;
}

function summariesOf(world: World, vpcId: string): HostedZoneSummary[] {
  const own = zonesOfVpc(world, vpcId).map(([{ id, name, account }]) => ({
    HostedZoneId: id,
    Name: name,
    Owner: { OwningAccount: account },
  }));
  const kept = endpointZonesOf(world, vpcId).map(({ id, name }) => ({
    HostedZoneId: id,
    Name: name,
    Owner: { OwningService: ENDPOINT_ZONES_OWNER },
  }));
  return [...own, ...kept];
}

function tokenIndex(zones: readonly HostedZoneSummary[], token: string | undefined): number {
  if (token === undefined) return 0;
  const id = Buffer.from(token, 'base64url').toString();
  const index = zones.findIndex(({ HostedZoneId }) => HostedZoneId === id);
  if (index < 0) throw invalidPaginationToken();
  return index;
}
