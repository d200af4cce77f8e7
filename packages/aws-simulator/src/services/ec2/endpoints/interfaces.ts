// The network interfaces of an endpoint: one per subnet, made, given another address, and removed.

import { nextAddress } from '../../../world/network/addresses.ts';
import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import { addressIn } from '../../../world/network/ipv6.ts';
import type { NetworkInterface, Subnet } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';

/** Addresses for the interface in one subnet; what is not given is chosen. */
export interface Addresses {
  readonly ipv4?: string | undefined;
  readonly ipv6?: string | undefined;
}

/** By subnet id. */
export type ChosenAddresses = ReadonlyMap<string, Addresses>;

/** The endpoint's interfaces in their order. */
export function interfacesOf(world: World, endpoint: Endpoint): NetworkInterface[] {
  return endpoint.networkInterfaceIds.flatMap((id) => world.networkInterfaces.get(id) ?? []);
}

/** Makes interfaces behind those that the endpoint has, in the order of the subnets. */
export function attachInterfaces(
  world: World,
  endpoint: Endpoint,
  subnets: readonly Subnet[],
  chosen: ChosenAddresses,
): void {
  const made = subnets.map((subnet) => attach(world, endpoint, subnet, chosen.get(subnet.id)));
  endpoint.networkInterfaceIds = [...endpoint.networkInterfaceIds, ...made.map(({ id }) => id)];
}

/** Removes the endpoint's interfaces, or only those in the given subnets. */
export function releaseInterfaces(
  world: World,
  endpoint: Endpoint,
  subnetIds?: ReadonlySet<string>,
): void {
  const released = interfacesOf(world, endpoint).filter(
    ({ subnetId }) => !subnetIds || subnetIds.has(subnetId),
  );
  for (const eni of released) release(world, eni);
  const gone = new Set(released.map(({ id }) => id));
  endpoint.networkInterfaceIds = endpoint.networkInterfaceIds.filter((id) => !gone.has(id));
}

/** A new interface with the chosen addresses in the place of the old one (EC2 API reference). */
export function replaceInterfaces(
  world: World,
  endpoint: Endpoint,
  subnets: readonly Subnet[],
  chosen: ChosenAddresses,
): void {
  for (const subnet of subnets) {
    const old = interfacesOf(world, endpoint).find(({ subnetId }) => subnetId === subnet.id);
    if (!old) continue;
    release(world, old);
    const { id } = attach(world, endpoint, subnet, chosen.get(subnet.id));
    endpoint.networkInterfaceIds = endpoint.networkInterfaceIds.map((one) =>
      one === old.id ? id : one,
    );
  }
}

/** Gives each interface the kinds of address that the endpoint has now, and takes the others. */
export function matchAddressType(world: World, endpoint: Endpoint): void {
  for (const eni of interfacesOf(world, endpoint)) {
    const subnet = world.subnets.get(eni.subnetId);
    if (!subnet) continue;
    if (endpoint.ipAddressType === 'ipv6') returnIpv4(subnet, eni);
    else eni.address ??= takeIpv4(subnet);
    if (endpoint.ipAddressType === 'ipv4') returnIpv6(subnet, eni);
    else eni.ipv6Address ??= takeIpv6(world, subnet);
  }
}

function attach(
  world: World,
  endpoint: Endpoint,
  subnet: Subnet,
  chosen: Addresses = {},
): NetworkInterface {
  const { ipAddressType } = endpoint;
  const mac = world.ids.text('0123456789abcdef', 10).match(/../g) ?? [];
  const eni = world.networkInterfaces.add({
    id: world.ids.ec2('eni'),
    account: endpoint.account,
    region: endpoint.region,
    order: world.nextOrder(),
    vpcId: endpoint.vpcId,
    subnetId: subnet.id,
    zoneId: subnet.zoneId,
    endpointId: endpoint.id,
    attachmentId: world.ids.ec2('ela-attach'),
    createdAt: world.schedule.now(),
    address: ipAddressType === 'ipv6' ? undefined : takeIpv4(subnet, chosen.ipv4),
    ipv6Address: ipAddressType === 'ipv4' ? undefined : takeIpv6(world, subnet, chosen.ipv6),
    macAddress: ['02', ...mac].join(':'),
    tags: new Map(),
  });
  const { id, account, region, order, tags } = eni;
  world.taggables.add({ id, account, region, order, tags, type: 'network-interface' });
  return eni;
}

function release(world: World, eni: NetworkInterface): void {
  const subnet = world.subnets.get(eni.subnetId);
  if (subnet) {
    returnIpv4(subnet, eni);
    returnIpv6(subnet, eni);
  }
  world.networkInterfaces.remove(eni.id);
  world.taggables.remove(eni.id);
}

function takeIpv4(subnet: Subnet, wanted?: string): string | undefined {
  if (subnet.cidr === undefined) return undefined;
  const { cidr, usedAddresses, lastAddress } = subnet;
  const address = wanted ?? nextAddress(cidr, usedAddresses, lastAddress);
  if (address === undefined) return undefined;
  if (wanted === undefined) subnet.lastAddress = address;
  usedAddresses.add(address);
  return address;
}

function takeIpv6(world: World, { ipv6, usedIpv6Addresses }: Subnet, wanted?: string) {
  if (!ipv6) return undefined;
  // Drawn from 2^56 addresses behind the reserved ones: a second of the same never comes.
  const address = wanted ?? addressIn(ipv6.cidr, `1${world.ids.text('0123456789abcdef', 14)}`);
  usedIpv6Addresses.add(address);
  return address;
}

function returnIpv4({ usedAddresses }: Subnet, eni: NetworkInterface): void {
  if (eni.address !== undefined) usedAddresses.delete(eni.address);
  eni.address = undefined;
}

function returnIpv6({ usedIpv6Addresses }: Subnet, eni: NetworkInterface): void {
  if (eni.ipv6Address !== undefined) usedIpv6Addresses.delete(eni.ipv6Address);
  eni.ipv6Address = undefined;
}
