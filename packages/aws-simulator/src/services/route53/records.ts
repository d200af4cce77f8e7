// ChangeResourceRecordSets and ListResourceRecordSets.

import {
  type ChangeResourceRecordSetsRequest,
  type ChangeResourceRecordSetsResponse,
  type ListResourceRecordSetsRequest,
  type ListResourceRecordSetsResponse,
  type ResourceRecordSet,
  RRType,
} from '@aws-sdk/client-route-53';
import { normalName } from '../../world/dns/dns-names.ts';
import type { RecordSet } from '../../world/dns/record-set.ts';
import { placeOf } from '../../world/dns/record-table.ts';
import { type Call, type Given, wireValue } from '../call.ts';
import { changedRecords } from './change-batch.ts';
import { checkNotBusy, startChange } from './changes.ts';
import { checkLength, checkWord, longest } from './constraints.ts';
import { invalidInput } from './errors.ts';
import { applyChanged } from './record-draft.ts';
import { ownZone, pageOf, pageSize } from './zone-lookup.ts';

type ListInput = Given<ListResourceRecordSetsRequest, 'HostedZoneId'>;

const LARGEST_PAGE = 300;

/** Listed at once, answered by the name servers once the change is INSYNC. */
export function changeRecordSets(
  call: Call<Given<ChangeResourceRecordSetsRequest, 'HostedZoneId' | 'ChangeBatch'>>,
): ChangeResourceRecordSetsResponse {
  const { world, input } = call;
  const zone = ownZone(call, input.HostedZoneId);
  checkNotBusy(world, zone);
  const changed = changedRecords(world, zone, input.ChangeBatch);
  applyChanged(changed, zone.records);
  const publish = () => applyChanged(changed, zone.published);
  return { ChangeInfo: startChange(call, zone, input.ChangeBatch.Comment, publish) };
}

/** Sorted by reversed name, type and identifier; includes what is still PENDING. */
export function listRecordSets(call: Call<ListInput>): ListResourceRecordSetsResponse {
  const { input } = call;
  const zone = ownZone(call, input.HostedZoneId);
  const size = pageSize(input.MaxItems, LARGEST_PAGE);
  const { page, next } = pageOf(zone.records.from(startPlace(input), size + 1), size);
  return {
    ResourceRecordSets: page.map(recordSetView),
    IsTruncated: next !== undefined,
    MaxItems: size,
    NextRecordName: next?.name,
    NextRecordType: next && wireValue(next.type),
    NextRecordIdentifier: next?.setIdentifier,
  };
}

function startPlace(input: ListInput): string {
  const { StartRecordName: name, StartRecordType: type, StartRecordIdentifier: identifier } = input;
  checkLength('name', name, longest.dnsName);
  checkWord('type', type, RRType);
  checkLength('identifier', identifier, longest.setIdentifier, 1);
  if (name === undefined) {
    if (type === undefined && identifier === undefined) return '';
    throw invalidInput('The type or identifier to start at needs a name to start at');
  }
  if (identifier !== undefined && type === undefined) {
    throw invalidInput('The identifier to start at needs a type to start at');
  }
  const normal = normalName(name);
  if (normal === undefined) throw invalidInput(`'${name}' is not a valid domain name`);
  return placeOf(normal, type, identifier);
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
