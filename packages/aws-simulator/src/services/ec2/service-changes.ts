// ModifyVpcEndpointServiceConfiguration. Everything is checked before anything is changed.

import type {
  ModifyVpcEndpointServiceConfigurationRequest,
  ModifyVpcEndpointServiceConfigurationResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import type { EndpointService } from '../../world/endpoint-service.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { acceptEndpoint } from './endpoint-states.ts';
import { invalidCombination, invalidParameter, notSimulated } from './errors.ts';
import { newPrivateDnsName } from './private-dns-verification.ts';
import { ownService } from './own-services.ts';
import {
  checkIpAddressTypes,
  checkPrivateDnsName,
  checkRegions,
  loadBalancersOf,
  zoneIdsOf,
} from './service-input.ts';

type ModifyCall = Call<Given<ModifyVpcEndpointServiceConfigurationRequest, 'ServiceId'>>;

export function modifyServiceConfiguration(
  call: ModifyCall,
): ModifyVpcEndpointServiceConfigurationResult {
  const { world, input } = call;
  const service = ownService(call, input.ServiceId);
  if (input.AddGatewayLoadBalancerArns?.length || input.RemoveGatewayLoadBalancerArns?.length) {
    throw notSimulated('endpoint services with Gateway Load Balancers');
  }
  const loadBalancerArns = wantedLoadBalancers(call, service);
  const loadBalancers = loadBalancersOf(call, loadBalancerArns, service.id);
  const ipAddressTypes = changed(
    service.ipAddressTypes,
    input.AddSupportedIpAddressTypes,
    input.RemoveSupportedIpAddressTypes,
  );
  checkIpAddressTypes(ipAddressTypes, loadBalancers);
  const supportedRegions = wantedRegions(call, service);
  const privateDns = wantedPrivateDns(call, service);
  service.loadBalancerArns = loadBalancerArns;
  // Also without any change: calling it with the id alone enables the load balancers' new zones
  // (Guide, configure-endpoint-service).
  service.zoneIds = zoneIdsOf(loadBalancers);
  service.ipAddressTypes = ipAddressTypes;
  service.supportedRegions = supportedRegions;
  if (input.AcceptanceRequired !== undefined)
    setAcceptance(world, service, input.AcceptanceRequired);
  if (privateDns === null) service.privateDns = undefined;
  else if (privateDns) service.privateDns = newPrivateDnsName(world, service, privateDns);
  return { Return: true };
}

function wantedLoadBalancers(call: ModifyCall, service: EndpointService): string[] {
  const { AddNetworkLoadBalancerArns: added, RemoveNetworkLoadBalancerArns: removed } = call.input;
  const foreign = removed?.find((arn) => !service.loadBalancerArns.includes(arn));
  if (foreign !== undefined) {
    throw invalidParameter(`The load balancer ${foreign} is not associated with ${service.id}.`);
  }
  if (removed?.length && isUsed(call.world, service)) {
    throw new AwsError(
      'ExistingVpcEndpointConnections',
      'You cannot change the load balancers of an endpoint service while endpoints are ' +
        'attached to it.',
    );
  }
  const wanted = changed(service.loadBalancerArns, added, removed);
  if (wanted.length > 0) return wanted;
  throw invalidParameter('An endpoint service must keep at least one load balancer.');
}

function wantedRegions({ input }: ModifyCall, service: EndpointService): string[] {
  const { AddSupportedRegions: added, RemoveSupportedRegions: removed } = input;
  checkRegions(added ?? []);
  if (removed?.includes(service.region)) {
    throw invalidParameter(`The service Region ${service.region} cannot be removed.`);
  }
  const wanted = changed(service.supportedRegions, added, removed);
  return wanted.filter((name) => name !== service.region);
}

/** The new name, null to remove it, undefined to leave it. */
function wantedPrivateDns(
  { world, input }: ModifyCall,
  service: EndpointService,
): string | null | undefined {
  const { PrivateDnsName: name, RemovePrivateDnsName: remove } = input;
  if (name && remove) {
    throw invalidCombination('PrivateDnsName and RemovePrivateDnsName cannot be given together.');
  }
  if (remove && world.knobs.removePrivateDnsInUse === 'fails' && isNameUsed(world, service)) {
    throw invalidParameter('The private DNS name is in use by endpoints and cannot be removed.');
  }
  if (remove) return null;
  if (!name || name === service.privateDns?.name) return undefined;
  checkPrivateDnsName(name);
  return name;
}

function setAcceptance(world: World, service: EndpointService, required: boolean): void {
  service.acceptanceRequired = required;
  if (required || !world.knobs.acceptanceOffAcceptsWaiting) return;
  for (const endpoint of world.endpoints.by('service', service.id)) {
    if (endpoint.state === 'pendingAcceptance') acceptEndpoint(world, endpoint);
  }
}

function isUsed(world: World, service: EndpointService): boolean {
  return world.endpoints.count('attached', service.id) > 0;
}

function isNameUsed(world: World, service: EndpointService): boolean {
  return [...world.endpoints.by('service', service.id)].some(({ privateDns }) => privateDns);
}

function changed(
  current: readonly string[],
  added: readonly string[] | undefined,
  removed: readonly string[] | undefined,
): string[] {
  const wanted = new Set([...current, ...(added ?? [])]);
  for (const item of removed ?? []) wanted.delete(item);
  return [...wanted];
}
