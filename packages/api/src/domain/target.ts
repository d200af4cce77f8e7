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
  /** One proof of an account, until its verdict. */
  'proof',
  /** One endpoint service that retires, until AWS shows it no more. */
  'retirement',
  /** One customer that leaves or is suspended, until what that takes is done. */
  'customer',
  /** The database: what is kept for a time only. */
  'cleaning',
] as const;
export type TargetKind = (typeof targetKinds)[number];

export interface TargetName {
  kind: TargetKind;
  key: string;
}

type Place = Pick<EndpointService, 'id' | 'providerAccountId' | 'region'>;

export function configurationsTarget(place: Place): TargetName {
  return { kind: 'configurations', key: regionKey(place) };
}

export function connectionsTarget(place: Place): TargetName {
  return { kind: 'connections', key: regionKey(place) };
}

export function principalsTarget(endpointServiceId: string): TargetName {
  return { kind: 'principals', key: endpointServiceId };
}

export function privateDnsTarget(endpointServiceId: string): TargetName {
  return { kind: 'private_dns', key: endpointServiceId };
}

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

function regionKey(place: Place): string {
  return `${place.providerAccountId}/${place.region}`;
}
