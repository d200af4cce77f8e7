// ChangeResourceRecordSets, ListResourceRecordSets and GetChange.

import type {
  ChangeInfo,
  ChangeResourceRecordSetsRequest,
  ChangeResourceRecordSetsResponse,
  GetChangeRequest,
  GetChangeResponse,
  ListResourceRecordSetsRequest,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { Change, HostedZone, RecordSet } from '../../world/hosted-zone.ts';
import { UPPER_ALNUM } from '../../world/ids.ts';
import type { World } from '../../world/world.ts';
import { type Call, type Given, wireValue } from '../call.ts';
import { changedRecords } from './change-batch.ts';
import { invalidInput, noSuchChange } from './errors.ts';
import { compareNames, compareText, normalName } from './record-names.ts';
import { bareId, ownZone, pageSize } from './zone-lookup.ts';

type ListInput = Given<ListResourceRecordSetsRequest, 'HostedZoneId'>;

const LARGEST_PAGE = 300;

/** Listed at once, answered by the name servers once the change is INSYNC. */
export function changeRecordSets(
  call: Call<Given<ChangeResourceRecordSetsRequest, 'HostedZoneId' | 'ChangeBatch'>>,
): ChangeResourceRecordSetsResponse {
  const { world, input } = call;
  const zone = ownZone(call, input.HostedZoneId);
  const wanted = changedRecords(zone, input.ChangeBatch, world.quotas.recordsPerZone);
  const publish = replaceRecords(zone, wanted);
  const change = startChange(call, input.ChangeBatch.Comment, publish);
  return { ChangeInfo: changeInfo(change) };
}

export function getChange(call: Call<Given<GetChangeRequest, 'Id'>>): GetChangeResponse {
  const id = bareId(call.input.Id);
  const change = call.world.changes.get(id);
  if (change?.account !== call.account) throw noSuchChange(id);
  return { ChangeInfo: changeInfo(change) };
}

/** Sorted by reversed name, then type; includes what is still PENDING. */
export function listRecordSets(call: Call<ListInput>): ListResourceRecordSetsResponse {
  const { input } = call;
  const zone = ownZone(call, input.HostedZoneId);
  const size = pageSize(input.MaxItems, LARGEST_PAGE);
  const from = startPlace(input);
  const sorted = [...zone.records.values()].sort(compareRecords);
  const rest = sorted.filter((record) => !from || compareRecords(record, from) >= 0);
  const next = rest[size];
  return {
    ResourceRecordSets: rest.slice(0, size).map(recordSetView),
    IsTruncated: next !== undefined,
    MaxItems: size,
    NextRecordName: next?.name,
    NextRecordType: next && wireValue(next.type),
    NextRecordIdentifier: next?.setIdentifier,
  };
}

/** A change that becomes INSYNC later, when `publish` is run. */
export function startChange(
  { world, account }: Call<object>,
  comment: string | undefined,
  publish: () => void,
): Change {
  const change = world.changes.add({
    id: `C${world.ids.text(UPPER_ALNUM, 20)}`,
    account,
    order: world.nextOrder(),
    comment,
    submittedAt: world.schedule.now(),
    status: 'PENDING',
  });
  atInSync(world, () => {
    change.status = 'INSYNC';
    publish();
    for (const wake of world.dnsWatchers) wake();
  });
  return change;
}

export function changeInfo(change: Change): ChangeInfo {
  return {
    Id: `/change/${change.id}`,
    Status: change.status,
    SubmittedAt: new Date(change.submittedAt),
    Comment: change.comment,
  };
}

function atInSync(world: World, event: () => void): void {
  world.schedule.at(world.schedule.now() + world.delays.recordsInSync, event);
}

/** Puts the wanted records in place and gives back what publishes exactly this change. */
function replaceRecords(zone: HostedZone, wanted: ReadonlyMap<string, RecordSet>): () => void {
  const keys = new Set([...zone.records.keys(), ...wanted.keys()]);
  const changed = [...keys].filter((key) => zone.records.get(key) !== wanted.get(key));
  zone.records.clear();
  for (const [key, record] of wanted) zone.records.set(key, record);
  return () => {
    for (const key of changed) {
      const record = wanted.get(key);
      if (record) zone.published.set(key, record);
      else zone.published.delete(key);
    }
  };
}

function startPlace(input: ListInput): RecordSet | undefined {
  const { StartRecordName: name, StartRecordType: type, StartRecordIdentifier: identifier } = input;
  if (name === undefined) {
    if (type === undefined && identifier === undefined) return undefined;
    throw invalidInput('The type or identifier to start at needs a name to start at');
  }
  if (identifier !== undefined && type === undefined) {
    throw invalidInput('The identifier to start at needs a type to start at');
  }
  const normal = normalName(name);
  if (normal === undefined) throw invalidInput(`'${name}' is not a valid domain name`);
  const place = { name: normal, type: type ?? '', setIdentifier: identifier };
  return { ...place, ttl: undefined, values: [], rest: {} };
}

function compareRecords(a: RecordSet, b: RecordSet): number {
  return (
    compareNames(a.name, b.name) ||
    compareText(a.type, b.type) ||
    compareText(a.setIdentifier ?? '', b.setIdentifier ?? '')
  );
}

function recordSetView(record: RecordSet): ResourceRecordSet {
  const { values } = record;
  return {
    Name: record.name,
    Type: wireValue(record.type),
    SetIdentifier: record.setIdentifier,
    ...record.rest,
    TTL: record.ttl,
    ...(values.length > 0 ? { ResourceRecords: values.map((Value) => ({ Value })) } : {}),
  };
}
