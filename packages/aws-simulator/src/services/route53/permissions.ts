// What Route 53's operations need (AWS Service Authorization Reference). Its ARNs have neither a
// Region nor an account.

import type {
  AssociateVPCWithHostedZoneRequest,
  ChangeResourceRecordSetsRequest,
  CreateHostedZoneRequest,
  ListHostedZonesByVPCRequest,
  VPC,
} from '@aws-sdk/client-route-53';
import { normalName } from '../../world/dns/dns-names.ts';
import type { Call, Given } from '../call.ts';
import { type Keys, type Ledger, type Need, type Rule, withoutResource } from '../permission.ts';

interface ZoneInput {
  readonly HostedZoneId?: string;
  readonly Id?: string;
  readonly VPC?: VPC;
}

export const route53Permissions: Ledger = {
  ...withoutResource('route53', [
    'GetAccountLimit',
    'GetHostedZoneCount',
    'ListHostedZones',
    'ListHostedZonesByName',
    'TestDNSAnswer',
  ]),
  ...onZone('DeleteHostedZone'),
  ...onZone('GetHostedZone'),
  ...onZone('GetHostedZoneLimit'),
  ...onZone('ListResourceRecordSets'),
  ...onZone('ListVPCAssociationAuthorizations'),
  ...onZone('UpdateHostedZoneComment'),
  ...onZone('AssociateVPCWithHostedZone'),
  ...onZone('CreateVPCAssociationAuthorization'),
  ...onZone('DeleteVPCAssociationAuthorization'),
  ...onZone('DisassociateVPCFromHostedZone'),
  ChangeResourceRecordSets: ({
    input,
  }: Call<Given<ChangeResourceRecordSetsRequest, 'ChangeBatch'>>) => [
    zoneNeed('ChangeResourceRecordSets', input, changeKeys(input.ChangeBatch)),
  ],
  ChangeTagsForResource: tagRule('ChangeTagsForResource'),
  ListTagsForResource: tagRule('ListTagsForResource'),
  ListTagsForResources: tagRule('ListTagsForResources'),
  CreateHostedZone: ({ region, input }: Call<CreateHostedZoneRequest>) => [
    { action: 'route53:CreateHostedZone', resource: '*', keys: vpcKeys(input.VPC) },
    ...vpcNeeds(region, input.VPC),
  ],
  GetChange: ({ input }: Call<{ readonly Id: string }>) => [
    { action: 'route53:GetChange', resource: arn('change', input.Id) },
  ],
  ListHostedZonesByVPC: ({ region, input }: Call<ListHostedZonesByVPCRequest>) => {
    const vpc: VPC = { VPCId: input.VPCId, VPCRegion: input.VPCRegion };
    const need = { action: 'route53:ListHostedZonesByVPC', resource: '*', keys: vpcKeys(vpc) };
    return [need, ...vpcNeeds(region, vpc)];
  },
};

function onZone(operation: string): Ledger {
  const rule = ({
    region,
    input,
  }: Call<ZoneInput & Partial<AssociateVPCWithHostedZoneRequest>>) => [
    zoneNeed(operation, input, vpcKeys(input.VPC)),
    // Attaching a VPC to a zone, and detaching it, takes the right to see the VPC (from memory).
    ...(/^(A|Disa)ssociate/.test(operation) ? vpcNeeds(region, input.VPC) : []),
  ];
  return { [operation]: rule };
}

function zoneNeed(operation: string, input: ZoneInput, keys: Keys): Need {
  const id = input.HostedZoneId ?? input.Id ?? '';
  return { action: `route53:${operation}`, resource: arn('hostedzone', id), keys };
}

interface TagCall {
  readonly ResourceType?: string;
  readonly ResourceId?: string;
  readonly ResourceIds?: readonly string[];
}

function tagRule(operation: string): Rule {
  return ({ input }: Call<TagCall>): readonly Need[] => {
    const { ResourceType: type = '', ResourceId: one = '', ResourceIds: ids = [one] } = input;
    return ids.map((id) => ({ action: `route53:${operation}`, resource: arn(type, id) }));
  };
}

// Ids may come with their path, `/hostedzone/Z…`.
function arn(type: string, id: string): string {
  return `arn:aws:route53:::${type}/${id.slice(id.lastIndexOf('/') + 1)}`;
}

// Normalized: lower case, without the last dot, with octal codes (Route 53 Developer Guide, policy
// conditions).
function changeKeys({
  Changes: changes = [],
}: ChangeResourceRecordSetsRequest['ChangeBatch'] & object): Keys {
  const names = changes.map(({ ResourceRecordSet: set }) => {
    const given = set?.Name ?? '';
    return (normalName(given) ?? given.toLowerCase()).replace(/\.$/, '');
  });
  const all = 'route53:ChangeResourceRecordSets';
  return {
    [`${all}NormalizedRecordNames`]: names,
    [`${all}RecordTypes`]: changes.map(({ ResourceRecordSet: set }) => set?.Type ?? ''),
    [`${all}Actions`]: changes.map(({ Action: action }) => action ?? ''),
  };
}

// In the form that the Route 53 Developer Guide gives, policy conditions.
function vpcKeys(vpc: VPC | undefined): Keys {
  if (!vpc) return {};
  return { 'route53:VPCs': [`VPCId=${vpc.VPCId ?? ''},VPCRegion=${vpc.VPCRegion ?? ''}`] };
}

function vpcNeeds(region: string, vpc: VPC | undefined): Need[] {
  if (!vpc) return [];
  return [
    { action: 'ec2:DescribeVpcs', resource: '*', keys: { 'ec2:Region': vpc.VPCRegion ?? region } },
  ];
}
