// Applying a batch of changes to a zone's records, all or nothing. Problems are collected, so that
// a caller learns of all of them at once.

import { ChangeAction, type ChangeBatch } from '@aws-sdk/client-route-53';
import { isInZone } from '../../world/dns/dns-names.ts';
import type { HostedZone } from '../../world/dns/hosted-zone.ts';
import { type RecordSet, recordKey } from '../../world/dns/record-set.ts';
import type { World } from '../../world/world.ts';
import { aliasProblems } from './alias-targets.ts';
import { checkLength, checkWord, longest } from './constraints.ts';
import { invalidChangeBatch, invalidInput } from './errors.ts';
import { type Changed, createDraft, type RecordDraft } from './record-draft.ts';
import { recordSetOf } from './record-input.ts';
import { nameConflicts } from './record-conflicts.ts';
import { valueProblems } from './record-values.ts';

interface RecordChange {
  readonly action: string;
  readonly record: RecordSet;
}

// Per request; an UPSERT counts twice (Route 53 Developer Guide, DNSLimitations).
const MOST_RECORDS = 1000;
const MOST_CHARACTERS = 32_000;

/**
 * What the batch would change in the zone's records.
 * @throws AwsError InvalidChangeBatch or InvalidInput; the zone is as it was.
 */
export function changedRecords(world: World, zone: HostedZone, batch: ChangeBatch): Changed {
  const changes = changesOf(batch);
  checkSize(changes);
  const draft = createDraft(zone.records);
  const problems = repetitions(changes);
  problems.push(...changes.flatMap((change) => applyChange(zone, draft, change)));
  for (const name of new Set(changes.map(({ record }) => record.name))) {
    problems.push(...nameConflicts(zone, draft, name));
  }
  for (const { action, record } of changes) {
    if (action !== 'DELETE') problems.push(...aliasProblems(world, zone, draft, record));
  }
  const { recordsPerZone } = world.quotas;
  if (draft.size > recordsPerZone) {
    problems.push(`Number of records limit of ${recordsPerZone} exceeded.`);
  }
  if (problems.length > 0) throw invalidChangeBatch([...new Set(problems)]);
  return draft.changed();
}

function changesOf({ Changes: given, Comment: comment }: ChangeBatch): RecordChange[] {
  checkLength('changeBatch.comment', comment, longest.comment);
  if (!given?.length) throw invalidInput('The change batch has no changes');
  return given.map(({ Action: action = '', ResourceRecordSet: record }, index) => {
    checkWord(`changeBatch.changes.${index + 1}.member.action`, action, ChangeAction);
    return { action, record: recordSetOf(action, record ?? { Name: '', Type: 'TXT' }) };
  });
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

// One record set may be in a batch once, or be deleted first and then made again.
function repetitions(changes: readonly RecordChange[]): string[] {
  const bySet = Map.groupBy(changes, ({ record }) =>
    recordKey(record.name, record.type, record.setIdentifier),
  );
  return [...bySet.values()].flatMap((same) => {
    const actions = same.map(({ action }) => action).join(' ');
    if (same.length === 1 || actions === 'DELETE CREATE') return [];
    const { type = '', name = '' } = same[0]?.record ?? {};
    const set = `a resource record set '${type} ${name}'`;
    return `The request contains an invalid set of changes for ${set}`;
  });
}

function applyChange(zone: HostedZone, draft: RecordDraft, change: RecordChange): string[] {
  const { action, record } = change;
  const existing = draft.get(recordKey(record.name, record.type, record.setIdentifier));
  if (action === 'DELETE') return deleteRecord(draft, existing, record);
  const problems = valueProblems(record.type, record.values);
  if (!isInZone(record.name, zone.name)) {
    problems.push(`RRSet with DNS name ${record.name} is not permitted in zone ${zone.name}`);
  }
  if (action === 'CREATE' && existing) {
    problems.push(`Tried to create resource record set ${described(record)} but it already exists`);
  }
  if (problems.length === 0) draft.set(record);
  return problems;
}

function deleteRecord(
  draft: RecordDraft,
  existing: RecordSet | undefined,
  wanted: RecordSet,
): string[] {
  const tried = `Tried to delete resource record set ${described(wanted)} but`;
  if (!existing) return [`${tried} it was not found`];
  if (!isSame(existing, wanted)) {
    return [`${tried} the values provided do not match the current values`];
  }
  draft.remove(wanted);
  return [];
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
