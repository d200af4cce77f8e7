// Endpoint services as a consumer sees them. Whoever is not on the allowlist sees nothing: the
// answer is the one for a name that does not exist.

import type {
  DescribeVpcEndpointServicesRequest,
  DescribeVpcEndpointServicesResult,
  ServiceDetail,
} from '@aws-sdk/client-ec2';
import { isListed } from '../../identity/principals.ts';
import type { EndpointService } from '../../world/endpoint-service.ts';
import { zonesOf } from '../../world/regions.ts';
import { type Call, wireValue } from '../call.ts';
import { invalidServiceName } from './errors.ts';
import { filtered } from './filters.ts';
import { pageOf } from './pages.ts';
import { baseDnsName, zoneNames } from './service-view.ts';
import { tagList } from './tags.ts';

type DescribeCall = Call<DescribeVpcEndpointServicesRequest>;

/** Lists no AWS services: this world has only what its accounts made. */
export function describeServices(call: DescribeCall): DescribeVpcEndpointServicesResult {
  const { input } = call;
  const found = filtered(
    chosenServices(call),
    input.Filters,
    {
      owner: ({ account }) => account,
      'service-name': ({ name }) => name,
      'service-region': ({ region }) => region,
      'service-type': () => 'Interface',
      'supported-ip-address-types': ({ ipAddressTypes }) => ipAddressTypes,
    },
    (service) => visibleTags(call, service),
  );
  const page = pageOf(call, 'DescribeVpcEndpointServices', found, 1);
  return {
    ServiceNames: page.items.map(({ name }) => name).sort(),
    ServiceDetails: page.items.map((service) => serviceDetail(call, service)),
    // "If there are no additional items to return, the string is empty" (EC2 API reference).
    NextToken: page.nextToken ?? '',
  };
}

/**
 * The service of this name, if the caller is allowed to know it.
 * @param region the service's Region, when it is not the caller's.
 * @throws AwsError InvalidServiceName, whatever the reason.
 */
export function visibleService(
  call: Call<object>,
  name: string,
  region = call.region,
): EndpointService {
  const id = name.slice(name.lastIndexOf('.') + 1);
  const service = call.world.endpointServices.get(id);
  if (service?.name === name && service.region === region && isVisible(call, service)) {
    return service;
  }
  throw invalidServiceName(name);
}

function chosenServices(call: DescribeCall): Iterable<EndpointService> {
  const { world, region, input } = call;
  const regions = input.ServiceRegions ?? [region];
  if (input.ServiceNames) {
    return input.ServiceNames.map((name) => {
      const [, named = region] = /^com\.amazonaws\.vpce\.([a-z0-9-]+)\./.exec(name) ?? [];
      return visibleService(call, name, regions.includes(named) ? named : region);
    }).sort((a, b) => a.order - b.order);
  }
  return regions
    .flatMap((name) => [...world.endpointServices.by('region', name)])
    .filter((service) => isVisible(call, service))
    .sort((a, b) => a.order - b.order);
}

function isVisible(call: Call<object>, service: EndpointService): boolean {
  const { world, account, region, caller } = call;
  if (service.state === 'Deleting' || service.state === 'Failed') return false;
  const reachable = service.region === region || service.supportedRegions.includes(region);
  const owner = world.knobs.ownerIsAllowed && service.account === account;
  return reachable && (owner || isListed(service.permissions, caller));
}

function serviceDetail(call: Call<object>, service: EndpointService): ServiceDetail {
  const { account } = call;
  const { privateDns } = service;
  return {
    ServiceName: service.name,
    ServiceId: service.id,
    ServiceType: [{ ServiceType: 'Interface' }],
    ServiceRegion: service.region,
    ...commonZones(account, service),
    Owner: service.account,
    BaseEndpointDnsNames: [baseDnsName(service)],
    PrivateDnsName: privateDns?.name,
    PrivateDnsNames: privateDns && [{ PrivateDnsName: privateDns.name }],
    // Endpoint policies are for AWS's own services (Guide).
    VpcEndpointPolicySupported: false,
    AcceptanceRequired: service.acceptanceRequired,
    ManagesVpcEndpoints: false,
    Tags: tagList(visibleTags(call, service)),
    PrivateDnsNameVerificationState: privateDns && wireValue(privateDns.state),
    SupportedIpAddressTypes: service.ipAddressTypes.map((type) => wireValue(type)),
  };
}

// Only the zones that consumer and provider have in common (EC2 API reference); names are the
// consumer's.
function commonZones(account: string, service: EndpointService) {
  const known = new Set(zonesOf(account, service.region).map(({ id }) => id));
  return {
    AvailabilityZoneIds: service.zoneIds.filter((id) => known.has(id)),
    AvailabilityZones: zoneNames(account, service),
  };
}

// A resource's tags are visible in its own account only.
function visibleTags({ account }: Call<object>, service: EndpointService) {
  return service.account === account ? service.tags : new Map<string, string>();
}
