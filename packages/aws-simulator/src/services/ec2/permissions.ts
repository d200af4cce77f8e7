// What EC2's operations need (AWS Service Authorization Reference). Reading needs the action on
// everything, but for a service's allowlist and a VPC's attribute; changing needs it on each
// resource that the request names, whether or not it exists.

import type {
  CreateTagsRequest,
  CreateVpcEndpointConnectionNotificationRequest,
  CreateVpcEndpointRequest,
  CreateVpcEndpointServiceConfigurationRequest,
  DeleteVpcEndpointsRequest,
  ModifyVpcEndpointRequest,
  ModifyVpcEndpointServiceConfigurationRequest,
} from '@aws-sdk/client-ec2';
import type { Call } from '../call.ts';
import { type Ledger, type Need, requestTags, withoutResource } from '../permission.ts';
import { networkNeeds } from './network/needs.ts';
import {
  attributeKeys,
  createdTags,
  endpointNeed,
  multiRegionNeeds,
  needOn,
  serviceNeed,
  serviceOwner,
} from './permission-needs.ts';

type Id<Name extends string> = Readonly<Record<Name, string>>;
type Ids<Name extends string> = Readonly<Record<Name, readonly string[]>>;

interface OwnerIds {
  readonly serviceId: string | undefined;
  readonly endpointId: string | undefined;
}

export const ec2Permissions: Ledger = {
  ...withoutResource('ec2', [
    'DescribeAvailabilityZones',
    'DescribeNetworkInterfaces',
    'DescribePrefixLists',
    'DescribeRegions',
    'DescribeRouteTables',
    'DescribeSecurityGroupRules',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeTags',
    'DescribeVpcEndpointAssociations',
    'DescribeVpcEndpointConnectionNotifications',
    'DescribeVpcEndpointConnections',
    'DescribeVpcEndpointServiceConfigurations',
    'DescribeVpcEndpointServices',
    'DescribeVpcEndpoints',
    'DescribeVpcs',
  ]),
  ...networkNeeds,
  AcceptVpcEndpointConnections: (call: Call<Id<'ServiceId'>>) => [
    serviceNeed(call, 'AcceptVpcEndpointConnections', call.input.ServiceId),
  ],
  CreateTags: (call: Call<CreateTagsRequest>) =>
    (call.input.Resources ?? []).map((id) =>
      needOn(call, 'CreateTags', id, requestTags(call.input.Tags)),
    ),
  CreateVpcEndpoint: createEndpointNeeds,
  CreateVpcEndpointConnectionNotification: (
    call: Call<CreateVpcEndpointConnectionNotificationRequest>,
  ) => {
    const action = 'CreateVpcEndpointConnectionNotification';
    const { ServiceId: serviceId, VpcEndpointId: endpointId } = call.input;
    return [ownerNeed(call, action, { serviceId, endpointId })];
  },
  CreateVpcEndpointServiceConfiguration: createServiceNeeds,
  DeleteTags: (call: Call<CreateTagsRequest>) =>
    (call.input.Resources ?? []).map((id) =>
      needOn(call, 'DeleteTags', id, requestTags(call.input.Tags)),
    ),
  DeleteVpcEndpointConnectionNotifications: (call: Call<Ids<'ConnectionNotificationIds'>>) =>
    call.input.ConnectionNotificationIds.map((id) =>
      notificationNeed(call, 'DeleteVpcEndpointConnectionNotifications', id),
    ),
  DeleteVpcEndpointServiceConfigurations: (call: Call<Ids<'ServiceIds'>>) =>
    call.input.ServiceIds.map((id) =>
      serviceNeed(call, 'DeleteVpcEndpointServiceConfigurations', id),
    ),
  DeleteVpcEndpoints: (call: Call<DeleteVpcEndpointsRequest>) =>
    (call.input.VpcEndpointIds ?? []).map((id) => endpointNeed(call, 'DeleteVpcEndpoints', id)),
  DescribeVpcEndpointServicePermissions: (call: Call<Id<'ServiceId'>>) => [
    serviceNeed(call, 'DescribeVpcEndpointServicePermissions', call.input.ServiceId),
  ],
  ModifyVpcEndpoint: modifyEndpointNeeds,
  ModifyVpcEndpointConnectionNotification: (call: Call<Id<'ConnectionNotificationId'>>) => [
    notificationNeed(
      call,
      'ModifyVpcEndpointConnectionNotification',
      call.input.ConnectionNotificationId,
    ),
  ],
  ModifyVpcEndpointPayerResponsibility: (
    call: Call<Id<'VpcEndpointId'> & { readonly ServiceId?: string }>,
  ) => {
    const action = 'ModifyVpcEndpointPayerResponsibility';
    const { ServiceId: serviceId } = call.input;
    return [ownerNeed(call, action, { serviceId, endpointId: undefined })];
  },
  ModifyVpcEndpointServiceConfiguration: modifyServiceNeeds,
  ModifyVpcEndpointServicePayerResponsibility: (call: Call<Id<'ServiceId'>>) => [
    serviceNeed(
      call,
      'ModifyVpcEndpointServicePayerResponsibility',
      call.input.ServiceId,
      attributeKeys(call.input, ['ServiceId']),
    ),
  ],
  ModifyVpcEndpointServicePermissions: (call: Call<Id<'ServiceId'>>) => [
    serviceNeed(
      call,
      'ModifyVpcEndpointServicePermissions',
      call.input.ServiceId,
      attributeKeys(call.input, ['ServiceId']),
    ),
  ],
  RejectVpcEndpointConnections: (call: Call<Id<'ServiceId'>>) => [
    serviceNeed(call, 'RejectVpcEndpointConnections', call.input.ServiceId),
  ],
  StartVpcEndpointServicePrivateDnsVerification: (call: Call<Id<'ServiceId'>>) => [
    serviceNeed(call, 'StartVpcEndpointServicePrivateDnsVerification', call.input.ServiceId),
  ],
};

