// The condition keys that EC2 fills in for parts of a network: its own id, the VPC that it is in,
// its zone. Keys of what is named exist whether or not it does; the others need it.

import type { World } from '../../../world/world.ts';
import { zoneName } from '../../../world/regions.ts';
import type { Keys } from '../../permission.ts';

/** The key that holds a resource's id, by resource type. */
const ID_KEYS: Readonly<Record<string, string>> = {
  'network-interface': 'ec2:NetworkInterfaceID',
  'route-table': 'ec2:RouteTableID',
  'security-group': 'ec2:SecurityGroupID',
  subnet: 'ec2:SubnetID',
  vpc: 'ec2:VpcID',
};

/**
 * @param account who calls: zone names are its own.
 * @param known whether the caller may know where the resource is.
 */
export function networkKeys(
  world: World,
  account: string,
  type: string,
  id: string,
  known: boolean,
): Keys {
  const key = ID_KEYS[type];
  return {
    ...(key !== undefined && { [key]: id }),
    ...(type === 'vpc' && { 'ec2:Tenancy': 'default' }),
    ...(known && placeKeys(world, account, id)),
  };
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly vpcId: string;
  readonly zoneId?: string;
  readonly subnetId?: string;
}

function placeKeys(world: World, caller: string, id: string): Keys {
  const { networkInterfaces, securityGroups, subnets } = world;
  const place: Place | undefined =
    subnets.get(id) ?? securityGroups.get(id) ?? networkInterfaces.get(id);
  if (!place) return {};
  const { account, region, vpcId, zoneId, subnetId } = place;
  const arn = (type: string, name: string) => `arn:aws:ec2:${region}:${account}:${type}/${name}`;
  return {
    'ec2:Vpc': arn('vpc', vpcId),
    ...(subnetId !== undefined && { 'ec2:Subnet': arn('subnet', subnetId) }),
    ...(zoneId !== undefined && {
      'ec2:AvailabilityZone': zoneName(caller, region, zoneId),
      'ec2:AvailabilityZoneId': zoneId,
    }),
  };
}
