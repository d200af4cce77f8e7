// The private DNS name of a service, from wanted to verified.
//
// AWS gives a label and a value; the vendor publishes the value as TXT at `_label.<domain>`,
// where the domain is the name itself or a parent of it, and asks AWS to verify. We start the
// verification only once the record is INSYNC, because a start that finds no record ends in
// `failed`. What AWS then shows counts once two reads agree, both ways: it may go back and forth
// (Terraform's provider waits for two reads as well).

import { backOffMs } from './back-off.ts';
import type { ObservedPrivateDns } from './endpoint-service.ts';
import type { Sighting } from './sighting.ts';

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
  /** Since when it counts as verified; null while it does not. */
  verifiedSince: Date | null;
  /** Since when a name that was verified is so no longer; null once it is again. */
  lostSince: Date | null;
  /** Reads in a row that say otherwise. */
  disagreeingReads: number;
  /** What it waited for when it was last looked at, and since when: for deadlines and pauses. */
  phase: PrivateDnsPhase | null;
  phaseSince: Date | null;
  /** Where the value was last looked for, and what was there. */
  sightings: Sighting[];
  observedAt: Date | null;
}

/** A verification that fails and is started again is one and the same phase. */
export type PrivateDnsPhase =
  | 'absent'
  | 'configuring'
  | 'publishing'
  | 'verifying'
  | 'verified'
  | 'blocked';

/** The TXT record that we wrote: where, and what became of Route 53's change. */
export interface DnsRecord {
  zoneId: string;
  recordName: string;
  value: string;
  /** Empty while the answer is not there, and for a value that was there already. */
  changeId: string;
  insyncAt: Date | null;
  /** Looks into the zone in a row that did not show the value. */
  missedLooks: number;
}

/** What nobody has asked for yet. */
export const unasked = {
  ownedNames: [],
  record: null,
  verificationStartedAt: null,
  problem: null,
  verifiedSince: null,
  lostSince: null,
  disagreeingReads: 0,
  phase: null,
  phaseSince: null,
  sightings: [],
  observedAt: null,
} as const satisfies Partial<PrivateDns>;

export type PrivateDnsStep =
  | { step: 'none' }
  | { step: 'set_name'; name: string }
  | { step: 'remove_name' }
  | { step: 'remove_record'; record: DnsRecord }
  | { step: 'write_record'; label: string; value: string }
  | { step: 'follow_change'; changeId: string }
  | { step: 'start_verification' }
  | { step: 'wait'; reason: 'service' | 'verification' | 'second_read' }
  | { step: 'blocked'; reason: 'foreign_name' | 'removed_name' };

/** Reads that must agree before a name counts as verified, as verified no longer, or as gone. */
const agreeingReads = 2;

/** How long a started verification may run, or stay failed, before it is first started again. */
export const restartAfterMs = 120_000;
const restartAfterMaxMs = 1_800_000;

/**
 * What is known after one more read of AWS.
 * @param observed the name as the read shows it
 */
export function afterRead(
  wanted: PrivateDns,
  observed: ObservedPrivateDns | null,
  at: Date,
): PrivateDns {
  if (wanted.name === null) return afterAbsence(wanted, observed);
  const shown = observed?.name === wanted.name && observed?.state === 'verified';
  if (shown === (wanted.verifiedSince !== null)) return { ...wanted, disagreeingReads: 0 };
  const disagreeingReads = wanted.disagreeingReads + 1;
  if (disagreeingReads < agreeingReads) return { ...wanted, disagreeingReads };
  const turned = { ...wanted, disagreeingReads: 0 };
  return shown
    ? { ...turned, verifiedSince: at, lostSince: null }
    : { ...turned, verifiedSince: null, lostSince: at };
}

/**
 * The one step that brings what AWS shows closer to what is wanted.
 * @param restoring a record of ours that other hands have taken away is to be put back
 */
