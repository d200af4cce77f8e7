// A load balancer in AWS's shape. Zones are shown by the owner's names for them.

import type {
  AvailabilityZone,
  LoadBalancer as LoadBalancerShape,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { zoneName } from '../../world/regions.ts';
import type { World } from '../../world/world.ts';

export function loadBalancerView(world: World, item: LoadBalancer): LoadBalancerShape {
  return {
    LoadBalancerArn: item.id,
    LoadBalancerName: item.name,
    Type: item.type,
    Scheme: item.scheme,
    DNSName: item.dnsName,
    CanonicalHostedZoneId: item.type === 'network' ? hostedZones[item.region] : undefined,
    CreatedTime: new Date(item.createdAt),
    VpcId: item.vpcId,
    State: { Code: item.state, Reason: reasons[item.state] },
    AvailabilityZones: zonesOf(world, item),
    SecurityGroups: item.securityGroupIds.length > 0 ? [...item.securityGroupIds] : undefined,
    IpAddressType: item.ipAddressType,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic:
      item.securityGroupIds.length > 0 ? 'on' : undefined,
    EnablePrefixForIpv6SourceNat: item.type === 'network' ? 'off' : undefined,
  };
}

/** The enabled zones, whether or not they are in service yet. */
export function zonesOf(world: World, item: LoadBalancer): AvailabilityZone[] {
  const zones = item.subnetIds.map((id) => ({
    ZoneName: zoneName(item.account, item.region, world.subnets.get(id)?.zoneId ?? ''),
    SubnetId: id,
    LoadBalancerAddresses: [],
  }));
  return zones.sort((a, b) => ((a.ZoneName ?? '') < (b.ZoneName ?? '') ? -1 : 1));
}

const reasons: Readonly<Partial<Record<LoadBalancer['state'], string>>> = {
  failed: 'The load balancer could not be set up.',
  active_impaired: 'The load balancer does not have the resources that it needs to scale.',
};

// Zones that own the DNS names of network load balancers, from memory.
const hostedZones: Readonly<Record<string, string>> = {
  'us-east-1': 'Z26RNL4JYFTOTI',
  'us-east-2': 'ZLMOA37VPKANP',
  'us-west-2': 'Z18D5FSROUN65G',
  'eu-west-1': 'Z2IFOLAFXWLO4F',
  'eu-central-1': 'Z3F0SRJ5LGBH90',
};
