// Regions and Availability Zones as the caller's account sees them.

import type {
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
} from '@aws-sdk/client-ec2';
import { regionNames, type Zone, zonesOf } from '../../world/regions.ts';
import { type Call, wireValue } from '../call.ts';
import { invalidParameterValue } from './errors.ts';
import { filtered } from './filters.ts';

export function describeAvailabilityZones(
  call: Call<DescribeAvailabilityZonesRequest>,
): DescribeAvailabilityZonesResult {
  const { account, region, input } = call;
  const zones = zonesOf(account, region);
  checkKnown(
    input.ZoneNames,
    zones.map(({ name }) => name),
  );
  checkKnown(
    input.ZoneIds,
    zones.map(({ id }) => id),
  );
  const chosen = zones.filter(
    ({ id, name }) => included(input.ZoneNames, name) && included(input.ZoneIds, id),
  );
  const found = filtered(chosen, input.Filters, {
    'zone-id': ({ id }) => id,
    'zone-name': ({ name }) => name,
    'zone-type': () => 'availability-zone',
    'region-name': () => region,
    'group-name': () => region,
    'opt-in-status': () => 'opt-in-not-required',
    state: () => 'available',
  });
  return { AvailabilityZones: [...found].map((zone) => zoneView(zone, region)) };
}

export function describeRegions(call: Call<DescribeRegionsRequest>): DescribeRegionsResult {
  const { input } = call;
  checkKnown(input.RegionNames, regionNames());
  const chosen = regionNames().filter((name) => included(input.RegionNames, name));
  const endpointOf = (name: string) => `ec2.${name}.amazonaws.com`;
  const found = filtered(chosen, input.Filters, {
    'region-name': (name) => name,
    endpoint: endpointOf,
    'opt-in-status': () => 'opt-in-not-required',
  });
  return {
    Regions: [...found].map((name) => ({
      RegionName: name,
      Endpoint: endpointOf(name),
      OptInStatus: 'opt-in-not-required',
    })),
  };
}

function zoneView({ id, name }: Zone, region: string) {
  return {
    OptInStatus: wireValue('opt-in-not-required'),
    Messages: [],
    RegionName: region,
    ZoneName: name,
    ZoneId: id,
    GroupName: region,
    NetworkBorderGroup: region,
    ZoneType: 'availability-zone',
    State: wireValue('available'),
  };
}

function checkKnown(wanted: readonly string[] | undefined, known: readonly string[]): void {
  const strange = wanted?.find((name) => !known.includes(name));
  if (strange !== undefined) throw invalidParameterValue(`Invalid value '${strange}'.`);
}

function included(wanted: readonly string[] | undefined, name: string): boolean {
  return !wanted || wanted.includes(name);
}
