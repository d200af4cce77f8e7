// A hosted zone in AWS's shape.

import type { DelegationSet, HostedZone as HostedZoneView, VPC } from '@aws-sdk/client-route-53';
import type { HostedZone, VpcName } from '../../world/dns/hosted-zone.ts';
import { wireValue } from '../call.ts';

export function zoneView(zone: HostedZone): HostedZoneView {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: zone.name,
    CallerReference: zone.callerReference,
    Config: { Comment: zone.comment, PrivateZone: zone.vpcs !== undefined },
    ResourceRecordSetCount: zone.records.size,
  };
}

/** Without an id, which only reusable delegation sets have. */
export function delegationSet(zone: HostedZone): DelegationSet {
  return { NameServers: [...zone.nameServers] };
}

export function vpcView({ vpcId, region }: VpcName): VPC {
  return { VPCRegion: wireValue(region), VPCId: vpcId };
}
