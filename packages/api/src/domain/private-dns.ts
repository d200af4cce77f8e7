// The private DNS name of a service, from wanted to verified.
//
// AWS gives a label and a value; the vendor publishes the value as TXT at `_label.<domain>`,
// where the domain is the name itself or a parent of it, and asks AWS to verify. We start the
// verification only once the record is INSYNC, because a start that finds no record ends in
// `failed`.

import { verificationStuckSince } from './deadline.ts';
import {
  manages,
  type EndpointService,
  type Managed,
  type ObservedPrivateDns,
} from './endpoint-service.ts';

/** What is wanted, and what is known of the TXT record; stored per endpoint service. */
export interface PrivateDns {
  endpointServiceId: string;
  /** The wanted name; null when it shall be removed. */
  name: string | null;
  /**
   * Names that we have set on the service, so that we may change them and take them away; two while
   * it is not known whether a change from one to the other has taken effect.
   */
  ownedNames: string[];
  record: DnsRecord | null;
  verificationStartedAt: Date | null;
  /** Why the record cannot be written, as when no zone of ours has the domain. */
  problem: string | null;
  observedAt: Date | null;
}

/** The TXT record that we wrote: where, and what became of Route 53's change. */
export interface DnsRecord {
  zoneId: string;
  recordName: string;
  value: string;
  /** Empty while the answer is not there, and for a value that was there already. */
  changeId: string;
  insyncAt: Date | null;
}

export type PrivateDnsStep =
  | { step: 'none' }
  | { step: 'set_name'; name: string }
  | { step: 'remove_name' }
  | { step: 'remove_record'; record: DnsRecord }
  | { step: 'write_record'; label: string; value: string }
  | { step: 'follow_change'; changeId: string }
  | { step: 'start_verification' }
  | { step: 'wait'; reason: 'service' | 'verification' }
  | { step: 'blocked'; reason: 'foreign_name' | 'removed_name' };

/** How far the name is, for people: derived from what is wanted and what AWS shows. */
export interface PrivateDnsStatus {
  endpointServiceId: string;
  name: string | null;
  state: 'absent' | 'configuring' | 'publishing' | 'verifying' | 'verified' | 'failed' | 'blocked';
  message: string;
  record: { name: string; type: 'TXT'; value: string; zoneId: string | null } | null;
  awsState: string | null;
  /** Since when AWS should have verified the name, by the record that is in place. */
  stuckSince: Date | null;
  observedAt: Date | null;
}

/** How long a started verification may run, or stay failed, before it is started again. */
export const restartAfterMs = 120_000;

/** The one step that brings what AWS shows closer to what is wanted. */
export function nextPrivateDnsStep(
  wanted: PrivateDns,
  observed: ObservedPrivateDns | null,
  now: Date,
): PrivateDnsStep {
  if (wanted.name === null) return removal(wanted, observed);
  if (observed && observed.name !== wanted.name && !isOurs(observed, wanted)) {
    return { step: 'blocked', reason: 'foreign_name' };
  }
  if (!observed && wasTakenAway(wanted)) return { step: 'blocked', reason: 'removed_name' };
  if (!observed || observed.name !== wanted.name) return { step: 'set_name', name: wanted.name };
  if (observed.state === 'verified') return { step: 'none' };
  if (!observed.label || !observed.value) return { step: 'wait', reason: 'service' };
  const { record } = wanted;
  if (record && record.value !== observed.value) return { step: 'remove_record', record };
  if (!record || !isWritten(record)) {
    return { step: 'write_record', label: observed.label, value: observed.value };
  }
  if (!record.insyncAt) return { step: 'follow_change', changeId: record.changeId };
  return verification(wanted, now);
}

/** True when no name is wanted and nothing of our making is left. */
export function isNothing({ name, ownedNames, record }: PrivateDns): boolean {
  return name === null && ownedNames.length === 0 && !record;
}

/** True when AWS was not asked since the record was in place, or has not found it for long. */
export function isVerificationDue(
  { record, verificationStartedAt }: Pick<PrivateDns, 'record' | 'verificationStartedAt'>,
  now: Date,
): boolean {
  const insync = record?.insyncAt?.getTime() ?? 0;
  const started = verificationStartedAt?.getTime();
  return started === undefined || started < insync || now.getTime() - started >= restartAfterMs;
}

/** The domains at which AWS accepts the record, nearest first: the name, then its parents. */
export function verifiableDomains(name: string): string[] {
  const labels = name.replace(/^\*\./, '').split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}

