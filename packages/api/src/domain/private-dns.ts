// The private DNS name of a service, from wanted to verified.
//
// AWS gives a label and a value; the vendor publishes the value as TXT at `_label.<domain>`, where the
// domain is the name itself or a parent of it, and asks AWS to verify. We start the verification only
// once the record is INSYNC, because a start that finds no record ends in `failed`.

import type { ObservedPrivateDns } from './endpoint-service.ts';

/** What is wanted, and what is known of the TXT record; stored per endpoint service. */
export interface PrivateDns {
  endpointServiceId: string;
  /** The wanted name; null when it shall be removed. */
  name: string | null;
  /** True once we have set the name on the service, so that we may take it away again. */
  nameOwned: boolean;
  record: DnsRecord | null;
  verificationStartedAt: Date | null;
  observedAt: Date | null;
}

/** The TXT record that we wrote: where, and what became of Route 53's change. */
export interface DnsRecord {
  zoneId: string;
  recordName: string;
  value: string;
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
  | { step: 'blocked'; reason: 'foreign_name' };

/** How long a started verification may run, or stay failed, before it is started again. */
export const restartAfterMs = 120_000;

/** The one step that brings what AWS shows closer to what is wanted. */
export function nextPrivateDnsStep(
  wanted: PrivateDns,
  observed: ObservedPrivateDns | null,
  now: Date,
): PrivateDnsStep {
  if (wanted.name === null) return removal(wanted, observed);
  if (observed && observed.name !== wanted.name && !wanted.nameOwned) {
    return { step: 'blocked', reason: 'foreign_name' };
  }
  if (!observed || observed.name !== wanted.name) return { step: 'set_name', name: wanted.name };
  if (observed.state === 'verified') return { step: 'none' };
  if (!observed.label || !observed.value) return { step: 'wait', reason: 'service' };
  const { record } = wanted;
  if (record && record.value !== observed.value) return { step: 'remove_record', record };
  if (!record) {
    return { step: 'write_record', label: observed.label, value: observed.value };
  }
  if (!record.insyncAt) return { step: 'follow_change', changeId: record.changeId };
  return verification(wanted, now);
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

function removal(wanted: PrivateDns, observed: ObservedPrivateDns | null): PrivateDnsStep {
  if (observed && wanted.nameOwned) return { step: 'remove_name' };
  if (wanted.record) return { step: 'remove_record', record: wanted.record };
  return { step: 'none' };
}

function verification(wanted: PrivateDns, now: Date): PrivateDnsStep {
  const started = wanted.verificationStartedAt?.getTime();
  const insync = wanted.record?.insyncAt?.getTime() ?? 0;
  if (started === undefined || started < insync) return { step: 'start_verification' };
  if (now.getTime() - started >= restartAfterMs) return { step: 'start_verification' };
  return { step: 'wait', reason: 'verification' };
}
