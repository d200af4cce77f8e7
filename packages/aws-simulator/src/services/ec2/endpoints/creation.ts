// CreateVpcEndpoint for interface endpoints. Everything is checked before anything is made.

import type { CreateVpcEndpointRequest, CreateVpcEndpointResult } from '@aws-sdk/client-ec2';
import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import { LOWER_ALNUM } from '../../../world/ids.ts';
import type { Subnet, Tags, Vpc } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import type { Call, Given } from '../../call.ts';
import { createOnce } from '../client-tokens.ts';
import {
  tellAutomaticAccept,
  tellConnectionEvent,
} from '../endpoint-services/connection-events.ts';
import {
  checkDnsOptions,
  checkIpAddressType,
  checkSubnetFamilies,
  chosenAddresses,
} from './input.ts';
import { attachInterfaces, type ChosenAddresses } from './interfaces.ts';
import {
  checkEndpointQuota,
  checkFreeAddresses,
  checkOnePerZone,
  checkZones,
  hostVpc,
  ownSecurityGroups,
  ownSubnets,
} from './placement.ts';
import { checkPolicy } from './policies.ts';
import { checkAccepted, checkPrivateDns, enablePrivateDns } from './private-dns.ts';
import { dnsDomain, policyRule, wantedService } from './service-choice.ts';
import { acceptEndpoint, awaitAcceptance } from './states.ts';
import { vpcEndpoint } from './view.ts';
import { endpointNotFound } from '../errors.ts';
import { tagsOnCreate } from '../tags.ts';

type CreateCall = Call<Given<CreateVpcEndpointRequest, 'VpcId'>>;

interface Plan {
  readonly vpc: Vpc;
  readonly service: EndpointService;
  readonly subnets: readonly Subnet[];
  readonly addresses: ChosenAddresses;
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
  const service = wantedService(call);
  const vpc = hostVpc(call, input.VpcId);
  const subnets = ownSubnets(call, vpc, [...new Set(input.SubnetIds ?? [])]);
  checkOnePerZone(subnets);
  checkZones(service, subnets);
  const ipAddressType = checkIpAddressType(input.IpAddressType, service);
  checkSubnetFamilies(ipAddressType, subnets);
  const addresses = chosenAddresses(input.SubnetConfigurations, subnets, ipAddressType);
  const dnsRecordIpType = checkDnsOptions(world, input.DnsOptions, ipAddressType);
  const groups = input.SecurityGroupIds ?? [vpc.defaultSecurityGroupId];
  const securityGroupIds = ownSecurityGroups(call, vpc, groups).map(({ id }) => id);
  const policyDocument = checkPolicy(world, input.PolicyDocument, policyRule(service));
  if (input.PrivateDnsEnabled) checkWantedPrivateDns(world, vpc, service);
  checkEndpointQuota(world, vpc);
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
  tellConnectionEvent(world, 'Connect', endpoint);
  if (!service.acceptanceRequired) tellAutomaticAccept(world, endpoint);
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
    dnsDomain: dnsDomain(service),
    dnsLabel: world.ids.text(LOWER_ALNUM, 8),
    createdAt: world.schedule.now(),
    securityGroupIds: planned.securityGroupIds,
    networkInterfaceIds: [],
    ipAddressType: planned.ipAddressType,
    dnsRecordIpType: planned.dnsRecordIpType,
    policyDocument: planned.policyDocument,
    payer: undefined,
    lastError: undefined,
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

function checkWantedPrivateDns(world: World, vpc: Vpc, service: EndpointService): void {
  checkPrivateDns(world, vpc, service);
  if (service.acceptanceRequired && world.knobs.privateDnsBeforeAcceptance === 'fails') {
    checkAccepted(undefined, service.name);
  }
}
