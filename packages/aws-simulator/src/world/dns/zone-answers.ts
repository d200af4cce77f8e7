// What the name servers of one hosted zone answer: records at the name, or those of the wildcard
// that covers it, and of routed record sets the ones that a client gets.

import { WILDCARD } from './dns-names.ts';
import type { HostedZone } from './hosted-zone.ts';
import type { RecordSet } from './record-set.ts';

/** Where a query comes from, for routed record sets. */
export interface Viewpoint {
  /** The Region of the client, as far as it is known. */
  readonly region: string | undefined;
  /** Every value that some query would get, instead of those that this one gets. */
  readonly all: boolean;
}

export interface ZoneAnswer {
  /** The record sets of the asked type, and CNAME record sets, at the name. */
  readonly records: readonly RecordSet[];
  /** Whether the name exists, with whatever type. */
  readonly exists: boolean;
}

// Up to eight (Route 53 API reference, ResourceRecordSet, MultiValueAnswer).
const MOST_ANSWERS = 8;

/** @param name stored form, in the zone. */
export function zoneAnswer(
  zone: HostedZone,
  name: string,
  type: string,
  viewpoint: Viewpoint,
): ZoneAnswer {
  const { published } = zone;
  if (published.hasAtOrBelow(name)) {
    return { exists: true, records: answering(published.at(name), type, viewpoint) };
  }
  const wildcard = wildcardFor(zone, name);
  if (wildcard.length === 0) return { exists: false, records: [] };
  return { exists: true, records: answering(wildcard, type, viewpoint) };
}

// The wildcard of the closest name that exists covers everything below it (RFC 4592).
function wildcardFor(zone: HostedZone, name: string): RecordSet[] {
  const { published } = zone;
  let parent = name;
  while (parent !== zone.name && parent.includes('.')) {
    parent = parent.slice(parent.indexOf('.') + 1);
    if (published.hasAtOrBelow(parent)) return published.at(`${WILDCARD}.${parent}`);
  }
  return [];
}

function answering(
  here: readonly RecordSet[],
  type: string,
  viewpoint: Viewpoint,
): readonly RecordSet[] {
  const wanted = here.filter((record) => record.type === type);
  if (wanted.length > 0) return chosen(wanted, viewpoint);
  return chosen(
    here.filter((record) => record.type === 'CNAME'),
    viewpoint,
  );
}

// One answer where AWS gives varying ones: the primary, the Region of the client, the default
// location, the heaviest. Nothing is ever unhealthy, since health checks are not simulated.
function chosen(records: readonly RecordSet[], { region, all }: Viewpoint): readonly RecordSet[] {
  const [first] = records;
  if (all || first === undefined || first.setIdentifier === undefined) return records;
  const { rest } = first;
  if (rest.MultiValueAnswer !== undefined) return records.slice(0, MOST_ANSWERS);
  if (rest.Failover !== undefined) return found(records, ({ rest: r }) => r.Failover === 'PRIMARY');
  if (rest.Region !== undefined) return found(records, ({ rest: r }) => r.Region === region);
  if (rest.GeoLocation !== undefined) return records.filter(isDefaultLocation).slice(0, 1);
  return [records.reduce((a, b) => (weightOf(b) > weightOf(a) ? b : a))];
}

function found(
  records: readonly RecordSet[],
  fits: (record: RecordSet) => boolean,
): readonly RecordSet[] {
  const fitting = records.filter(fits);
  return (fitting.length > 0 ? fitting : records).slice(0, 1);
}

function isDefaultLocation({ rest }: RecordSet): boolean {
  return (rest.GeoLocation as { CountryCode?: string } | undefined)?.CountryCode === '*';
}

function weightOf({ rest }: RecordSet): number {
  return typeof rest.Weight === 'number' ? rest.Weight : 0;
}
