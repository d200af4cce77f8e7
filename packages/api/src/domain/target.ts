// The places in AWS that workers look after. A target says where to look, never what changed.

import type { EndpointService } from './endpoint-service.ts';

export const targetKinds = [
  /** Every endpoint service configuration of a region: one read for all. */
  'configurations',
  /** The allowlist of one service. */
  'principals',
  /** The private DNS name of one service. */
  'private_dns',
  /** Every connection of a region. */
  'connections',
  /** What is behind the services of a region: load balancers, and what went through. */
  'backends',
  /** The queue with PrivateLink's notifications about a region. */
  'hints',
  /** One grant that has an end, until then. */
  'grant',
  /** One proof of an account, until its verdict. */
  'proof',
  /** One endpoint service that retires, until AWS shows it no more. */
  'retirement',
  /** One customer that leaves or is suspended, until what that takes is done. */
  'customer',
  /** The drift reports: what is new in them. */
  'alarms',
  /** The database: what is kept for a time only. */
  'cleaning',
] as const;
/**
 * `configurations`, `connections` and `backends` (of a region), `hints` (its notification queue),
 * `principals` and `private_dns` (of a service), `grant` (one with an end), `proof` (of an
 * account), `customer` (one that leaves or is suspended), `retirement` (of a service), `alarms` (of
 * the drift reports) or `cleaning` (of the database).
 */
export type TargetKind = (typeof targetKinds)[number];

export interface TargetName {
  kind: TargetKind;
  key: string;
}

/** A target as it is shown: when its run is due, who has it, and what the last run told. */
export interface ReconcileTarget extends TargetName {
  /** Kind and key. */
  id: string;
  dueAt: Date;
  /** The worker that runs it at the moment. */
  leaseOwner: string | null;
  leaseUntil: Date | null;
  /** How often a run was asked for, and how many of these have been served. */
  wanted: number;
  done: number;
  /** Runs in a row that have failed. */
  failures: number;
  /** How old what it reads of AWS gets at most, when nothing is under way; null where it ends. */
  maxAgeSeconds: number | null;
  report: Report | null;
  reportedAt: Date | null;
}

/** What a run has seen and done; its members depend on the kind of target. */
export type Report = Record<string, unknown>;

/** A run that told something new, kept for people to read. */
export interface KeptRun extends TargetName {
  id: string;
  endedAt: Date;
  report: Report;
}

type Place = Pick<EndpointService, 'id' | 'providerAccountId' | 'region'>;

export function configurationsTarget(place: Place): TargetName {
  return { kind: 'configurations', key: regionKey(place) };
}

export function connectionsTarget(place: Omit<Place, 'id'>): TargetName {
  return { kind: 'connections', key: regionKey(place) };
}

export function backendsTarget(place: Omit<Place, 'id'>): TargetName {
  return { kind: 'backends', key: regionKey(place) };
}

export function hintsTarget(place: Omit<Place, 'id'>): TargetName {
  return { kind: 'hints', key: regionKey(place) };
}

export function principalsTarget(endpointServiceId: string): TargetName {
  return { kind: 'principals', key: endpointServiceId };
}

export function privateDnsTarget(endpointServiceId: string): TargetName {
  return { kind: 'private_dns', key: endpointServiceId };
}

export function grantTarget(grantId: string): TargetName {
  return { kind: 'grant', key: grantId };
}

export const alarmsTarget: TargetName = { kind: 'alarms', key: 'database' };

export const cleaningTarget: TargetName = { kind: 'cleaning', key: 'database' };

export function retirementTarget(endpointServiceId: string): TargetName {
  return { kind: 'retirement', key: endpointServiceId };
}

/** All that looks after one service. */
export function serviceTargets(place: Place): TargetName[] {
  return [
    configurationsTarget(place),
    connectionsTarget(place),
    principalsTarget(place.id),
    privateDnsTarget(place.id),
  ];
}

/** The provider account and region that a key of a region-wide target names. */
export function parseRegionKey(key: string): { providerAccountId: string; region: string } {
  const [providerAccountId = '', region = ''] = key.split('/');
  return { providerAccountId, region };
}

/** Items of one list of a report that are shown. */
const shownMax = 20;

/** The report for people: of a long list, the first items and how many more there are. */
export function readable<Value>(value: Value): Value {
  return shorten(value) as Value;
}

function shorten(value: unknown): unknown {
  if (Array.isArray(value)) {
    const first = value.slice(0, shownMax).map(shorten);
    const more = value.length - shownMax;
    return more > 0 ? [...first, `… and ${more} more`] : first;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shorten(item)]));
}

/** Of a report, what differs from run to run although nothing else does: when, and how often. */
const moments = new Set([
  'at',
  'fullReadAt',
  'trafficReadAt',
  'wokenAt',
  'agreeing',
  'syncedSince',
  'asked',
  'doubted',
  'after',
]);

/** Whether a run has something else to tell than the one before; one that tells nothing has not. */
export function tellsNew(before: object | null, report: object): boolean {
  if (Object.keys(report).length === 0) return false;
  return before === null || essence(before) !== essence(report);
}

/** As text, with members in the order of their names, as the database gives them in its own. */
function essence(report: object): string {
  return JSON.stringify(report, (name, value: unknown) => {
    if (moments.has(name)) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function regionKey(place: Omit<Place, 'id'>): string {
  return `${place.providerAccountId}/${place.region}`;
}
