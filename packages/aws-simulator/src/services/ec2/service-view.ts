// An endpoint service as its owner sees it.

import type { ServiceConfiguration } from '@aws-sdk/client-ec2';
import type { EndpointService } from '../../world/endpoint-service.ts';
import { zoneName } from '../../world/regions.ts';
import { wireValue } from '../call.ts';
import { tagList } from './tags.ts';

export function serviceConfiguration(service: EndpointService): ServiceConfiguration {
  const { privateDns } = service;
  return {
    ServiceType: [{ ServiceType: 'Interface' }],
    ServiceId: service.id,
    ServiceName: service.name,
    ServiceState: service.state,
    AvailabilityZoneIds: [...service.zoneIds],
    AvailabilityZones: zoneNames(service.account, service),
    AcceptanceRequired: service.acceptanceRequired,
    ManagesVpcEndpoints: false,
    NetworkLoadBalancerArns: [...service.loadBalancerArns],
    SupportedIpAddressTypes: service.ipAddressTypes.map((type) => wireValue(type)),
    BaseEndpointDnsNames: [baseDnsName(service)],
    PrivateDnsName: privateDns?.name,
    // Always there, an empty element when no name is set (terraform-provider-aws, a comment).
    PrivateDnsNameConfiguration: privateDns
      ? {
          State: wireValue(privateDns.state),
          Type: 'TXT',
          Value: privateDns.value,
          Name: privateDns.label,
        }
      : {},
    Tags: tagList(service.tags),
    SupportedRegions: [service.region, ...service.supportedRegions].map((Region) => ({
      Region,
      ServiceState: service.state,
    })),
    RemoteAccessEnabled: service.supportedRegions.length > 0,
  };
}

export function baseDnsName(service: EndpointService): string {
  return `${service.id}.${service.region}.vpce.amazonaws.com`;
}

/** The service's zones as an account calls them, in the order of their ids. */
export function zoneNames(account: string, service: EndpointService): string[] {
  return service.zoneIds.flatMap((id) => zoneName(account, service.region, id) ?? []);
}
