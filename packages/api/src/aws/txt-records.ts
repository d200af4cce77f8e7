// A TXT record set as a set of values that several hands share: what it is with one value more or
// less, and the atomic change to there. Pure; hosted-zones.ts reads and sends.

import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53';

import { quoteTxt } from '../domain/private-dns.ts';
import type { TxtRecord } from './ports.ts';

/**
 * Seconds, for a record set that is not there yet. AWS suggests 1800 (PrivateLink guide); a changed
 * value should not have to wait that long for the resolver that AWS verifies with.
 */
const newRecordTtl = 300;

/** The record with the value in it, or null when it has it already. */
export function withValue(record: TxtRecord | null, value: string): TxtRecord | null {
  if (!record) return { values: [quoteTxt(value)], ttl: newRecordTtl };
  if (record.values.some((raw) => textOf(raw) === value)) return null;
  return { ...record, values: [...record.values, quoteTxt(value)] };
}

/** The record without the value, or null when it does not have it. */
export function withoutValue(record: TxtRecord | null, value: string): TxtRecord | null {
  const values = record?.values.filter((raw) => textOf(raw) !== value) ?? [];
  return record && values.length < record.values.length ? { ...record, values } : null;
}

/**
 * From one content to the other. Route 53 deletes only what is exactly as given and creates only
 * what is not there, all or nothing; so the change fails when another hand was quicker. An UPSERT
 * would overwrite that hand's value instead.
 */
export function replacement(name: string, from: TxtRecord | null, to: TxtRecord): Change[] {
  const changes: Change[] = [];
  if (from) changes.push({ Action: 'DELETE', ResourceRecordSet: recordSet(name, from) });
  if (to.values.length > 0) {
    changes.push({ Action: 'CREATE', ResourceRecordSet: recordSet(name, to) });
  }
  return changes;
}

/** What a resolver makes of a raw value: its quoted strings, unescaped and joined. */
export function textOf(raw: string): string {
  return [...raw.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text]) => unescape(text!)).join('');
}

/** Route 53 writes `\` and three octal digits for what is not printable ASCII. */
function unescape(text: string): string {
  return text.replaceAll(/\\([0-7]{3}|.)/gs, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : escaped,
  );
}

function recordSet(name: string, { values, ttl }: TxtRecord): ResourceRecordSet {
  const ResourceRecords = values.map((Value) => ({ Value }));
  return { Name: name, Type: 'TXT', TTL: ttl, ResourceRecords };
}
