// Hosted zones: create, get, delete, comment, count.

import type {
  CreateHostedZoneRequest,
  CreateHostedZoneResponse,
  DeleteHostedZoneRequest,
  DeleteHostedZoneResponse,
  GetHostedZoneCountResponse,
  GetHostedZoneRequest,
  GetHostedZoneResponse,
  UpdateHostedZoneCommentRequest,
  UpdateHostedZoneCommentResponse,
} from '@aws-sdk/client-route-53';
import { normalName } from '../../world/dns/dns-names.ts';
import type { VpcName } from '../../world/dns/hosted-zone.ts';
import {
  addHostedZone,
  publishHostedZone,
  removeHostedZone,
} from '../../world/dns/hosted-zones.ts';
import type { Call, Given } from '../call.ts';
import { checkNotBusy, occupy, startChange } from './changes.ts';
import { checkLength, longest } from './constraints.ts';
import {
  delegationSetNotAvailable,
  hostedZoneAlreadyExists,
  hostedZoneNotEmpty,
  invalidDomainName,
  invalidInput,
  invalidVpcId,
  noSuchDelegationSet,
  tooManyHostedZones,
} from './errors.ts';
import { bareId, ownZone } from './zone-lookup.ts';
import { delegationSet, vpcView, zoneView } from './zone-view.ts';
import { checkNoConflict, existingVpc, vpcName } from './zone-vpcs.ts';

type CreateInput = Given<CreateHostedZoneRequest, 'Name' | 'CallerReference'>;

export function createZone(call: Call<CreateInput>): CreateHostedZoneResponse {
  const { world, account, input } = call;
  checkLengths(input);
  const name = normalName(input.Name);
  // A zone for a top-level domain cannot be created.
  if (name === undefined || name.split('.').length < 3) throw invalidDomainName(input.Name);
  const vpc = wantedVpc(call, name);
  checkNewZone(call, name, vpc);
  const zone = addHostedZone(world, {
    account,
    name,
    callerReference: input.CallerReference,
    comment: input.HostedZoneConfig?.Comment,
    vpc,
  });
  return {
    HostedZone: zoneView(zone),
    ChangeInfo: startChange(call, zone, undefined, () => publishHostedZone(zone)),
    DelegationSet: delegationSet(zone),
    VPC: vpc && vpcView(vpc),
    Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`,
  };
}

export function getZone(call: Call<Given<GetHostedZoneRequest, 'Id'>>): GetHostedZoneResponse {
  const zone = ownZone(call, call.input.Id);
  return {
    HostedZone: zoneView(zone),
    DelegationSet: zone.vpcs ? undefined : delegationSet(zone),
    VPCs: zone.vpcs?.map(vpcView),
  };
}

/** Only a zone with nothing but its own NS and SOA records can go. It stops answering at once. */
export function deleteZone(
  call: Call<Given<DeleteHostedZoneRequest, 'Id'>>,
): DeleteHostedZoneResponse {
  const { world } = call;
  const zone = ownZone(call, call.input.Id);
  checkNotBusy(world, zone);
  if (zone.records.size > 2) throw hostedZoneNotEmpty();
  removeHostedZone(world, zone);
  return { ChangeInfo: startChange(call, zone, undefined, () => undefined) };
}

/** Without a comment, the zone has none afterwards. */
export function updateZoneComment(
  call: Call<Given<UpdateHostedZoneCommentRequest, 'Id'>>,
): UpdateHostedZoneCommentResponse {
  const { world, input } = call;
  const zone = ownZone(call, input.Id);
  checkLength('comment', input.Comment, longest.comment);
  checkNotBusy(world, zone);
  zone.comment = input.Comment;
  occupy(world, zone);
  return { HostedZone: zoneView(zone) };
}

export function countZones({ world, account }: Call<object>): GetHostedZoneCountResponse {
  return { HostedZoneCount: world.hostedZones.count('account', account) };
}

function checkLengths(input: CreateInput): void {
  checkLength('name', input.Name, longest.dnsName);
  checkLength('callerReference', input.CallerReference, longest.callerReference, 1);
  checkLength('hostedZoneConfig.comment', input.HostedZoneConfig?.Comment, longest.comment);
  checkLength('delegationSetId', input.DelegationSetId, longest.resourceId);
}

function checkNewZone(
  { world, account, input }: Call<CreateInput>,
  name: string,
  vpc: VpcName | undefined,
): void {
  const { CallerReference: reference, DelegationSetId: setId } = input;
  const { zonesPerAccount, zonesPerName } = world.quotas;
  if (setId !== undefined) {
    if (vpc) throw invalidInput('A private hosted zone cannot have a reusable delegation set');
    throw noSuchDelegationSet(bareId(setId));
  }
  if (world.hostedZones.count('reference', `${account}/${reference}`) > 0) {
    throw hostedZoneAlreadyExists(reference);
  }
  if (world.hostedZones.count('account', account) >= zonesPerAccount) {
    throw tooManyHostedZones(zonesPerAccount);
  }
  if (!vpc && world.hostedZones.count('publicName', name) >= zonesPerName) {
    throw delegationSetNotAvailable(name);
  }
}

// A VPC makes the zone private, also when PrivateZone is left out.
function wantedVpc({ world, account, input }: Call<CreateInput>, name: string) {
  if (!input.VPC) {
    if (input.HostedZoneConfig?.PrivateZone !== true) return undefined;
    throw invalidInput('A private hosted zone needs a VPC with its id and Region');
  }
  const wanted = vpcName(input.VPC);
  if (existingVpc(world, wanted).account !== account) throw invalidVpcId(wanted);
  checkNoConflict(world, wanted, name);
  return wanted;
}
