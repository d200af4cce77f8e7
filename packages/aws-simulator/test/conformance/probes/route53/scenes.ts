// What the probes of Route 53 have in common: the vendor's zone, its records, private zones.

import {
  ChangeResourceRecordSetsCommand as Change,
  type ChangeAction,
  type ChangeResourceRecordSetsCommandInput as ChangeInput,
  CreateHostedZoneCommand as Create,
  type CreateHostedZoneCommandInput as CreateInput,
  type HostedZone,
  ListHostedZonesByNameCommand as ListByName,
  ListResourceRecordSetsCommand as List,
  type ListResourceRecordSetsCommandInput as ListInput,
  type ResourceRecordSet,
  type Route53Client,
  type VPC,
} from '@aws-sdk/client-route-53';
import { CUSTOMER, type Lab, VENDOR } from '../../../lab.ts';
import { networkOf } from '../../../scenes.ts';

export const ZONE = 'vendor.example.';

export function route53(lab: Lab, account = VENDOR): Route53Client {
  return lab.as(account).route53;
}

/** The id of the vendor's public zone, which every world has. */
export async function vendorZone(lab: Lab): Promise<string> {
  const { HostedZones } = await route53(lab).send(new ListByName({ DNSName: ZONE }));
  return bare(HostedZones?.[0]?.Id);
}

/** A new zone, a moment later: Route 53 takes one change of a zone at a time. */
export async function newZone(
  lab: Lab,
  input: Partial<CreateInput> = {},
  account = VENDOR,
): Promise<HostedZone> {
  const Name = 'probe.example.';
  const CallerReference = `probe-${input.Name ?? Name}`;
  const command = new Create({ Name, CallerReference, ...input });
  const { HostedZone } = await route53(lab, account).send(command);
  settle(lab);
  return HostedZone ?? ({} as HostedZone);
}

/** A private zone of the customer, with its VPC of us-east-1. */
export async function privateZone(lab: Lab, Name = 'inside.example.'): Promise<HostedZone> {
  return newZone(lab, { Name, VPC: await vpcOf(lab) }, CUSTOMER);
}

export async function vpcOf(
  lab: Lab,
  account = CUSTOMER,
  region: 'us-east-1' | 'eu-west-1' = 'us-east-1',
): Promise<VPC> {
  return { VPCId: (await networkOf(lab, account, region)).vpcId, VPCRegion: region };
}

/** Changes one record set of the vendor's zone, unless another zone is named. */
export async function change(
  lab: Lab,
  Action: ChangeAction,
  ResourceRecordSet: ResourceRecordSet,
  input: Partial<ChangeInput> = {},
) {
  const command = new Change({
    HostedZoneId: await vendorZone(lab),
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
    ...input,
  });
  const changed = await route53(lab).send(command);
  settle(lab);
  return changed;
}

export async function records(
  lab: Lab,
  input: Partial<ListInput> = {},
): Promise<ResourceRecordSet[]> {
  const command = new List({ HostedZoneId: await vendorZone(lab), ...input });
  return (await route53(lab).send(command)).ResourceRecordSets ?? [];
}

/** A record set of the vendor's zone with what is given, and the rest of an A record. */
export function addressRecord(
  Name: string,
  extra: Partial<ResourceRecordSet> = {},
): ResourceRecordSet {
  const ResourceRecords = [{ Value: '192.0.2.1' }];
  return { Name: `${Name}.${ZONE}`, Type: 'A', TTL: 60, ResourceRecords, ...extra };
}

export function settle(lab: Lab): void {
  lab.advance(lab.simulator.world.delays.recordsInSync);
}

/** An id without what it is the id of. */
export function bare(id: string | undefined): string {
  return (id ?? '').replace(/^.*\//, '');
}
