// An endpoint as its own account sees it, and as the owner of the service does: the owner gets the
// account, the endpoint's id, its state and DNS names, and never its VPC, subnets or principal.

import type {
  DnsEntry,
  PayerResponsibilityEntry,
  VpcEndpoint,
  VpcEndpointConnection,
} from '@aws-sdk/client-ec2';
import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import { endpointNames, publicZoneOf } from '../../../world/dns/endpoint-dns.ts';
import type { World } from '../../../world/world.ts';
import { wireValue } from '../../call.ts';
import { interfacesOf } from './interfaces.ts';
import { loadBalancerArns } from '../endpoint-services/view.ts';
import { tagList } from '../tags.ts';

export function vpcEndpoint(world: World, endpoint: Endpoint): VpcEndpoint {
  const { lastError } = endpoint;
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: 'Interface',
    VpcId: endpoint.vpcId,
    ServiceName: endpoint.serviceName,
    State: wireValue(endpoint.state),
    PolicyDocument: endpoint.policyDocument,
    RouteTableIds: [],
    SubnetIds: interfacesOf(world, endpoint).map(({ subnetId }) => subnetId),
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
    LastError: lastError && { Code: lastError.code, Message: lastError.message },
    FailureReason: endpoint.state === 'failed' ? lastError?.message : undefined,
    ServiceRegion: endpoint.serviceRegion,
    PayerResponsibilities: payerResponsibilities(world, endpoint),
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
    ...(service && loadBalancerArns(service)),
    IpAddressType: wireValue(endpoint.ipAddressType),
    VpcEndpointConnectionId: endpoint.connectionId,
    Tags: tagList(endpoint.connectionTags),
    VpcEndpointRegion: endpoint.region,
    PayerResponsibilities: payerResponsibilities(world, endpoint),
  };
}

/**
 * Who pays for an endpoint: whoever one of the two owners named, else the owner of the service when
 * it took the charges of all its endpoints, else the owner of the endpoint.
 */
export function payerResponsibilities(
  world: World,
  { payer, serviceId }: Endpoint,
): PayerResponsibilityEntry[] {
  const taken = world.endpointServices.get(serviceId)?.ownerPays === true;
  const usual = taken ? 'vpc-endpoint-service-account' : 'vpc-endpoint-account';
  return [{ Scope: 'vpc-endpoint-charges', PayerResponsibilityType: payer ?? usual }];
}

// First the Regional name, then one per zone (2021 guide, sample); the zone's name is the one of
// the endpoint's own account.
function publicEntries(world: World, endpoint: Endpoint): DnsEntry[] {
  const HostedZoneId = publicZoneOf(endpoint);
  return endpointNames(world, endpoint).map(({ name }) => ({ DnsName: name, HostedZoneId }));
}

function privateEntries({ privateDns }: Endpoint): DnsEntry[] {
  return privateDns ? [{ DnsName: privateDns.name, HostedZoneId: privateDns.hostedZoneId }] : [];
}
