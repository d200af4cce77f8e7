// The subnets of a load balancer, one per zone: choosing them, and changing them and the address
// type later.

import type {
  SetIpAddressTypeInput,
  SetIpAddressTypeOutput,
  SetSubnetsInput,
  SetSubnetsOutput,
  SubnetMapping,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import type { Subnet } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { notSimulated } from '../ec2/errors.ts';
import { invalidConfiguration, validationError } from './errors.ts';
import { zonesOf } from './load-balancer-view.ts';
import { ownLoadBalancer } from './own-resources.ts';

interface SubnetChoice {
  readonly Subnets?: readonly string[] | undefined;
  readonly SubnetMappings?: readonly SubnetMapping[] | undefined;
}

type AddressType = LoadBalancer['ipAddressType'];

/** The subnets given replace the ones before; a zone that is new is in service after a while. */
export function setSubnets(
  call: Call<Given<SetSubnetsInput, 'LoadBalancerArn'>>,
): SetSubnetsOutput {
  const { world, input } = call;
  const found = ownLoadBalancer(call, input.LoadBalancerArn);
  refuseSourceNat(input);
  checkMappings(input.SubnetMappings);
  const ipAddressType = checkAddressType(input.IpAddressType ?? found.ipAddressType);
  const subnets = chosenSubnets(call, input, ipAddressType);
  if (subnets.some(({ vpcId }) => vpcId !== found.vpcId)) {
    throw invalidConfiguration('All subnets must belong to the VPC of the load balancer');
  }
  const kept = new Set(subnets.map(({ id }) => id));
  if (found.type === 'gateway' && found.subnetIds.some((id) => !kept.has(id))) {
    throw invalidConfiguration('All subnets that were enabled before must be included');
  }
  found.subnetIds = [...kept];
  found.ipAddressType = ipAddressType;
  enableZones(world, found, subnets);
  return {
    AvailabilityZones: zonesOf(world, found),
    IpAddressType: ipAddressType,
    EnablePrefixForIpv6SourceNat: found.type === 'network' ? 'off' : undefined,
  };
}

export function setIpAddressType(
  call: Call<Given<SetIpAddressTypeInput, 'LoadBalancerArn' | 'IpAddressType'>>,
): SetIpAddressTypeOutput {
  const { world, input } = call;
  const found = ownLoadBalancer(call, input.LoadBalancerArn);
  const wanted = checkAddressType(input.IpAddressType);
  checkAddresses(
    found.subnetIds.flatMap((id) => world.subnets.get(id) ?? []),
    wanted,
  );
  found.ipAddressType = wanted;
  return { IpAddressType: wanted };
}

/**
 * The caller's subnets that a request names.
 * @throws AwsError when there are none, one is not the caller's, two are in one zone, they are in
 * several VPCs, or one has no addresses of the type.
 */
export function chosenSubnets(
  { world, account, region }: Call<object>,
  { Subnets: ids, SubnetMappings: mappings }: SubnetChoice,
  ipAddressType: AddressType,
): readonly Subnet[] {
  if (ids?.length && mappings?.length) {
    throw validationError('You can specify either subnets or subnet mappings, not both');
  }
  const wanted = ids?.length ? ids : (mappings ?? []).map(({ SubnetId = '' }) => SubnetId);
  if (wanted.length === 0) throw validationError('At least one subnet must be specified');
  const subnets = [...new Set(wanted)].map((id) => {
    const subnet = world.subnets.get(id);
    if (subnet?.account === account && subnet.region === region) return subnet;
    throw new AwsError('SubnetNotFoundException', `The subnet ID '${id}' does not exist`);
  });
  if (new Set(subnets.map(({ vpcId }) => vpcId)).size > 1) {
    throw new AwsError('InvalidSubnetException', 'All subnets must belong to the same VPC');
  }
  if (new Set(subnets.map(({ zoneId }) => zoneId)).size < subnets.length) {
    throw invalidConfiguration(
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    );
  }
  checkAddresses(subnets, ipAddressType);
  return subnets;
}

/** @throws AwsError for a type that network and gateway load balancers do not have. */
export function checkAddressType(type: string): AddressType {
  if (type === 'ipv4' || type === 'dualstack') return type;
  throw validationError(`'${type}' is not a valid IP address type. Use ipv4 or dualstack`);
}

/** Fixed addresses are refused by name: nothing here would show them. */
export function checkMappings(mappings: readonly SubnetMapping[] | undefined): void {
  for (const { AllocationId, PrivateIPv4Address, IPv6Address, SourceNatIpv6Prefix } of mappings ??
    []) {
    if (AllocationId) throw notSimulated('AllocationId of a subnet mapping');
    if (PrivateIPv4Address) throw notSimulated('PrivateIPv4Address of a subnet mapping');
    if (IPv6Address) throw notSimulated('IPv6Address of a subnet mapping');
    if (SourceNatIpv6Prefix) throw notSimulated('SourceNatIpv6Prefix of a subnet mapping');
  }
}

/** @throws AwsError for source NAT prefixes, which only UDP listeners need. */
export function refuseSourceNat({
  EnablePrefixForIpv6SourceNat: prefix,
}: {
  readonly EnablePrefixForIpv6SourceNat?: string | undefined;
}): void {
  if (prefix !== undefined && prefix !== 'off') {
    throw notSimulated('EnablePrefixForIpv6SourceNat other than off');
  }
}

function checkAddresses(subnets: readonly Subnet[], type: AddressType): void {
  for (const { id, cidr, ipv6 } of subnets) {
    if (cidr === undefined) {
      throw new AwsError('InvalidSubnetException', `The subnet ${id} has no IPv4 CIDR block`);
    }
    if (type === 'dualstack' && !ipv6) {
      throw new AwsError('InvalidSubnetException', `The subnet ${id} has no IPv6 CIDR block`);
    }
  }
}

function enableZones(world: World, found: LoadBalancer, subnets: readonly Subnet[]): void {
  const wanted = new Set(subnets.map(({ zoneId }) => zoneId));
  const fresh = [...wanted].filter((id) => !found.zoneIds.includes(id));
  found.zoneIds = found.zoneIds.filter((id) => wanted.has(id));
  if (fresh.length === 0) return;
  const { schedule, delays } = world;
  schedule.at(schedule.now() + delays.loadBalancerZoneActive, () => {
    const enabled = found.subnetIds.map((id) => world.subnets.get(id)?.zoneId);
    const ready = fresh.filter((id) => enabled.includes(id) && !found.zoneIds.includes(id));
    found.zoneIds = [...found.zoneIds, ...ready];
  });
}
