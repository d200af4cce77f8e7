// Routing policies of record sets: which one a record set has, and whether its parts fit.

import {
  type CidrRoutingConfig,
  type GeoLocation,
  type GeoProximityLocation,
  type ResourceRecordSet,
  ResourceRecordSetFailover,
  ResourceRecordSetRegion,
} from '@aws-sdk/client-route-53';
import type { RecordSet } from '../../world/dns/record-set.ts';
import { checkLength, checkRange, checkWord, longest } from './constraints.ts';
import { invalidInput, notSimulated } from './errors.ts';

const policies = [
  'Weight',
  'Region',
  'Failover',
  'GeoLocation',
  'MultiValueAnswer',
  'GeoProximityLocation',
] as const;

type Policy = (typeof policies)[number];

const continents = ['AF', 'AN', 'AS', 'EU', 'OC', 'NA', 'SA'];
// Route 53 API reference, ResourceRecordSet, Type.
const unrouted = ['NS', 'SOA', 'DS'];

/** The policy of a record set, or undefined for a simple one. */
export function policyOf({ rest }: Pick<RecordSet, 'rest'>): Policy | undefined {
  return policies.find((policy) => rest[policy] !== undefined);
}

/**
 * Checks what a record set says of routing.
 * @param where the change, as Route 53 writes it into its messages.
 * @throws AwsError InvalidInput.
 */
export function checkRouting(input: ResourceRecordSet, where: string): void {
  if (input.CidrRoutingConfig !== undefined) throw cidrRouting(input.CidrRoutingConfig);
  checkLength('setIdentifier', input.SetIdentifier, longest.setIdentifier, 1);
  const given = policies.filter((policy) => input[policy] !== undefined);
  // MultiValueAnswer=false counts as given (seen in the field).
  if (given.length > 0 && input.SetIdentifier === undefined) {
    throw invalidInput(`Invalid request: Missing field 'SetIdentifier' in ${where}`);
  }
  if (input.SetIdentifier === undefined) return;
  if (given.length !== 1) {
    throw invalidInput(
      'Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, or ' +
        `MultiValueAnswer], but found ${given.length === 0 ? 'none' : 'more than one'} in ${where}`,
    );
  }
  checkPolicy(input, where);
}

function cidrRouting(config: CidrRoutingConfig) {
  const given = Object.keys(config).map((member) => `CidrRoutingConfig.${member}`);
  return notSimulated(`CIDR routing (${given.join(', ')})`);
}

function checkPolicy(input: ResourceRecordSet, where: string): void {
  const { Type: type = '', ResourceRecords: records, AliasTarget: alias } = input;
  if (unrouted.includes(type)) {
    throw invalidInput(
      `Invalid request: The type ${type} cannot have a routing policy in ${where}`,
    );
  }
  checkRange('weight', input.Weight, [0, 255]);
  checkWord('region', input.Region, ResourceRecordSetRegion);
  checkWord('failover', input.Failover, ResourceRecordSetFailover);
  if (input.GeoLocation) checkLocation(input.GeoLocation, where);
  if (input.GeoProximityLocation) checkProximity(input.GeoProximityLocation, where);
  if (input.MultiValueAnswer !== undefined && (alias || type === 'CNAME')) {
    const what = alias ? 'alias record sets' : 'type CNAME';
    throw invalidInput(`Invalid request: MultiValueAnswer is not possible for ${what} in ${where}`);
  }
  const single = input.Weight !== undefined || input.Region !== undefined;
  if (single && (records?.length ?? 0) > 1) {
    throw invalidInput(
      'Invalid request: A weighted or latency resource record set can have one ResourceRecord ' +
        `in ${where}`,
    );
  }
}

function checkLocation(location: GeoLocation, where: string): void {
  const { ContinentCode: continent, CountryCode: country, SubdivisionCode: part } = location;
  const refused = (reason: string) => invalidInput(`Invalid request: ${reason} in ${where}`);
  if (continent === undefined && country === undefined) {
    throw refused('GeoLocation needs a ContinentCode or a CountryCode');
  }
  if (continent !== undefined && (country !== undefined || part !== undefined)) {
    throw refused('ContinentCode cannot be given with CountryCode or SubdivisionCode');
  }
  if (continent !== undefined && !continents.includes(continent)) {
    throw refused(`'${continent}' is not a ContinentCode; there are ${continents.join(', ')}`);
  }
  if (country !== undefined && country !== '*' && !/^[A-Z]{2}$/.test(country)) {
    throw refused(`'${country}' is not a CountryCode`);
  }
  // Subdivisions of the United States and of Ukraine (Route 53 API reference, GeoLocation).
  if (
    part !== undefined &&
    !(['US', 'UA'].includes(country ?? '') && /^[A-Z0-9]{1,3}$/.test(part))
  ) {
    throw refused(`'${part}' is not a SubdivisionCode of the CountryCode '${country}'`);
  }
}

function checkProximity(location: GeoProximityLocation, where: string): void {
  checkRange('geoProximityLocation.bias', location.Bias, [-99, 99]);
  const given = [location.AWSRegion, location.LocalZoneGroup, location.Coordinates];
  if (given.filter((place) => place !== undefined).length === 1) return;
  throw invalidInput(
    `Invalid request: Expected exactly one of [AWSRegion, LocalZoneGroup, Coordinates] in ${where}`,
  );
}
