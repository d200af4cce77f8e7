// A VPC endpoint service in one region of a provider account, and who manages which aspect of it.

import type { Reads } from './read-tier.ts';

export const aspects = ['principals', 'acceptance', 'privateDns'] as const;
export type Aspect = (typeof aspects)[number];
export type Mode = 'observe' | 'manage';
export type Modes = Record<Aspect, Mode>;

export interface EndpointService {
  id: string;
  name: string;
  providerAccountId: string;
  region: string;
  /** AWS's id, `vpce-svc-…`; null until AWS has created the service. */
  serviceId: string | null;
  serviceName: string | null;
  /** Load balancers of a service that we create; empty when an existing one was registered. */
  networkLoadBalancerArns: string[];
  modes: Modes;
  observed: ObservedService | null;
  observedAt: Date | null;
  /** Since when AWS shows it in its state. */
  stateSince: Date | null;
  /** Why AWS did not create or show it, in AWS's words. */
  problem: string | null;
  /** Since when somebody wants nothing of it to be changed; null when nobody does. */
  frozenSince: Date | null;
  frozenReason: string | null;
  /** Since when it is to be deleted in AWS; null when it is not. */
  retiringSince: Date | null;
  retireReason: string | null;
  /** When AWS no longer showed it. */
  retiredAt: Date | null;
  /** Why its mark in AWS says that this database is not the one that manages it. */
  quarantine: Quarantine | null;
  /** When AWS was last asked about it, and how old that gets. */
  reads: Reads;
  /** What becomes of an allowlist entry of ours that other hands remove. */
  onExternalRemoval: ExternalRemoval;
  createdAt: Date;
  updatedAt: Date;
}

/** `hold`: somebody decides · `restore`: it is put back once two reads agree that it has gone. */
export type ExternalRemoval = 'hold' | 'restore';

export const quarantines = ['another_deployment', 'older_database', 'moved_database'] as const;
/**
 * `another_deployment`: the mark is of another Sallyport · `older_database`: it was changed after
 * this database was copied or saved · `moved_database`: this database is a copy in another place.
 */
export type Quarantine = (typeof quarantines)[number];

/** What decides whether we may change an aspect in AWS. */
export type Managed = Pick<EndpointService, 'modes' | 'frozenSince' | 'quarantine'>;

/** Whether we change this aspect in AWS; while a service stands still, we change none. */
export function manages(service: Managed, aspect: Aspect): boolean {
  return service.modes[aspect] === 'manage' && standstill(service) === null;
}

/** Why nothing of the service is changed, whatever its modes, or null. */
export function standstill({
  frozenSince,
  quarantine,
}: Omit<Managed, 'modes'>): 'frozen' | Quarantine | null {
  return frozenSince === null ? quarantine : 'frozen';
}

/** What AWS last said about the service, in our words. */
export interface ObservedService {
  state: ServiceState;
  acceptanceRequired: boolean;
  availabilityZoneIds: string[];
  networkLoadBalancerArns: string[];
  privateDns: ObservedPrivateDns | null;
}

/**
 * The state of the service as AWS last showed it; `missing` when AWS knows of no such service,
 * `unknown` until it was asked or for a state that this version does not know.
 */
export type ServiceState =
  | 'pending'
  | 'available'
  | 'deleting'
  | 'deleted'
  | 'failed'
  | 'missing'
  | 'unknown';

/** `failed`: it never came to be, or no longer works. In the others it is deleted. */
export type Ending = 'failed' | 'deleting' | 'deleted' | 'missing';

/**
 * What AWS shows a service to have come to, or null while it is there. Nothing is asked any more of
 * one that is deleted. To one that has failed nothing is added, and it can be tidied up.
 */
export function endingOf({ observed }: Pick<EndpointService, 'observed'>): Ending | null {
  const state = observed?.state;
  const ended = state === 'failed' || state === 'deleting' || state === 'deleted';
  return ended || state === 'missing' ? state : null;
}

/** Whether nothing of it is left that could be changed. */
export function isOver(service: Pick<EndpointService, 'observed'>): boolean {
  const ending = endingOf(service);
  return ending !== null && ending !== 'failed';
}

/** The private DNS name of a service as AWS shows it. `label` and `value` make the TXT record. */
export interface ObservedPrivateDns {
  name: string;
  state: PrivateDnsState;
  label: string | null;
  value: string | null;
}

export type PrivateDnsState = 'pendingVerification' | 'verified' | 'failed' | 'unknown';

export const observeAll: Modes = {
  principals: 'observe',
  acceptance: 'observe',
  privateDns: 'observe',
};

export const manageAll: Modes = {
  principals: 'manage',
  acceptance: 'manage',
  privateDns: 'manage',
};
