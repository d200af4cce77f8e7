// Hosted zones: create, get, list, list by name.

import type {
  CreateHostedZoneRequest,
  CreateHostedZoneResponse,
  DelegationSet,
  GetHostedZoneRequest,
  GetHostedZoneResponse,
  HostedZone as HostedZoneView,
  ListHostedZonesByNameRequest,
  ListHostedZonesByNameResponse,
  ListHostedZonesRequest,
  ListHostedZonesResponse,
} from '@aws-sdk/client-route-53';
import { AwsError } from '../../aws-error.ts';
import type { HostedZone } from '../../world/hosted-zone.ts';
import { createHostedZone } from '../../world/hosted-zones.ts';
import { type Call, type Given, wireValue } from '../call.ts';
import { invalidInput } from './errors.ts';
import { compareNames, compareText, normalName } from './record-names.ts';
import { changeInfo, startChange } from './records.ts';
import { bareId, ownZone, pageSize } from './zone-lookup.ts';

type CreateInput = Given<CreateHostedZoneRequest, 'Name' | 'CallerReference'>;

const LARGEST_PAGE = 100;

export function createZone(call: Call<CreateInput>): CreateHostedZoneResponse {
  const { world, account, input } = call;
  const name = normalName(input.Name);
  if (name === undefined || name.split('.').length < 3) {
    throw new AwsError('InvalidDomainName', `'${input.Name}' is not a valid domain name`);
  }
  checkNewZone(call);
  const zone = createHostedZone(world, {
    account,
    name,
    callerReference: input.CallerReference,
    comment: input.HostedZoneConfig?.Comment,
    vpc: wantedVpc(call),
  });
  const change = startChange(call, undefined, () => undefined);
  return {
    HostedZone: zoneView(zone),
    ChangeInfo: changeInfo(change),
    DelegationSet: delegationSet(zone),
    VPC: input.VPC,
    Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`,
  };
}

export function getZone(call: Call<Given<GetHostedZoneRequest, 'Id'>>): GetHostedZoneResponse {
  const zone = ownZone(call, call.input.Id);
  return {
    HostedZone: zoneView(zone),
    DelegationSet: zone.vpcs ? undefined : delegationSet(zone),
    VPCs: zone.vpcs?.map(({ vpcId, region }) => ({ VPCId: vpcId, VPCRegion: wireValue(region) })),
  };
}

export function listZones(call: Call<ListHostedZonesRequest>): ListHostedZonesResponse {
  const { world, account, input } = call;
  if (input.DelegationSetId !== undefined) {
    throw invalidInput('The simulator does not simulate reusable delegation sets');
  }
  const size = pageSize(input.MaxItems, LARGEST_PAGE);
  const onlyPrivate = input.HostedZoneType === 'PrivateHostedZone';
  const zones = [...world.hostedZones.by('account', account)].filter(
    (zone) => !onlyPrivate || zone.vpcs,
  );
  const marker = input.Marker === undefined ? undefined : bareId(input.Marker);
  const start = marker === undefined ? 0 : zones.findIndex(({ id }) => id === marker);
  if (start < 0) throw invalidInput(`The marker '${input.Marker}' is not a hosted zone`);
  const next = zones[start + size];
  return {
    HostedZones: zones.slice(start, start + size).map(zoneView),
    Marker: input.Marker ?? '',
    IsTruncated: next !== undefined,
    NextMarker: next?.id,
    MaxItems: size,
  };
}

/** The name is where to start, not a filter: what comes back may have other names. */
export function listZonesByName(
  call: Call<ListHostedZonesByNameRequest>,
): ListHostedZonesByNameResponse {
  const { world, account, input } = call;
  const { DNSName: dnsName, HostedZoneId: zoneId } = input;
  if (zoneId !== undefined && dnsName === undefined) {
    throw invalidInput('The hosted zone to start at needs a DNS name to start at');
  }
  const size = pageSize(input.MaxItems, LARGEST_PAGE);
  const from = dnsName === undefined ? undefined : startName(dnsName);
  const rest = [...world.hostedZones.by('account', account)]
    .sort((a, b) => compareNames(a.name, b.name) || compareText(a.id, b.id))
    .filter((zone) => from === undefined || isAtOrAfter(zone, from, zoneId));
  const next = rest[size];
  return {
    HostedZones: rest.slice(0, size).map(zoneView),
    DNSName: dnsName,
    HostedZoneId: zoneId,
    IsTruncated: next !== undefined,
    NextDNSName: next?.name,
    NextHostedZoneId: next?.id,
    MaxItems: size,
  };
}

function checkNewZone({ world, account, input }: Call<CreateInput>): void {
  const own = [...world.hostedZones.by('account', account)];
  if (own.some(({ callerReference }) => callerReference === input.CallerReference)) {
    throw new AwsError(
      'HostedZoneAlreadyExists',
      `A hosted zone has already been created with this caller reference: ${input.CallerReference}`,
      409,
    );
  }
  if (own.length >= world.quotas.zonesPerAccount) {
    const message = `Limit of ${world.quotas.zonesPerAccount} hosted zones reached`;
    throw new AwsError('TooManyHostedZones', message);
  }
}

function wantedVpc({ world, account, input }: Call<CreateInput>) {
  const { VPCId: vpcId, VPCRegion: region } = input.VPC ?? {};
  const isPrivate = input.HostedZoneConfig?.PrivateZone === true;
  if (vpcId === undefined || region === undefined) {
    if (!isPrivate) return undefined;
    throw invalidInput('A private hosted zone needs a VPC with its id and Region');
  }
  const vpc = world.vpcs.get(vpcId);
  if (vpc?.account === account && vpc.region === region) return { vpcId, region };
  throw new AwsError('InvalidVPCId', `The VPC '${vpcId}' does not exist in ${region}`);
}

function zoneView(zone: HostedZone): HostedZoneView {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: zone.name,
    CallerReference: zone.callerReference,
    Config: { Comment: zone.comment, PrivateZone: zone.vpcs !== undefined },
    ResourceRecordSetCount: zone.records.size,
  };
}

function delegationSet(zone: HostedZone): DelegationSet {
  return { NameServers: [...zone.nameServers] };
}

function startName(dnsName: string): string {
  const name = normalName(dnsName);
  if (name !== undefined) return name;
  throw new AwsError('InvalidDomainName', `'${dnsName}' is not a valid domain name`);
}

function isAtOrAfter(zone: HostedZone, name: string, zoneId: string | undefined): boolean {
  const order = compareNames(zone.name, name);
  if (order !== 0 || zoneId === undefined) return order >= 0;
  return compareText(zone.id, bareId(zoneId)) >= 0;
}