function createServiceNeeds(
  call: Call<CreateVpcEndpointServiceConfigurationRequest>,
): readonly Need[] {
  const { region, input } = call;
  const action = 'CreateVpcEndpointServiceConfiguration';
  const regions = (input.SupportedRegions ?? []).filter((name) => name !== region);
  const created = createdTags(call, action, 'vpc-endpoint-service', input.TagSpecifications);
  const keys = {
    ...requestTags(created.tags),
    'ec2:VpceMultiRegion': regions.length > 0,
    'ec2:VpceServicePrivateDnsName': input.PrivateDnsName,
    'ec2:VpceServiceRegion': region,
    'ec2:VpceSupportedRegion': regions.length > 0 ? regions : undefined,
  };
  return [
    { ...created.resource, action: `ec2:${action}`, keys: { ...created.resource.keys, ...keys } },
    ...created.needs,
    ...multiRegionNeeds(created.resource.resource, regions),
  ];
}

function modifyServiceNeeds(
  call: Call<ModifyVpcEndpointServiceConfigurationRequest>,
): readonly Need[] {
  const { region, input } = call;
  const action = 'ModifyVpcEndpointServiceConfiguration';
  const added = (input.AddSupportedRegions ?? []).filter((name) => name !== region);
  const regions = [...added, ...(input.RemoveSupportedRegions ?? [])];
  const need = serviceNeed(call, action, input.ServiceId ?? '', {
    ...attributeKeys(input, ['ServiceId']),
    'ec2:VpceServicePrivateDnsName': input.PrivateDnsName,
    ...(regions.length > 0 && { 'ec2:VpceMultiRegion': true, 'ec2:VpceSupportedRegion': regions }),
  });
  return [need, ...multiRegionNeeds(need.resource, added)];
}

function createEndpointNeeds(call: Call<CreateVpcEndpointRequest>): readonly Need[] {
  const { region, input } = call;
  const action = 'CreateVpcEndpoint';
  const { ServiceRegion: serviceRegion = region, DnsOptions: dns } = input;
  const created = createdTags(call, action, 'vpc-endpoint', input.TagSpecifications);
  const configured = (input.SubnetConfigurations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  const keys = {
    ...created.resource.keys,
    ...requestTags(created.tags),
    'ec2:VpceMultiRegion': serviceRegion !== region,
    'ec2:VpcePrivateDnsPreference': dns?.PrivateDnsPreference,
    'ec2:VpcePrivateDnsSpecifiedDomains': dns?.PrivateDnsSpecifiedDomains,
    'ec2:VpceServiceName': input.ServiceName,
    'ec2:VpceServiceOwner': serviceOwner(call, input.ServiceName),
    'ec2:VpceServiceRegion': serviceRegion,
  };
  const { resource } = created.resource;
  return [
    needOn(call, action, input.VpcId ?? ''),
    { action: `ec2:${action}`, resource, keys },
    ...placementNeeds(call, action, {
      subnets: [...(input.SubnetIds ?? []), ...configured],
      groups: input.SecurityGroupIds,
      routeTables: input.RouteTableIds,
    }),
    ...created.needs,
    ...multiRegionNeeds(resource, serviceRegion === region ? [] : [serviceRegion]),
  ];
}

function modifyEndpointNeeds(call: Call<ModifyVpcEndpointRequest>): readonly Need[] {
  const { input } = call;
  const action = 'ModifyVpcEndpoint';
  const keys = attributeKeys(input, ['VpcEndpointId']);
  return [
    endpointNeed(call, action, input.VpcEndpointId ?? '', keys),
    ...placementNeeds(call, action, {
      subnets: [...(input.AddSubnetIds ?? []), ...(input.RemoveSubnetIds ?? [])],
      groups: [...(input.AddSecurityGroupIds ?? []), ...(input.RemoveSecurityGroupIds ?? [])],
      routeTables: [...(input.AddRouteTableIds ?? []), ...(input.RemoveRouteTableIds ?? [])],
    }),
  ];
}

interface NetworkIds {
  readonly subnets: readonly string[] | undefined;
  readonly groups: readonly string[] | undefined;
  readonly routeTables: readonly string[] | undefined;
}

function placementNeeds(call: Call<object>, action: string, named: NetworkIds): Need[] {
  const { subnets = [], groups = [], routeTables = [] } = named;
  const ids = new Set([...subnets, ...groups, ...routeTables]);
  return [...ids].map((id) => needOn(call, action, id));
}

// Neither a notification nor the payer of an endpoint is a resource: what they are of is. Which
// that is, the request may leave open, or name what does not exist; then it may be any service.
function ownerNeed(call: Call<object>, action: string, { serviceId, endpointId }: OwnerIds): Need {
  if (serviceId !== undefined) return serviceNeed(call, action, serviceId);
  if (endpointId !== undefined) return endpointNeed(call, action, endpointId);
  return serviceNeed(call, action, 'vpce-svc-*');
}

function notificationNeed(call: Call<object>, action: string, id: string): Need {
  const known = call.world.connectionNotifications.get(id);
  const own = known?.account === call.account ? known : undefined;
  return ownerNeed(call, action, { serviceId: own?.serviceId, endpointId: own?.endpointId });
}
