// Where an endpoint may be: the VPC, the subnets and the security groups a caller names for it.
// Making its network interfaces is in interfaces.ts.

import { AwsError } from '../../../aws-error.ts';
import { freeAddressCount } from '../../../world/network/addresses.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import { reachesOtherRegions } from '../../../world/regions.ts';
import type { SecurityGroup, Subnet, Vpc } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import type { Call } from '../../call.ts';
import {
  checkId,
  invalidParameter,
  securityGroupNotFound,
  subnetNotFound,
  vpcNotFound,
} from '../errors.ts';
import { isShared, isVpcShared } from '../network/shares.ts';

/** @throws AwsError when the caller has no such VPC in this Region. */
export function ownVpc({ world, account, region }: Call<object>, id: string): Vpc {
  checkId(id, 'vpc', 'InvalidVpcID.Malformed');
  const vpc = world.vpcs.get(id);
  if (vpc?.account === account && vpc.region === region) return vpc;
  throw vpcNotFound(id);
}

/** The VPC for an endpoint; one that is only shared with the caller is refused as such. */
export function hostVpc(call: Call<object>, id: string): Vpc {
  checkId(id, 'vpc', 'InvalidVpcID.Malformed');
  const vpc = call.world.vpcs.get(id);
  if (vpc && isVpcShared(call, vpc)) throw sharedNetwork(call.world, id);
  return ownVpc(call, id);
}

/** @throws AwsError when a subnet is not the caller's, or not in this VPC. */
export function ownSubnets(call: Call<object>, vpc: Vpc, ids: readonly string[]): Subnet[] {
  const { world, account } = call;
  return ids.map((id) => {
    checkId(id, 'subnet', 'InvalidSubnetID.Malformed');
    const subnet = world.subnets.get(id);
    if (subnet && isShared(call, subnet)) throw sharedNetwork(world, id);
    if (subnet?.account !== account || subnet.region !== vpc.region) throw subnetNotFound(id);
    if (subnet.vpcId === vpc.id) return subnet;
    throw invalidParameter(`The subnet ${id} is not in the VPC ${vpc.id}.`);
  });
}

/**
 * The groups of an endpoint.
 * @throws AwsError when a group is not the caller's, or not in this VPC, or there are too many.
 */
export function ownSecurityGroups(
  { world, account }: Call<object>,
  vpc: Vpc,
  ids: readonly string[],
): SecurityGroup[] {
  const groups = [...new Set(ids)].map((id) => {
    checkId(id, 'sg', 'InvalidGroupId.Malformed');
    const group = world.securityGroups.get(id);
    if (group?.account !== account || group.region !== vpc.region) throw securityGroupNotFound(id);
    if (group.vpcId === vpc.id) return group;
    throw invalidParameter(`Security group ${id} and VPC ${vpc.id} belong to different networks.`);
  });
  const most = world.quotas.securityGroupsPerInterface;
  if (groups.length <= most) return groups;
  throw new AwsError(
    'SecurityGroupsPerInterfaceLimitExceeded',
    `The maximum number of security groups per interface has been reached: ${most}.`,
  );
}

/** @throws AwsError for two subnets in one zone. */
export function checkOnePerZone(subnets: readonly Subnet[]): void {
  if (new Set(subnets.map(({ zoneId }) => zoneId)).size === subnets.length) return;
  throw new AwsError(
    'DuplicateSubnetsInSameZone',
    'Found another VPC endpoint subnet in the availability zone. You can specify ' +
      'only one subnet per Availability Zone.',
  );
}

/** @throws AwsError for a subnet in a zone from which the service cannot be reached. */
export function checkZones(service: EndpointService, subnets: readonly Subnet[]): void {
  for (const { id, zoneId, region } of subnets) {
    // From another Region the zones need not be the same (Guide, share-your-services).
    const offered =
      region === service.region ? service.zoneIds.includes(zoneId) : reachesOtherRegions(zoneId);
    if (offered) continue;
    throw invalidParameter(
      `The VPC endpoint service ${service.name} does not support the availability zone ` +
        `of the subnet: ${id}.`,
    );
  }
}

/** @throws AwsError when a subnet cannot hold one more interface with an IPv4 address. */
export function checkFreeAddresses(subnets: readonly Subnet[]): void {
  const full = subnets.find(
    ({ cidr, usedAddresses }) => cidr !== undefined && freeAddressCount(cidr, usedAddresses) < 1,
  );
  if (!full) return;
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${full.id}' to satisfy the requested ` +
      'number of instances.',
  );
}

/** @throws AwsError when the VPC has as many endpoints as the quota allows. */
export function checkEndpointQuota(world: World, vpc: Vpc): void {
  if (world.endpoints.count('live', vpc.id) < world.quotas.endpointsPerVpc) return;
  throw new AwsError(
    'VpcEndpointLimitExceeded',
    'The maximum number of VPC endpoints has been reached: ' +
      `${world.quotas.endpointsPerVpc} in ${vpc.id}.`,
  );
}

// "You can't create … VPC endpoints in subnets that are shared with you" (VPC guide, shared VPCs);
// the code is not documented.
function sharedNetwork(world: World, id: string): AwsError {
  const message = `VPC endpoints cannot be created in a network that is shared with you: ${id}.`;
  return new AwsError(world.knobs.sharedSubnetCode, message);
}
