// What a ModifyVpcEndpoint wants of an endpoint's subnets: some added, some removed, and in some
// the network interface replaced by one with a chosen address.

import type { ModifyVpcEndpointRequest } from '@aws-sdk/client-ec2';
import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import type { NetworkInterface, Subnet, Vpc } from '../../../world/resources.ts';
import type { Call } from '../../call.ts';
import { checkSubnetFamilies, chosenAddresses } from './input.ts';
import { type Addresses, type ChosenAddresses, interfacesOf } from './interfaces.ts';
import { checkFreeAddresses, checkOnePerZone, checkZones, ownSubnets } from './placement.ts';
import { invalidParameter } from '../errors.ts';

export interface SubnetChanges {
  readonly added: readonly Subnet[];
  /** Ids. */
  readonly removed: ReadonlySet<string>;
  /** Subnets that are kept and whose interface gets another address. */
  readonly replaced: readonly Subnet[];
  readonly addresses: ChosenAddresses;
}

/** @throws AwsError when the endpoint could not be in the subnets that it would be in. */
export function subnetChanges(
  call: Call<ModifyVpcEndpointRequest>,
  wanted: { endpoint: Endpoint; service: EndpointService; vpc: Vpc; ipAddressType: string },
): SubnetChanges {
  const { world, input } = call;
  const { endpoint, service, vpc, ipAddressType } = wanted;
  const interfaces = interfacesOf(world, endpoint);
  const current = interfaces.map(({ subnetId }) => subnetId);
  const removed = new Set(input.RemoveSubnetIds ?? []);
  const foreign = [...removed].find((id) => !current.includes(id));
  if (foreign !== undefined) {
    throw invalidParameter(`The endpoint ${endpoint.id} is not in the subnet ${foreign}.`);
  }
  const kept = current.filter((id) => !removed.has(id));
  const ids = [...new Set([...kept, ...(input.AddSubnetIds ?? [])])];
  const subnets = ownSubnets(call, vpc, ids);
  const added = subnets.filter(({ id }) => !kept.includes(id));
  checkOnePerZone(subnets);
  // A service may have left a zone that an endpoint is still in.
  checkZones(service, added);
  checkSubnetFamilies(ipAddressType, subnets);
  const own = new Set(interfaces.flatMap(({ address, ipv6Address }) => [address, ipv6Address]));
  const addresses = chosenAddresses(
    input.SubnetConfigurations,
    subnets,
    ipAddressType,
    new Set([...own].filter((address) => address !== undefined)),
  );
  checkFreeAddresses(added);
  const replaced = subnets.filter(({ id }) => {
    const eni = interfaces.find(({ subnetId }) => subnetId === id);
    return eni !== undefined && kept.includes(id) && isOther(addresses.get(id), eni);
  });
  return { added, removed, replaced, addresses };
}

// Asking for the addresses that the interface has leaves it alone.
function isOther(chosen: Addresses | undefined, eni: NetworkInterface): boolean {
  if (!chosen) return false;
  return (
    (chosen.ipv4 !== undefined && chosen.ipv4 !== eni.address) ||
    (chosen.ipv6 !== undefined && chosen.ipv6 !== eni.ipv6Address)
  );
}