/** A TXT value as Route 53 holds it: in double quotes, quotes and backslashes escaped. */
export function quoteTxt(value: string): string {
  return `"${value.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
}

export function privateDnsStatus(
  service: Managed & Pick<EndpointService, 'id' | 'observed' | 'observedAt'>,
  wanted: PrivateDns | null,
  now: Date,
): PrivateDnsStatus {
  const observed = service.observed?.privateDns ?? null;
  const [state, message] = stateInWords(manages(service, 'privateDns'), wanted, observed, now);
  const isVerifying = state === 'verifying' || state === 'failed';
  return {
    endpointServiceId: service.id,
    name: wanted?.name ?? null,
    state,
    message,
    record: recordToPublish(wanted, observed),
    awsState: observed?.state ?? null,
    stuckSince: isVerifying ? verificationStuckSince(wanted?.record?.insyncAt ?? null, now) : null,
    observedAt: wanted?.observedAt ?? service.observedAt,
  };
}

type StateInWords = [PrivateDnsStatus['state'], string];

function stateInWords(
  managed: boolean,
  wanted: PrivateDns | null,
  observed: ObservedPrivateDns | null,
  now: Date,
): StateInWords {
  const verified = (): StateInWords => ['verified', `AWS has verified ${observed?.name}.`];
  if (!wanted || isNothing(wanted)) {
    return observed?.state === 'verified' ? verified() : inWords.none(observed);
  }
  if (observed?.state === 'verified' && observed.name === wanted.name) return verified();
  if (!managed) return ['blocked', 'Private DNS is in observe mode, so nothing is changed.'];
  if (wanted.problem) return ['blocked', wanted.problem];
  const next = nextPrivateDnsStep(wanted, observed, now);
  return inWords[next.step](observed);
}

const configuring = (): StateInWords => ['configuring', 'The name is being set on the service.'];
const removing = (): StateInWords => ['configuring', 'What was set is being taken away.'];
const publishing = (): StateInWords => ['publishing', 'The TXT record is on its way.'];

const inWords: Record<
  PrivateDnsStep['step'],
  (observed: ObservedPrivateDns | null) => StateInWords
> = {
  none: () => ['absent', 'No private DNS name is wanted.'],
  set_name: configuring,
  remove_name: removing,
  remove_record: removing,
  write_record: publishing,
  follow_change: publishing,
  start_verification: () => ['verifying', 'AWS is about to be asked to verify.'],
  wait: (observed) =>
    observed?.state === 'failed'
      ? ['failed', 'AWS did not find the record yet; it is asked again.']
      : ['verifying', 'AWS is looking for the record.'],
  blocked: (observed) => [
    'blocked',
    observed
      ? `The service has the name ${observed.name}, which was set by other hands.`
      : 'Other hands have taken the name away. To set it again, delete it here and want it anew.',
  ],
};

function recordToPublish(
  wanted: PrivateDns | null,
  observed: ObservedPrivateDns | null,
): PrivateDnsStatus['record'] {
  if (wanted?.record) {
    const { recordName: name, value, zoneId } = wanted.record;
    return { name, type: 'TXT', value, zoneId };
  }
  if (!observed?.label || !observed.value) return null;
  const name = `${observed.label}.${observed.name.replace(/^\*\./, '')}`;
  return { name, type: 'TXT', value: observed.value, zoneId: null };
}

function removal(wanted: PrivateDns, observed: ObservedPrivateDns | null): PrivateDnsStep {
  if (observed && isOurs(observed, wanted)) return { step: 'remove_name' };
  if (wanted.record) return { step: 'remove_record', record: wanted.record };
  return { step: 'none' };
}

function isOurs({ name }: ObservedPrivateDns, { ownedNames }: PrivateDns): boolean {
  return ownedNames.includes(name);
}

/** A verification is started only of a name that AWS shows, so its absence is no slow read. */
function wasTakenAway({ name, ownedNames, verificationStartedAt }: PrivateDns): boolean {
  return name !== null && ownedNames.includes(name) && verificationStartedAt !== null;
}

/** False for one that is only intended: whether it was written is not known. */
function isWritten({ changeId, insyncAt }: DnsRecord): boolean {
  return changeId !== '' || insyncAt !== null;
}

function verification(wanted: PrivateDns, now: Date): PrivateDnsStep {
  if (isVerificationDue(wanted, now)) return { step: 'start_verification' };
  return { step: 'wait', reason: 'verification' };
}
