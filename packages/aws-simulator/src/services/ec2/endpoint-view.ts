// An endpoint as its own account sees it, and as the owner of the service does: the owner gets the
// account, the endpoint's id, its state and DNS names, and never its VPC, subnets or principal.

import type { DnsEntry, VpcEndpoint, VpcEndpointConnection } from '@aws-sdk/client-ec2';
import type { Endpoint } from '../../world/endpoint.ts';
import { endpointHostedZone, zoneName } from '../../world/regions.ts';
import type { World } from '../../world/world.ts';
import { wireValue } from '../call.ts';
import { interfacesOf } from './endpoint-network.ts';
import { tagList } from './tags.ts';

export function vpcEndpoint(world: World, endpoint: Endpoint): VpcEndpoint {
  const interfaces = interfacesOf(world, endpoint);
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: 'Interface',
    VpcId: endpoint.vpcId,
    ServiceName: endpoint.serviceName,
    State: wireValue(endpoint.state),
    PolicyDocument: endpoint.policyDocument,
    RouteTableIds: [],
    SubnetIds: interfaces.map(({ subnetId }) => subnetId),
    Groups: endpoint.securityGroupIds.map((id) => ({
      GroupId: id,
      GroupName: world.securityGroups.get(id)?.name,
    })),
    IpAddressType: wireValue(endpoint.ipAddressType),
    DnsOptions: { DnsRecordIpType: wireValue(endpoint.dnsRecordIpType) },
    PrivateDnsEnabled: endpoint.privateDns !== undefined || endpoint.privateDnsWaits,
    RequesterManaged: false,
    NetworkInterfaceIds: [...endpoint.networkInterfaceIds],
    DnsEntries: [...publicEntries(world, endpoint), ...privateEntries(endpoint)],
    CreationTimestamp: new Date(endpoint.createdAt),
    Tags: tagList(endpoint.tags),
    OwnerId: endpoint.account,
    ServiceRegion: endpoint.serviceRegion,
  };
}

export function endpointConnection(world: World, endpoint: Endpoint): VpcEndpointConnection {
  const service = world.endpointServices.get(endpoint.serviceId);
  return {
    ServiceId: endpoint.serviceId,
    VpcEndpointId: endpoint.id,
    VpcEndpointOwner: endpoint.account,
    VpcEndpointState: wireValue(endpoint.state),
    CreationTimestamp: new Date(endpoint.createdAt),
    DnsEntries: publicEntries(world, endpoint),
    NetworkLoadBalancerArns: [...(service?.loadBalancerArns ?? [])],
    IpAddressType: wireValue(endpoint.ipAddressType),
    VpcEndpointConnectionId: endpoint.connectionId,
    Tags: tagList(endpoint.connectionTags),
    VpcEndpointRegion: endpoint.region,
  };
}

// First the Regional name, then one per zone (2021 guide, sample); the zone's name is the one of
// the endpoint's own account.
function publicEntries(world: World, endpoint: Endpoint): DnsEntry[] {
  const { id, dnsLabel, serviceId, serviceRegion, account, region } = endpoint;
  const HostedZoneId = endpointHostedZone(serviceRegion);
  const domain = `${serviceId}.${serviceRegion}.vpce.amazonaws.com`;
  const zonal = interfacesOf(world, endpoint).map(({ zoneId }) => ({
    DnsName: `${id}-${dnsLabel}-${zoneName(account, region, zoneId) ?? zoneId}.${domain}`,
    HostedZoneId,
  }));
  return [{ DnsName: `${id}-${dnsLabel}.${domain}`, HostedZoneId }, ...zonal];
}

function privateEntries({ privateDns }: Endpoint): DnsEntry[] {
  return privateDns ? [{ DnsName: privateDns.name, HostedZoneId: privateDns.hostedZoneId }] : [];
}
