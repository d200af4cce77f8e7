// Subnets that their owner shares: the other account sees them and their VPC, and little more.

import type { Subnet, Vpc } from '../../../world/resources.ts';
import { ownerKey } from '../../../world/resources.ts';
import type { Call } from '../../call.ts';

/** Whether the subnet is somebody else's and shared with the caller. */
export function isShared({ world, account, region }: Call<object>, subnet: Subnet): boolean {
  return (
    subnet.region === region && world.subnetShares.get(`${subnet.id} ${account}`) !== undefined
  );
}

/** Whether the VPC is somebody else's and has a subnet that is shared with the caller. */
export function isVpcShared(call: Call<object>, vpc: Vpc): boolean {
  if (vpc.account === call.account) return false;
  return sharedSubnets(call).some(({ vpcId }) => vpcId === vpc.id);
}

/** The subnets that others share with the caller, in this Region. */
export function sharedSubnets({ world, account, region }: Call<object>): Subnet[] {
  const shares = [...world.subnetShares.by('owner', ownerKey(account, region))];
  return shares.flatMap(({ subnetId }) => world.subnets.get(subnetId) ?? []);
}

/** The VPCs of those subnets. */
export function sharedVpcs(call: Call<object>): Vpc[] {
  const ids = new Set(sharedSubnets(call).map(({ vpcId }) => vpcId));
  return [...ids].flatMap((id) => call.world.vpcs.get(id) ?? []);
}
