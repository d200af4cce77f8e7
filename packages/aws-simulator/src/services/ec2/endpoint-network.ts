// The network side of an endpoint: which subnets and security groups it may use, and its network
// interfaces, one per subnet.

import type { SubnetConfiguration } from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import { freeAddressCount, isAssignable, nextAddress } from '../../world/addresses.ts';
import type { Endpoint } from '../../world/endpoint.ts';
import type { EndpointService } from '../../world/endpoint-service.ts';
import type { NetworkInterface, SecurityGroup, Subnet, Vpc } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../call.ts';
import {
  checkId,
  invalidParameter,
  securityGroupNotFound,
  subnetNotFound,
  vpcNotFound,
} from './errors.ts';

/** @throws AwsError when the caller has no such VPC in this Region. */
export function ownVpc({ world, account, region }: Call<object>, id: string): Vpc {
  checkId(id, 'vpc', 'InvalidVpcID.Malformed');
  const vpc = world.vpcs.get(id);
  if (vpc?.account === account && vpc.region === region) return vpc;
  throw vpcNotFound(id);
}

/** @throws AwsError when a subnet is not the caller's, or not in this VPC. */
export function ownSubnets(
  { world, account }: Call<object>,
  vpc: Vpc,
  ids: readonly string[],
): Subnet[] {
  return ids.map((id) => {
    checkId(id, 'subnet', 'InvalidSubnetID.Malformed');
    const subnet = world.subnets.get(id);
    if (subnet?.account !== account || subnet.region !== vpc.region) throw subnetNotFound(id);
    if (subnet.vpcId === vpc.id) return subnet;
    throw invalidParameter(`The subnet ${id} is not in the VPC ${vpc.id}.`);
  });
}

/** @throws AwsError when a group is not the caller's, or not in this VPC. */
export function ownSecurityGroups(
  { world, account }: Call<object>,
  vpc: Vpc,
  ids: readonly string[],
): SecurityGroup[] {
  return ids.map((id) => {
    checkId(id, 'sg', 'InvalidGroupId.Malformed');
    const group = world.securityGroups.get(id);
    if (group?.account !== account || group.region !== vpc.region) throw securityGroupNotFound(id);
    if (group.vpcId === vpc.id) return group;
    throw invalidParameter(`Security group ${id} and VPC ${vpc.id} belong to different networks.`);
  });
}

/**
 * Checks that an endpoint of this service can be in all these subnets together.
 * @throws AwsError for two subnets in one zone, for a zone the service is not in, and for a subnet
 * without free addresses.
 */
export function checkPlacement(service: EndpointService, subnets: readonly Subnet[]): void {
  const zones = new Set<string>();
  for (const { zoneId } of subnets) {
    if (zones.has(zoneId)) {
      throw new AwsError(
        'DuplicateSubnetsInSameZone',
        'Found another VPC endpoint subnet in the availability zone. You can specify ' +
          'only one subnet per Availability Zone.',
      );
    }
    zones.add(zoneId);
  }
  for (const { id, zoneId, region } of subnets) {
    // From another Region the zones need not be the same (Guide, share-your-services).
    if (region !== service.region || service.zoneIds.includes(zoneId)) continue;
    throw invalidParameter(
      `The VPC endpoint service ${service.name} does not support the availability zone ` +
        `of the subnet: ${id}.`,
    );
  }
}

/** @throws AwsError when a subnet cannot hold one more interface. */
export function checkFreeAddresses(subnets: readonly Subnet[]): void {
  const full = subnets.find((subnet) => freeAddressCount(subnet.cidr, subnet.usedAddresses) < 1);
  if (!full) return;
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${full.id}' to satisfy the requested ` +
      'number of instances.',
  );
}

/**
 * The addresses a caller chose for its subnets.
 * @throws AwsError for a subnet that is not among them and for an address it cannot give.
 */
export function chosenAddresses(
  configurations: readonly SubnetConfiguration[] | undefined,
  subnets: readonly Subnet[],
): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  for (const { SubnetId: id = '', Ipv4: address, Ipv6: address6 } of configurations ?? []) {
    const subnet = subnets.find((candidate) => candidate.id === id);
    if (!subnet) {
      throw invalidParameter(
        `The subnet configuration names ${id}, which is not among the subnets.`,
      );
    }
    if (address6) throw invalidParameter(`The subnet ${id} has no IPv6 addresses.`);
    if (!address) continue;
    if (!isAssignable(subnet.cidr, address) || subnet.usedAddresses.has(address)) {
      throw invalidParameter(`The address ${address} is not available in the subnet ${id}.`);
    }
    chosen.set(id, address);
  }
  return chosen;
}

/** Makes the interfaces of an endpoint, in the order of the subnets. */
export function attachInterfaces(
  world: World,
  endpoint: Endpoint,
  subnets: readonly Subnet[],
  addresses: ReadonlyMap<string, string>,
): void {
  const made = subnets.map((subnet) =>
    attachInterface(world, endpoint, subnet, addresses.get(subnet.id)),
  );
  endpoint.networkInterfaceIds = [...endpoint.networkInterfaceIds, ...made.map(({ id }) => id)];
}

/** Removes the endpoint's interfaces, or only those in the given subnets. */
export function releaseInterfaces(world: World, endpoint: Endpoint, subnetIds?: Set<string>): void {
  for (const eni of interfacesOf(world, endpoint)) {
    if (subnetIds && !subnetIds.has(eni.subnetId)) continue;
    world.subnets.get(eni.subnetId)?.usedAddresses.delete(eni.address);
    world.networkInterfaces.remove(eni.id);
    world.taggables.remove(eni.id);
    endpoint.networkInterfaceIds = endpoint.networkInterfaceIds.filter((id) => id !== eni.id);
  }
}

/** The endpoint's interfaces in their order. */
export function interfacesOf(world: World, endpoint: Endpoint): NetworkInterface[] {
  return endpoint.networkInterfaceIds.flatMap((id) => world.networkInterfaces.get(id) ?? []);
}

function attachInterface(
  world: World,
  endpoint: Endpoint,
  subnet: Subnet,
  wanted: string | undefined,
): NetworkInterface {
  const address = wanted ?? nextAddress(subnet.cidr, subnet.usedAddresses) ?? '';
  subnet.usedAddresses.add(address);
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
    address,
    macAddress: ['02', ...mac].join(':'),
    tags: new Map(),
  });
  world.taggables.add({ ...eni, type: 'network-interface' });
  return eni;
}
