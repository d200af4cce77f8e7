// What an alias record set may point at: a record set of the same type in its own zone, or the
// public name of an endpoint in the zone that AWS has for these names.

import type { AliasTarget } from '@aws-sdk/client-route-53';
import type { AwsError } from '../../aws-error.ts';
import { isInZone } from '../../world/dns/dns-names.ts';
import { endpointNamed, publicZoneOf } from '../../world/dns/endpoint-dns.ts';
import type { HostedZone } from '../../world/dns/hosted-zone.ts';
import type { RecordSet } from '../../world/dns/record-set.ts';
import { endpointHostedZone, regionNames } from '../../world/regions.ts';
import type { World } from '../../world/world.ts';
import { noSuchHostedZone, notSimulated } from './errors.ts';
import type { RecordDraft } from './record-draft.ts';

/**
 * Problems of an alias, as the draft leaves its zone.
 * @throws AwsError NoSuchHostedZone when there is no such zone at all; UnsupportedOperation for the
 * resources of AWS that are not simulated as targets, such as load balancers.
 */
export function aliasProblems(
  world: World,
  zone: HostedZone,
  draft: RecordDraft,
  record: RecordSet,
): string[] {
  const target = record.rest.AliasTarget as AliasTarget | undefined;
  if (!target) return [];
  const { HostedZoneId: id = '', DNSName: name = '' } = target;
  const tried = `Tried to create an alias that targets ${name}, type ${record.type} in zone ${id}`;
  const notFound = `${tried}, but that target was not found`;
  const outside = `${tried}, but the alias target name does not lie within the target zone`;
  if (id === zone.id) {
    if (!isInZone(name, zone.name)) return [outside, notFound];
    return draft.at(name).some(({ type }) => type === record.type) ? [] : [notFound];
  }
  if (regionNames().some((region) => endpointHostedZone(region) === id)) {
    const found = endpointNamed(world, name);
    // An interface endpoint is the target of type A only (Route 53 API reference, AliasTarget).
    const fits = found && publicZoneOf(found.endpoint) === id && record.type === 'A';
    if (fits) return [];
    return name.endsWith('.vpce.amazonaws.com.') ? [notFound] : [outside, notFound];
  }
  if (!world.hostedZones.get(id)) throw unknownTarget(id, name);
  // A record of another zone of one's own is no target either.
  return [outside, notFound];
}

function unknownTarget(zoneId: string, name: string): AwsError {
  const isAws = /\.(amazonaws\.com|cloudfront\.net|elasticbeanstalk\.com)\.$/.test(name);
  return isAws ? notSimulated(`AliasTarget ${name}`) : noSuchHostedZone(zoneId);
}
