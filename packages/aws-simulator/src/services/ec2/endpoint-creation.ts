// CreateVpcEndpoint for interface endpoints. Everything is checked before anything is made.

import type { CreateVpcEndpointRequest, CreateVpcEndpointResult } from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import type { Endpoint } from '../../world/endpoint.ts';
import type { EndpointService } from '../../world/endpoint-service.ts';
import { LOWER_ALNUM } from '../../world/ids.ts';
import type { Subnet, Tags, Vpc } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { createOnce } from './client-tokens.ts';
import { checkDnsOptions, checkIpAddressType, checkPolicy } from './endpoint-input.ts';
import {
  attachInterfaces,
  checkFreeAddresses,
  checkPlacement,
  chosenAddresses,
  ownSecurityGroups,
  ownSubnets,
  ownVpc,
} from './endpoint-network.ts';
import { checkAccepted, checkPrivateDns, enablePrivateDns } from './endpoint-private-dns.ts';
import { acceptEndpoint, awaitAcceptance } from './endpoint-states.ts';
import { vpcEndpoint } from './endpoint-view.ts';
import { endpointNotFound, invalidParameter, invalidServiceName, notSimulated } from './errors.ts';
import { tagsOnCreate } from './tags.ts';
import { visibleService } from './visible-services.ts';

type CreateCall = Call<Given<CreateVpcEndpointRequest, 'VpcId'>>;

interface Plan {
  readonly vpc: Vpc;
  readonly service: EndpointService;
  readonly subnets: readonly Subnet[];
  readonly addresses: ReadonlyMap<string, string>;
  readonly securityGroupIds: readonly string[];
  readonly ipAddressType: string;
  readonly dnsRecordIpType: string;
  readonly policyDocument: string;
  readonly tags: Tags;
}

export function createEndpoint(call: CreateCall): CreateVpcEndpointResult {
  const { world, input } = call;
  const id = createOnce(call, 'CreateVpcEndpoint', () => build(call, plan(call)).id);
  const endpoint = world.endpoints.get(id);
  // The token's endpoint was deleted since: AWS's answer is not documented.
  if (!endpoint) throw endpointNotFound(id);
  return { VpcEndpoint: vpcEndpoint(world, endpoint), ClientToken: input.ClientToken };
}

function plan(call: CreateCall): Plan {
  const { world, input } = call;
  refuseOtherKinds(input);
  const vpc = ownVpc(call, input.VpcId);
  const service = wantedService(call);
  const subnets = ownSubnets(call, vpc, [...new Set(input.SubnetIds ?? [])]);
  checkPlacement(service, subnets);
  const addresses = chosenAddresses(input.SubnetConfigurations, subnets);
  const groups = input.SecurityGroupIds ?? [vpc.defaultSecurityGroupId];
  const securityGroupIds = ownSecurityGroups(call, vpc, groups).map(({ id }) => id);
  const ipAddressType = checkIpAddressType(input.IpAddressType, service);
  const dnsRecordIpType = checkDnsOptions(input.DnsOptions);
  const policyDocument = checkPolicy(input.PolicyDocument);
  if (input.PrivateDnsEnabled) checkWantedPrivateDns(world, vpc, service);
  checkQuota(world, vpc);
  checkFreeAddresses(subnets);
  const tags = tagsOnCreate(world, input.TagSpecifications, 'vpc-endpoint');
  const names = { vpc, service, subnets, addresses, securityGroupIds, tags };
  return { ...names, ipAddressType, dnsRecordIpType, policyDocument };
}

function build(call: CreateCall, planned: Plan): Endpoint {
  const { world, input } = call;
  const { service } = planned;
  const endpoint = newEndpoint(call, planned);
  world.endpoints.add(endpoint);
  addTaggables(world, endpoint);
  attachInterfaces(world, endpoint, planned.subnets, planned.addresses);
  if (service.acceptanceRequired) {
    endpoint.privateDnsWaits = input.PrivateDnsEnabled ?? false;
    awaitAcceptance(world, endpoint);
  } else {
    if (input.PrivateDnsEnabled) enablePrivateDns(world, endpoint);
    acceptEndpoint(world, endpoint);
  }
  return endpoint;
}

