// Endpoint services as a consumer sees them: AWS's own, and those that let the caller in. Whoever
// is not on the allowlist sees nothing: the answer is the one for a name that does not exist.

import type {
  DescribeVpcEndpointServicesRequest,
  DescribeVpcEndpointServicesResult,
  ServiceDetail,
} from '@aws-sdk/client-ec2';
import { isListed } from '../../../identity/principals.ts';
import {
  AMAZON,
  awsServices,
  awsServicesNamed,
  type AwsService,
} from '../../../world/aws-services.ts';
import type { Listing } from '../../../world/collection.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import { isRegion, regionNames, zoneIds } from '../../../world/regions.ts';
import { ownerKey, type Tags } from '../../../world/resources.ts';
import { type Call, wireValue } from '../../call.ts';
import { invalidParameterValue, invalidServiceName } from '../errors.ts';
import { filtered, where } from '../lists/filters.ts';
import { narrowed } from '../lists/narrowing.ts';
import { pageOf } from '../lists/pages.ts';
import { baseDnsName, zoneNames } from '../endpoint-services/view.ts';
import { tagList } from '../tags.ts';

type DescribeCall = Call<DescribeVpcEndpointServicesRequest>;
type Offer = EndpointService | AwsService;

export function describeServices(call: DescribeCall): DescribeVpcEndpointServicesResult {
  const { input } = call;
  const found = filtered(
    chosenServices(call),
    input.Filters,
    {
      owner: ({ account }) => account,
      'service-name': ({ name }) => name,
      'service-region': ({ region }) => region,
      'service-type': kindOf,
      'supported-ip-address-types': ({ ipAddressTypes }) => ipAddressTypes,
    },
    (service) => visibleTags(call, service),
  );
  const page = pageOf(call, 'DescribeVpcEndpointServices', found, 1);
  return {
    ServiceNames: [...new Set(page.items.map(({ name }) => name))].sort(),
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

/** The type of endpoint that a service is for. */
export function kindOf(service: Offer): 'Gateway' | EndpointService['type'] {
  return 'kind' in service ? service.kind : service.type;
}

function chosenServices(call: DescribeCall): Iterable<Offer> | Listing<Offer> {
  const { region, input } = call;
  const regions = [...new Set(input.ServiceRegions ?? [region])];
  const strange = regions.find((name) => !isRegion(name));
  if (strange !== undefined) {
    throw invalidParameterValue(
      `Invalid Region '${strange}' for ServiceRegion. Use one of ${regionNames().join(', ')}.`,
    );
  }
  if (input.ServiceNames) return namedServices(call, [...new Set(input.ServiceNames)], regions);
  const [only, ...others] = regions;
  if (only !== undefined && others.length === 0) return servicesIn(call, only);
  return regions
    .flatMap((name) => [...servicesIn(call, name)])
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

function namedServices(call: DescribeCall, names: string[], regions: string[]): Offer[] {
  const found = names.flatMap((name): Offer[] => {
    const amazons = awsServicesNamed(name).filter(({ region }) => regions.includes(region));
    if (amazons.length > 0) return amazons;
    const [, named = call.region] = /^com\.amazonaws\.vpce\.([a-z0-9-]+)\./.exec(name) ?? [];
    if (!regions.includes(named)) throw invalidServiceName(name);
    return [visibleService(call, name, named)];
  });
  return found.sort((a, b) => a.order - b.order);
}

// AWS's own services come first: their orders are below those of the world.
function servicesIn(call: DescribeCall, region: string): Listing<Offer> {
  const amazons = awsServices(region);
  const { endpointServices } = call.world;
  const shortest = narrowed(endpointServices.by('region', region), call.input.Filters, {
    'service-name': (name) => endpointServices.only(name.slice(name.lastIndexOf('.') + 1)),
    owner: (owner) => endpointServices.by('owner', ownerKey(owner, region)),
  });
  const visible = where(
    shortest,
    (service) => service.region === region && isVisible(call, service),
  );
  return {
    [Symbol.iterator]: () => joined(amazons, visible),
    after: (order) =>
      joined(
        amazons.filter((service) => service.order > order),
        visible.after(Math.floor(order)),
      ),
  };
}

function* joined(first: Iterable<Offer>, second: Iterable<Offer>): Generator<Offer> {
  yield* first;
  yield* second;
}

/** Whether the caller may know the service and connect to it from the Region of the call. */
export function isVisible(call: Call<object>, service: EndpointService): boolean {
  const { world, account, region, caller } = call;
  if (service.state !== 'Available' && service.state !== 'Pending') return false;
  const reachable = service.region === region || service.supportedRegions.includes(region);
  const owner = world.knobs.ownerIsAllowed && service.account === account;
  return reachable && (owner || isListed(service.permissions, caller));
}

function serviceDetail(call: Call<object>, service: Offer): ServiceDetail {
  const { account } = call;
  const { privateDns } = service;
  return {
    ServiceName: service.name,
    ServiceId: service.id,
    ServiceType: [{ ServiceType: kindOf(service) }],
    ServiceRegion: service.region,
    ...commonZones(account, service),
    Owner: service.account,
    BaseEndpointDnsNames: [dnsName(service)],
    PrivateDnsName: privateDns?.name,
    PrivateDnsNames: privateDns && [{ PrivateDnsName: privateDns.name }],
    // Endpoint policies are for AWS's own services (Guide).
    VpcEndpointPolicySupported: service.account === AMAZON,
    AcceptanceRequired: service.acceptanceRequired,
    ManagesVpcEndpoints: false,
    PayerResponsibility: service.ownerPays ? 'ServiceOwner' : undefined,
    Tags: tagList(visibleTags(call, service)),
    PrivateDnsNameVerificationState: privateDns && wireValue(privateDns.state),
    SupportedIpAddressTypes: service.ipAddressTypes.map((type) => wireValue(type)),
  };
}

// Only the zones that consumer and provider have in common (EC2 API reference), which here are all:
// every account has every zone. Names are the consumer's.
function commonZones(account: string, service: EndpointService) {
  const known = new Set(zoneIds(service.region));
  return {
    AvailabilityZoneIds: service.zoneIds.filter((id) => known.has(id)),
    AvailabilityZones: zoneNames(account, service),
  };
}

function dnsName(service: Offer): string {
  if (!('kind' in service)) return baseDnsName(service);
  const { shortName, region, kind } = service;
  return `${shortName}.${region}.${kind === 'Gateway' ? '' : 'vpce.'}amazonaws.com`;
}

// A resource's tags are visible in its own account only.
function visibleTags({ account }: Call<object>, service: EndpointService): Tags {
  return service.account === account ? service.tags : new Map<string, string>();
}
