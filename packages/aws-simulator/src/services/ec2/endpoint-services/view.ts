// An endpoint service as its owner sees it.

import type { ServiceConfiguration } from '@aws-sdk/client-ec2';
import type {
  EndpointService,
  PrivateDnsName,
} from '../../../world/privatelink/endpoint-service.ts';
import { zoneName } from '../../../world/regions.ts';
import { wireValue } from '../../call.ts';
import { tagList } from '../tags.ts';

export function serviceConfiguration(service: EndpointService): ServiceConfiguration {
  const { privateDns, regions, region, state: ServiceState } = service;
  return {
    ServiceType: [{ ServiceType: service.type }],
    ServiceId: service.id,
    ServiceName: service.name,
    ServiceState,
    AvailabilityZoneIds: [...service.zoneIds],
    AvailabilityZones: zoneNames(service.account, service),
    AcceptanceRequired: service.acceptanceRequired,
    ManagesVpcEndpoints: false,
    ...loadBalancerArns(service),
    SupportedIpAddressTypes: service.ipAddressTypes.map((type) => wireValue(type)),
    BaseEndpointDnsNames: [baseDnsName(service)],
    PrivateDnsName: privateDns?.name,
    // Always there, an empty element when no name is set (terraform-provider-aws, a comment).
    PrivateDnsNameConfiguration: privateDns ? nameConfiguration(privateDns) : {},
    // The model has no value for the default.
    PayerResponsibility: service.ownerPays ? 'ServiceOwner' : undefined,
    Tags: tagList(service.tags),
    SupportedRegions: [
      { Region: region, ServiceState },
      ...[...regions.values()].map(({ name, state }) => ({ Region: name, ServiceState: state })),
    ],
    RemoteAccessEnabled: service.supportedRegions.length > 0,
  };
}

/** The ARNs under the member for their kind; the other member is absent. */
export function loadBalancerArns(
  service: EndpointService,
): Pick<ServiceConfiguration, 'NetworkLoadBalancerArns' | 'GatewayLoadBalancerArns'> {
  const arns = [...service.loadBalancerArns];
  return service.type === 'Interface'
    ? { NetworkLoadBalancerArns: arns }
    : { GatewayLoadBalancerArns: arns };
}

export function baseDnsName(service: EndpointService): string {
  return `${service.id}.${service.region}.vpce.amazonaws.com`;
}

/** The service's zones as an account calls them, in the order of their ids. */
export function zoneNames(account: string, service: EndpointService): string[] {
  return service.zoneIds.flatMap((id) => zoneName(account, service.region, id) ?? []);
}

function nameConfiguration({ state, value, label }: PrivateDnsName) {
  return { State: wireValue(state), Type: 'TXT', Value: value, Name: label };
}
