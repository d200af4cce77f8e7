// In which availability zones endpoints have interfaces. The vendor's side never sees that (AWS
// PrivateLink guide): it is known where a customer has reported it, and nowhere else.

import type { CallOptions, Connection, Sallyport } from '@sallyport/sdk';
import { unlessHidden } from './search.ts';

/** The zones of endpoints by the ids of their connections, as far as they are known. */
export type Zones = Readonly<Record<string, readonly string[]>>;

/** Each costs a request. */
const READ_MAX = 20;
/** Of older reports none counts any more. */
const REPORTS_MAX = 10;

/** @param connections the ones that count most first: of many the rest is left unknown */
export async function zonesOf(
  client: Sallyport,
  connections: readonly Connection[],
  call: Pick<CallOptions, 'signal'>,
): Promise<Zones> {
  const read = connections.slice(0, READ_MAX).map(async ({ id }) => {
    const reports = client.connections.observations.list(id, { ...call, limit: REPORTS_MAX });
    const page = await unlessHidden(reports.page());
    const told = page?.items.map(({ network }) => network?.availability_zone_ids ?? []) ?? [];
    return [id, told.find((zones) => zones.length > 0)] as const;
  });
  const known = (await Promise.all(read)).filter(([, zones]) => zones !== undefined);
  return Object.fromEntries(known) as Zones;
}

export interface ZoneCount {
  zone: string;
  /** Whether the endpoint that is asked about is in it. */
  here: boolean;
  /** Of the others that are known to be in it. */
  others: number;
  troubled: number;
}

/** By zone, in the order of their names; an endpoint counts in each of its zones. */
export function zoneCounts(
  zones: Zones,
  {
    own,
    others,
    troubled,
  }: { own: string; others: readonly string[]; troubled: readonly string[] },
): ZoneCount[] {
  const names = [...new Set([own, ...others].flatMap((id) => zones[id] ?? []))].toSorted();
  const isIn = (zone: string) => (id: string) => zones[id]?.includes(zone) === true;
  return names.map((zone) => ({
    zone,
    here: isIn(zone)(own),
    others: others.filter(isIn(zone)).length,
    troubled: troubled.filter(isIn(zone)).length,
  }));
}