export function nextPrivateDnsStep(
  wanted: PrivateDns,
  observed: ObservedPrivateDns | null,
  now: Date,
  restoring = false,
): PrivateDnsStep {
  if (wanted.name === null) return removal(wanted, observed);
  if (observed && observed.name !== wanted.name && !isOurs(observed, wanted)) {
    return { step: 'blocked', reason: 'foreign_name' };
  }
  if (!observed && wasTakenAway(wanted)) return { step: 'blocked', reason: 'removed_name' };
  if (!observed || observed.name !== wanted.name) return { step: 'set_name', name: wanted.name };
  return publication(wanted, observed, now, restoring);
}

/** True when no name is wanted and nothing of our making is left. */
export function isNothing({ name, ownedNames, record }: PrivateDns): boolean {
  return name === null && ownedNames.length === 0 && !record;
}

type VerificationFacts = Pick<
  PrivateDns,
  'record' | 'verificationStartedAt' | 'phaseSince' | 'lostSince'
>;

/**
 * True when AWS was not asked since the record was in place, or since the name was verified no
 * longer, or has not found it for long.
 */
export function isVerificationDue(wanted: VerificationFacts, now: Date): boolean {
  return verificationDueInMs(wanted, now) <= 0;
}

/** Milliseconds until AWS is to be asked again, ever more seldom; not positive when it is due. */
export function verificationDueInMs(
  { record, verificationStartedAt, phaseSince, lostSince }: VerificationFacts,
  now: Date,
): number {
  const since = Math.max(record?.insyncAt?.getTime() ?? 0, lostSince?.getTime() ?? 0);
  const started = verificationStartedAt?.getTime();
  if (started === undefined || started < since) return 0;
  const every = backOffMs(phaseSince, now, { least: restartAfterMs, most: restartAfterMaxMs });
  return started + every - now.getTime();
}

/** Two looks agree that the value which we wrote is no longer in its zone. */
export function isRecordGone({ record }: Pick<PrivateDns, 'record'>): boolean {
  return record !== null && record.insyncAt !== null && record.missedLooks >= agreeingReads;
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

/** What AWS does not show may have been set since: it is ours until a second read agrees. */
function afterAbsence(wanted: PrivateDns, observed: ObservedPrivateDns | null): PrivateDns {
  const isThere = observed !== null && isOurs(observed, wanted);
  if (isThere || wanted.ownedNames.length === 0) return { ...wanted, disagreeingReads: 0 };
  const disagreeingReads = wanted.disagreeingReads + 1;
  if (disagreeingReads < agreeingReads) return { ...wanted, disagreeingReads };
  return { ...wanted, ownedNames: [], disagreeingReads: 0 };
}

function publication(
  wanted: PrivateDns,
  observed: ObservedPrivateDns,
  now: Date,
  restoring: boolean,
): PrivateDnsStep {
  const { record } = wanted;
  const { label, value, state } = observed;
  const write = label && value ? ({ step: 'write_record', label, value } as const) : null;
  if (write && restoring && record?.value === value && isRecordGone(wanted)) return write;
  const verified = state === 'verified';
  const settled = verified === (wanted.verifiedSince !== null);
  if (!settled) return { step: 'wait', reason: 'second_read' };
  // Of one that is verified, only what was begun with its record is brought to an end.
  if (verified && (record?.insyncAt !== null || record.value !== value)) return { step: 'none' };
  if (!write) return { step: 'wait', reason: 'service' };
  if (record && record.value !== value) return { step: 'remove_record', record };
  if (!record || !isWritten(record)) return write;
  if (!record.insyncAt) return { step: 'follow_change', changeId: record.changeId };
  return verification(wanted, now);
}

function removal(wanted: PrivateDns, observed: ObservedPrivateDns | null): PrivateDnsStep {
  if (observed && isOurs(observed, wanted)) return { step: 'remove_name' };
  if (wanted.record) return { step: 'remove_record', record: wanted.record };
  if (wanted.ownedNames.length > 0) return { step: 'wait', reason: 'second_read' };
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
