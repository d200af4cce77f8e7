// Finding a caller's hosted zone, and what every listing shares.

import type { HostedZone } from '../../world/dns/hosted-zone.ts';
import type { Call } from '../call.ts';
import { checkLength, longest } from './constraints.ts';
import { invalidInput, noSuchHostedZone } from './errors.ts';

/** @throws AwsError NoSuchHostedZone; somebody else's zone is not told from none. */
export function ownZone({ world, account }: Call<object>, givenId: string): HostedZone {
  const id = zoneId(givenId);
  const zone = world.hostedZones.get(id);
  if (zone?.account === account) return zone;
  throw noSuchHostedZone(id);
}

/** @throws AwsError InvalidInput for what is too long to be an id. */
export function zoneId(given: string): string {
  const id = bareId(given);
  checkLength('hostedZoneId', id, longest.resourceId);
  return id;
}

/** `/hostedzone/Z…` and `/change/C…` without the prefix; responses carry it, requests may. */
export function bareId(id: string): string {
  return id.replace(/^\/?(hostedzone|change|delegationset)\//, '');
}

/** @throws AwsError InvalidInput for anything but a positive integer; `largest` is the most. */
export function pageSize(wanted: number | undefined, largest: number): number {
  if (wanted === undefined) return largest;
  if (Number.isInteger(wanted) && wanted >= 1) return Math.min(wanted, largest);
  throw invalidInput(`maxitems must be an integer from 1 to ${largest}, not ${wanted}`);
}

/** The first `size` items, and the one that the next page begins with. */
export function pageOf<T>(items: Iterable<T>, size: number): { page: T[]; next: T | undefined } {
  const page: T[] = [];
  for (const item of items) {
    if (page.length === size) return { page, next: item };
    page.push(item);
  }
  return { page, next: undefined };
}
