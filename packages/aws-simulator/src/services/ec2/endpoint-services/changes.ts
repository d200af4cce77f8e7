// ModifyVpcEndpointServiceConfiguration. Everything is checked before anything is changed.

import type {
  ModifyVpcEndpointServiceConfigurationRequest,
  ModifyVpcEndpointServiceConfigurationResult,
} from '@aws-sdk/client-ec2';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import type { World } from '../../../world/world.ts';
import type { Call, Given } from '../../call.ts';
import { tellAutomaticAccept } from './connection-events.ts';
import { acceptEndpoint } from '../endpoints/states.ts';
import { invalidCombination, invalidParameter } from '../errors.ts';
import { newPrivateDnsName } from './private-dns-verification.ts';
import { changeableService } from './own-services.ts';
import { checkIpAddressTypes, checkPrivateDnsName } from './input.ts';
import { associate, changedLoadBalancers } from './load-balancers.ts';
import { addRegions, checkRegions, checkRemovedRegions, removeRegions } from './regions.ts';

type ModifyCall = Call<Given<ModifyVpcEndpointServiceConfigurationRequest, 'ServiceId'>>;

export function modifyServiceConfiguration(
  call: ModifyCall,
): ModifyVpcEndpointServiceConfigurationResult {
  const { world, input } = call;
  const service = changeableService(call, input.ServiceId);
  const loadBalancers = changedLoadBalancers(call, service, {
    added: { network: input.AddNetworkLoadBalancerArns, gateway: input.AddGatewayLoadBalancerArns },
    removed: {
      network: input.RemoveNetworkLoadBalancerArns,
      gateway: input.RemoveGatewayLoadBalancerArns,
    },
  });
  const ipAddressTypes = changed(
    service.ipAddressTypes,
    input.AddSupportedIpAddressTypes,
    input.RemoveSupportedIpAddressTypes,
  );
  checkIpAddressTypes(ipAddressTypes, loadBalancers);
  checkRegions(call, input.AddSupportedRegions ?? []);
  checkRemovedRegions(service, input.RemoveSupportedRegions ?? []);
  const privateDns = wantedPrivateDns(call, service);
  // Also without any change: calling it with the id alone enables the load balancers' new zones
  // (Guide, configure-endpoint-service).
  associate(world, service, loadBalancers);
  service.ipAddressTypes = ipAddressTypes;
  addRegions(world, service, input.AddSupportedRegions ?? []);
  removeRegions(world, service, input.RemoveSupportedRegions ?? []);
  setAcceptance(world, service, input.AcceptanceRequired);
  if (privateDns === null) service.privateDns = undefined;
  else if (privateDns) service.privateDns = newPrivateDnsName(world, service, privateDns);
  return { Return: true };
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
  checkPrivateDnsName(name, service.type);
  return name;
}

function setAcceptance(
  world: World,
  service: EndpointService,
  required: boolean | undefined,
): void {
  service.acceptanceRequired = required ?? service.acceptanceRequired;
  if (service.acceptanceRequired || !world.knobs.acceptanceOffAcceptsWaiting) return;
  for (const endpoint of world.endpoints.by('service', service.id)) {
    if (endpoint.state !== 'pendingAcceptance') continue;
    acceptEndpoint(world, endpoint);
    tellAutomaticAccept(world, endpoint);
  }
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
