// An endpoint service from the owner's side: create, describe, delete. Changing one is in
// changes.ts.

import type {
  CreateVpcEndpointServiceConfigurationRequest,
  CreateVpcEndpointServiceConfigurationResult,
  DeleteVpcEndpointServiceConfigurationsRequest,
  DeleteVpcEndpointServiceConfigurationsResult,
  DescribeVpcEndpointServiceConfigurationsRequest,
  DescribeVpcEndpointServiceConfigurationsResult,
  UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import {
  createPermissions,
  type EndpointService,
} from '../../../world/privatelink/endpoint-service.ts';
import { ownerKey } from '../../../world/resources.ts';
import { move, moveLater } from '../../../world/states.ts';
import type { World } from '../../../world/world.ts';
import type { Call, Given } from '../../call.ts';
import { createOnce } from '../client-tokens.ts';
import { unsuccessful } from '../errors.ts';
import { filtered } from '../lists/filters.ts';
import { ownService } from './own-services.ts';
import { pageOf } from '../lists/pages.ts';
import { newPrivateDnsName } from './private-dns-verification.ts';
import { checkIpAddressTypes, checkPrivateDnsName } from './input.ts';
import { associate, chosenLoadBalancers, release } from './load-balancers.ts';
import { addRegions, checkRegions } from './regions.ts';
import { serviceConfiguration } from './view.ts';
import { tagsOnCreate } from '../tags.ts';

type CreateCall = Call<CreateVpcEndpointServiceConfigurationRequest>;

export function createServiceConfiguration(
  call: CreateCall,
): CreateVpcEndpointServiceConfigurationResult {
  const action = 'CreateVpcEndpointServiceConfiguration';
  const id = createOnce(call, action, () => create(call).id);
  const service = ownService(call, id);
  return {
    ServiceConfiguration: serviceConfiguration(service),
    ClientToken: call.input.ClientToken,
  };
}

export function describeServiceConfigurations(
  call: Call<DescribeVpcEndpointServiceConfigurationsRequest>,
): DescribeVpcEndpointServiceConfigurationsResult {
  const { world, account, region, input } = call;
  const chosen = input.ServiceIds
    ? input.ServiceIds.map((id) => ownService(call, id)).sort((a, b) => a.order - b.order)
    : world.endpointServices.by('owner', ownerKey(account, region));
  const found = filtered(
    chosen,
    input.Filters,
    {
      'service-name': ({ name }) => name,
      'service-id': ({ id }) => id,
      'service-state': ({ state }) => state,
      'supported-ip-address-types': ({ ipAddressTypes }) => ipAddressTypes,
    },
    ({ tags }) => tags,
  );
  const page = pageOf(call, 'DescribeVpcEndpointServiceConfigurations', found);
  return {
    ServiceConfigurations: page.items.map(serviceConfiguration),
    NextToken: page.nextToken,
  };
}

/** Answers 200 whatever happens to an item; what failed is listed. */
export function deleteServiceConfigurations(
  call: Call<Given<DeleteVpcEndpointServiceConfigurationsRequest, 'ServiceIds'>>,
): DeleteVpcEndpointServiceConfigurationsResult {
  const ids = [...new Set(call.input.ServiceIds)];
  return { Unsuccessful: ids.flatMap((id) => deleteOne(call, id) ?? []) };
}

function create(call: CreateCall): EndpointService {
  const { world, account, region, input } = call;
  const loadBalancers = chosenLoadBalancers(call, {
    network: input.NetworkLoadBalancerArns,
    gateway: input.GatewayLoadBalancerArns,
  });
  const type = loadBalancers[0]?.type === 'gateway' ? 'GatewayLoadBalancer' : 'Interface';
  const ipAddressTypes = [...new Set(input.SupportedIpAddressTypes ?? ['ipv4'])];
  checkIpAddressTypes(ipAddressTypes, loadBalancers);
  checkRegions(call, input.SupportedRegions ?? []);
  if (input.PrivateDnsName) checkPrivateDnsName(input.PrivateDnsName, type);
  const tags = tagsOnCreate(world, input.TagSpecifications, 'vpc-endpoint-service');
  const id = world.ids.ec2('vpce-svc');
  const service: EndpointService = {
    id,
    account,
    region,
    order: world.nextOrder(),
    name: `com.amazonaws.vpce.${region}.${id}`,
    type,
    state: 'Pending',
    moves: 0,
    // The model gives no default; requests must be accepted unless the owner says otherwise (2021
    // guide: "By default, connection requests must be manually accepted").
    acceptanceRequired: input.AcceptanceRequired ?? true,
    ownerPays: false,
    loadBalancerArns: [],
    zoneIds: [],
    ipAddressTypes,
    supportedRegions: [],
    regions: new Map(),
    privateDns: undefined,
    permissions: createPermissions(),
    tags,
  };
  add(world, service);
  associate(world, service, loadBalancers);
  addRegions(world, service, input.SupportedRegions ?? []);
  if (input.PrivateDnsName) {
    service.privateDns = newPrivateDnsName(world, service, input.PrivateDnsName);
  }
  provision(world, service);
  return service;
}

function add(world: World, service: EndpointService): void {
  world.endpointServices.add(service);
  const { id, account, region, order, tags } = service;
  world.taggables.add({ id, account, region, order, tags, type: 'vpc-endpoint-service' });
}

// A service fails when one of its load balancers did not come into service. That the state exists
// is documented, what leads to it is not.
function provision(world: World, service: EndpointService): void {
  moveLater(world.schedule, service, 'Available', world.delays.serviceAvailable, () => {
    const sound = service.loadBalancerArns.every((arn) => {
      const state = world.loadBalancers.get(arn)?.state;
      return state !== undefined && state !== 'failed';
    });
    if (!sound) move(service, 'Failed');
  });
}

function deleteOne(call: Call<object>, id: string): UnsuccessfulItem | undefined {
  const { world, account, region } = call;
  const service = world.endpointServices.get(id);
  if (service?.account !== account || service.region !== region) {
    // Not the code that describe uses (terraform-provider-aws, errors.go).
    const message = `The VpcEndpointService Id '${id}' does not exist`;
    return unsuccessful(id, 'InvalidVpcEndpointService.NotFound', message);
  }
  if (hasConnections(world, service)) {
    const message = 'Service has existing active VPC Endpoint connections!';
    return unsuccessful(id, 'ExistingVpcEndpointConnections', message);
  }
  if (service.state === 'Deleting') return undefined;
  release(world, service);
  move(service, 'Deleting');
  moveLater(world.schedule, service, 'Deleted', world.delays.serviceDeleted, () => {
    world.endpointServices.remove(id);
    world.taggables.remove(id);
    for (const permission of service.permissions.values()) world.taggables.remove(permission.id);
  });
  return undefined;
}

function hasConnections(world: World, service: EndpointService): boolean {
  if (world.endpoints.count('attached', service.id) > 0) return true;
  if (!world.knobs.rejectedBlocksDeletion) return false;
  return [...world.endpoints.by('service', service.id)].some(({ state }) => state === 'rejected');
}
