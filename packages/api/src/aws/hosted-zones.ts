// HostedZonePort over Route 53: public zones by name, and TXT values beside those of other hands.

import type { ResourceRecordSet } from '@aws-sdk/client-route-53';

import type { OpenRoute53 } from './clients.ts';
import { AwsError } from './errors.ts';
import { readPages } from './pages.ts';
import type { HostedZonePort, RecordChange, TxtRecord } from './ports.ts';
import { requireId, requireMember } from './required.ts';
import { replacement, withoutValue, withValue } from './txt-records.ts';

const listZonesAction = 'ListHostedZonesByName';
const changeAction = 'ChangeResourceRecordSets';

/** How often a change is worked out again because another hand was quicker. */
const attemptsMax = 3;

export function createHostedZones(open: OpenRoute53): HostedZonePort {
  return {
    findZone: (domain, signal, among) => findZone({ open, domain, signal, among }),
    readTxt: async (zoneId, recordName, signal) =>
      readTxt(open, placeOf(zoneId, recordName), signal),
    addTxtValue: async (zoneId, recordName, value, signal) => {
      const place = placeOf(zoneId, recordName);
      return changeTxt({ open, place, signal, edit: (record) => withValue(record, value) });
    },
    removeTxtValue: async (zoneId, recordName, value, signal) => {
      const place = placeOf(zoneId, recordName);
      return changeTxt({ open, place, signal, edit: (record) => withoutValue(record, value) });
    },
    changeStatus: async (changeId, signal) => {
      const input = { Id: requireId('changeId', changeId) };
      const route53 = await open(signal);
      const { ChangeInfo } = await route53.getChange(input, { abortSignal: signal });
      return ChangeInfo?.Status === 'INSYNC' ? 'insync' : 'pending';
    },
  };
}

interface ZoneSearch {
  open: OpenRoute53;
  domain: string;
  signal: AbortSignal;
  among: readonly string[] | undefined;
}

async function findZone({ open, domain, signal, among }: ZoneSearch): Promise<string | null> {
  const ids = await zonesNamed(open, fullName(domain), signal);
  const [id, ...others] = ids.filter((id) => among?.includes(id) ?? true);
  if (others.length === 0) return id ?? null;
  throw conflict(listZonesAction, 'AmbiguousHostedZone', [
    `${ids.length} public hosted zones are named ${domain} (${ids.join(', ')}):`,
    'register the id of the one that is delegated to.',
  ]);
}

/** The name that the list starts from is a position, not a filter: other zones follow it. */
async function zonesNamed(open: OpenRoute53, name: string, signal: AbortSignal): Promise<string[]> {
  const route53 = await open(signal);
  const zones = await readPages(listZonesAction, async (HostedZoneId) => {
    const input = { DNSName: name, HostedZoneId };
    const page = await route53.listHostedZonesByName(input, { abortSignal: signal });
    const more = page.IsTruncated === true && page.NextDNSName === name;
    return { items: page.HostedZones, next: more ? page.NextHostedZoneId : undefined };
  });
  return zones
    .filter(({ Name, Config }) => Name === name && !Config?.PrivateZone)
    .map(({ Id }) => bareId(requireMember(listZonesAction, 'zone id', Id)));
}

interface Place {
  zoneId: string;
  /** Lower case, with the last dot, as Route 53 gives it back. */
  name: string;
}

/** Restricted to letters, digits, `_` and `-`, which Route 53 does not escape in names. */
function placeOf(zoneId: string, recordName: string): Place {
  const name = fullName(recordName);
  if (!/^([a-z0-9_-]+\.)+$/.test(name)) {
    throw new TypeError(`"${recordName}" is not the name of a TXT record: nothing was sent.`);
  }
  return { zoneId: requireId('zoneId', zoneId), name };
}

async function readTxt(
  open: OpenRoute53,
  { zoneId, name }: Place,
  signal: AbortSignal,
): Promise<TxtRecord | null> {
  const route53 = await open(signal);
  const { ResourceRecordSets = [] } = await route53.listResourceRecordSets(
    { HostedZoneId: zoneId, StartRecordName: name, StartRecordType: 'TXT', MaxItems: 1 },
    { abortSignal: signal },
  );
  const found = ResourceRecordSets.find(({ Name, Type }) => Name === name && Type === 'TXT');
  return found ? plainRecord(found) : null;
}

/** Weighted, multivalue and such sets share a name, and each has its own identifier. */
function plainRecord(found: ResourceRecordSet): TxtRecord {
  const { Name, SetIdentifier, ResourceRecords, TTL } = found;
  if (SetIdentifier === undefined && ResourceRecords && TTL !== undefined) {
    return { values: ResourceRecords.map(({ Value }) => Value ?? ''), ttl: TTL };
  }
  throw conflict('ListResourceRecordSets', 'UnsupportedRecordSet', [
    `The TXT record ${Name} has a routing policy or is an alias, so no value can be added to it:`,
    'add the value by hand, or make it a simple record.',
  ]);
}

interface TxtChange {
  open: OpenRoute53;
  place: Place;
  signal: AbortSignal;
  /** The record as it shall be, with no values for none; null when nothing has to change. */
  edit: (record: TxtRecord | null) => TxtRecord | null;
}

async function changeTxt({ open, place, signal, edit }: TxtChange): Promise<RecordChange> {
  for (let attempt = 1; ; attempt++) {
    const before = await readTxt(open, place, signal);
    const after = edit(before);
    if (!after) return { changeId: null };
    try {
      return await sendChange(open, place, signal, replacement(place.name, before, after));
    } catch (error) {
      const outrun = error instanceof AwsError && error.code === 'InvalidChangeBatch';
      if (!outrun || attempt === attemptsMax) throw error;
    }
  }
}

async function sendChange(
  open: OpenRoute53,
  { zoneId }: Place,
  signal: AbortSignal,
  changes: ReturnType<typeof replacement>,
): Promise<RecordChange> {
  const route53 = await open(signal);
  const { ChangeInfo } = await route53.changeResourceRecordSets(
    { HostedZoneId: zoneId, ChangeBatch: { Changes: changes } },
    { abortSignal: signal },
  );
  return { changeId: bareId(requireMember(changeAction, 'change id', ChangeInfo?.Id)) };
}

function conflict(action: string, code: string, sentence: string[]): AwsError {
  return new AwsError(sentence.join(' '), { kind: 'conflict', code, action, awsRequestId: null });
}

function fullName(domain: string): string {
  return `${domain.toLowerCase().replace(/\.$/, '')}.`;
}

/** Answers carry `/hostedzone/Z…` and `/change/C…`. */
function bareId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
