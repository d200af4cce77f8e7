// Applying a batch of changes to a zone's records, all or nothing. Problems are collected, so that
// a caller learns of all of them at once.

import type { ChangeBatch } from '@aws-sdk/client-route-53';
import { type HostedZone, type RecordSet, recordKey } from '../../world/hosted-zone.ts';
import { invalidChangeBatch, invalidInput } from './errors.ts';
import { recordSetOf } from './record-input.ts';
import { isInZone } from './record-names.ts';
import { valueProblems } from './record-values.ts';

interface RecordChange {
  readonly action: 'CREATE' | 'DELETE' | 'UPSERT';
  readonly record: RecordSet;
}

type Records = Map<string, RecordSet>;

// Per request; an UPSERT counts twice (Route 53 Developer Guide, DNSLimitations).
const MOST_RECORDS = 1000;
const MOST_CHARACTERS = 32_000;

/**
 * The zone's records as they will be.
 * @throws AwsError InvalidChangeBatch or InvalidInput; the zone is as it was.
 */
export function changedRecords(zone: HostedZone, batch: ChangeBatch, mostRecords: number): Records {
  const changes = (batch.Changes ?? []).map(({ Action: action, ResourceRecordSet: record }) => {
    if (action !== 'CREATE' && action !== 'DELETE' && action !== 'UPSERT') {
      throw invalidInput(`'${String(action)}' is not an action; use CREATE, DELETE or UPSERT`);
    }
    return { action, record: recordSetOf(action, record ?? { Name: '', Type: 'TXT' }) };
  });
  if (changes.length === 0) throw invalidInput('The change batch has no changes');
  checkSize(changes);
  const records: Records = new Map(zone.records);
  const problems = changes.flatMap((change) => applyChange(zone, records, change));
  for (const name of new Set(changes.map(({ record }) => record.name))) {
    problems.push(...conflicts(zone, records, name));
  }
  problems.push(...apexProblems(zone, records));
  if (records.size > mostRecords)
    problems.push(`Number of records limit of ${mostRecords} exceeded`);
  if (problems.length > 0) throw invalidChangeBatch(problems);
  return records;
}

function checkSize(changes: readonly RecordChange[]): void {
  let elements = 0;
  let characters = 0;
  for (const { action, record } of changes) {
    const weight = action === 'UPSERT' ? 2 : 1;
    elements += weight * record.values.length;
    characters += weight * record.values.reduce((sum, value) => sum + value.length, 0);
  }
  if (elements > MOST_RECORDS) {
    throw invalidChangeBatch([`Number of records limit of ${MOST_RECORDS} exceeded.`]);
  }
  if (characters > MOST_CHARACTERS) {
    throw invalidChangeBatch([`Number of characters limit of ${MOST_CHARACTERS} exceeded.`]);
  }
}

function applyChange(zone: HostedZone, records: Records, change: RecordChange): string[] {
  const { action, record } = change;
  const key = recordKey(record.name, record.type, record.setIdentifier);
  const existing = records.get(key);
  if (action === 'DELETE') return deleteRecord(records, key, existing, record);
  const problems = valueProblems(record.type, record.values);
  if (!isInZone(record.name, zone.name)) {
    problems.push(`RRSet with DNS name ${record.name} is not permitted in zone ${zone.name}`);
  }
  if (action === 'CREATE' && existing) {
    problems.push(`Tried to create resource record set ${described(record)} but it already exists`);
  }
  if (problems.length === 0) records.set(key, record);
  return problems;
}

function deleteRecord(
  records: Records,
  key: string,
  existing: RecordSet | undefined,
  wanted: RecordSet,
): string[] {
  const tried = `Tried to delete resource record set ${described(wanted)} but`;
  if (!existing) return [`${tried} it was not found`];
  if (!isSame(existing, wanted))
    return [`${tried} the values provided do not match the current values`];
  records.delete(key);
  return [];
}

// CNAME excludes every other type at its name, and a plain record set excludes routed ones.
function conflicts(zone: HostedZone, records: Records, name: string): string[] {
  const here = [...records.values()].filter((record) => record.name === name);
  const types = new Set(here.map(({ type }) => type));
  const problems: string[] = [];
  if (types.has('CNAME') && name === zone.name) {
    problems.push(
      `RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${zone.name}`,
    );
  } else if (types.has('CNAME') && types.size > 1) {
    problems.push(
      `RRSet of type CNAME with DNS name ${name} is not permitted as it conflicts with ` +
        `other records with the same DNS name in zone ${zone.name}`,
    );
  }
  for (const type of types) {
    const sets = here.filter((record) => record.type === type);
    if (sets.length > 1 && sets.some(({ setIdentifier }) => setIdentifier === undefined)) {
      problems.push(
        `RRSet with DNS name ${name}, type ${type} cannot be created as other RRSets ` +
          'exist with the same name and type.',
      );
    }
  }
  return problems;
}

function apexProblems(zone: HostedZone, records: Records): string[] {
  const problems: string[] = [];
  if (!records.has(recordKey(zone.name, 'SOA'))) {
    problems.push('A HostedZone must contain exactly one SOA record.');
  }
  if (!records.has(recordKey(zone.name, 'NS'))) {
    problems.push('A HostedZone must contain at least one NS record for the zone itself.');
  }
  return problems;
}

// Values are a set: DELETE may give them in another order.
function isSame(a: RecordSet, b: RecordSet): boolean {
  const facts = ({ ttl, values, rest }: RecordSet) =>
    JSON.stringify([ttl, [...values].sort(), Object.entries(rest).sort()]);
  return facts(a) === facts(b);
}

function described({ name, type, setIdentifier }: RecordSet): string {
  const identifier = setIdentifier === undefined ? '' : `, set-identifier='${setIdentifier}'`;
  return `[name='${name}', type='${type}'${identifier}]`;
}
