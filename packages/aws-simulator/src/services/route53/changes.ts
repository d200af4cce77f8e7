// Changes of hosted zones: PENDING until the name servers have them, INSYNC from then on. While a
// zone is busy with one it takes no other.

import type { ChangeInfo, GetChangeRequest, GetChangeResponse } from '@aws-sdk/client-route-53';
import type { AwsError } from '../../aws-error.ts';
import type { Change, HostedZone } from '../../world/dns/hosted-zone.ts';
import { UPPER_ALNUM } from '../../world/ids.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { checkLength, longest } from './constraints.ts';
import { noSuchChange, priorRequestNotComplete } from './errors.ts';
import { bareId } from './zone-lookup.ts';

export function getChange(call: Call<Given<GetChangeRequest, 'Id'>>): GetChangeResponse {
  const id = bareId(call.input.Id);
  checkLength('id', id, longest.changeId, 1);
  const change = call.world.changes.get(id);
  if (change?.account !== call.account) throw noSuchChange(id);
  return { ChangeInfo: changeInfo(change) };
}

/**
 * A change of a zone that becomes INSYNC later, when `publish` is run.
 * @param comment what GetChange shows with it.
 */
export function startChange(
  { world, account }: Call<object>,
  zone: HostedZone,
  comment: string | undefined,
  publish: () => void,
): ChangeInfo {
  occupy(world, zone);
  const change = world.changes.add({
    id: `C${world.ids.text(UPPER_ALNUM, 20)}`,
    account,
    order: world.nextOrder(),
    comment,
    submittedAt: world.schedule.now(),
    status: 'PENDING',
  });
  world.schedule.at(world.schedule.now() + world.delays.recordsInSync, () => {
    change.status = 'INSYNC';
    publish();
    for (const wake of world.dnsWatchers) wake();
  });
  return changeInfo(change);
}

/** @throws AwsError while the zone is busy with an earlier change. */
export function checkNotBusy(
  world: World,
  zone: HostedZone,
  error: () => AwsError = priorRequestNotComplete,
): void {
  if (world.schedule.now() < zone.busyUntil) throw error();
}

/** Keeps a zone busy for as long as Route 53 takes to process a change. */
export function occupy(world: World, zone: HostedZone): void {
  zone.busyUntil = world.schedule.now() + world.delays.zoneBusy;
}

function changeInfo(change: Change): ChangeInfo {
  return {
    Id: `/change/${change.id}`,
    Status: change.status,
    SubmittedAt: new Date(change.submittedAt),
    Comment: change.comment,
  };
}
