// ModifyVpcEndpoint for interface endpoints. Everything is checked before anything is changed.

import type { ModifyVpcEndpointRequest, ModifyVpcEndpointResult } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import { type Endpoint, isAttached } from '../../../world/privatelink/endpoint.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import type { Vpc } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import type { Call, Given } from '../../call.ts';
import { checkDnsOptions, checkIpAddressType } from './input.ts';
import {
  attachInterfaces,
  matchAddressType,
  releaseInterfaces,
  replaceInterfaces,
} from './interfaces.ts';
import { ownSecurityGroups, ownVpc } from './placement.ts';
import { checkPolicy, defaultPolicy } from './policies.ts';
import { checkAccepted, checkPrivateDns, enablePrivateDns } from './private-dns.ts';
import { policyRule, serviceOf } from './service-choice.ts';
import { reprovisionEndpoint } from './states.ts';
import { type SubnetChanges, subnetChanges } from './subnets.ts';
import { ownEndpoint } from './endpoints.ts';
import { invalidCombination, invalidParameter, invalidServiceName } from '../errors.ts';

type ModifyCall = Call<Given<ModifyVpcEndpointRequest, 'VpcEndpointId'>>;

interface Changes extends SubnetChanges {
  readonly ipAddressType: string;
  readonly dnsRecordIpType: string;
  readonly securityGroupIds: readonly string[];
  readonly policyDocument: string;
}

export function modifyEndpoint(call: ModifyCall): ModifyVpcEndpointResult {
  const { world, input } = call;
  const endpoint = ownEndpoint(call, input.VpcEndpointId);
  const changes = checkedChanges(call, endpoint);
  endpoint.ipAddressType = changes.ipAddressType;
  endpoint.dnsRecordIpType = changes.dnsRecordIpType;
  releaseInterfaces(world, endpoint, changes.removed);
  matchAddressType(world, endpoint);
  replaceInterfaces(world, endpoint, changes.replaced, changes.addresses);
  attachInterfaces(world, endpoint, changes.added, changes.addresses);
  endpoint.securityGroupIds = changes.securityGroupIds;
  endpoint.policyDocument = changes.policyDocument;
  applyPrivateDns(world, endpoint, input.PrivateDnsEnabled);
  reprovisionEndpoint(world, endpoint);
  return { Return: true };
}

function checkedChanges(call: ModifyCall, endpoint: Endpoint): Changes {
  const { world, input } = call;
  checkModifiable(world, endpoint);
  if (input.AddRouteTableIds?.length || input.RemoveRouteTableIds?.length) {
    throw invalidParameter('Route tables are for gateway endpoints, not for interface endpoints.');
  }
  const service = serviceOf(world, endpoint);
  if (!service) throw invalidServiceName(endpoint.serviceName);
  const vpc = ownVpc(call, endpoint.vpcId);
  const wanted = input.IpAddressType ?? endpoint.ipAddressType;
  const ipAddressType = input.IpAddressType ? checkIpAddressType(wanted, service) : wanted;
  const subnets = subnetChanges(call, { endpoint, service, vpc, ipAddressType });
  const { dnsRecordIpType: current } = endpoint;
  const dnsRecordIpType = checkDnsOptions(world, input.DnsOptions, ipAddressType, current);
  if (input.PrivateDnsEnabled && !endpoint.privateDns) {
    checkPrivateDns(world, vpc, service, endpoint);
    if (world.knobs.privateDnsBeforeAcceptance === 'fails') checkAccepted(endpoint, service.name);
  }
  return {
    ...subnets,
    ipAddressType,
    dnsRecordIpType,
    securityGroupIds: wantedGroups(call, endpoint, vpc),
    policyDocument: wantedPolicy(call, endpoint, service),
  };
}

function checkModifiable(world: World, { id, state }: Endpoint): void {
  if (isAttached(state)) return;
  const message = `The endpoint ${id} cannot be modified in state ${state}.`;
  throw new AwsError(world.knobs.unmodifiableEndpointCode, message);
}

function wantedGroups(call: ModifyCall, endpoint: Endpoint, vpc: Vpc): readonly string[] {
  const { AddSecurityGroupIds: added = [], RemoveSecurityGroupIds: removed = [] } = call.input;
  if (added.length === 0 && removed.length === 0) return endpoint.securityGroupIds;
  for (const id of removed) ownSecurityGroups(call, vpc, [id]);
  const wanted = new Set([...endpoint.securityGroupIds, ...added]);
  for (const id of removed) wanted.delete(id);
  if (wanted.size > 0) return ownSecurityGroups(call, vpc, [...wanted]).map(({ id }) => id);
  throw invalidParameter('An interface endpoint must keep at least one security group.');
}

function wantedPolicy(
  { world, input }: ModifyCall,
  endpoint: Endpoint,
  service: EndpointService,
): string {
  const { PolicyDocument: document, ResetPolicy: reset } = input;
  if (document && reset) {
    throw invalidCombination('PolicyDocument and ResetPolicy cannot be given together.');
  }
  if (reset) return defaultPolicy;
  return document ? checkPolicy(world, document, policyRule(service)) : endpoint.policyDocument;
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
