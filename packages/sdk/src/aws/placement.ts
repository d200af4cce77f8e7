// Which subnets the endpoint is to be in: one for each zone that the service can be reached from.
import type { Subnet } from './network.ts';

/**
 * Zones that no other region can be reached from (AWS PrivateLink guide, share your services:
 * cross-region access).
 */
const NOT_ACROSS_REGIONS = new Set(['use1-az3', 'usw1-az2', 'apne1-az3', 'apne2-az2', 'apne2-az4']);

export interface Placement {
  /** One for each zone, in the order of the zones' ids. */
  subnets: Subnet[];
  /** Named by the caller, and in no zone of the service. */
  outside: Subnet[];
  /** Named by the caller, and in a zone that another one named has already. */
  doubled: Subnet[];
  /** Named by the caller, and not in the VPC. */
  missing: string[];
  /** Would do, but have no free address. */
  full: Subnet[];
}

export interface PlacementFacts {
  subnets: readonly Subnet[];
  /** What the caller named; undefined to choose. */
  wanted: readonly string[] | undefined;
  /** The zones of the service. */
  zoneIds: readonly string[];
  crossRegion: boolean;
}

/** Chosen ones are those with the most free addresses, so that a second look chooses the same. */
export function placementOf(facts: PlacementFacts): Placement {
  const { subnets, wanted } = facts;
  const named = wanted?.flatMap((id) => subnets.find((subnet) => subnet.id === id) ?? []);
  const missing = (wanted ?? []).filter((id) => !subnets.some((subnet) => subnet.id === id));
  const candidates = named ?? [...subnets].sort(byRoom);
  const outside = named?.filter((subnet) => !isOffered(subnet, facts)) ?? [];
  const offered = candidates.filter((subnet) => isOffered(subnet, facts));
  const chosen = new Map<string, Subnet>();
  const doubled: Subnet[] = [];
  const full: Subnet[] = [];
  for (const subnet of offered) {
    if (subnet.freeAddresses < 1) full.push(subnet);
    else if (!chosen.has(subnet.zoneId)) chosen.set(subnet.zoneId, subnet);
    else if (named) doubled.push(subnet);
  }
  const placed = [...chosen.values()].sort((a, b) => (a.zoneId < b.zoneId ? -1 : 1));
  return { subnets: placed, outside, doubled, missing, full };
}

/** From another region the zones need not be the same. */
function isOffered({ zoneId }: Subnet, { zoneIds, crossRegion }: PlacementFacts): boolean {
  return crossRegion ? !NOT_ACROSS_REGIONS.has(zoneId) : zoneIds.includes(zoneId);
}

function byRoom(a: Subnet, b: Subnet): number {
  return b.freeAddresses - a.freeAddresses || (a.id < b.id ? -1 : 1);
}
