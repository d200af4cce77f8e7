// The load balancers a world begins with: each with a listener on port 443, a target group, and a
// healthy target in each of its zones. Their ARNs are made from their names, so that they are the
// same in every run.

import { createHash } from 'node:crypto';
import type { Account } from '../accounts/account.ts';
import { nextAddress } from '../network/addresses.ts';
import type { Listener, LoadBalancer, Target, TargetGroup } from './load-balancer.ts';
import { targetKey } from './load-balancer.ts';
import { defaultAttributes, defaultHealthCheck } from './load-balancer-defaults.ts';
import { createSubnet, createVpc, nthSubnet } from '../network/networks.ts';
import { zoneIds, zoneName } from '../regions.ts';
import { ownerKey, type Subnet } from '../resources.ts';
import type { World } from '../world.ts';
import type { LoadBalancerSpec } from '../world-spec.ts';

const PORT = 443;

/**
 * Adds a load balancer in the given zones: in one of the account's VPCs when that has a subnet in
 * each of them, else in a VPC that is made for load balancers.
 */
export function populateLoadBalancer(
  world: World,
  account: Account,
  spec: LoadBalancerSpec,
  zones: readonly string[],
): void {
  const known = subnetsIn(world, account, spec, zones);
  if (!known) addNetwork(world, account, spec.region);
  const subnets = known ?? subnetsIn(world, account, spec, zones) ?? [];
  const loadBalancer = world.loadBalancers.add(activeLoadBalancer(world, account, spec, subnets));
  const group = world.targetGroups.add(targetGroup(world, loadBalancer));
  for (const subnet of subnets) addTarget(group, subnet);
  world.listeners.add(listener(world, loadBalancer, group));
}

function subnetsIn(
  world: World,
  account: Account,
  { region, dualstack = false }: LoadBalancerSpec,
  zones: readonly string[],
): readonly Subnet[] | undefined {
  for (const vpc of world.vpcs.by('owner', ownerKey(account.id, region))) {
    const usable = [...world.subnets.by('vpc', vpc.id)].filter(
      ({ cidr, ipv6 }) => cidr !== undefined && (!dualstack || ipv6),
    );
    const chosen = zones.flatMap((id) => usable.find(({ zoneId }) => zoneId === id) ?? []);
    if (chosen.length === zones.length) return chosen;
  }
  return undefined;
}

/** A VPC with a subnet for both address types in every zone. */
function addNetwork(world: World, { id: account }: Account, region: string): void {
  const vpc = createVpc(world, { account, region, cidr: '10.10.0.0/16', ipv6: true });
  for (const [index, zoneId] of zoneIds(region).entries()) {
    createSubnet(world, vpc, { zoneId, ...nthSubnet(vpc, index) });
  }
}

function activeLoadBalancer(
  world: World,
  account: Account,
  spec: LoadBalancerSpec,
  subnets: readonly Subnet[],
): LoadBalancer {
  const { name, region, type = 'network' } = spec;
  const hash = digest(`${account.id}/${region}/${name}`);
  const kind = type === 'gateway' ? 'gwy' : 'net';
  return {
    id: `arn:aws:elasticloadbalancing:${region}:${account.id}:loadbalancer/${kind}/${name}/${hash}`,
    account: account.id,
    region,
    order: world.nextOrder(),
    state: 'active',
    moves: 0,
    name,
    type,
    scheme: type === 'gateway' ? undefined : 'internal',
    ipAddressType: spec.dualstack ? 'dualstack' : 'ipv4',
    dnsName: type === 'gateway' ? undefined : `${name}-${hash}.elb.${region}.amazonaws.com`,
    vpcId: subnets[0]?.vpcId ?? '',
    subnetIds: subnets.map(({ id }) => id),
    zoneIds: subnets.map(({ zoneId }) => zoneId),
    securityGroupIds: [],
    attributes: defaultAttributes(type),
    createdAt: world.schedule.now(),
    usedBy: undefined,
    tags: new Map(),
  };
}

function targetGroup(world: World, { account, region, name, vpcId, type }: LoadBalancer) {
  const groupName = `${name.slice(0, 24)}-targets`;
  const hash = digest(`${account}/${region}/${name}/targets`);
  const protocol = type === 'gateway' ? 'GENEVE' : 'TCP';
  const group: TargetGroup = {
    id: `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${groupName}/${hash}`,
    account,
    region,
    order: world.nextOrder(),
    name: groupName,
    protocol,
    port: type === 'gateway' ? 6081 : PORT,
    vpcId,
    targetType: 'ip',
    ipAddressType: 'ipv4',
    healthCheck: defaultHealthCheck(protocol),
    targets: new Map(),
    tags: new Map(),
  };
  return group;
}

function addTarget(group: TargetGroup, subnet: Subnet): void {
  const id = subnet.cidr && nextAddress(subnet.cidr, subnet.usedAddresses);
  if (!id) return;
  subnet.usedAddresses.add(id);
  const { account, region, zoneId } = subnet;
  const target: Target = {
    id,
    port: group.port,
    zone: zoneName(account, region, zoneId),
    zoneId,
    state: 'registered',
    moves: 0,
    healthy: true,
  };
  group.targets.set(targetKey(id, group.port), target);
}

function listener(world: World, loadBalancer: LoadBalancer, group: TargetGroup): Listener {
  const { id, account, region, name, type } = loadBalancer;
  const hash = digest(`${account}/${region}/${name}/listener`);
  return {
    id: `${id.replace(':loadbalancer/', ':listener/')}/${hash}`,
    account,
    region,
    order: world.nextOrder(),
    loadBalancerArn: id,
    protocol: type === 'gateway' ? undefined : 'TCP',
    port: type === 'gateway' ? undefined : PORT,
    certificateArn: undefined,
    sslPolicy: undefined,
    alpnPolicy: undefined,
    targetGroupArn: group.id,
    tags: new Map(),
  };
}

function digest(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
