// What tests of Route 53 begin with: zones, record sets and changes of them, in few words.

import {
  AssociateVPCWithHostedZoneCommand,
  type Change,
  type ChangeInfo,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  CreateVPCAssociationAuthorizationCommand,
  type HostedZone,
  type ResourceRecordSet,
  type VPC,
} from '@aws-sdk/client-route-53';
import { CUSTOMER, type Lab, VENDOR } from '../../lab.ts';
import { networkOf } from '../../scenes.ts';

/** The vendor's zone of the default world. */
export function vendorZone(lab: Lab): string {
  const [zone] = lab.simulator.world.hostedZones.by('account', VENDOR);
  return zone?.id ?? '';
}

/** A VPC of an account in the shape that Route 53 takes. */
export async function vpcOf(lab: Lab, account = CUSTOMER, region = 'us-east-1'): Promise<VPC> {
  const { vpcId } = await networkOf(lab, account, region);
  return { VPCId: vpcId, VPCRegion: region as 'us-east-1' };
}

/** A zone that answers already; private when a VPC is given. */
export async function newZone(
  lab: Lab,
  Name: string,
  { account = CUSTOMER, vpc }: { account?: string; vpc?: VPC } = {},
): Promise<HostedZone & { readonly Id: string }> {
  const CallerReference = `${Name} ${lab.simulator.world.hostedZones.size}`;
  const { HostedZone } = await lab
    .as(account)
    .route53.send(new CreateHostedZoneCommand({ Name, CallerReference, VPC: vpc }));
  settle(lab);
  return { ...HostedZone, Id: HostedZone?.Id ?? '' } as HostedZone & { readonly Id: string };
}

/** Lets every change become INSYNC. */
export function settle(lab: Lab): void {
  lab.advance(lab.simulator.world.delays.recordsInSync);
}

export async function change(
  lab: Lab,
  HostedZoneId: string,
  changes: Change[],
  account = VENDOR,
): Promise<ChangeInfo | undefined> {
  const command = new ChangeResourceRecordSetsCommand({
    HostedZoneId,
    ChangeBatch: { Changes: changes },
  });
  return (await lab.as(account).route53.send(command)).ChangeInfo;
}

export function recordSet(Type: string, Name: string, ...values: string[]): ResourceRecordSet {
  const ResourceRecords = values.map((Value) => ({ Value }));
  return { Name, Type: Type as 'TXT', TTL: 60, ResourceRecords };
}

export function alias(Name: string, HostedZoneId: string, DNSName: string): ResourceRecordSet {
  const AliasTarget = { HostedZoneId, DNSName, EvaluateTargetHealth: false };
  return { Name, Type: 'A', AliasTarget };
}

export const create = (ResourceRecordSet: ResourceRecordSet): Change => ({
  Action: 'CREATE',
  ResourceRecordSet,
});
export const upsert = (ResourceRecordSet: ResourceRecordSet): Change => ({
  Action: 'UPSERT',
  ResourceRecordSet,
});
export const remove = (ResourceRecordSet: ResourceRecordSet): Change => ({
  Action: 'DELETE',
  ResourceRecordSet,
});

/** Lets a VPC of another account into a private zone, with or without having it authorized. */
export async function shareZone(
  lab: Lab,
  { zoneId: HostedZoneId, owner }: { zoneId: string; owner: string },
  { vpc: VPC, account }: { vpc: VPC; account: string },
): Promise<void> {
  await lab
    .as(owner)
    .route53.send(new CreateVPCAssociationAuthorizationCommand({ HostedZoneId, VPC }));
  await lab.as(account).route53.send(new AssociateVPCWithHostedZoneCommand({ HostedZoneId, VPC }));
}
