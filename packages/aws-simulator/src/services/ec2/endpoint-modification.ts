// ModifyVpcEndpoint for interface endpoints. Everything is checked before anything is changed.

import type { ModifyVpcEndpointRequest, ModifyVpcEndpointResult } from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import { type Endpoint, isAttached } from '../../world/endpoint.ts';
import type { EndpointService } from '../../world/endpoint-service.ts';
import type { Subnet, Vpc } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import {
  checkDnsOptions,
  checkIpAddressType,
  checkPolicy,
  defaultPolicy,
} from './endpoint-input.ts';
import {
  attachInterfaces,
  checkFreeAddresses,
  checkPlacement,
  chosenAddresses,
  interfacesOf,
  ownSecurityGroups,
  ownSubnets,
  ownVpc,
  releaseInterfaces,
} from './endpoint-network.ts';
import { checkAccepted, checkPrivateDns, enablePrivateDns } from './endpoint-private-dns.ts';
import { reprovisionEndpoint } from './endpoint-states.ts';
import { ownEndpoint } from './endpoints.ts';
import { invalidCombination, invalidParameter, invalidServiceName } from './errors.ts';

type ModifyCall = Call<Given<ModifyVpcEndpointRequest, 'VpcEndpointId'>>;

interface Changes {
  readonly added: readonly Subnet[];
  readonly removed: ReadonlySet<string>;
  readonly addresses: ReadonlyMap<string, string>;
  readonly securityGroupIds: readonly string[];
  readonly policyDocument: string;
}

export function modifyEndpoint(call: ModifyCall): ModifyVpcEndpointResult {
  const { world, input } = call;
  const endpoint = ownEndpoint(call, input.VpcEndpointId);
  const changes = checkedChanges(call, endpoint);
  releaseInterfaces(world, endpoint, new Set(changes.removed));
  attachInterfaces(world, endpoint, changes.added, changes.addresses);
  endpoint.securityGroupIds = changes.securityGroupIds;
  endpoint.policyDocument = changes.policyDocument;
  applyPrivateDns(world, endpoint, input.PrivateDnsEnabled);
  reprovisionEndpoint(world, endpoint);
  return { Return: true };
}

function checkedChanges(call: ModifyCall, endpoint: Endpoint): Changes {
  const { world, input } = call;
  if (!isAttached(endpoint.state)) {
    throw new AwsError(
      'IncorrectState',
      `The endpoint ${endpoint.id} cannot be modified in state ${endpoint.state}.`,
    );
  }
  if (input.AddRouteTableIds?.length || input.RemoveRouteTableIds?.length) {
    throw invalidParameter('Route tables are for gateway endpoints, not for interface endpoints.');
  }
  const service = world.endpointServices.get(endpoint.serviceId);
  if (!service) throw invalidServiceName(endpoint.serviceName);
  const vpc = ownVpc(call, endpoint.vpcId);
  const subnets = subnetChanges(call, endpoint, service, vpc);
  if (input.IpAddressType) checkIpAddressType(input.IpAddressType, service);
  checkDnsOptions(input.DnsOptions);
  if (input.PrivateDnsEnabled && !endpoint.privateDns) {
    checkPrivateDns(world, vpc, service, endpoint);
    if (world.knobs.privateDnsBeforeAcceptance === 'fails') checkAccepted(endpoint, service.name);
  }
  return {
    ...subnets,
    securityGroupIds: wantedGroups(call, endpoint, vpc),
    policyDocument: wantedPolicy(input, endpoint),
  };
}

function subnetChanges(call: ModifyCall, endpoint: Endpoint, service: EndpointService, vpc: Vpc) {
  const { world, input } = call;
  const current = interfacesOf(world, endpoint).map(({ subnetId }) => subnetId);
  const removed = new Set(input.RemoveSubnetIds ?? []);
  const foreign = [...removed].find((id) => !current.includes(id));
  if (foreign !== undefined) {
    throw invalidParameter(`The endpoint ${endpoint.id} is not in the subnet ${foreign}.`);
  }
  const kept = current.filter((id) => !removed.has(id));
  const wanted = [...new Set([...kept, ...(input.AddSubnetIds ?? [])])];
  const subnets = ownSubnets(call, vpc, wanted);
  checkPlacement(service, subnets);
  const added = subnets.filter(({ id }) => !kept.includes(id));
  const addresses = chosenAddresses(input.SubnetConfigurations, added);
  checkFreeAddresses(added);
  return { added, removed, addresses };
}

function wantedGroups(call: ModifyCall, endpoint: Endpoint, vpc: Vpc): string[] {
  const { AddSecurityGroupIds: added = [], RemoveSecurityGroupIds: removed = [] } = call.input;
  ownSecurityGroups(call, vpc, [...added, ...removed]);
  const wanted = new Set([...endpoint.securityGroupIds, ...added]);
  for (const id of removed) wanted.delete(id);
  if (wanted.size > 0) return [...wanted];
  throw invalidParameter('An interface endpoint must keep at least one security group.');
}

function wantedPolicy(input: ModifyVpcEndpointRequest, endpoint: Endpoint): string {
  const { PolicyDocument: document, ResetPolicy: reset } = input;
  if (document && reset) {
    throw invalidCombination('PolicyDocument and ResetPolicy cannot be given together.');
  }
  if (reset) return defaultPolicy;
  return document ? checkPolicy(document) : endpoint.policyDocument;
}

function applyPrivateDns(world: World, endpoint: Endpoint, enabled: boolean | undefined): void {
  if (enabled === false) {
    endpoint.privateDns = undefined;
    endpoint.privateDnsWaits = false;
  } else if (enabled && !endpoint.privateDns) {
    if (endpoint.state === 'pendingAcceptance') endpoint.privateDnsWaits = true;
    else enablePrivateDns(world, endpoint);
  }
}
