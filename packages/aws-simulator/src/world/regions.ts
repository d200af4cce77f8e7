// The Regions of this world and their Availability Zones. Zone *ids* are the same for everybody;
// zone *names* are dealt out per account, as AWS does, so names cannot be compared across accounts.

import { createHash } from 'node:crypto';

export interface Zone {
  /** Global, for example `use1-az1`. */
  readonly id: string;
  /** What this account calls it, for example `us-east-1a`. */
  readonly name: string;
}

interface Region {
  /** A part of the real zones: three are enough to differ, and to leave one out. */
  readonly zoneIds: readonly string[];
  /** Hosted zone that owns the endpoints' public DNS names. us-east-1 and us-east-2 are from the
   * 2021 guide, the others from memory. */
  readonly endpointHostedZone: string;
}

const regions: Readonly<Record<string, Region>> = {
  'us-east-1': {
    zoneIds: ['use1-az1', 'use1-az2', 'use1-az4'],
    endpointHostedZone: 'Z7HUB22UULQXV',
  },
  'us-east-2': {
    zoneIds: ['use2-az1', 'use2-az2', 'use2-az3'],
    endpointHostedZone: 'ZC8PG0KIFKBRI',
  },
  'us-west-2': {
    zoneIds: ['usw2-az1', 'usw2-az2', 'usw2-az3'],
    endpointHostedZone: 'Z1YSA3EXCYUU9Z',
  },
  'eu-west-1': {
    zoneIds: ['euw1-az1', 'euw1-az2', 'euw1-az3'],
    endpointHostedZone: 'Z38GZ743OKFT7T',
  },
  'eu-central-1': {
    zoneIds: ['euc1-az1', 'euc1-az2', 'euc1-az3'],
    endpointHostedZone: 'Z273ZU8SZ5RJPC',
  },
};

export function regionNames(): string[] {
  return Object.keys(regions).sort();
}

export function isRegion(name: string): boolean {
  return Object.hasOwn(regions, name);
}

/** The zones of a Region as an account sees them, by name; empty for an unknown Region. */
export function zonesOf(account: string, region: string): readonly Zone[] {
  const ids = [...(regions[region]?.zoneIds ?? [])];
  const dealt = ids.sort((a, b) => (lot(account, a) < lot(account, b) ? -1 : 1));
  return dealt.map((id, index) => ({ id, name: `${region}${String.fromCharCode(97 + index)}` }));
}

/** What an account calls a zone, or undefined when the Region does not have it. */
export function zoneName(account: string, region: string, zoneId: string): string | undefined {
  return zonesOf(account, region).find((zone) => zone.id === zoneId)?.name;
}

export function endpointHostedZone(region: string): string {
  return regions[region]?.endpointHostedZone ?? '';
}

function lot(account: string, zoneId: string): string {
  return createHash('sha256').update(`${account}:${zoneId}`).digest('hex');
}
