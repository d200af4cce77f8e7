// Finding a caller's hosted zone, and the parameters that every listing shares.

import type { HostedZone } from '../../world/hosted-zone.ts';
import type { Call } from '../call.ts';
import { invalidInput, noSuchHostedZone } from './errors.ts';

/** @throws AwsError NoSuchHostedZone; somebody else's zone is not told from none. */
export function ownZone({ world, account }: Call<object>, givenId: string): HostedZone {
  const id = bareId(givenId);
  const zone = world.hostedZones.get(id);
  if (zone?.account === account) return zone;
  throw noSuchHostedZone(id);
}

/** `/hostedzone/Z…` and `/change/C…` without the prefix; responses carry it, requests may. */
export function bareId(id: string): string {
  return id.replace(/^\/?(hostedzone|change)\//, '');
}

/** @throws AwsError InvalidInput for anything but a positive integer; `largest` is the most. */
export function pageSize(wanted: number | undefined, largest: number): number {
  if (wanted === undefined) return largest;
  if (Number.isInteger(wanted) && wanted >= 1) return Math.min(wanted, largest);
  throw invalidInput(`maxitems must be an integer from 1 to ${largest}, not ${wanted}`);
}
