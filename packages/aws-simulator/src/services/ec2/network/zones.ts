// Regions and Availability Zones as the caller's account sees them.

import type {
  AvailabilityZone,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
} from '@aws-sdk/client-ec2';
import type { ZoneFacts } from '../../../world/region-facts.ts';
import {
  localZones,
  needsOptIn,
  regionFacts,
  regionNames,
  type Zone,
  zoneName,
  zonesOf,
} from '../../../world/regions.ts';
import { type Call, wireValue } from '../../call.ts';
import { invalidParameterValue } from '../errors.ts';
import { filtered } from '../lists/filters.ts';

type ZonesCall = Call<DescribeAvailabilityZonesRequest>;

/** Local Zones, which nobody here has opted into, come with AllAvailabilityZones. */
export function describeAvailabilityZones(call: ZonesCall): DescribeAvailabilityZonesResult {
  const { account, region, input } = call;
  const views = [
    ...zonesOf(account, region).map((zone) => zoneView(zone, region)),
    ...(input.AllAvailabilityZones ? localZones(region) : []).map((zone) => localView(call, zone)),
  ];
  checkKnown(input.ZoneNames, valuesOf(views, 'ZoneName'));
  checkKnown(input.ZoneIds, valuesOf(views, 'ZoneId'));
  const chosen = views.filter(
    ({ ZoneId, ZoneName }) =>
      included(input.ZoneNames, ZoneName) && included(input.ZoneIds, ZoneId),
  );
  const found = filtered(chosen, input.Filters, {
    'group-long-name': ({ GroupLongName }) => GroupLongName,
    'group-name': ({ GroupName }) => GroupName,
    message: ({ Messages }) => Messages?.flatMap(({ Message }) => Message ?? []),
    'opt-in-status': ({ OptInStatus }) => OptInStatus,
    'parent-zone-id': ({ ParentZoneId }) => ParentZoneId,
    'parent-zone-name': ({ ParentZoneName }) => ParentZoneName,
    'region-name': ({ RegionName }) => RegionName,
    state: ({ State }) => State,
    'zone-id': ({ ZoneId }) => ZoneId,
    'zone-name': ({ ZoneName }) => ZoneName,
    'zone-type': ({ ZoneType }) => ZoneType,
  });
  return { AvailabilityZones: [...found] };
}

/** Regions can be named whether or not the account has them (EC2 API reference). */
export function describeRegions(call: Call<DescribeRegionsRequest>): DescribeRegionsResult {
  const { input } = call;
  checkKnown(input.RegionNames, regionNames());
  const chosen = regionNames().filter((name) =>
    input.RegionNames
      ? input.RegionNames.includes(name)
      : input.AllRegions || optInStatus(call, name) !== 'not-opted-in',
  );
  const endpointOf = (name: string) => `ec2.${name}.amazonaws.com`;
  const found = filtered(chosen, input.Filters, {
    'region-name': (name) => name,
    endpoint: endpointOf,
    'opt-in-status': (name) => optInStatus(call, name),
  });
  return {
    Regions: [...found].map((name) => ({
      RegionName: name,
      Endpoint: endpointOf(name),
      OptInStatus: optInStatus(call, name),
      Geography: [{ Name: regionFacts(name)?.geography }],
    })),
  };
}

function optInStatus({ world, account }: Call<object>, region: string): string {
  if (!needsOptIn(region)) return 'opt-in-not-required';
  return world.accounts.get(account)?.optInRegions.has(region) ? 'opted-in' : 'not-opted-in';
}

// Names of zone groups: EC2 API reference, AvailabilityZone.
function zoneView({ id, name }: Zone, region: string): AvailabilityZone {
  const facts = regionFacts(region);
  return {
    OptInStatus: wireValue('opt-in-not-required'),
    Messages: [],
    RegionName: region,
    ZoneName: name,
    ZoneId: id,
    GroupName: `${region}-zg-1`,
    GroupLongName: `${facts?.longName ?? region} 1`,
    NetworkBorderGroup: region,
    ZoneType: 'availability-zone',
    ...placesOf(region),
    State: wireValue('available'),
  };
}

function localView({ account, region }: ZonesCall, zone: ZoneFacts): AvailabilityZone {
  return {
    OptInStatus: wireValue('not-opted-in'),
    Messages: [],
    RegionName: region,
    ZoneName: zone.name,
    ZoneId: zone.id,
    GroupName: zone.group,
    GroupLongName: zone.longName,
    NetworkBorderGroup: zone.group,
    ZoneType: 'local-zone',
    ParentZoneId: zone.parentZoneId,
    ParentZoneName: zoneName(account, region, zone.parentZoneId),
    ...placesOf(region),
    State: wireValue('available'),
  };
}

function placesOf(region: string): Pick<AvailabilityZone, 'Geography' | 'SubGeography'> {
  const { geography, subGeography } = regionFacts(region) ?? {};
  return {
    Geography: [{ Name: geography }],
    SubGeography: subGeography === undefined ? [] : [{ Name: subGeography }],
  };
}

function valuesOf(zones: readonly AvailabilityZone[], member: 'ZoneName' | 'ZoneId'): string[] {
  return zones.flatMap((zone) => zone[member] ?? []);
}

function checkKnown(wanted: readonly string[] | undefined, known: readonly string[]): void {
  const strange = wanted?.find((name) => !known.includes(name));
  if (strange !== undefined) throw invalidParameterValue(`Invalid value '${strange}'.`);
}

function included(wanted: readonly string[] | undefined, name: string | undefined): boolean {
  return !wanted || wanted.includes(name ?? '');
}
