// The Regions of this world and their Availability Zones. Zone *ids* are the same for everybody;
// zone *names* are dealt out per account, as AWS does, so names cannot be compared across accounts.

import { type RegionFacts, regions, type ZoneFacts } from './region-facts.ts';

export interface Zone {
  /** Global, for example `use1-az1`. */
  readonly id: string;
  /** What this account calls it, for example `us-east-1a`. */
  readonly name: string;
}

/** Every Region, whether or not an account has it. */
export function regionNames(): string[] {
  return Object.keys(regions).sort();
}

export function isRegion(name: string): boolean {
  return Object.hasOwn(regions, name);
}

/** Whether accounts have a Region only after they asked for it. */
export function needsOptIn(name: string): boolean {
  return regions[name]?.optIn === true;
}

/** Whether an account has a Region: most come by themselves. */
export function hasRegion(
  account: { readonly optInRegions: ReadonlySet<string> } | undefined,
  name: string,
): boolean {
  return isRegion(name) && (!needsOptIn(name) || account?.optInRegions.has(name) === true);
}

export function regionFacts(name: string): RegionFacts | undefined {
  return regions[name];
}

/** The ids of a Region's zones, the usual ones first; empty for an unknown Region. */
export function zoneIds(region: string): readonly string[] {
  const { usualZones = [], otherZones = [] } = regions[region] ?? {};
  return [...usualZones, ...otherZones];
}

/** The three zones that networks and load balancers get when nothing is said, by their names. */
export function usualZoneIds(account: string, region: string): readonly string[] {
  return dealt(account, regions[region]?.usualZones ?? []);
}

/** The zones of a Region as an account sees them, by name; empty for an unknown Region. */
export function zonesOf(account: string, region: string): readonly Zone[] {
  const { usualZones = [], otherZones = [] } = regions[region] ?? {};
  const ids = [...dealt(account, usualZones), ...dealt(account, otherZones)];
  return ids.map((id, index) => ({ id, name: `${region}${String.fromCharCode(97 + index)}` }));
}

/** Local Zones, which no account of this world has opted into; they have one name for everybody. */
export function localZones(region: string): readonly ZoneFacts[] {
  return regions[region]?.localZones ?? [];
}

/** What an account calls a zone, or undefined when the Region does not have it. */
export function zoneName(account: string, region: string, zoneId: string): string | undefined {
  return zonesOf(account, region).find((zone) => zone.id === zoneId)?.name;
}

export function endpointHostedZone(region: string): string {
  return regions[region]?.endpointHostedZone ?? '';
}

/** Zones from which a service of another Region cannot be reached (Guide, share-your-services). */
export function reachesOtherRegions(zoneId: string): boolean {
  return !['use1-az3', 'usw1-az2', 'apne1-az3', 'apne2-az2', 'apne2-az4'].includes(zoneId);
}

function dealt(account: string, ids: readonly string[]): string[] {
  const lots = ids.map((id) => ({ id, lot: lot(`${account}:${id}`) }));
  return lots.sort((a, b) => a.lot - b.lot).map(({ id }) => id);
}

// FNV-1a with a final mix: the same for the same text in every run, and cheap, as every subnet that
// is shown needs it.
function lot(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