function newEndpoint({ world, account, region }: CreateCall, planned: Plan): Endpoint {
  const { vpc, service } = planned;
  return {
    id: world.ids.ec2('vpce'),
    account,
    region,
    order: world.nextOrder(),
    state: 'pendingAcceptance',
    moves: 0,
    vpcId: vpc.id,
    serviceId: service.id,
    serviceName: service.name,
    serviceAccount: service.account,
    serviceRegion: service.region,
    // Seen in the field (terraform-provider-aws issue 47668).
    connectionId: world.ids.ec2('vpce-conn'),
    dnsLabel: world.ids.text(LOWER_ALNUM, 8),
    createdAt: world.schedule.now(),
    securityGroupIds: planned.securityGroupIds,
    networkInterfaceIds: [],
    ipAddressType: planned.ipAddressType,
    dnsRecordIpType: planned.dnsRecordIpType,
    policyDocument: planned.policyDocument,
    privateDns: undefined,
    privateDnsWaits: false,
    tags: planned.tags,
    connectionTags: new Map(),
  };
}

// The connection belongs to the provider, so its tags do too.
function addTaggables(world: World, endpoint: Endpoint): void {
  const { id, account, region, order, tags, connectionId, connectionTags } = endpoint;
  const { serviceAccount, serviceRegion } = endpoint;
  world.taggables.add({ id, account, region, order, tags, type: 'vpc-endpoint' });
  world.taggables.add({
    id: connectionId,
    account: serviceAccount,
    region: serviceRegion,
    order: world.nextOrder(),
    tags: connectionTags,
    type: 'vpc-endpoint-connection',
  });
}

function refuseOtherKinds(input: CreateVpcEndpointRequest): void {
  const { VpcEndpointType: type = 'Gateway' } = input;
  if (input.ServiceNetworkArn || input.ResourceConfigurationArn) {
    throw notSimulated('resource and service network endpoints');
  }
  if (!input.ServiceName) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter ServiceName');
  }
  if (type === 'Interface' || type === 'Gateway' || type === 'GatewayLoadBalancer') return;
  throw new AwsError('InvalidVpcEndpointType', `The VPC endpoint type '${type}' is not valid.`);
}

function wantedService(call: CreateCall): EndpointService {
  const { world, input } = call;
  const { ServiceName: name = '', ServiceRegion: region, VpcEndpointType: type } = input;
  const service = visibleService(call, name, region);
  if ((type ?? 'Gateway') !== 'Interface') {
    // Gateway is the default type, so forgetting the type ends here. From memory.
    throw invalidParameter(
      `Endpoint type (${type ?? 'Gateway'}) does not match available service types ([Interface]).`,
    );
  }
  if (service.privateDns?.wasVerified && service.privateDns.state !== 'verified') {
    throw world.knobs.unverifiedServiceCode === 'InvalidServiceName'
      ? invalidServiceName(name)
      : invalidParameter(`The service ${name} lost the verification of its private DNS name.`);
  }
  if (input.RouteTableIds?.length) {
    throw invalidParameter('Route tables are for gateway endpoints, not for interface endpoints.');
  }
  return service;
}

function checkWantedPrivateDns(world: World, vpc: Vpc, service: EndpointService): void {
  checkPrivateDns(world, vpc, service);
  if (service.acceptanceRequired && world.knobs.privateDnsBeforeAcceptance === 'fails') {
    checkAccepted(undefined, service.name);
  }
}

function checkQuota(world: World, vpc: Vpc): void {
  if (world.endpoints.count('live', vpc.id) < world.quotas.endpointsPerVpc) return;
  throw new AwsError(
    'VpcEndpointLimitExceeded',
    'The maximum number of VPC endpoints has been reached: ' +
      `${world.quotas.endpointsPerVpc} in ${vpc.id}.`,
  );
}
