// VPCs of private hosted zones. A VPC of another account is associated by its owner, once the
// owner of the zone has authorized it.

import type {
  AssociateVPCWithHostedZoneRequest,
  AssociateVPCWithHostedZoneResponse,
  DisassociateVPCFromHostedZoneRequest,
  DisassociateVPCFromHostedZoneResponse,
} from '@aws-sdk/client-route-53';
import type { HostedZone, VpcName } from '../../world/dns/hosted-zone.ts';
import { associateVpc, disassociateVpc, forgetVpc } from '../../world/dns/hosted-zones.ts';
import type { Call, Given } from '../call.ts';
import { checkNotBusy, startChange } from './changes.ts';
import { checkLength, longest } from './constraints.ts';
import {
  invalidVpcId,
  lastVpcAssociation,
  limitsExceeded,
  noSuchHostedZone,
  notAuthorized,
  publicZoneVpcAssociation,
  vpcAssociationNotFound,
} from './errors.ts';
import { zoneId } from './zone-lookup.ts';
import { checkNoConflict, existingVpc, isAssociated, vpcName } from './zone-vpcs.ts';

type AssociateCall = Call<Given<AssociateVPCWithHostedZoneRequest, 'HostedZoneId' | 'VPC'>>;
type DisassociateCall = Call<Given<DisassociateVPCFromHostedZoneRequest, 'HostedZoneId' | 'VPC'>>;

/** The VPC's resolver answers from the zone once the change is INSYNC. */
export function associateZoneVpc(call: AssociateCall): AssociateVPCWithHostedZoneResponse {
  const { world, input } = call;
  checkLength('comment', input.Comment, longest.comment);
  const wanted = vpcName(input.VPC);
  const zone = zoneNamed(call);
  checkMayAssociate(call, zone, wanted);
  if (!zone.vpcs) throw publicZoneVpcAssociation(zone.id, wanted.vpcId);
  checkNoConflict(world, wanted, zone.name);
  if (zone.vpcs.length >= world.quotas.vpcsPerZone) throw limitsExceeded(world.quotas.vpcsPerZone);
  checkNotBusy(world, zone);
  const association = associateVpc(world, zone, wanted);
  const publish = () => {
    association.answers = true;
  };
  return { ChangeInfo: startChange(call, zone, input.Comment, publish) };
}

/** The owner of the zone or of the VPC may do it. The resolver answers until it is INSYNC. */
export function disassociateZoneVpc(call: DisassociateCall): DisassociateVPCFromHostedZoneResponse {
  const { world, account, input } = call;
  checkLength('comment', input.Comment, longest.comment);
  const wanted = vpcName(input.VPC);
  const zone = zoneNamed(call);
  const vpc = existingVpc(world, wanted);
  if (zone.account !== account && vpc.account !== account) throw noSuchHostedZone(zone.id);
  if (!isAssociated(zone, wanted)) throw vpcAssociationNotFound(wanted, zone.id);
  if (zone.vpcs?.length === 1) throw lastVpcAssociation();
  disassociateVpc(zone, wanted.vpcId);
  const publish = () => forgetVpc(world, zone, wanted.vpcId);
  return { ChangeInfo: startChange(call, zone, input.Comment, publish) };
}

function zoneNamed({ world, input }: AssociateCall | DisassociateCall): HostedZone {
  const id = zoneId(input.HostedZoneId);
  const zone = world.hostedZones.get(id);
  if (!zone) throw noSuchHostedZone(id);
  return zone;
}

function checkMayAssociate({ world, account }: AssociateCall, zone: HostedZone, wanted: VpcName) {
  const ownsVpc = existingVpc(world, wanted).account === account;
  const ownsZone = zone.account === account;
  if (!ownsVpc && !ownsZone) throw invalidVpcId(wanted);
  if (ownsVpc && ownsZone) return;
  if (ownsVpc && zone.authorizedVpcs.has(wanted.vpcId)) return;
  throw notAuthorized(wanted.vpcId);
}
